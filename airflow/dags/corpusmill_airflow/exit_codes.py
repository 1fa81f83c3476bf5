"""What an exit code of Corpusmill means to Airflow: try again, or fail at once.

Every command may be run again at any time: outputs are named by what they depend on, so a repetition does nothing
twice. Trying again is only worth it when the cause can go away by itself.
"""

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


def is_worth_a_retry(code: int) -> bool:
    """Storage and network come back, and so does a machine that killed the process with a signal."""
    return code == ExitCode.STORAGE or _is_signal(code)


def _is_signal(code: int) -> bool:
    return code < 0 or 128 < code < 128 + 65


def _meaning(code: int) -> str:
    if _is_signal(code):
        return f"killed by signal {-code if code < 0 else code - 128}"
    return _MEANINGS.get(code, "not an exit code of Corpusmill; the launcher or Spark failed")
