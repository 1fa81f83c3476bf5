"""The target `spark-submit`: the provider's own operator, with Corpusmill's exit codes."""

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator

from corpusmill_airflow import exit_codes


class CorpusmillSparkSubmitOperator(SparkSubmitOperator):
    """Submits a command; in client mode and on Kubernetes its exit code decides about a retry."""

    def execute(self, context) -> None:
        with exit_codes.deciding(self.application_args[0]):
            super().execute(context)
