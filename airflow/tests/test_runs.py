"""Whole runs by dag.test(): with a stand-in for the launcher always, with the real one when CORPUSMILL_E2E=1."""

import json
import os
from pathlib import Path

import pytest
from test_commands import MANIFEST

STAGES = ["plan", "ingest", "deduplicate", "tokenize", "write", "verify"]

pytestmark = pytest.mark.usefixtures("database")


def test_runs_every_command_once_and_announces_the_dataset(installation):
    installation.behave(f"mkdir -p out; [ $1 != write ] || echo '{MANIFEST}' > out/manifest.json")
    run, states = run_dag({"config": "job.yaml", "set": ["output=out", "packing.seed=2"]})
    assert run.state == "success", states
    job = "--config job.yaml --set output=out --set packing.seed=2"
    assert installation.calls == [*(f"{stage} {job}" for stage in STAGES[:-1]), f"verify out {job}"]
    assert last_event(run) == {
        "dataset": "out",
        "fingerprint": "0123456789ab",
        "root_hash": "f" * 64,
        "documents": 12,
        "tokens": 110,
    }


def test_stops_at_the_stage_that_fails(installation):
    installation.behave("[ $1 != deduplicate ] || exit 3")
    run, states = run_dag({"config": "job.yaml", "set": ["output=out"]})
    assert run.state == "failed"
    assert states["ingest"] == "success" and states["deduplicate"] == "failed"
    assert states["tokenize"] == states["publish"] == "upstream_failed"
    assert [call.split()[0] for call in installation.calls] == ["plan", "ingest", "deduplicate"]


@pytest.mark.skipif(
    os.environ.get("CORPUSMILL_E2E") != "1", reason="CORPUSMILL_E2E is not 1: the real launcher is slow"
)
def test_drives_the_real_launcher_and_does_nothing_the_second_time(tmp_path, monkeypatch):
    home = Path(os.environ.get("CORPUSMILL_HOME") or Path(__file__).resolve().parents[2])
    monkeypatch.setenv("CORPUSMILL_HOME", str(home))
    # Each stage is a process of some seconds: the second compiler of Java would cost it more than it saves.
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1")
    monkeypatch.setenv("CORPUSMILL_HEAP", "2g")
    config = os.environ.get("CORPUSMILL_E2E_CONFIG", "jobs/sample/job.yaml")
    places = [f"output={tmp_path}/dataset", f"work={tmp_path}/work"]
    params = {"config": config, "set": [*places, "spark.sql.shuffle.partitions=2"]}
    run, states = run_dag(params)
    assert run.state == "success", states
    manifest = tmp_path / "dataset" / "manifest.json"
    body = json.loads(manifest.read_text())
    event = last_event(run)
    assert (event["dataset"], event["root_hash"]) == (str(tmp_path / "dataset"), body["root_hash"])
    assert event["tokens"] == sum(split["tokens"] for split in body["splits"].values()) > 0
    before = (manifest.stat().st_mtime_ns, manifest.read_bytes())
    # The stages before the last need no second start of the program to show that nothing changes.
    run, states = run_dag(params, mark_success_pattern="ingest|deduplicate|tokenize")
    assert run.state == "success", states
    assert (manifest.stat().st_mtime_ns, manifest.read_bytes()) == before


def run_dag(params, **options):
    """The run and the state of each task."""
    from airflow.dag_processing.dagbag import DagBag

    dag = DagBag(os.environ["AIRFLOW__CORE__DAGS_FOLDER"]).dags["prepare_corpus"]
    run = dag.test(run_conf=params, **options)
    return run, {instance.task_id: str(instance.state) for instance in run.get_task_instances()}


def last_event(run):
    """What the run said about the dataset."""
    from airflow.models.asset import AssetEvent
    from airflow.utils.session import create_session
    from sqlalchemy import select

    with create_session() as session:
        events = session.scalars(select(AssetEvent).where(AssetEvent.source_run_id == run.run_id)).all()
        assert len(events) == 1
        return dict(events[0].extra)
