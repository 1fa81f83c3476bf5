"""The DAG file is cheap and safe to parse, and has the shape it should have."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from airflow.sdk.exceptions import ParamValidationError

RUFF = str(Path(sys.executable).parent) + os.pathsep + os.environ["PATH"]
DAGS = Path(__file__).resolve().parents[1] / "dags"
STAGES = ["plan", "ingest", "deduplicate", "tokenize", "write", "verify", "publish"]

TARGETS = ["local", "spark-submit", "emr-serverless", "emr-eks", "kubernetes"]
SETTINGS = {
    "CORPUSMILL_JAR": "corpusmill.jar",
    "CORPUSMILL_EMR_APPLICATION": "application",
    "CORPUSMILL_EMR_CLUSTER": "cluster",
    "CORPUSMILL_EMR_RELEASE": "release",
    "CORPUSMILL_EMR_ROLE": "role",
    "CORPUSMILL_IMAGE": "image",
    "CORPUSMILL_SPARK_VERSION": "4.2.0",
}

# One process for all targets: to import Airflow and the providers takes longer than everything else here.
PARSE_WITHOUT_SOCKETS = """
import os, socket, sys, time
import airflow.sdk
from airflow.sdk import Asset, BaseOperator, Param, dag, task
import airflow.providers.apache.spark.operators.spark_submit
import airflow.providers.amazon.aws.operators.emr
import airflow.providers.cncf.kubernetes.operators.spark_kubernetes

def refuse(*arguments, **named):
    raise AssertionError("a socket was opened while the DAG file was parsed")

socket.socket.connect = socket.create_connection = socket.getaddrinfo = refuse
sys.path.insert(0, sys.argv[1])
loaded = set(sys.modules)
for target in sys.argv[2:]:
    for name in set(sys.modules) - loaded:
        del sys.modules[name]
    os.environ["CORPUSMILL_TARGET"] = target
    begin = time.process_time()
    import prepare_corpus
    seconds = time.process_time() - begin
    heavy = {"yaml", "pyarrow", "pandas", "numpy", "pyspark", "sqlalchemy"} & (set(sys.modules) - loaded)
    assert not heavy, heavy
    assert prepare_corpus.DATASET.name == "corpusmill_dataset"
    print(target, seconds)
"""


def test_parses_in_less_than_a_second_without_a_network():
    done = subprocess.run(
        [sys.executable, "-c", PARSE_WITHOUT_SOCKETS, str(DAGS), *TARGETS],
        capture_output=True,
        text=True,
        env={**os.environ, **SETTINGS},
    )
    assert done.returncode == 0, done.stderr
    times = dict(line.split() for line in done.stdout.splitlines()[-len(TARGETS) :])
    assert list(times) == TARGETS
    assert max(float(seconds) for seconds in times.values()) < 1.0


@pytest.mark.parametrize("target", TARGETS)
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
    kinds = {
        "local": "LauncherOperator",
        "spark-submit": "CorpusmillSparkSubmitOperator",
        "emr-serverless": "CorpusmillEmrServerlessOperator",
        "emr-eks": "CorpusmillEmrContainerOperator",
        "kubernetes": "CorpusmillSparkKubernetesOperator",
    }
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
        ("mainframe", None, "target is 'mainframe', known are local, spark-submit, emr-serverless"),
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
        {"job": {"packing": {"sequence-lenght": 2048}}},
        {"job": {"packing": {"sequence-length": 1}}},
        {"job": {"deduplication": {"exact": "maybe"}}},
    ],
)
def test_refuses_params_that_are_no_command_line(monkeypatch, params):
    dag = load(monkeypatch, "local").dags["prepare_corpus"]
    for key, value in params.items():
        with pytest.raises(ParamValidationError, match=rf"(?i)invalid input for param {key}"):
            dag.params[key] = value
            dag.params.validate()


def test_the_param_job_is_the_schema_that_the_program_prints(monkeypatch):
    printed = json.loads((DAGS / "corpusmill_airflow" / "job.schema.json").read_text())
    param = load(monkeypatch, "local").dags["prepare_corpus"].params.get_param("job")
    assert param.schema["properties"] == printed["properties"]
    assert param.schema["additionalProperties"] is False
    assert set(printed) - set(param.schema) == {"$schema", "required"}
    assert param.value == {}


def test_ruff_finds_no_api_that_airflow_moved_or_removed():
    done = subprocess.run(
        ["ruff", "check", str(DAGS.parent)], capture_output=True, text=True, env=os.environ | {"PATH": RUFF}
    )
    assert done.returncode == 0, done.stdout


def load(monkeypatch, target, jar="corpusmill.jar"):
    from airflow.dag_processing.dagbag import DagBag

    monkeypatch.setenv("CORPUSMILL_TARGET", target)
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    if jar:
        monkeypatch.setenv("CORPUSMILL_JAR", jar)
    else:
        monkeypatch.delenv("CORPUSMILL_JAR", raising=False)
    return DagBag(str(DAGS), collect_dags=True, known_pools=None)
