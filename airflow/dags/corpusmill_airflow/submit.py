"""One command of Corpusmill as one task, on the target of the installation."""

import os
from collections.abc import Callable

from airflow.sdk import BaseOperator

from corpusmill_airflow import payloads
from corpusmill_airflow.commands import rendered


def submit(task_id: str, command: str, target: str | None = None) -> BaseOperator:
    """A task that runs a command with the run's params `config`, `job` and `set`.

    `target` is `local` (the launcher on the worker), `spark-submit`, `emr-serverless`, `emr-eks` or `kubernetes`;
    without it the environment variable CORPUSMILL_TARGET decides, `local` if unset. Raises ValueError for a command or
    a target that is not known, and for a target that lacks a setting.
    """
    target = target or os.environ.get("CORPUSMILL_TARGET") or "local"
    if target not in _TARGETS:
        raise ValueError(f"target is {target!r}, known are {', '.join(_TARGETS)}; see CORPUSMILL_TARGET")
    return _TARGETS[target](task_id, command)


# Providers are imported only where they are used: each takes longer to import than everything here.


def _local(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.local import LauncherOperator

    return LauncherOperator(task_id=task_id, argv=rendered(command, with_launcher=True))


def _spark_submit(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.spark import CorpusmillSparkSubmitOperator

    return CorpusmillSparkSubmitOperator(
        task_id=task_id,
        application=payloads.jar(),
        java_class=payloads.MAIN_CLASS,
        application_args=rendered(command, with_launcher=False),
        conf=payloads.spark_settings(),
        conn_id=os.environ.get("CORPUSMILL_SPARK_CONNECTION") or "spark_default",
        name=f"corpusmill-{command}",
    )


def _emr_serverless(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.emr import CorpusmillEmrServerlessOperator

    minutes = 60 * int(os.environ.get("CORPUSMILL_JOB_HOURS") or 24)
    return CorpusmillEmrServerlessOperator(
        task_id=task_id,
        application_id=payloads.needed("CORPUSMILL_EMR_APPLICATION", "the id of the application of EMR Serverless"),
        execution_role_arn=payloads.needed("CORPUSMILL_EMR_ROLE", "the ARN of the role that jobs run with"),
        job_driver=payloads.emr_job(command, "sparkSubmit"),
        configuration_overrides=payloads.emr_logs(),
        name=f"corpusmill-{command}",
        config={"executionTimeoutMinutes": minutes},
        # The wait must outlast the job: a wait that ends first would start a second job beside the first.
        waiter_delay=60,
        waiter_max_attempts=minutes + 60,
        aws_conn_id=os.environ.get("CORPUSMILL_AWS_CONNECTION") or "aws_default",
        deferrable=False,
    )


def _emr_eks(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.emr import CorpusmillEmrContainerOperator

    return CorpusmillEmrContainerOperator(
        task_id=task_id,
        name=f"corpusmill-{command}",
        virtual_cluster_id=payloads.needed("CORPUSMILL_EMR_CLUSTER", "the id of the virtual cluster"),
        execution_role_arn=payloads.needed("CORPUSMILL_EMR_ROLE", "the ARN of the role that jobs run with"),
        release_label=payloads.needed("CORPUSMILL_EMR_RELEASE", "the release label of EMR on EKS"),
        job_driver=payloads.emr_job(command, "sparkSubmitJobDriver"),
        configuration_overrides=payloads.emr_logs(),
        max_polling_attempts=None,
        aws_conn_id=os.environ.get("CORPUSMILL_AWS_CONNECTION") or "aws_default",
        deferrable=False,
    )


def _kubernetes(task_id: str, command: str) -> BaseOperator:
    from corpusmill_airflow.kubernetes import CorpusmillSparkKubernetesOperator

    return CorpusmillSparkKubernetesOperator(
        task_id=task_id,
        name=f"corpusmill-{command}",
        namespace=os.environ.get("CORPUSMILL_NAMESPACE") or "default",
        template_spec=payloads.spark_application(command),
        kubernetes_conn_id=os.environ.get("CORPUSMILL_KUBERNETES_CONNECTION") or "kubernetes_default",
        deferrable=False,
    )


_TARGETS: dict[str, Callable[[str, str], BaseOperator]] = {
    "local": _local,
    "spark-submit": _spark_submit,
    "emr-serverless": _emr_serverless,
    "emr-eks": _emr_eks,
    "kubernetes": _kubernetes,
}
