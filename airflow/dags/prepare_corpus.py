"""Turns a raw corpus into a published dataset, one task per stage.

plan → ingest → deduplicate → tokenize → write → verify → publish

Every task may be retried, cleared or run twice: outputs are named by what they depend on, so what is done is found and
not done again. Exit code 5 (storage, network) is retried, everything else fails at once.
"""

from datetime import datetime, timedelta

from airflow.sdk import Asset, Param, dag, task

from corpusmill_airflow import job, submit

DATASET = Asset("corpusmill_dataset", group="corpusmill")


@dag(
    dag_id="prepare_corpus",
    schedule=None,
    start_date=datetime(2026, 1, 1),
    catchup=False,
    max_active_runs=1,
    tags=["corpusmill"],
    doc_md=__doc__,
    default_args={
        "retries": 3,
        "retry_delay": timedelta(minutes=1),
        "retry_exponential_backoff": True,
        "max_retry_delay": timedelta(minutes=30),
    },
    params={
        "config": Param(
            "jobs/sample/job.yaml",
            type="string",
            pattern="^[^-\\s]",
            title="Job file",
            description="A path, relative to CORPUSMILL_HOME, or a URI.",
        ),
        "job": Param(
            {},
            **job.schema(),
            title="Values of the job file",
            description="Win over the job file; the keys are its own, such as packing and sequence-length in it.",
        ),
        "set": Param(
            [],
            type="array",
            items={"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*="},
            title="Overrides",
            description="Lines of key=value that win over the job file, such as packing.sequence-length=2048.",
        ),
    },
)
def prepare_corpus():
    plan = submit("plan", "plan")
    ingest = submit("ingest", "ingest")
    deduplicate = submit("deduplicate", "deduplicate")
    tokenize = submit("tokenize", "tokenize")
    write = submit("write", "write")
    verify = submit("verify", "verify")

    @task(outlets=[DATASET])
    def publish(params: dict, outlet_events) -> str:
        """Announces the dataset: an event of the asset with its root hash, documents and tokens."""
        from corpusmill_airflow.places import dataset_of, facts_of, read_manifest

        dataset = dataset_of(params)
        outlet_events[DATASET].extra = facts_of(dataset, read_manifest(dataset))
        return dataset

    plan >> ingest >> deduplicate >> tokenize >> write >> verify >> publish()


prepare_corpus()
