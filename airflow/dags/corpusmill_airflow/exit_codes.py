"""What an exit code of Corpusmill means to Airflow: try again, or fail at once.

Every command may be run again at any time: outputs are named by what they depend on, so a repetition does nothing
twice. Trying again is only worth it when the cause can go away by itself.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import IntEnum

from airflow.sdk.exceptions import AirflowException, AirflowFailException


class ExitCode(IntEnum):
    """The exit codes of the command line."""

    DONE = 0
    DEFECT = 1
    CONFIGURATION = 2
    INPUT = 3
    DAMAGED = 4
    STORAGE = 5
    CONFLICT = 6


_MEANINGS = {
    ExitCode.DEFECT: "a defect in Corpusmill",
    ExitCode.CONFIGURATION: "the configuration or the command line is wrong",
    ExitCode.INPUT: "more bad input than the budget allows",
    ExitCode.DAMAGED: "the dataset is damaged",
    ExitCode.STORAGE: "storage or network failed",
    ExitCode.CONFLICT: "another writer published something else",
}


def check(code: int, command: str) -> None:
    """Returns for 0, raises AirflowException (retried) or AirflowFailException (not retried) for anything else."""
    if code == ExitCode.DONE:
        return
    if is_worth_a_retry(code):
        raise AirflowException(f"corpusmill {command} ended with exit code {code}: {_meaning(code)}; trying again")
    raise AirflowFailException(f"corpusmill {command} ended with exit code {code}: {_meaning(code)}; see its last line")


@contextmanager
def deciding(command: str, told: Callable[[], int | None] = lambda: None) -> Iterator[None]:
    """Lets the exit code behind a provider's failure decide: the one `told`, else the one that its text names.

    A failure that tells no exit code stays what it is, so Airflow tries it again.
    """
    try:
        yield
    except AirflowFailException:
        raise
    except AirflowException as error:
        code = told() or code_in(str(error))
        if code is None:
            raise
        try:
            check(code, command)
        except AirflowException as decided:
            raise decided from error


# How providers write it: spark-submit, with the driver's own code behind it on Kubernetes; the Spark operator; EMR.
_TEXTS = (
    re.compile(r"Kubernetes spark exit code is: (\d+)"),
    re.compile(r"Error code is: (-?\d+)"),
    re.compile(r"(?i)\bexit ?code:? (\d+)\b"),
)


def code_in(message: str) -> int | None:
    """The exit code that a message of a provider names, if it names one other than 0."""
    for text in _TEXTS:
        found = text.search(message)
        if found and int(found[1]) != ExitCode.DONE:
            return int(found[1])
    return None


def is_worth_a_retry(code: int) -> bool:
    """Storage and network come back, and so does a machine that killed the process with a signal."""
    return code == ExitCode.STORAGE or _is_signal(code)


def _is_signal(code: int) -> bool:
    return code < 0 or 128 < code < 128 + 65


def _meaning(code: int) -> str:
    if _is_signal(code):
        return f"killed by signal {-code if code < 0 else code - 128}"
    return _MEANINGS.get(code, "not an exit code of Corpusmill; the launcher or Spark failed")
