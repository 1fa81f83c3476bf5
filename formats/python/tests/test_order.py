"""feistel-1 against plain integers: bijective, wrapping, and equal to known vectors."""

import numpy as np
import pytest
import reference_writer

from corpusmill_dataset.order import mix64, permute

SIZES = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 100, 1000, 1023, 1024, 1025, 4097]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(("seed", "epoch"), [(1, 0), (1, 1), (-1, 3), (2**63 - 1, 1000)])
def test_is_a_bijection_equal_to_plain_integers(size, seed, epoch):
    got = permute(np.arange(size), size, seed, epoch)
    assert sorted(got.tolist()) == list(range(size))
    assert got.tolist() == [reference_writer.feistel(x, size, seed, epoch) for x in range(size)]


@pytest.mark.parametrize("size", [2**31 - 1, 2**40 + 3, 2**62 + 1, 2**63 - 1])
def test_follows_plain_integers_for_sizes_that_need_all_64_bits(size):
    indexes = [0, 1, 2, size // 3, size // 2, size - 2, size - 1]
    got = permute(np.array(indexes, dtype=np.int64), size, -7, 5)
    assert got.tolist() == [reference_writer.feistel(x, size, -7, 5) for x in indexes]


def test_mixes_as_published_for_splitmix64():
    """The first outputs of SplitMix64 with seed 0, known from its author's reference program."""
    gamma = reference_writer.GAMMA
    states = np.array([gamma * k % 2**64 for k in (1, 2, 3)], dtype=np.uint64)
    assert [hex(v) for v in mix64(states).tolist()] == ["0xe220a8397b1dcdaf", "0x6e789e6aa1b965f4", "0x6c45d188009454f"]


def test_keeps_the_vectors_that_other_readers_can_check_themselves_with():
    """Worked out with plain integers from the specification."""
    assert permute(np.arange(10), 10, 1, 0).tolist() == VECTOR_10
    assert permute(np.arange(5), 1000, 42, 1).tolist() == VECTOR_1000
    assert permute(np.arange(3), 10**12, -1, 2).tolist() == VECTOR_TERA


def test_gives_another_order_for_another_epoch_and_another_seed():
    orders = {tuple(permute(np.arange(50), 50, seed, epoch)) for seed in range(3) for epoch in range(3)}
    assert len(orders) == 9


@pytest.mark.parametrize("epoch", [0, 1])
def test_puts_neighbours_into_one_shard_hardly_more_often_than_chance(epoch):
    """Over 16 seeds, of neighbouring rows and of neighbours in reading order; 1 in 64 is chance."""
    rows, per_shard = 1 << 16, 1 << 10
    indexes = np.arange(rows)
    shards = [permute(indexes, rows, seed, epoch) // per_shard for seed in range(16)]
    same = sum(np.count_nonzero(places[1:] == places[:-1]) for places in shards)
    uniform = 16 * (rows - 1) * (per_shard - 1) / (rows - 1)
    assert same <= 1.05 * uniform
    assert same >= 0.95 * uniform


def test_refuses_an_index_outside():
    with pytest.raises(IndexError, match="permutation of 5 rows"):
        permute(np.array([5]), 5, 1, 0)


VECTOR_10 = [1, 6, 8, 0, 3, 5, 2, 7, 4, 9]
VECTOR_1000 = [424, 617, 934, 821, 572]
VECTOR_TERA = [582393777533, 773051501417, 853931790786]
