"""What is sent to a cluster to run a command: made when a task is rendered, from the run's params."""

import json
import os
import shlex
from collections.abc import Callable, Mapping
from typing import Any

from corpusmill_airflow.commands import rendered

MAIN_CLASS = "corpusmill.jobs.Main"


def needed(variable: str, what: str) -> str:
    """The value of an environment variable. Raises ValueError if it is not set."""
    value = os.environ.get(variable)
    if not value:
        raise ValueError(f"{variable} is not set; name {what}")
    return value


def jar() -> str:
    """The jar of Corpusmill. Raises ValueError if none is named."""
    return needed("CORPUSMILL_JAR", "the jar of Corpusmill, a path or a URI that Spark can read")


def spark_settings() -> dict[str, str]:
    """The Spark settings of a submit, such as the size of executors. Raises ValueError if they are no JSON object."""
    text = os.environ.get("CORPUSMILL_SPARK_CONF") or "{}"
    try:
        settings = json.loads(text)
    except ValueError as error:
        raise ValueError(f"CORPUSMILL_SPARK_CONF is no JSON: {error}") from error
    if not isinstance(settings, dict):
        raise ValueError(f"CORPUSMILL_SPARK_CONF is {text}; give a JSON object of Spark settings")
    return {name: str(value) for name, value in settings.items()}


def emr_job(command: str, driver: str) -> Callable[..., dict[str, Any]]:
    """The job driver of EMR, of that name, as a template field."""
    words = ["--class", MAIN_CLASS]
    for name, value in spark_settings().items():
        words += ["--conf", f"{name}={value}"]
    submit = {"entryPoint": jar(), "sparkSubmitParameters": shlex.join(words)}
    arguments = rendered(command, with_launcher=False)

    def render(context: Mapping[str, Any], jinja_env: Any = None) -> dict[str, Any]:
        return {driver: {**submit, "entryPointArguments": arguments(context)}}

    return render


def emr_logs() -> dict[str, Any]:
    """Where EMR puts the logs of a job; none where CORPUSMILL_LOGS is not set."""
    logs = os.environ.get("CORPUSMILL_LOGS")
    return {"monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": logs}}} if logs else {}


def spark_application(command: str) -> Callable[..., dict[str, Any]]:
    """The SparkApplication of a command, as a template field. Executors and their sizes are Spark settings."""
    settings = spark_settings()
    pod = {"serviceAccount": os.environ.get("CORPUSMILL_SERVICE_ACCOUNT") or "spark"}
    spec = {
        "type": "Scala",
        "mode": "cluster",
        "sparkVersion": needed("CORPUSMILL_SPARK_VERSION", "the version of Spark in the image, such as 4.2.0"),
        "image": needed("CORPUSMILL_IMAGE", "an image with Spark and the jar of Corpusmill"),
        "mainClass": MAIN_CLASS,
        "mainApplicationFile": jar(),
        "restartPolicy": {"type": "Never"},
        "sparkConf": settings,
        "driver": {**pod, **_size(settings, "driver")},
        "executor": {**pod, **_size(settings, "executor")},
    }
    arguments = rendered(command, with_launcher=False)

    def render(context: Mapping[str, Any], jinja_env: Any = None) -> dict[str, Any]:
        return {
            "apiVersion": "sparkoperator.k8s.io/v1beta2",
            "kind": "SparkApplication",
            "metadata": {"name": f"corpusmill-{command}"},
            "spec": {**spec, "arguments": arguments(context)},
        }

    return render


def _size(settings: Mapping[str, str], role: str) -> dict[str, Any]:
    """The operator takes these from the application, not from the settings."""
    size: dict[str, Any] = {"cores": int(settings.get(f"spark.{role}.cores", 1))}
    if f"spark.{role}.memory" in settings:
        size["memory"] = settings[f"spark.{role}.memory"]
    if role == "executor":
        size["instances"] = int(settings.get("spark.executor.instances", 2))
    return size
