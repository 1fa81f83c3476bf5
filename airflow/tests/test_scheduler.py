"""A real scheduler, api-server and DAG processor on 127.0.0.1: a worker is killed in the middle of a job.

Marked long: pytest -m long. Never `airflow standalone`, which opens its log servers on all interfaces.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import psutil
import pytest

pytestmark = pytest.mark.long

AIRFLOW = str(Path(sys.executable).with_name("airflow"))
HOME = Path(__file__).resolve().parents[2]
DAGS = HOME / "airflow" / "dags"
# Seconds after which Airflow takes a worker that is silent for dead, as short as a test wants it.
SILENCE = 20


@pytest.fixture(scope="module")
def airflow(tmp_path_factory):
    """An Airflow of three processes with the real launcher."""
    server = Airflow(tmp_path_factory.mktemp("airflow"))
    try:
        server.start()
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory):
    """The dataset of an undisturbed run of the launcher alone."""
    dataset = tmp_path_factory.mktemp("quiet") / "dataset"
    command = [HOME / "bin/corpusmill", "prepare", "--config", "jobs/sample/job.yaml", "--set", f"output={dataset}"]
    subprocess.run(command, cwd=HOME, check=True, capture_output=True)
    return dataset


@pytest.fixture(scope="module")
def disturbed(airflow, tmp_path_factory):
    """A run whose worker was killed, with all it had started, while the job of `deduplicate` ran."""
    dataset = tmp_path_factory.mktemp("disturbed") / "dataset"
    airflow.trigger("disturbed", dataset)
    job = wait_for("the job of deduplicate", 300, lambda: airflow.job("deduplicate", dataset))
    # The job reads, computes and writes by now: a moment later it would be done.
    wait_for("its first work", 60, lambda: has_begun(job))
    killed = airflow.kill_worker_of(job)
    assert "java" in killed and len(killed) >= 3, killed
    wait_for("the end of the run", 600, lambda: airflow.state("disturbed") in ("success", "failed"))
    return dataset


def test_the_run_completes_by_a_retry(airflow, disturbed):
    assert airflow.state("disturbed") == "success", airflow.logs()
    tries = airflow.tries("disturbed")
    assert tries.pop("deduplicate") == 2
    assert set(tries.values()) == {1}


def test_the_dataset_is_the_one_of_a_quiet_run(disturbed, quiet):
    assert manifest(disturbed)["root_hash"] == manifest(quiet)["root_hash"]
    assert digests(disturbed) == digests(quiet) != {}


def test_a_duplicated_submit_changes_nothing(airflow, disturbed):
    before = {path: path.stat().st_mtime_ns for path in disturbed.rglob("*")}
    airflow.trigger("duplicate", disturbed)
    wait_for("the end of the run", 300, lambda: airflow.state("duplicate") in ("success", "failed"))
    assert airflow.state("duplicate") == "success", airflow.logs()
    assert {path: path.stat().st_mtime_ns for path in disturbed.rglob("*")} == before


def test_a_cleared_run_runs_again_and_changes_nothing(airflow, disturbed):
    before = {path: path.stat().st_mtime_ns for path in disturbed.rglob("*")}
    airflow.clear("disturbed")
    wait_for("a new try of the last task", 300, lambda: airflow.tries("disturbed")["publish"] == 2)
    wait_for("the end of the run", 300, lambda: airflow.state("disturbed") in ("success", "failed"))
    assert airflow.state("disturbed") == "success", airflow.logs()
    assert {path: path.stat().st_mtime_ns for path in disturbed.rglob("*")} == before


def test_nothing_listens_but_on_this_machine(airflow):
    own = {process.pid for process in airflow.processes()}
    open_to = {
        connection.laddr.ip
        for connection in psutil.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN and connection.pid in own
    }
    assert open_to == {"127.0.0.1"}


class Airflow:
    """Scheduler, api-server and DAG processor in process groups of their own, with LocalExecutor and SQLite."""

    COMPONENTS = (["api-server"], ["dag-processor"], ["scheduler", "--skip-serve-logs"])

    def __init__(self, home: Path):
        port = free_port()
        self.home = home
        self.address = f"http://127.0.0.1:{port}"
        self._token = ""
        self._started: list[subprocess.Popen] = []
        self._environment = {
            **os.environ,
            "AIRFLOW_HOME": str(home),
            "AIRFLOW__API__BASE_URL": self.address,
            "AIRFLOW__API__HOST": "127.0.0.1",
            "AIRFLOW__API__PORT": str(port),
            "AIRFLOW__API__WORKERS": "1",
            "AIRFLOW__API_AUTH__JWT_SECRET": secrets.token_hex(32),
            "AIRFLOW__CORE__DAGS_FOLDER": str(DAGS),
            "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{self.address}/execution/",
            "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
            "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
            "AIRFLOW__CORE__PARALLELISM": "2",
            "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
            "AIRFLOW__LOGGING__LOGGING_LEVEL": "INFO",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_SEC": "5",
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": str(SILENCE),
            "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT_DETECTION_INTERVAL": "5",
            "AIRFLOW__USAGE_DATA_COLLECTION__ENABLED": "False",
            "CORPUSMILL_HOME": str(HOME),
            "CORPUSMILL_HEAP": "2g",
            "JAVA_TOOL_OPTIONS": "-XX:TieredStopAtLevel=1",
        }

    def start(self):
        subprocess.run([AIRFLOW, "db", "migrate"], env=self._environment, check=True, capture_output=True)
        for component in self.COMPONENTS:
            with (self.home / f"{component[0]}.log").open("w") as log:
                self._started.append(
                    subprocess.Popen(
                        [AIRFLOW, *component],
                        env=self._environment,
                        stdout=log,
                        stderr=log,
                        cwd=self.home,
                        start_new_session=True,
                    )
                )
        self._token = wait_for("the api-server", 120, lambda: self._ask("GET", "/auth/token"))["access_token"]
        wait_for("the DAG", 120, lambda: self._ask("GET", "/api/v2/dags/prepare_corpus"))
        assert self._ask("PATCH", "/api/v2/dags/prepare_corpus", {"is_paused": False})

    def stop(self):
        family = self.processes()
        for process in self._started:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        _, alive = psutil.wait_procs(family, timeout=20)
        for process in alive:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        for process in self._started:
            process.wait()
        shutil.rmtree(self.home, ignore_errors=True)

    def processes(self) -> list[psutil.Process]:
        found = []
        for process in self._started:
            with contextlib.suppress(psutil.NoSuchProcess):
                root = psutil.Process(process.pid)
                found += [root, *root.children(recursive=True)]
        return found

    def trigger(self, run: str, dataset: Path):
        conf = {"config": "jobs/sample/job.yaml", "set": [f"output={dataset}"]}
        body = {"dag_run_id": run, "logical_date": None, "conf": conf}
        assert self._ask("POST", "/api/v2/dags/prepare_corpus/dagRuns", body)

    def clear(self, run: str):
        """Every task of a run that ended, to run once more."""
        body = {"dry_run": False, "dag_run_id": run, "only_failed": False, "reset_dag_runs": True}
        assert self._ask("POST", "/api/v2/dags/prepare_corpus/clearTaskInstances", body)

    def state(self, run: str) -> str:
        return (self._ask("GET", f"/api/v2/dags/prepare_corpus/dagRuns/{run}") or {}).get("state", "")

    def tries(self, run: str) -> dict[str, int]:
        found = self._ask("GET", f"/api/v2/dags/prepare_corpus/dagRuns/{run}/taskInstances")
        return {task["task_id"]: task["try_number"] for task in found["task_instances"]}

    def job(self, command: str, dataset: Path) -> psutil.Process | None:
        """The Java process of a command, below the scheduler."""
        for process in self.processes():
            with contextlib.suppress(psutil.NoSuchProcess):
                words = process.cmdline()
                if process.name() == "java" and command in words and f"output={dataset}" in words:
                    return process
        return None

    def kill_worker_of(self, job: psutil.Process) -> list[str]:
        """Kills the executor's worker above a job and everything below it, as the loss of its machine would."""
        scheduler = self._started[-1].pid
        worker = job
        while worker.ppid() != scheduler:
            worker = worker.parent()
        lost = [worker, *worker.children(recursive=True)]
        names = []
        for process in lost:
            with contextlib.suppress(psutil.NoSuchProcess):
                names.append(process.name())
                process.kill()
        return names

    def logs(self) -> str:
        files = [*self.home.glob("*.log"), *self.home.glob("logs/**/attempt=*.log")]
        return "\n".join(f"== {file}\n{file.read_text(errors='replace')[-3000:]}" for file in files)

    def _ask(self, method: str, path: str, body=None):
        """The answer, or None where there is none yet."""
        request = urllib.request.Request(self.address + path, method=method)
        request.add_header("Authorization", f"Bearer {self._token}")
        if body is not None:
            request.data = json.dumps(body).encode()
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.load(answer)
        except OSError:
            return None


def has_begun(job: psutil.Process) -> bool:
    """Whether a Java process has used the time that it takes to start Spark."""
    times = job.cpu_times()
    return times.user + times.system > 5


def wait_for(what: str, seconds: float, found):
    """What `found` returns as soon as it is true."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        result = found()
        if result:
            return result
        time.sleep(0.5)
    pytest.fail(f"{what} did not come in {seconds} s")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def manifest(dataset: Path):
    return json.loads((dataset / "manifest.json").read_text())


def digests(dataset: Path) -> dict[str, str]:
    """Shard → SHA-256 of its bytes."""
    shards = sorted(dataset.rglob("*.arrow"))
    return {str(shard.relative_to(dataset)): hashlib.sha256(shard.read_bytes()).hexdigest() for shard in shards}
