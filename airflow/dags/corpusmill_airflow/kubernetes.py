"""The target `kubernetes`: a SparkApplication of the Kubeflow Spark operator, by the provider's own operator."""

from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator

from corpusmill_airflow import exit_codes


class CorpusmillSparkKubernetesOperator(SparkKubernetesOperator):
    """Makes the application, follows its driver and lets the exit code of the driver's container decide."""

    def execute(self, context):
        with exit_codes.deciding(self.template_spec["spec"]["arguments"][0], self._exit_code):
            return super().execute(context)

    def _exit_code(self) -> int | None:
        status = getattr(self.remote_pod, "status", None)
        for container in getattr(status, "container_statuses", None) or []:
            if container.name == self.BASE_CONTAINER_NAME and container.state.terminated:
                return container.state.terminated.exit_code
        return None
