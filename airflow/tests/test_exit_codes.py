"""Code 5 is tried again, every other failure ends the run at once; on both targets."""

import pytest
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from corpusmill_airflow import exit_codes, submit

FAIL_AT_ONCE = [1, 2, 3, 4, 6, 7, 101, 127]
RETRY = [5, 137, 143]


def test_returns_when_all_is_well():
    exit_codes.check(0, "plan")


@pytest.mark.parametrize("code", FAIL_AT_ONCE)
def test_fails_at_once(code):
    with pytest.raises(AirflowFailException, match=f"corpusmill write ended with exit code {code}: "):
        exit_codes.check(code, "write")


@pytest.mark.parametrize("code", [*RETRY, -9])
def test_tries_again(code):
    with pytest.raises(AirflowException, match=f"exit code {code}: .*trying again") as caught:
        exit_codes.check(code, "write")
    assert not isinstance(caught.value, AirflowFailException)


@pytest.mark.parametrize("code", [0, *FAIL_AT_ONCE, *RETRY])
def test_the_launcher_decides_by_its_exit_code(code, installation):
    installation.behave(f"exit {code}")
    operator = rendered(submit("t", "write", "local"))
    decide(code, operator)
    assert installation.calls == ["write --config job.yaml"]
    assert installation.folder == installation.home.resolve()


@pytest.mark.parametrize("code", [0, *FAIL_AT_ONCE, *RETRY])
def test_spark_submit_decides_by_its_exit_code(code, tmp_path, monkeypatch):
    (tmp_path / "spark-submit").write_text(f"#!/bin/sh\nexit {code}\n")
    (tmp_path / "spark-submit").chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setenv("CORPUSMILL_JAR", "corpusmill.jar")
    monkeypatch.setenv("AIRFLOW_CONN_SPARK_DEFAULT", '{"conn_type": "spark", "host": "local[2]"}')
    decide(code, rendered(submit("t", "write", "spark-submit")))


def decide(code, operator):
    if code == 0:
        assert operator.execute({}) is None
    elif code in RETRY:
        with pytest.raises(AirflowException) as caught:
            operator.execute({})
        assert not isinstance(caught.value, AirflowFailException)
    else:
        with pytest.raises(AirflowFailException, match=f"exit code {code}"):
            operator.execute({})


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("Cannot execute: spark-submit. Error code is: 3.", 3),
        ("Cannot execute: s. Error code is: 1. Kubernetes spark exit code is: 5", 5),
        ("Cannot execute: s. Error code is: 1. Kubernetes spark exit code is: None", 1),
        ("Cannot execute: s. Error code is: -9.", -9),
        ("Spark Job Failed. Error stack: driver container failed with ExitCode: 4, Reason: Error", 4),
        ("driver ended with exit code 6", 6),
        ("No driver id is known", None),
    ],
)
def test_finds_the_exit_code_in_a_message_of_the_provider(message, code):
    assert exit_codes.code_in(message) == code


def test_a_launcher_that_is_not_there_fails_at_once(tmp_path, monkeypatch):
    monkeypatch.setenv("CORPUSMILL_HOME", str(tmp_path))
    with pytest.raises(AirflowFailException, match="set CORPUSMILL_HOME"):
        rendered(submit("t", "write", "local")).execute({})


def rendered(operator):
    operator.render_template_fields({"params": {"config": "job.yaml", "set": []}})
    return operator
