"""The order of rows: `feistel-1`, a keyed permutation of [0, rows), and stripes (formats/SPEC.md, section 4).

Pure functions, safe in any thread.
"""

import numpy as np

_MASK = 2**64 - 1
_GAMMA = 0x9E3779B97F4A7C15
_MULTIPLIER_1 = 0xBF58476D1CE4E5B9
_MULTIPLIER_2 = 0x94D049BB133111EB
_ROUNDS = 8


def mix64(z: np.ndarray) -> np.ndarray:
    """The finaliser of SplitMix64 on an array of uint64; wraps modulo 2^64."""
    z = (z ^ (z >> np.uint64(30))) * np.uint64(_MULTIPLIER_1)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(_MULTIPLIER_2)
    return z ^ (z >> np.uint64(31))


def round_keys(seed: int, epoch: int) -> np.ndarray:
    """The eight round keys; a negative seed means its two's complement."""
    inputs = [(seed + _GAMMA * (16 * epoch + r + 1)) & _MASK for r in range(_ROUNDS)]
    return mix64(np.array(inputs, dtype=np.uint64))


def permute(indexes: np.ndarray, size: int, seed: int, epoch: int) -> np.ndarray:
    """Images of `indexes`, each in [0, size), under feistel-1 keyed by (seed, epoch), as int64.

    Raises IndexError when an index lies outside.
    """
    x = np.atleast_1d(np.asarray(indexes)).astype(np.int64)
    if x.size and (x.min() < 0 or x.max() >= size):
        raise IndexError(f"permutation of {size} rows: an index of [{x.min()}, {x.max()}] lies outside")
    if size == 1:
        return np.zeros_like(x)
    half_bits = (max(2, (size - 1).bit_length()) + 1) // 2
    keys = round_keys(seed, epoch)
    values = _network(x.astype(np.uint64), half_bits, keys)
    # The network permutes a power of two; walking its cycle until we are inside again permutes [0, size).
    outside = values >= np.uint64(size)
    while outside.any():
        values[outside] = _network(values[outside], half_bits, keys)
        outside = values >= np.uint64(size)
    return values.astype(np.int64)


def striped(indexes: np.ndarray, size: int, stripes: int) -> np.ndarray:
    """Places of `indexes`, each in [0, size), read round robin from as many stripes of equal length, as int64.

    The rows behind the last whole stripe come last, as they lie.
    """
    x = np.asarray(indexes).astype(np.int64)
    length = size // stripes
    return np.where(x < stripes * length, x % stripes * length + x // stripes, x)


def _network(x: np.ndarray, half_bits: int, keys: np.ndarray) -> np.ndarray:
    shift = np.uint64(half_bits)
    mask = np.uint64(2**half_bits - 1)
    left, right = x >> shift, x & mask
    for key in keys:
        left, right = right, left ^ (mix64(right + key) & mask)
    return (left << shift) | right
