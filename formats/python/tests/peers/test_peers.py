"""The libraries of others, asked themselves: those that read the shards where they lie, and those that need an export.

They bring torch (5 GB), so they have an environment of their own, `requirements-peers.txt`, and are skipped where they
are not installed; tests/clients reads the same bytes by their description. CORPUSMILL_DATASET names a dataset, and
CORPUSMILL_EXPORTS a folder that holds its exports as `mds`, `datatrove` and `olmo`.
"""

import csv
import gzip
import json
import os
from pathlib import Path

import numpy as np
import pytest

import corpusmill_dataset


def folder(variable, what):
    value = os.environ.get(variable)
    if not value:
        pytest.skip(f"{variable} is not set: {what}")
    return Path(value).resolve()


@pytest.fixture(scope="module")
def root():
    return folder("CORPUSMILL_DATASET", "make a dataset with `bin/corpusmill prepare` and name it there")


@pytest.fixture(scope="module")
def exports():
    return folder("CORPUSMILL_EXPORTS", "make `bin/corpusmill export DATASET --to mds FOLDER/mds` and the others")


@pytest.fixture(scope="module", params=["train", "validation"])
def split(request, root):
    if request.param not in json.loads((root / "manifest.json").read_text())["splits"]:
        pytest.skip(f"the dataset has no split {request.param}")
    return request.param


@pytest.fixture(scope="module")
def rows(root, split):
    return list(corpusmill_dataset.open(root, split))


@pytest.fixture(scope="module")
def directory(root, split):
    manifest = json.loads((root / "manifest.json").read_text())
    return (root / (manifest["splits"][split]["path_template"] % 0)).parent


def documents(row):
    start = 0
    for end in row.doc_ends[row.doc_ends <= row.n_valid].tolist():
        yield row.tokens[start:end]
        start = end


def test_litdata_reads_every_row_where_it_lies(directory, rows):
    litdata = pytest.importorskip("litdata")
    loader = litdata.TokensLoader(block_size=rows[0].tokens.size)
    dataset = litdata.StreamingDataset(input_dir=str(directory), item_loader=loader)
    assert len(dataset) == len(rows)
    for index, row in enumerate(rows):
        assert np.array_equal(dataset[index].numpy(), row.tokens)


def test_megatron_reads_every_row_where_it_lies(directory, rows, tmp_path):
    indexed = pytest.importorskip("megatron.core.datasets.indexed_dataset")
    place = 0
    for shard in sorted(directory.glob("tokens-*.arrow")):
        (tmp_path / shard.name).with_suffix(".bin").symlink_to(shard)
        (tmp_path / shard.name).with_suffix(".idx").symlink_to(shard.with_suffix(".idx"))
        dataset = indexed.IndexedDataset(str(tmp_path / shard.stem))
        for sequence in range(len(dataset)):
            row = rows[place]
            assert np.array_equal(dataset[sequence], row.tokens[: row.n_valid])
            place += 1
    assert place == len(rows)


def test_mosaicml_streaming_reads_the_export(exports, split, rows):
    streaming = pytest.importorskip("streaming")
    streaming.base.util.clean_stale_shared_memory()
    dataset = streaming.StreamingDataset(local=str(exports / "mds" / split), batch_size=1, validate_hash="sha1")
    assert len(dataset) == len(rows)
    for index, row in enumerate(rows):
        assert np.array_equal(dataset[index]["tokens"], row.tokens)


def test_datatrove_reads_the_export(exports, split, rows):
    datatrove = pytest.importorskip("datatrove.utils.dataset")
    files = sorted((exports / "datatrove" / split).glob("*.ds"))
    tokens = np.concatenate([row.tokens[: row.n_valid] for row in rows])
    length, read = 32, []
    for file in files:
        dataset = datatrove.DatatroveFileDataset(str(file), seq_len=length, token_size=tokens.itemsize)
        whole = np.concatenate([dataset[i]["input_ids"].numpy() for i in range(len(dataset))])
        count = file.stat().st_size // tokens.itemsize
        assert len(whole) == count // (length + 1) * (length + 1)
        read.append((whole, count))
    start = 0
    for whole, count in read:
        assert np.array_equal(whole, tokens[start : start + len(whole)])
        start += count
    ends = np.concatenate([np.fromfile(f"{file}.index", "<u8") for file in files])
    assert start == len(tokens)
    assert sum(len(list(documents(row))) for row in rows) == len(ends)


def test_olmo_arrays_hold_every_row_and_name_every_document(exports, split, rows):
    """A reader of our own, from dolma's description of the arrays: raw numbers, and lines of ranges beside them."""
    dtype = {2: "<u2", 4: "<u4"}[rows[0].tokens.itemsize]
    place = 0
    for file in sorted((exports / "olmo" / split).glob("*.npy")):
        array = np.memmap(file, dtype, mode="r")
        with gzip.open(file.with_suffix(".csv.gz"), "rt") as lines:
            found = [array[int(start) : int(end)] for start, end, *_ in csv.reader(lines)]
        count = array.size // rows[0].tokens.size
        expected = [d for row in rows[place : place + count] for d in documents(row)]
        assert len(found) == len(expected)
        assert all(np.array_equal(one, other) for one, other in zip(found, expected, strict=True))
        assert np.array_equal(array, np.concatenate([row.tokens for row in rows[place : place + count]]))
        place += count
    assert place == len(rows)
