"""Rows by index, from local files in both modes and through fsspec."""

import pickle
import threading

import numpy as np
import pytest
from reference_writer import write_dataset

import corpusmill_dataset

MODES = ["mmap", "pread"]


def same_row(row, expected):
    assert row.tokens.tolist() == expected.tokens.tolist()
    assert row.doc_ends.tolist() == expected.doc_ends
    assert (row.first_pos, row.n_valid, row.source) == (expected.first_pos, expected.n_valid, expected.source)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("dtype", ["uint16", "int32"])
@pytest.mark.parametrize(("rows", "length", "per_shard"), [(1, 2, 1), (17, 48, 5), (33, 65, 32), (64, 4096, 64)])
def test_reads_every_row_as_it_was_written(tmp_path, mode, dtype, rows, length, per_shard):
    written = write_dataset(tmp_path / "d", rows=rows, length=length, per_shard=per_shard, dtype=dtype)
    dataset = corpusmill_dataset.open(str(written.root), mode=mode)
    assert (len(dataset), dataset.sequence_length, dataset.dtype) == (rows, length, dtype)
    for place, expected in enumerate(written.rows["train"]):
        same_row(dataset[place], expected)


def test_reads_both_splits(tmp_path):
    written = write_dataset(tmp_path / "d", rows=9, splits=("train", "validation"))
    for split, rows in written.rows.items():
        dataset = corpusmill_dataset.open(written.root, split=split)
        same_row(dataset[8], rows[8])


def test_reads_a_file_uri_with_a_space_in_it(tmp_path):
    written = write_dataset(tmp_path / "a b", rows=3)
    same_row(corpusmill_dataset.open(written.root.as_uri())[2], written.rows["train"][2])


def test_reads_through_fsspec_what_it_reads_from_files(written):
    fsspec = pytest.importorskip("fsspec")
    memory = fsspec.filesystem("memory")
    memory.put(str(written.root), "/bucket/dataset", recursive=True)
    dataset = corpusmill_dataset.open("memory://bucket/dataset")
    for place in (0, 15, 16, 99):
        same_row(dataset[place], written.rows["train"][place])
    local = corpusmill_dataset.open(written.root)
    for ours, theirs in zip(dataset.batches(20, epoch=1), local.batches(20, epoch=1), strict=True):
        assert np.array_equal(ours.input_ids, theirs.input_ids)
        assert np.array_equal(ours.cu_seqlens, theirs.cu_seqlens)


def test_counts_from_the_end_and_refuses_what_lies_outside(written):
    dataset = corpusmill_dataset.open(written.root)
    same_row(dataset[-1], written.rows["train"][99])
    for index in (100, -101):
        with pytest.raises(IndexError, match=f"row {index} of split 'train', which has 100 rows"):
            dataset[index]


def test_ends_when_it_is_iterated(written):
    assert sum(1 for _ in corpusmill_dataset.open(written.root)) == 100


def test_gives_views_that_cannot_change_the_mapped_file(written):
    tokens = corpusmill_dataset.open(written.root)[0].tokens
    assert not tokens.flags.owndata
    with pytest.raises(ValueError, match="read-only"):
        tokens[0] = 1


def test_opens_without_touching_a_shard(fresh):
    for shard in fresh.root.glob("data/*/train/*.arrow"):
        shard.unlink()
    assert len(corpusmill_dataset.open(fresh.root)) == 20


@pytest.mark.parametrize("mode", MODES)
def test_keeps_at_most_64_shards_open(tmp_path, mode):
    written = write_dataset(tmp_path / "d", rows=150, length=4, per_shard=1)
    dataset = corpusmill_dataset.open(written.root, mode=mode)
    first = dataset[0]
    for place in range(150):
        same_row(dataset[place], written.rows["train"][place])
        assert len(dataset._shards) <= corpusmill_dataset.MAX_OPEN_SHARDS
    assert set(dataset._shards) == set(range(86, 150))
    same_row(first, written.rows["train"][0])


def test_lets_many_threads_read_while_shards_are_closed(tmp_path, monkeypatch):
    monkeypatch.setattr("corpusmill_dataset.dataset.MAX_OPEN_SHARDS", 2)
    written = write_dataset(tmp_path / "d", rows=60, length=16, per_shard=4)
    dataset = corpusmill_dataset.open(written.root, mode="pread")
    failures = []

    def read(offset):
        try:
            for place in range(200):
                place = (place * 7 + offset) % 60
                same_row(dataset[place], written.rows["train"][place])
        except BaseException as error:
            failures.append(error)

    threads = [threading.Thread(target=read, args=(offset,)) for offset in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []


def test_travels_to_another_process(written):
    dataset = pickle.loads(pickle.dumps(corpusmill_dataset.open(written.root, mode="pread")))
    same_row(dataset[50], written.rows["train"][50])
    assert [row.n_valid for row in dataset.__getitems__([3, 1])] == [written.rows["train"][i].n_valid for i in (3, 1)]
