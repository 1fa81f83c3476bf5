"""The requests that operators send by hand, held against the service models of their clients."""

import json
import shlex
from pathlib import Path

import botocore.session
import pytest
from botocore.validate import validate_parameters

CONF = Path(__file__).resolve().parents[2] / "jobs" / "conf"


@pytest.mark.parametrize(
    ("file", "service", "driver"),
    [
        ("emr-serverless.json", "emr-serverless", "sparkSubmit"),
        ("emr-eks.json", "emr-containers", "sparkSubmitJobDriver"),
    ],
)
def test_emr_would_take_the_request(file, service, driver):
    request = json.loads((CONF / file).read_text())
    model = botocore.session.get_session().get_service_model(service)
    # The command line of AWS makes this token itself.
    validate_parameters({**request, "clientToken": "token"}, model.operation_model("StartJobRun").input_shape)
    job = request["jobDriver"][driver]
    assert job["entryPointArguments"][:2] == ["prepare", "--config"]
    words = shlex.split(job["sparkSubmitParameters"])
    assert words[:2] == ["--class", "corpusmill.jobs.Main"]
    assert set(words[2::2]) == {"--conf"}
    assert all(setting.startswith("spark.") and "=" in setting for setting in words[3::2])
