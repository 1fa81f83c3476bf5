"""The target `spark-submit`: the provider's own operator, with Corpusmill's exit codes."""

import re

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException

from corpusmill_airflow import exit_codes

# The provider reports the exit code in the text of its exception only. On Kubernetes the driver's is the second.
_DRIVER_CODE = re.compile(r"Kubernetes spark exit code is: (\d+)")
_SUBMIT_CODE = re.compile(r"Error code is: (-?\d+)")


class CorpusmillSparkSubmitOperator(SparkSubmitOperator):
    """Submits a command; in client mode and on Kubernetes its exit code decides about a retry."""

    def execute(self, context) -> None:
        try:
            super().execute(context)
        except AirflowFailException:
            raise
        except AirflowException as error:
            code = exit_code_in(str(error))
            if code is None:
                raise
            command = self.application_args[0]
            try:
                exit_codes.check(code, command)
            except AirflowException as decided:
                raise decided from error


def exit_code_in(message: str) -> int | None:
    """The exit code that a message of the provider names, if it names one other than 0."""
    for pattern in (_DRIVER_CODE, _SUBMIT_CODE):
        found = pattern.search(message)
        if found and int(found[1]) != exit_codes.ExitCode.DONE:
            return int(found[1])
    return None
