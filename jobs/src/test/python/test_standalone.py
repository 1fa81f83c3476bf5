"""A real spark-submit, on a standalone master with one worker, writes the bytes that local mode writes.

Spark is the pyspark of this environment. CORPUSMILL_DATASET is the sample corpus prepared in local mode, as bin/test
makes it; without it the tests are skipped. Everything listens on 127.0.0.1 and ends with the tests.
"""

import hashlib
import json
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path

import pyspark
import pytest

HOME = Path(__file__).resolve().parents[4]
SPARK = Path(pyspark.__file__).parent
DEPLOY = "org.apache.spark.deploy"
WAIT_SECONDS = 120
ARCHIVE = "shards.archive=parquet"  # as bin/test prepares the dataset to compare with

pytestmark = pytest.mark.skipif(
    not os.environ.get("CORPUSMILL_DATASET"), reason="CORPUSMILL_DATASET is not set: nothing to compare with"
)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    """The folder and the URL of a master with one registered worker of two cores."""
    folder = tmp_path_factory.mktemp("cluster")
    port = free_port()
    master = f"spark://127.0.0.1:{port}"
    bound = ["--host", "127.0.0.1", "--webui-port", "0"]
    size = ["--cores", "2", "--memory", "3g", "--work-dir", str(folder / "work")]
    with running(folder, f"{DEPLOY}.master.Master", *bound, "--port", str(port)) as log:
        wait_for(log, "I have been elected leader")
        with running(folder, f"{DEPLOY}.worker.Worker", *bound, *size, master) as log:
            wait_for(log, "Successfully registered with master")
            yield folder, master


@pytest.fixture(scope="module")
def written(cluster):
    """The folder and the result of the run on the cluster."""
    folder, _ = cluster
    return folder / "dataset", submit(cluster, folder / "dataset")


def test_the_dataset_is_the_one_of_local_mode_byte_for_byte(written):
    dataset, done = written
    assert done.returncode == 0, done.stderr[-4000:]
    local = Path(os.environ["CORPUSMILL_DATASET"])
    assert manifest(dataset)["root_hash"] == manifest(local)["root_hash"]
    assert manifest(dataset)["fingerprint"] == manifest(local)["fingerprint"]
    assert digests(dataset) == digests(local) != {}
    assert " INFO DAGScheduler" not in done.stderr


def test_the_work_was_done_by_executors_of_the_worker(cluster, written):
    folder, _ = cluster
    logs = [log.read_text() for log in folder.glob("work/app-*/*/stderr")]
    assert any("Finished task" in log for log in logs)


def test_a_second_submit_changes_nothing(cluster, written):
    dataset, _ = written
    before = {path: path.stat().st_mtime_ns for path in dataset.rglob("*")}
    done = submit(cluster, dataset)
    assert done.returncode == 0, done.stderr[-4000:]
    assert {path: path.stat().st_mtime_ns for path in dataset.rglob("*")} == before


def test_the_exit_code_of_a_failed_job_arrives(cluster):
    folder, _ = cluster
    done = submit(cluster, folder / "refused", "ingest.max-rejected-share=0")
    assert done.returncode == 3, done.stderr[-4000:]
    assert "ingest.max-rejected-share" in done.stderr
    assert not (folder / "refused" / "manifest.json").exists()


def test_one_machine_by_its_own_spark_writes_these_bytes_and_what_it_is_told_wins(tmp_path):
    (jar,) = HOME.glob("jobs/target/corpusmill-jobs-*-job.jar")
    command = [SPARK / "bin/spark-submit", "--properties-file", "jobs/conf/local.conf"]
    for setting in ("spark.driver.memory=2g", "spark.ui.enabled=true", "spark.log.level=INFO"):
        command += ["--conf", setting]
    command += [
        "--class",
        "corpusmill.jobs.Main",
        jar,
        "prepare",
        "--config",
        "jobs/sample/job.yaml",
        "--set",
        f"output={tmp_path}/dataset",
        "--set",
        ARCHIVE,
    ]
    done = subprocess.run(command, cwd=HOME, check=False, env=environment(tmp_path), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-4000:]
    assert digests(tmp_path / "dataset") == digests(Path(os.environ["CORPUSMILL_DATASET"])) != {}
    assert "SparkUI" in done.stderr


def submit(cluster, output, *overrides):
    """The sample corpus by the launcher, which hands over to spark-submit."""
    folder, master = cluster
    settings = ["spark.driver.host=127.0.0.1", "spark.executor.memory=2g", "spark.sql.shuffle.partitions=8"]
    words = [word for override in (f"output={output}", ARCHIVE, *overrides, *settings) for word in ("--set", override)]
    return subprocess.run(
        [HOME / "bin/corpusmill", "prepare", "--master", master, "--config", "jobs/sample/job.yaml", *words],
        cwd=HOME,
        check=False,
        env=environment(folder),
        capture_output=True,
        text=True,
    )


@contextmanager
def running(folder, name, *arguments):
    """A daemon of Spark in the foreground; its log."""
    log = folder / f"{name.rsplit('.', 1)[1]}.log"
    with log.open("w") as stream:
        process = subprocess.Popen(
            [SPARK / "bin" / "spark-class", name, *arguments], env=environment(folder), stdout=stream, stderr=stream
        )
        try:
            yield log
        finally:
            process.terminate()
            process.wait(60)


def environment(folder):
    return {
        **os.environ,
        # Processes of some seconds: the second compiler of Java would cost them more than it saves.
        "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1",
        "SPARK_HOME": str(SPARK),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_LOCAL_DIRS": str(folder / "local"),
    }


def wait_for(log, text):
    end = time.monotonic() + WAIT_SECONDS
    while text not in log.read_text():
        assert time.monotonic() < end, f"'{text}' did not come in {WAIT_SECONDS} s:\n{log.read_text()[-4000:]}"
        time.sleep(0.2)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def manifest(dataset):
    return json.loads((dataset / "manifest.json").read_text())


def digests(dataset):
    """Shard → SHA-256 of its bytes."""
    shards = sorted(dataset.rglob("*.arrow"))
    return {str(shard.relative_to(dataset)): hashlib.sha256(shard.read_bytes()).hexdigest() for shard in shards}
