"""One command of Corpusmill as one task, on the target of the installation."""

import os
from collections.abc import Callable

from airflow.sdk import BaseOperator

from corpusmill_airflow.commands import rendered

MAIN_CLASS = "corpusmill.jobs.Main"


def submit(task_id: str, command: str, target: str | None = None) -> BaseOperator:
    """A task that runs a command with the run's params `config` and `set`.

    `target` is `local` (the launcher on the worker) or `spark-submit`; without it the environment variable
    CORPUSMILL_TARGET decides, `local` if unset. Raises ValueError for a command or a target that is not known.
    """
    target = target or os.environ.get("CORPUSMILL_TARGET") or "local"
    if target not in _TARGETS:
        raise ValueError(f"target is {target!r}, known are {', '.join(_TARGETS)}; see CORPUSMILL_TARGET")
    return _TARGETS[target](task_id, command)


def _local(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.local import LauncherOperator

    return LauncherOperator(task_id=task_id, argv=rendered(command, with_launcher=True))


def _spark_submit(task_id: str, command: str) -> BaseOperator:
    # Imported only where it is used: the provider takes longer to import than everything here.
    from corpusmill_airflow.spark import CorpusmillSparkSubmitOperator

    jar = os.environ.get("CORPUSMILL_JAR")
    if not jar:
        raise ValueError("CORPUSMILL_JAR is not set; name the jar of Corpusmill, a path or a URI that Spark can read")
    return CorpusmillSparkSubmitOperator(
        task_id=task_id,
        application=jar,
        java_class=MAIN_CLASS,
        application_args=rendered(command, with_launcher=False),
        conn_id=os.environ.get("CORPUSMILL_SPARK_CONNECTION") or "spark_default",
        name=f"corpusmill-{command}",
    )


_TARGETS: dict[str, Callable[[str, str], BaseOperator]] = {"local": _local, "spark-submit": _spark_submit}
