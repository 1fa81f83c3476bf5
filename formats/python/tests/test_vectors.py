"""The vectors beside the specification, in formats/vectors: what every reader must make of them."""

import json
from pathlib import Path

import numpy as np
import pytest

from corpusmill_dataset.order import mix64, permute
from corpusmill_dataset.shard import Shard
from corpusmill_dataset.storage import MappedFile

VECTORS = Path(__file__).resolve().parents[2] / "vectors"

pytestmark = pytest.mark.skipif(not VECTORS.is_dir(), reason="formats/vectors is not there")


@pytest.fixture(scope="module")
def feistel():
    return json.loads((VECTORS / "feistel.json").read_text())


def test_mixes_as_the_vectors_say(feistel):
    states = np.array([int(vector["z"]) for vector in feistel["mix64"]], dtype=np.uint64)
    assert [str(value) for value in mix64(states).tolist()] == [vector["result"] for vector in feistel["mix64"]]


def test_permutes_as_the_vectors_say(feistel):
    for vector in feistel["whole"]:
        size = vector["size"]
        assert permute(np.arange(size), size, vector["seed"], vector["epoch"]).tolist() == vector["result"], vector
    for vector in feistel["points"]:
        got = permute(np.array([vector["index"]]), vector["size"], vector["seed"], vector["epoch"])
        assert got.tolist() == [vector["result"]], vector


@pytest.mark.parametrize("dtype", ["uint16", "int32"])
def test_reads_the_shards_of_the_vectors(dtype):
    expected = json.loads((VECTORS / f"tokens-{dtype}.json").read_text())
    rows, length = len(expected["n_valid"]), len(expected["input_ids"][0])
    path = VECTORS / f"tokens-{dtype}.arrow"
    shard = Shard(MappedFile(path), str(path), rows, length, np.dtype(dtype), 4096)
    assert shard.tokens(0, rows).tolist() == expected["input_ids"]
    assert [shard.ends(row).tolist() for row in range(rows)] == expected["doc_ends"]
    for name in ("first_pos", "n_valid", "source"):
        assert getattr(shard, name).tolist() == expected[name]
