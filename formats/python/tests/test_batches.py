"""The same global batches for every world size, from every state, in every epoch."""

import json

import numpy as np
import pytest
from reference_writer import feistel, write_dataset

import corpusmill_dataset

WORLDS = [1, 2, 3, 4, 6, 8, 12, 24]
SIZE = 24


def expected_places(step, epoch, rows=100, seed=-5):
    places = range(step * SIZE, (step + 1) * SIZE)
    return [g if epoch == 0 else feistel(g, rows, seed, epoch) for g in places]


def flattened(batch, rows):
    """cu_seqlens by the slow way: every end of every row, moved by the rows before it."""
    ends = [end + 64 * n for n, place in enumerate(batch.places) for end in rows[place].doc_ends]
    return [0, *ends]


@pytest.mark.parametrize("mode", ["mmap", "pread"])
@pytest.mark.parametrize("prefetch", [0, 1, 4])
@pytest.mark.parametrize("epoch", [0, 1, 7])
def test_gives_the_rows_that_the_specification_names(written, mode, prefetch, epoch):
    rows = written.rows["train"]
    dataset = corpusmill_dataset.open(written.root, mode=mode)
    batches = list(dataset.batches(SIZE, epoch=epoch, prefetch=prefetch))
    assert len(batches) == 100 // SIZE
    for step, batch in enumerate(batches):
        assert batch.places.tolist() == expected_places(step, epoch)
        assert batch.input_ids.tolist() == [rows[p].tokens.tolist() for p in batch.places]
        assert batch.cu_seqlens.tolist() == flattened(batch, rows)
        assert batch.max_seqlen == max(np.diff(batch.cu_seqlens))
        assert batch.first_pos.tolist() == [rows[p].first_pos for p in batch.places]
        assert batch.n_valid.tolist() == [rows[p].n_valid for p in batch.places]
        assert batch.source.tolist() == [rows[p].source for p in batch.places]


@pytest.mark.parametrize("world_size", WORLDS)
@pytest.mark.parametrize("epoch", [0, 2])
def test_joins_to_the_same_global_batches_for_every_world_size(written, world_size, epoch):
    dataset = corpusmill_dataset.open(written.root)
    ranks = [dataset.batches(SIZE, rank, world_size, epoch=epoch) for rank in range(world_size)]
    for whole, *parts in zip(dataset.batches(SIZE, epoch=epoch), *ranks, strict=True):
        assert np.array_equal(whole.input_ids, np.concatenate([p.input_ids for p in parts]))
        assert whole.places.tolist() == [place for p in parts for place in p.places]
        moves = np.cumsum([0] + [p.cu_seqlens[-1] for p in parts])
        ends = [end + move for p, move in zip(parts, moves, strict=False) for end in p.cu_seqlens[1:]]
        assert whole.cu_seqlens.tolist() == [0, *ends]


@pytest.mark.parametrize("world_size", WORLDS)
def test_resumes_at_any_step_with_any_other_world_size(written, world_size):
    dataset = corpusmill_dataset.open(written.root)
    whole = list(dataset.batches(SIZE, epochs=3))
    assert len(whole) == 12
    for step, state in enumerate([{"epoch": 0, "samples": 0}] + [batch.state for batch in whole[:-1]]):
        state = json.loads(json.dumps(state))
        resumed = [dataset.batches(SIZE, rank, world_size, state, epochs=None) for rank in range(world_size)]
        for expected in whole[step : step + 2]:
            places = [place for batches in resumed for place in next(batches).places]
            assert places == expected.places.tolist()
        for batches in resumed:
            batches.close()


def test_says_after_each_batch_where_it_stands_whatever_was_read_ahead(written):
    batches = corpusmill_dataset.open(written.root).batches(SIZE, epochs=2, prefetch=4)
    states = [batches.state()]
    for batch in batches:
        assert batch.state == batches.state()
        states.append(batches.state())
    assert [(s["epoch"], s["samples"]) for s in states] == [
        (0, 0),
        (0, 24),
        (0, 48),
        (0, 72),
        (1, 0),
        (1, 24),
        (1, 48),
        (1, 72),
        (2, 0),
    ]


def test_takes_every_row_once_in_an_epoch(written):
    dataset = corpusmill_dataset.open(written.root)
    for epoch in (0, 1):
        places = [place for batch in dataset.batches(10, epoch=epoch) for place in batch.places]
        assert sorted(places) == list(range(100))


def test_goes_to_the_next_epoch_from_a_state_that_leaves_no_whole_batch(written):
    batches = corpusmill_dataset.open(written.root).batches(SIZE, state={"epoch": 0, "samples": 96}, epochs=2)
    assert next(batches).places.tolist() == expected_places(0, 1)


def test_widens_the_ids_when_asked(written):
    dataset = corpusmill_dataset.open(written.root)
    narrow, wide = next(dataset.batches(8)), next(dataset.batches(8, dtype=np.int64))
    assert (narrow.input_ids.dtype, wide.input_ids.dtype) == (np.uint16, np.int64)
    assert np.array_equal(narrow.input_ids, wide.input_ids)
    wide.input_ids[0, 0] = -1


@pytest.mark.parametrize(("mode", "threads"), [("mmap", 0), ("pread", 2)])
def test_reads_ahead_unless_the_files_are_mapped(written, mode, threads):
    dataset = corpusmill_dataset.open(written.root, mode=mode)
    with dataset.batches(SIZE) as batches:
        assert batches._prefetch == threads
    with dataset.batches(SIZE, prefetch=3) as batches:
        assert batches._prefetch == 3


def test_permutes_block_by_block_what_it_would_permute_at_once(tmp_path, monkeypatch):
    monkeypatch.setattr("corpusmill_dataset.batches._PLACED_AT_ONCE", 20)
    written = write_dataset(tmp_path / "d", rows=100, length=8)
    dataset = corpusmill_dataset.open(written.root)
    for rank in range(3):
        batches = dataset.batches(9, rank, 3, {"epoch": 3, "samples": 9})
        places = [batch.places.tolist() for batch in batches]
        expected = [9 * step + 3 * rank for step in range(1, 11)]
        assert places == [[feistel(g + k, 100, -5, 3) for k in range(3)] for g in expected]


def test_ends_after_it_was_closed(written):
    with corpusmill_dataset.open(written.root).batches(4, epochs=None) as batches:
        next(batches)
    assert list(batches) == []


def test_hands_an_error_of_a_reading_thread_to_the_caller(fresh):
    dataset = corpusmill_dataset.open(fresh.root)
    next(fresh.root.glob("data/*/train/tokens-000001.arrow")).unlink()
    batches = dataset.batches(4, prefetch=3)
    next(batches), next(batches)
    with pytest.raises(corpusmill_dataset.DamagedShardError, match="shard 1 of 3 of split 'train' is missing"):
        next(batches)
    assert list(batches) == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"batch_size": 10, "world_size": 3}, "batch_size is 10, it must be a positive multiple of world_size = 3"),
        ({"batch_size": 0}, "batch_size is 0"),
        ({"batch_size": 101}, "the split has only 100 rows"),
        ({"batch_size": 4, "rank": 2, "world_size": 2}, "rank is 2, it must lie in"),
        ({"batch_size": 4, "state": {"epoch": 0}}, "state has the keys"),
        ({"batch_size": 4, "state": {"epoch": 0, "samples": 101}}, "samples in"),
        ({"batch_size": 4, "state": {"epoch": -1, "samples": 0}}, "epoch must be >= 0"),
    ],
)
def test_refuses_arguments_that_fit_no_order(written, arguments, message):
    with pytest.raises(ValueError, match=message):
        corpusmill_dataset.open(written.root).batches(**arguments)


@pytest.mark.parametrize("stripes", [1, 2, 7, 24, 48, 100])
def test_reads_stripes_in_turn_as_the_specification_says(written, stripes):
    dataset = corpusmill_dataset.open(written.root)
    length = 100 // stripes
    expected = [g % stripes * length + g // stripes if g < stripes * length else g for g in range(100)]
    assert sorted(expected) == list(range(100))
    places = [place for batch in dataset.batches(20, stripes=stripes) for place in batch.places]
    assert places == expected
    later = [place for batch in dataset.batches(20, stripes=stripes, epoch=1) for place in batch.places]
    assert later == [feistel(g, 100, -5, 1) for g in range(100)]


@pytest.mark.parametrize("world_size", WORLDS)
def test_shares_no_shard_between_ranks_where_the_stripes_are_those_of_the_batch(tmp_path, world_size):
    written = write_dataset(tmp_path / "d", rows=24 * 16, length=8, per_shard=16)
    dataset = corpusmill_dataset.open(written.root)
    shards = []
    for rank in range(world_size):
        with dataset.batches(SIZE, rank, world_size, stripes=SIZE) as batches:
            shards.append({place // 16 for batch in batches for place in batch.places})
    assert sum(len(of_rank) for of_rank in shards) == len(set.union(*shards)) == 24


def test_resumes_within_stripes(written):
    dataset = corpusmill_dataset.open(written.root)
    whole = [batch.places.tolist() for batch in dataset.batches(20, stripes=4)]
    resumed = dataset.batches(20, state={"epoch": 0, "samples": 40}, stripes=4)
    assert [batch.places.tolist() for batch in resumed] == whole[2:]


@pytest.mark.parametrize("stripes", [0, 101])
def test_refuses_stripes_that_hold_no_rows(written, stripes):
    with pytest.raises(ValueError, match=f"stripes is {stripes}, it must lie in .1, 100., the rows of the split"):
        corpusmill_dataset.open(written.root).batches(20, stripes=stripes)
