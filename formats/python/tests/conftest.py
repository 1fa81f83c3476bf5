"""Tiny datasets for the tests, made by the reference writer."""

import json

import pytest
from reference_writer import write_dataset


@pytest.fixture(scope="session")
def written(tmp_path_factory):
    """100 rows of 64 uint16 tokens, 16 rows a shard."""
    return write_dataset(tmp_path_factory.mktemp("dataset"))


@pytest.fixture
def fresh(tmp_path):
    """A small dataset of its own for a test that damages it."""
    return write_dataset(tmp_path / "dataset", rows=20, per_shard=8)


@pytest.fixture
def edit_manifest():
    """Changes top-level keys of a manifest in place."""

    def edit(root, **changes):
        path = root / "manifest.json"
        document = json.loads(path.read_text())
        document.update(changes)
        path.write_text(json.dumps(document))

    return edit


@pytest.fixture
def edit_split(edit_manifest):
    """Changes keys of the split `train` in place."""

    def edit(root, **changes):
        document = json.loads((root / "manifest.json").read_text())
        edit_manifest(root, splits={"train": document["splits"]["train"] | changes})

    return edit
