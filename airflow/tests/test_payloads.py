"""What each cluster is sent, held against the service models of the clients, and what becomes of its failures."""

import json
from types import SimpleNamespace

import pytest
from airflow.providers.cncf.kubernetes.operators.spark_kubernetes import SparkKubernetesOperator
from airflow.sdk.exceptions import AirflowException, AirflowFailException
from botocore.stub import Stubber
from kubernetes.client import models

from corpusmill_airflow import submit

ARGUMENTS = ["write", "--config", "s3://bucket/job.yaml", "--set", "packing.seed=2", "--set", "output=s3://bucket/v1"]
PARAMS = {"config": "s3://bucket/job.yaml", "job": {"packing": {"seed": 2}}, "set": ["output=s3://bucket/v1"]}
ROLE = "arn:aws:iam::000000000000:role/corpusmill"
ARN = "arn:aws:emr-serverless:us-east-1:000000000000:/applications/00application"
EMR_SUBMIT = {
    "entryPoint": "s3://bucket/corpusmill.jar",
    "entryPointArguments": ARGUMENTS,
    "sparkSubmitParameters": "--class corpusmill.jobs.Main --conf spark.executor.memory=8g"
    " --conf 'spark.driver.extraJavaOptions=-Xss4m -Dx=y'",
}
OK = {"HTTPStatusCode": 200}


@pytest.fixture(autouse=True)
def settings(monkeypatch):
    values = {
        "CORPUSMILL_JAR": "s3://bucket/corpusmill.jar",
        "CORPUSMILL_SPARK_CONF": json.dumps(
            {"spark.executor.memory": "8g", "spark.driver.extraJavaOptions": "-Xss4m -Dx=y"}
        ),
        "CORPUSMILL_EMR_APPLICATION": "00application",
        "CORPUSMILL_EMR_ROLE": ROLE,
        "CORPUSMILL_EMR_CLUSTER": "cluster",
        "CORPUSMILL_EMR_RELEASE": "emr-7.10.0-latest",
        "CORPUSMILL_IMAGE": "registry/spark:4.2.0",
        "CORPUSMILL_SPARK_VERSION": "4.2.0",
        "AIRFLOW_CONN_AWS_DEFAULT": json.dumps(
            {"conn_type": "aws", "login": "id", "password": "key", "extra": {"region_name": "us-east-1"}}
        ),
    }
    for name, value in values.items():
        monkeypatch.setenv(name, value)


def rendered(target):
    operator = submit("write", "write", target)
    operator.render_template_fields({"params": PARAMS})
    return operator


def serverless(state, details):
    """An operator whose client knows the calls it must get, parameters and all, in their order."""
    operator = rendered("emr-serverless")
    stub = Stubber(operator.hook.conn)
    about = {
        "applicationId": "00application",
        "arn": ARN,
        "releaseLabel": "emr-7.10.0",
        "createdAt": 0,
        "updatedAt": 0,
    }
    stub.add_response(
        "get_application",
        {"application": {**about, "type": "SPARK", "state": "STARTED"}},
        {"applicationId": "00application"},
    )
    stub.add_response(
        "start_job_run",
        {"applicationId": "00application", "jobRunId": "run", "arn": ARN, "ResponseMetadata": OK},
        {
            "clientToken": operator.client_request_token,
            "applicationId": "00application",
            "executionRoleArn": ROLE,
            "name": "corpusmill-write",
            "jobDriver": {"sparkSubmit": EMR_SUBMIT},
            "executionTimeoutMinutes": 24 * 60,
            "configurationOverrides": {},
        },
    )
    run = {
        **about,
        "jobRunId": "run",
        "createdBy": ROLE,
        "executionRole": ROLE,
        "jobDriver": {"sparkSubmit": EMR_SUBMIT},
        "state": state,
        "stateDetails": details,
    }
    query = {"applicationId": "00application", "jobRunId": "run"}
    for _ in range(3):
        stub.add_response("get_job_run", {"jobRun": run}, query)
    stub.activate()
    return operator


def containers(state, details):
    """The same for EMR on EKS."""
    operator = rendered("emr-eks")
    stub = Stubber(operator.hook.conn)
    operator.client_request_token = "token"
    stub.add_response(
        "start_job_run",
        {"id": "run", "name": "corpusmill-write", "virtualClusterId": "cluster", "ResponseMetadata": OK},
        {
            "name": "corpusmill-write",
            "virtualClusterId": "cluster",
            "executionRoleArn": ROLE,
            "releaseLabel": "emr-7.10.0-latest",
            "jobDriver": {"sparkSubmitJobDriver": EMR_SUBMIT},
            "configurationOverrides": {},
            "tags": {},
            "clientToken": "token",
        },
    )
    run = {"jobRun": {"id": "run", "state": state, "failureReason": "USER_ERROR", "stateDetails": details}}
    for _ in range(2):
        stub.add_response("describe_job_run", run, {"id": "run", "virtualClusterId": "cluster"})
    stub.activate()
    return operator


@pytest.mark.parametrize(("make", "done"), [(serverless, "SUCCESS"), (containers, "COMPLETED")])
def test_emr_is_sent_the_job(make, done):
    assert make(done, "done").execute(context()) == "run"


@pytest.mark.parametrize("make", [serverless, containers])
@pytest.mark.parametrize(
    ("details", "retried"),
    [("driver ended with exit code: 3", False), ("driver ended with exit code: 5", True), ("no capacity", True)],
)
def test_a_failure_on_emr_is_final_where_its_text_names_such_an_exit_code(make, details, retried):
    with pytest.raises(AirflowException) as caught:
        make("FAILED", details).execute(context())
    assert isinstance(caught.value, AirflowFailException) is not retried


def test_the_wait_for_emr_serverless_outlasts_the_job(monkeypatch):
    monkeypatch.setenv("CORPUSMILL_JOB_HOURS", "50")
    operator = rendered("emr-serverless")
    wait = operator.waiter_delay * operator.waiter_max_attempts
    assert wait > operator.config["executionTimeoutMinutes"] * 60 == 50 * 3600
    assert rendered("emr-eks").max_polling_attempts is None


@pytest.mark.parametrize("target", ["emr-serverless", "emr-eks"])
def test_emr_puts_logs_where_it_is_told(target, monkeypatch):
    monkeypatch.setenv("CORPUSMILL_LOGS", "s3://bucket/logs")
    assert rendered(target).configuration_overrides == {
        "monitoringConfiguration": {"s3MonitoringConfiguration": {"logUri": "s3://bucket/logs"}}
    }


class Cluster:
    """Takes an application and says how it ended."""

    def __init__(self, error):
        self.body = None
        self.error = error

    def list_namespaced_pod(self, namespace, **_selectors):
        return SimpleNamespace(items=[])

    def create_namespaced_custom_object(self, *, group, version, namespace, plural, body):
        assert (group, version, namespace, plural) == (
            "sparkoperator.k8s.io", "v1beta2", "default", "sparkapplications"
        )  # fmt: skip
        self.body = body
        return body

    def get_namespaced_custom_object_status(self, **_name):
        return {"status": {"applicationState": {"state": "FAILED", "errorMessage": self.error}}}


def test_kubernetes_is_sent_a_spark_application_and_its_exit_code_decides():
    operator = rendered("kubernetes")
    operator.client = operator.custom_obj_api = cluster = Cluster("driver container failed with ExitCode: 3")
    with pytest.raises(AirflowFailException, match="corpusmill write ended with exit code 3"):
        operator.execute(context())
    spec = cluster.body["spec"]
    for part in (spec, spec["driver"], spec["executor"]):
        assert part.pop("labels")["task_id"] == "write"
    for part in (spec["driver"], spec["executor"]):
        assert [variable["name"] for variable in part.pop("env")] == ["SPARK_APPLICATION_NAME"]
    assert cluster.body["apiVersion"] == "sparkoperator.k8s.io/v1beta2"
    assert cluster.body["kind"] == "SparkApplication"
    assert cluster.body["metadata"]["name"].startswith("corpusmill-write-")
    assert spec == {
        "type": "Scala",
        "mode": "cluster",
        "sparkVersion": "4.2.0",
        "image": "registry/spark:4.2.0",
        "mainClass": "corpusmill.jobs.Main",
        "mainApplicationFile": "s3://bucket/corpusmill.jar",
        "arguments": ARGUMENTS,
        "restartPolicy": {"type": "Never"},
        "sparkConf": {"spark.executor.memory": "8g", "spark.driver.extraJavaOptions": "-Xss4m -Dx=y"},
        "driver": {"serviceAccount": "spark", "cores": 1},
        "executor": {"serviceAccount": "spark", "cores": 1, "memory": "8g", "instances": 2},
    }


@pytest.mark.parametrize(("code", "retried"), [(1, False), (2, False), (4, False), (5, True), (6, False), (137, True)])
def test_the_container_of_the_driver_decides_on_kubernetes(code, retried, monkeypatch):
    def fails(operator, context):
        operator.remote_pod = pod(code)
        raise AirflowException("Pod driver returned a failure")

    monkeypatch.setattr(SparkKubernetesOperator, "execute", fails)
    with pytest.raises(AirflowException, match=f"exit code {code}") as caught:
        rendered("kubernetes").execute(context())
    assert isinstance(caught.value, AirflowFailException) is not retried


@pytest.mark.parametrize(
    ("target", "variable", "value", "message"),
    [
        ("emr-serverless", "CORPUSMILL_EMR_APPLICATION", "", "CORPUSMILL_EMR_APPLICATION is not set"),
        ("emr-eks", "CORPUSMILL_EMR_ROLE", "", "CORPUSMILL_EMR_ROLE is not set"),
        ("kubernetes", "CORPUSMILL_IMAGE", "", "CORPUSMILL_IMAGE is not set"),
        ("kubernetes", "CORPUSMILL_SPARK_CONF", "[1]", "give a JSON object"),
        ("spark-submit", "CORPUSMILL_SPARK_CONF", "a=b", "CORPUSMILL_SPARK_CONF is no JSON"),
    ],
)
def test_says_which_setting_a_target_lacks(target, variable, value, message, monkeypatch):
    monkeypatch.setenv(variable, value)
    with pytest.raises(ValueError, match=message):
        submit("write", "write", target)


def context():
    """As much of a task's context as the operators look at."""
    instance = SimpleNamespace(dag_id="d", task_id="write", try_number=1, map_index=-1)
    return {"ti": instance, "task_instance": instance, "run_id": "r", "dag": SimpleNamespace(), "params": PARAMS}


def pod(code):
    """A driver's pod whose container ended so."""
    ended = models.V1ContainerState(terminated=models.V1ContainerStateTerminated(exit_code=code))
    container = models.V1ContainerStatus(
        name="spark-kubernetes-driver", image="i", image_id="i", ready=False, restart_count=0, state=ended
    )
    return models.V1Pod(status=models.V1PodStatus(phase="Failed", container_statuses=[container]))
