"""Command lines per command and target, from the params of a run."""

import pytest
from airflow.sdk.exceptions import AirflowFailException

from corpusmill_airflow import submit
from corpusmill_airflow.commands import COMMANDS
from corpusmill_airflow.places import dataset_of, facts_of, read_manifest

PARAMS = {"config": "s3://bucket/job.yaml", "set": ["packing.seed=2", "output=s3://bucket/web v1/"]}
JOB = ["--config", "s3://bucket/job.yaml", "--set", "packing.seed=2", "--set", "output=s3://bucket/web v1/"]

GOLDEN = {
    "plan": ["plan", *JOB],
    "ingest": ["ingest", *JOB],
    "deduplicate": ["deduplicate", *JOB],
    "tokenize": ["tokenize", *JOB],
    "write": ["write", *JOB],
    "verify": ["verify", "s3://bucket/web v1", *JOB],
}


def test_has_a_golden_line_for_every_command():
    assert set(GOLDEN) == set(COMMANDS)


@pytest.mark.parametrize("command", GOLDEN)
def test_renders_a_launcher_line(command, installation):
    operator = render(submit("t", command, "local"))
    assert operator.argv == [str(installation.home / "bin" / "corpusmill"), *GOLDEN[command]]


@pytest.mark.parametrize("command", GOLDEN)
def test_renders_a_spark_submit_line(command, monkeypatch):
    monkeypatch.setenv("CORPUSMILL_JAR", "s3://bucket/corpusmill.jar")
    monkeypatch.setenv(
        "AIRFLOW_CONN_CLUSTER",
        '{"conn_type": "spark", "host": "spark://master", "port": 7077, "extra": {"deploy-mode": "client"}}',
    )
    monkeypatch.setenv("CORPUSMILL_SPARK_CONNECTION", "cluster")
    operator = render(submit("t", command, "spark-submit"))
    line = operator._get_hook()._build_spark_submit_command(operator.application)
    assert line == [
        "spark-submit",
        "--master",
        "spark://master:7077",
        "--name",
        f"corpusmill-{command}",
        "--class",
        "corpusmill.jobs.Main",
        "--deploy-mode",
        "client",
        "s3://bucket/corpusmill.jar",
        *GOLDEN[command],
    ]


def test_keeps_each_override_one_word(installation):
    params = {"config": "job.yaml", "set": ["input.0.path=a b; rm -rf / $HOME", 'x="y"']}
    argv = render(submit("t", "write", "local"), params).argv
    assert argv[1:] == ["write", "--config", "job.yaml", "--set", params["set"][0], "--set", 'x="y"']


def test_values_of_the_job_file_come_before_overrides(installation):
    job = {"output": "out/a b", "deduplication": {"exact": False, "keep": ["longest"]}, "spark": {"x.y": 2}}
    params = {"config": "job.yaml", "job": job, "set": ["packing.seed=2"]}
    argv = render(submit("t", "write", "local"), params).argv
    assert argv[2:] == [
        "--config", "job.yaml", "--set", 'output="out/a b"', "--set", "deduplication.exact=false",
        "--set", 'deduplication.keep=["longest"]', "--set", "spark.x.y=2", "--set", "packing.seed=2",
    ]  # fmt: skip
    assert dataset_of(params) == "out/a b"
    assert dataset_of({**params, "set": ["output=b"]}) == "b"


def test_refuses_a_command_that_no_task_runs():
    with pytest.raises(ValueError, match="command is 'gc', known are plan, ingest"):
        submit("t", "gc", "local")


def test_takes_the_dataset_from_the_job_file_unless_an_override_names_it(installation):
    (installation.home / "job.yaml").write_text("input: [{path: raw}]\noutput: out/web/\n")
    assert dataset_of({"config": "job.yaml", "set": []}) == "out/web"
    assert dataset_of({"config": "job.yaml", "set": ["output=a", "work=w", "output='b'"]}) == "b"
    assert dataset_of({"config": (installation.home / "job.yaml").as_uri(), "set": []}) == "out/web"


@pytest.mark.parametrize(
    ("text", "message"), [("input: []", "no key 'output'"), ("a: [", "cannot be read"), (None, "cannot be read")]
)
def test_fails_at_once_when_no_dataset_can_be_named(installation, text, message):
    if text is not None:
        (installation.home / "job.yaml").write_text(text)
    with pytest.raises(AirflowFailException, match=message):
        dataset_of({"config": "job.yaml", "set": []})


def test_reads_a_manifest_as_plain_json(installation):
    (installation.home / "out").mkdir()
    (installation.home / "out" / "manifest.json").write_text(MANIFEST)
    assert facts_of("out", read_manifest("out")) == {
        "dataset": "out",
        "fingerprint": "0123456789ab",
        "root_hash": "f" * 64,
        "documents": 12,
        "tokens": 110,
    }


def test_fails_at_once_when_there_is_no_manifest(installation):
    with pytest.raises(AirflowFailException, match=r"out: no manifest\.json, so there is no dataset"):
        read_manifest("out")


def render(operator, params=PARAMS):
    operator.render_template_fields({"params": params})
    return operator


MANIFEST = (
    '{"format": "corpusmill/1", "fingerprint": "0123456789ab", "root_hash": "' + "f" * 64 + '", "splits": '
    '{"train": {"documents": 10, "tokens": 100}, "validation": {"documents": 2, "tokens": 10}}}'
)
