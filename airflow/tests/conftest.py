"""An Airflow of its own for the tests: a fresh home, our DAG folder, SQLite, no examples, no server."""

import os
import shutil
import stat
import tempfile
from pathlib import Path

import pytest

DAGS = Path(__file__).resolve().parents[1] / "dags"
_HOME = tempfile.mkdtemp(prefix="corpusmill-airflow-")

# Airflow reads its configuration when it is imported, so this comes before any test module.
os.environ.update(
    AIRFLOW_HOME=_HOME,
    AIRFLOW__CORE__DAGS_FOLDER=str(DAGS),
    AIRFLOW__CORE__LOAD_EXAMPLES="False",
    AIRFLOW__CORE__UNIT_TEST_MODE="False",
    AIRFLOW__USAGE_DATA_COLLECTION__ENABLED="False",
    AIRFLOW__LOGGING__LOGGING_LEVEL="WARNING",
)
for _name in [name for name in os.environ if name.startswith("CORPUSMILL_")]:
    if _name not in ("CORPUSMILL_HOME", "CORPUSMILL_E2E", "CORPUSMILL_E2E_CONFIG"):
        del os.environ[_name]


def pytest_unconfigure():
    shutil.rmtree(_HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def database():
    """A migrated metadata database, as dag.test() needs it."""
    from airflow.utils.db import initdb

    initdb()


@pytest.fixture
def installation(tmp_path, monkeypatch):
    """A folder with a launcher that notes its arguments in `calls` and does what `behaviour` says."""
    return Installation(tmp_path / "home", monkeypatch)


class Installation:
    """A stand-in for an installed Corpusmill."""

    def __init__(self, home: Path, monkeypatch):
        self.home = home
        self._launcher = home / "bin" / "corpusmill"
        self._launcher.parent.mkdir(parents=True)
        self.behave("exit 0")
        monkeypatch.setenv("CORPUSMILL_HOME", str(home))

    def behave(self, script: str) -> None:
        """Lines of shell; $1 is the command."""
        self._launcher.write_text(
            f'#!/bin/sh\nprintf "%s\\n" "$*" >> "{self.home}/calls"\npwd > "{self.home}/folder"\n{script}\n'
        )
        self._launcher.chmod(self._launcher.stat().st_mode | stat.S_IXUSR)

    @property
    def calls(self) -> list[str]:
        calls = self.home / "calls"
        return calls.read_text().splitlines() if calls.exists() else []

    @property
    def folder(self) -> Path:
        return Path((self.home / "folder").read_text().strip())
