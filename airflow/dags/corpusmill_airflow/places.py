"""Where a run's job file and dataset lie. Everything here runs inside tasks, nothing when a DAG file is parsed."""

import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from airflow.sdk.exceptions import AirflowFailException

from corpusmill_airflow.job import overrides


def dataset_of(params: Mapping[str, Any]) -> str:
    """The root of the dataset: the last `output=` among the overrides, else the job file's own."""
    entries = (entry.partition("=") for entry in overrides(params))
    outputs = [value for key, _, value in entries if key.strip() == "output"]
    output = outputs[-1].strip().strip("\"'") if outputs else _output_of(params["config"])
    return output.rstrip("/") or "/"


def read_manifest(dataset: str) -> bytes:
    """The bytes of the manifest of a dataset."""
    try:
        return _read(f"{dataset}/manifest.json")
    except FileNotFoundError as error:
        raise AirflowFailException(f"{dataset}: no manifest.json, so there is no dataset; run the job first") from error


def facts_of(dataset: str, manifest: bytes) -> dict[str, Any]:
    """What is worth knowing about a dataset elsewhere: small, plain JSON."""
    document = json.loads(manifest)
    splits = document["splits"].values()
    return {
        "dataset": dataset,
        "fingerprint": document["fingerprint"],
        "root_hash": document["root_hash"],
        "documents": sum(split["documents"] for split in splits),
        "tokens": sum(split["tokens"] for split in splits),
    }


def _output_of(config: str) -> str:
    import yaml

    try:
        job = yaml.safe_load(_read(config))
    except (FileNotFoundError, yaml.YAMLError) as error:
        raise AirflowFailException(f"{config}: the job file cannot be read: {error}") from error
    output = job.get("output") if isinstance(job, dict) else None
    if not output:
        raise AirflowFailException(f"{config}: no key 'output'; name the dataset there or in the param 'set'")
    return str(output)


def _read(place: str) -> bytes:
    """A local file, relative to CORPUSMILL_HOME like the program itself, or an object that Airflow can reach."""
    if place.startswith("file:"):
        from urllib.parse import unquote, urlsplit

        return Path(unquote(urlsplit(place).path)).read_bytes()
    if "://" in place:
        from airflow.sdk import ObjectStoragePath

        return ObjectStoragePath(place).read_bytes()
    from corpusmill_airflow.commands import home

    return (home() / os.path.expanduser(place)).read_bytes()
