"""The DAG file is cheap and safe to parse, and has the shape it should have."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow.sdk.exceptions import ParamValidationError

RUFF = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
DAGS = Path(__file__).resolve().parents[1] / "dags"
STAGES = ["plan", "ingest", "deduplicate", "tokenize", "write", "verify", "publish"]

PARSE_WITHOUT_SOCKETS = """
import socket, sys, time
import airflow.sdk
from airflow.sdk import Asset, BaseOperator, Param, dag, task
if "{target}" == "spark-submit":
    import airflow.providers.apache.spark.operators.spark_submit

def refuse(*arguments, **named):
    raise AssertionError("a socket was opened while the DAG file was parsed")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.path.insert(0, {dags!r})
loaded = set(sys.modules)
begin = time.process_time()
import prepare_corpus
seconds = time.process_time() - begin
heavy = {{"yaml", "pyarrow", "pandas", "numpy", "pyspark", "sqlalchemy"}} & (set(sys.modules) - loaded)
assert not heavy, heavy
print(seconds)
"""


@pytest.mark.parametrize("target", ["local", "spark-submit"])
def test_parses_in_less_than_a_second_without_a_network(target, monkeypatch):
    monkeypatch.setenv("CORPUSMILL_TARGET", target)
    monkeypatch.setenv("CORPUSMILL_JAR", "corpusmill.jar")
    code = PARSE_WITHOUT_SOCKETS.format(dags=str(DAGS), target=target)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert float(done.stdout.split()[-1]) < 1.0


@pytest.mark.parametrize("target", ["local", "spark-submit"])
def test_a_dag_bag_has_no_errors_and_one_dag(target, monkeypatch):
    bag = load(monkeypatch, target)
    assert bag.import_errors == {}
    assert list(bag.dags) == ["prepare_corpus"]


def test_tasks_follow_one_another(monkeypatch):
    dag = load(monkeypatch, "local").dags["prepare_corpus"]
    assert sorted(dag.task_ids) == sorted(STAGES)
    for task_id, following in zip(STAGES, [*STAGES[1:], None], strict=True):
        assert dag.get_task(task_id).downstream_task_ids == ({following} if following else set())


def test_never_runs_twice_at_once_nor_catches_up(monkeypatch):
    dag = load(monkeypatch, "local").dags["prepare_corpus"]
    assert (dag.catchup, dag.max_active_runs) == (False, 1)
    assert dag.schedule is None
    assert all(dag.get_task(task_id).retries == 3 for task_id in STAGES)


def test_publishes_one_asset(monkeypatch):
    dag = load(monkeypatch, "local").dags["prepare_corpus"]
    assert [asset.name for asset in dag.get_task("publish").outlets] == ["corpusmill_dataset"]
    assert not any(dag.get_task(task_id).outlets for task_id in STAGES[:-1])


def test_operators_are_those_of_the_target(monkeypatch):
    kinds = {"local": "LauncherOperator", "spark-submit": "CorpusmillSparkSubmitOperator"}
    for target, kind in kinds.items():
        dag = load(monkeypatch, target).dags["prepare_corpus"]
        assert {type(dag.get_task(task_id)).__name__ for task_id in STAGES[:-1]} == {kind}


def test_serialises_to_the_same_text_at_every_parse(monkeypatch):
    from airflow.serialization.serialized_objects import DagSerialization

    first, second = (DagSerialization.to_dict(load(monkeypatch, "local").dags["prepare_corpus"]) for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("target", "jar", "message"),
    [
        ("mainframe", None, "target is 'mainframe', known are local, spark-submit"),
        ("spark-submit", None, "CORPUSMILL_JAR is not set"),
    ],
)
def test_says_at_parsing_what_the_installation_lacks(monkeypatch, target, jar, message):
    errors = load(monkeypatch, target, jar).import_errors
    assert len(errors) == 1
    assert message in next(iter(errors.values()))


@pytest.mark.parametrize(
    "params",
    [
        {"config": ""},
        {"config": "--help"},
        {"config": None},
        {"set": "a=b"},
        {"set": ["--verbose"]},
        {"set": ["novalue"]},
    ],
)
def test_refuses_params_that_are_no_command_line(monkeypatch, params):
    dag = load(monkeypatch, "local").dags["prepare_corpus"]
    for key, value in params.items():
        with pytest.raises(ParamValidationError, match=rf"(?i)invalid input for param {key}"):
            dag.params[key] = value
            dag.params.validate()


def test_ruff_finds_no_api_that_airflow_moved_or_removed():
    done = subprocess.run(
        ["ruff", "check", str(DAGS.parent)], capture_output=True, text=True, env=os.environ | {"PATH": RUFF}
    )
    assert done.returncode == 0, done.stdout


def load(monkeypatch, target, jar="corpusmill.jar"):
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("CORPUSMILL_TARGET", target)
    if jar:
        monkeypatch.setenv("CORPUSMILL_JAR", jar)
    else:
        monkeypatch.delenv("CORPUSMILL_JAR", raising=False)
    return DagBag(str(DAGS), collect_dags=True, known_pools=None)
