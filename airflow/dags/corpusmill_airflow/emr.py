"""The targets `emr-serverless` and `emr-eks`: the provider's own operators.

EMR reports a state with a text, not the exit code of the driver. Where that text names one, it decides about a retry.
"""

from airflow.providers.amazon.aws.operators.emr import EmrContainerOperator, EmrServerlessStartJobOperator

from corpusmill_airflow import exit_codes


class CorpusmillEmrServerlessOperator(EmrServerlessStartJobOperator):
    """Runs a command on an application of EMR Serverless and waits for its end."""

    def execute(self, context, event=None) -> str | None:
        with exit_codes.deciding(self.job_driver["sparkSubmit"]["entryPointArguments"][0], self._exit_code):
            return super().execute(context, event)

    def _exit_code(self) -> int | None:
        """The provider's failure leaves the text out, so it is asked for again."""
        if not self.job_id:
            return None
        run = self.hook.conn.get_job_run(applicationId=self.application_id, jobRunId=self.job_id)["jobRun"]
        return exit_codes.code_in(run.get("stateDetails") or "")


class CorpusmillEmrContainerOperator(EmrContainerOperator):
    """Runs a command on a virtual cluster of EMR on EKS and waits for its end."""

    def execute(self, context) -> str | None:
        with exit_codes.deciding(self.job_driver["sparkSubmitJobDriver"]["entryPointArguments"][0]):
            return super().execute(context)
