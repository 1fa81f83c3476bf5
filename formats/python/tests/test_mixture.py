"""Several datasets as one: proportions, the same global batches for every world size, epochs of each dataset."""

import functools
import pickle

import numpy as np
import pytest
from reference_writer import feistel, write_dataset

import corpusmill_dataset
from corpusmill_dataset import mix

PERIOD = 1 << 16
SIZES = {"web": 100, "code": 37, "books": 29}
WEIGHTS = {"web": 6, "code": 3.5, "books": 0.5}
SEED = 11


@pytest.fixture(scope="module")
def datasets(tmp_path_factory):
    roots = {name: write_dataset(tmp_path_factory.mktemp(name), rows=rows) for name, rows in SIZES.items()}
    return {name: corpusmill_dataset.open(written.root) for name, written in roots.items()}


@pytest.fixture
def mixture(datasets):
    return mix({datasets[name]: weight for name, weight in WEIGHTS.items()}, seed=SEED)


@functools.cache
def by_hand(count):
    """The first rows of the mixture as the specification names them, one after the other: (component, place)."""
    shares = [weight / sum(WEIGHTS.values()) * PERIOD for weight in WEIGHTS.values()]
    quotas = [int(share) for share in shares]
    for component in sorted(range(3), key=lambda c: (quotas[c] - shares[c], c))[: PERIOD - sum(quotas)]:
        quotas[component] += 1
    names = [component for component, quota in enumerate(quotas) for _ in range(quota)]
    seen, rows = [0, 0, 0], []
    for g in range(count):
        component = names[feistel(g % PERIOD, PERIOD, SEED, 0)]
        size = list(SIZES.values())[component]
        epoch, index = divmod(seen[component], size)
        seen[component] += 1
        rows.append((component, index if epoch == 0 else feistel(index, size, -5, epoch)))
    return rows


def picks(batches):
    return [(int(c), int(p)) for batch in batches for c, p in zip(batch.component, batch.places, strict=True)]


def test_reads_the_rows_that_the_specification_names(mixture, datasets):
    expected = by_hand(PERIOD + 240)[: 24 * 60]
    batches = list(mixture.batches(24, steps=60))
    assert picks(batches) == expected
    opened = list(datasets.values())
    for step, batch in enumerate(batches):
        rows = [opened[component][place] for component, place in expected[24 * step : 24 * step + 24]]
        assert batch.input_ids.tolist() == [row.tokens.tolist() for row in rows]
        assert batch.cu_seqlens.tolist() == [0, *(end + 64 * n for n, row in enumerate(rows) for end in row.doc_ends)]
        assert batch.source.tolist() == [row.source for row in rows]
        assert batch.n_valid.tolist() == [row.n_valid for row in rows]


def test_goes_over_the_end_of_a_period_as_within(mixture):
    expected = by_hand(PERIOD + 240)[PERIOD - 240 :]
    state = {"epoch": 0, "samples": PERIOD - 240}
    assert picks(mixture.batches(24, state=state, steps=20)) == expected


def test_gives_each_dataset_its_share_of_a_period(mixture):
    assert mixture.counts == [39322, 22937, 3277]
    assert mixture.epochs(PERIOD) == [39322 / 100, 22937 / 37, 3277 / 29]
    whole = picks(mixture.batches(256, steps=256))
    assert np.bincount([component for component, _ in whole]).tolist() == mixture.counts


@pytest.mark.parametrize("world_size", [1, 2, 3, 4, 6, 8, 12, 24])
def test_joins_to_the_same_global_batches_and_resumes_for_every_world_size(mixture, world_size):
    whole = list(mixture.batches(24, steps=30))
    for step in (0, 17):
        state = whole[step - 1].state if step else None
        ranks = [mixture.batches(24, rank, world_size, state, prefetch=rank % 3) for rank in range(world_size)]
        for expected in whole[step : step + 3]:
            parts = [next(batches) for batches in ranks]
            assert np.array_equal(expected.input_ids, np.concatenate([part.input_ids for part in parts]))
            assert expected.component.tolist() == [c for part in parts for c in part.component]
            assert all(part.state == expected.state for part in parts)
        for batches in ranks:
            batches.close()


def test_reads_every_row_of_a_dataset_once_before_one_comes_again(mixture):
    seen = [[], [], []]
    for component, place in picks(mixture.batches(24, steps=200)):
        seen[component].append(place)
    for places, rows in zip(seen, SIZES.values(), strict=True):
        assert len(places) > 2 * rows
        assert sorted(places[:rows]) == sorted(places[rows : 2 * rows]) == list(range(rows))
        assert places[:rows] != places[rows : 2 * rows]


def test_is_the_same_after_pickling(mixture):
    again = pickle.loads(pickle.dumps(mixture))
    assert picks(again.batches(24, steps=5)) == picks(mixture.batches(24, steps=5))


def test_widens_to_the_widest_ids(tmp_path, datasets):
    wide = corpusmill_dataset.open(write_dataset(tmp_path, dtype="int32").root)
    mixture = mix({datasets["web"]: 1, wide: 1})
    assert next(mixture.batches(8)).input_ids.dtype == np.int32


def test_refuses_what_does_not_mix(tmp_path, datasets, mixture):
    other = corpusmill_dataset.open(write_dataset(tmp_path, length=32).root)
    with pytest.raises(ValueError, match=r"sequence_length of .* is 32, of .* it is 64; they do not mix"):
        mix({datasets["web"]: 1, other: 1})
    with pytest.raises(ValueError, match=r"weight of .* is 0, it must be positive"):
        mix({datasets["web"]: 0})
    with pytest.raises(ValueError, match="weight 1e-09 of dataset 1 is below one row in 65536"):
        mix({datasets["web"]: 1, datasets["code"]: 1e-9})
    with pytest.raises(ValueError, match="a mixture needs one dataset at least"):
        mix({})
    with pytest.raises(ValueError, match="of a mixture its epoch is 0"):
        mixture.batches(24, state={"epoch": 1, "samples": 0})
    with pytest.raises(ValueError, match="samples not negative"):
        mixture.batches(24, state={"epoch": 0, "samples": -1})
    with pytest.raises(ValueError, match="batch_size is 10, it must be a positive multiple"):
        mixture.batches(10, 0, 3)
