"""The command lines of the tasks, from one table.

A task's arguments are worked out when it runs, from the run's params: `config`, the place of the job file, `job` and
`set`, values that win over it.
"""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from corpusmill_airflow.job import overrides
from corpusmill_airflow.places import dataset_of


def _job(params: Mapping[str, Any]) -> list[str]:
    words = [word for override in overrides(params) for word in ("--set", override)]
    return ["--config", params["config"], *words]


def _dataset(params: Mapping[str, Any]) -> list[str]:
    """With the job, whose settings say how the store is reached."""
    return [dataset_of(params), *_job(params)]


# Command → what it is given.
COMMANDS: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "plan": _job,
    "ingest": _job,
    "deduplicate": _job,
    "tokenize": _job,
    "write": _job,
    "verify": _dataset,
}


def arguments(command: str, params: Mapping[str, Any]) -> list[str]:
    """The command and its arguments, as the program takes them. Raises KeyError for a command that no task runs."""
    return [command, *COMMANDS[command](params)]


def launcher() -> list[str]:
    """The launcher of this machine, as the beginning of a command line."""
    return [str(home() / "bin" / "corpusmill")]


def home() -> Path:
    """Where Corpusmill is installed: CORPUSMILL_HOME, else the folder that holds this folder's parents."""
    return Path(os.environ.get("CORPUSMILL_HOME") or Path(__file__).resolve().parents[3])


def rendered(command: str, *, with_launcher: bool) -> Callable[..., list[str]]:
    """A template field that becomes the command line when the task is rendered."""
    if command not in COMMANDS:
        raise ValueError(f"command is {command!r}, known are {', '.join(COMMANDS)}")

    def render(context: Mapping[str, Any], jinja_env: Any = None) -> list[str]:
        return [*(launcher() if with_launcher else []), *arguments(command, context["params"])]

    return render
