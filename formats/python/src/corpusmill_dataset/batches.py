"""Batches: pure arithmetic from (epoch, samples, rank) to rows, so any world size sees the same global batches."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cached_property
from typing import TypedDict

import numpy as np

from corpusmill_dataset.order import permute, striped
from corpusmill_dataset.shard import Shard

# Rows whose places are worked out at once where they are not neighbours: numpy costs the same for a thousand as for
# eight.
_PLACED_AT_ONCE = 1024
_ZERO = np.zeros(1, dtype=np.int32)

# Neighbouring rows of one shard: how many, the shard, the first.
Run = tuple[int, Shard, int]


class State(TypedDict):
    """Where a reader stands: the epoch, and the rows that all ranks together have taken of it."""

    epoch: int
    samples: int


class Batch:
    """The rows of one rank in one step; B rows of L tokens.

    `input_ids` (B, L) is owned by the batch and writable. `cu_seqlens` (int32) holds 0 and the end of every segment in
    the flattened batch, as variable-length attention kernels take it.
    `first_pos`, `n_valid` and `source` have one value a row. `places` (int64) says which rows of the split these are.
    These four are made when first asked for, which holds the shards they come from until then.
    `state` is the state after this step: a reader that starts from it gets the next one.
    """

    def __init__(self, input_ids: np.ndarray, cu_seqlens: np.ndarray, runs: list, places: range | np.ndarray, state):
        self.input_ids, self.cu_seqlens, self.state = input_ids, cu_seqlens, state
        self._runs, self._places = runs, places

    @cached_property
    def max_seqlen(self) -> int:
        """Tokens of the longest segment."""
        return int(np.diff(self.cu_seqlens).max())

    @cached_property
    def first_pos(self) -> np.ndarray:
        """Position of each row's first token inside its document."""
        return _joined([shard.first_pos[row : row + size] for size, shard, row in self._runs])

    @cached_property
    def n_valid(self) -> np.ndarray:
        """Tokens of each row before padding."""
        return _joined([shard.n_valid[row : row + size] for size, shard, row in self._runs])

    @cached_property
    def source(self) -> np.ndarray:
        """Mixture component of each row."""
        return _joined([shard.source[row : row + size] for size, shard, row in self._runs])

    @cached_property
    def places(self) -> np.ndarray:
        """Places of the rows within the split."""
        return np.asarray(self._places, dtype=np.int64)


class Batches:
    """An iterator over batches. Made by `Dataset.batches`; used by one thread, reads ahead with others.

    `steps` gives the picks of each step and the state after it, `make` a batch of them in any thread.
    """

    def __init__(self, steps: Iterator[tuple], make: Callable[..., Batch], state: State, prefetch: int):
        self._steps, self._make, self._state, self._prefetch = steps, make, state, prefetch
        self._pool = ThreadPoolExecutor(prefetch, "corpusmill-batches") if prefetch > 0 else None
        self._ahead: deque[Future[Batch]] = deque()

    def state(self) -> State:
        """The state after the last batch that was handed out. What was only read ahead does not count."""
        return State(**self._state)

    def close(self) -> None:
        """Stops reading ahead. The iterator ends."""
        self._steps = iter(())
        self._ahead.clear()
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def __iter__(self) -> "Batches":
        return self

    def __enter__(self) -> "Batches":
        return self

    def __exit__(self, *_) -> None:
        self.close()

    def __next__(self) -> Batch:
        try:
            batch = self._next()
        except BaseException:
            self.close()
            raise
        self._state = batch.state
        return batch

    def _next(self) -> Batch:
        if self._pool is None:
            return self._make(*next(self._steps))
        while len(self._ahead) < self._prefetch:
            step = next(self._steps, None)
            if step is None:
                break
            self._ahead.append(self._pool.submit(self._make, *step))
        if not self._ahead:
            raise StopIteration
        return self._ahead.popleft().result()


class Share:
    """The part [first, first + count) of every global batch that one rank takes."""

    def __init__(self, batch_size: int, rank: int, world_size: int):
        if not 0 <= rank < world_size:
            raise ValueError(f"rank is {rank}, it must lie in [0, world_size = {world_size})")
        if batch_size < 1 or batch_size % world_size:
            raise ValueError(f"batch_size is {batch_size}, it must be a positive multiple of world_size = {world_size}")
        self.batch_size, self.count = batch_size, batch_size // world_size
        self.first = rank * self.count

    def starts(self, samples: int, steps: int) -> range:
        """This rank's first row of each of the steps after so many samples."""
        return range(samples + self.first, samples + self.first + steps * self.batch_size, self.batch_size)

    def blocks(self, samples: int, steps: int) -> Iterator[np.ndarray]:
        """All of its rows in these steps, (steps, count), as many steps at once as are worth it."""
        starts, at_once = self.starts(samples, steps), max(1, _PLACED_AT_ONCE // self.count)
        for step in range(0, steps, at_once):
            yield np.add.outer(np.array(starts[step : step + at_once], dtype=np.int64), np.arange(self.count))


class SplitOrder:
    """The order in which one rank reads the rows of a split, epoch by epoch."""

    def __init__(self, dataset, share: Share, stripes: int, dtype: np.dtype):
        rows = len(dataset)
        if share.batch_size > rows:
            raise ValueError(f"batch_size is {share.batch_size}, the split has only {rows} rows")
        if not 1 <= stripes <= rows:
            raise ValueError(f"stripes is {stripes}, it must lie in [1, {rows}], the rows of the split")
        self._dataset, self._share, self._stripes, self._dtype = dataset, share, stripes, dtype
        self._rows, self._seed = rows, dataset.manifest.seed
        self._length, self._rows_per_shard = dataset.sequence_length, dataset.split.rows_per_shard

    def steps(self, state: State, epochs: int | None) -> Iterator[tuple[range | np.ndarray, State]]:
        """The places of this rank's rows in each step, and the state after it."""
        epoch, samples, size = state["epoch"], state["samples"], self._share.batch_size
        end = None if epochs is None else epoch + epochs
        while end is None or epoch < end:
            for places in self._places(epoch, samples):
                samples += size
                last = samples + size > self._rows
                yield places, State(epoch=epoch + 1, samples=0) if last else State(epoch=epoch, samples=samples)
            epoch, samples = epoch + 1, 0

    def _places(self, epoch: int, samples: int) -> Iterator[range | np.ndarray]:
        """The same for the rest of one epoch. What fills no batch is left out."""
        steps, count = (self._rows - samples) // self._share.batch_size, self._share.count
        if epoch == 0 and self._stripes == 1:
            yield from (range(start, start + count) for start in self._share.starts(samples, steps))
            return
        for indexes in self._share.blocks(samples, steps):
            if epoch == 0:
                places = striped(indexes.ravel(), self._rows, self._stripes)
            else:
                places = permute(indexes.ravel(), self._rows, self._seed, epoch)
            yield from places.reshape(indexes.shape)

    def make(self, places: range | np.ndarray, after: State) -> Batch:
        """The batch of these places."""
        if isinstance(places, range):
            runs = self._stretches(places.start)
        else:
            runs = [(1, *self._dataset.find(place)) for place in places.tolist()]
        return Batch(gathered(runs, self._length, self._dtype), cumulative(runs, self._length), runs, places, after)

    def _stretches(self, first: int) -> list[Run]:
        """Neighbouring places from `first` on, cut where one shard ends."""
        stretches, end = [], first + self._share.count
        while first < end:
            shard, row = self._dataset.find(first)
            size = min(end - first, shard.rows - row)
            stretches.append((size, shard, row))
            first += size
        return stretches


def checked_state(state: State, rows: int | None = None) -> State:
    """A state as a reader hands it out; `rows` of an epoch, None where it does not end. Raises ValueError else."""
    if set(state) != {"epoch", "samples"}:
        raise ValueError(f"state has the keys {sorted(state)}, it must have epoch and samples")
    if state["epoch"] < 0 or not 0 <= state["samples"] <= (state["samples"] if rows is None else rows):
        bound = "not negative" if rows is None else f"in [0, {rows}]"
        raise ValueError(f"state is {dict(state)}, epoch must be >= 0 and samples {bound}")
    return State(epoch=int(state["epoch"]), samples=int(state["samples"]))


def gathered(runs: list[Run], length: int, dtype: np.dtype) -> np.ndarray:
    """Token ids of the runs, (B, L), copied."""
    input_ids = np.empty((sum(size for size, _, _ in runs), length), dtype=dtype)
    at = 0
    for size, shard, row in runs:
        input_ids[at : at + size] = shard.tokens(row, size)
        at += size
    return input_ids


def _joined(pieces: list[np.ndarray]) -> np.ndarray:
    return pieces[0].copy() if len(pieces) == 1 else np.concatenate(pieces)


def cumulative(runs: list[Run], length: int) -> np.ndarray:
    """0 and the end of every segment in the flattened batch of the runs."""
    # The bounds count from the beginning of their shard; move each run's to its place in the batch.
    if len(runs) == 1:
        size, shard, row = runs[0]
        return shard.bounds(row, size) - np.int32(row * length)
    pieces = [shard.bounds(row, size)[1:] for size, shard, row in runs]
    moves, at = [], 0
    for size, _, row in runs:
        moves.append((row - at) * length)
        at += size
    cumulative = np.concatenate([_ZERO, *pieces])
    cumulative[1:] -= np.repeat(np.array(moves, dtype=np.int32), [len(piece) for piece in pieces])
    return cumulative


def in_blocks(starts: range, count: int) -> Iterator[np.ndarray]:
    """The `count` indexes from each start on, (steps, count), of as many steps at once as are worth it."""
    at_once = max(1, _PLACED_AT_ONCE // count)
    for step in range(0, len(starts), at_once):
        yield np.add.outer(np.array(starts[step : step + at_once], dtype=np.int64), np.arange(count))


def check_ranks(batch_size: int, rank: int, world_size: int) -> None:
    """Raises ValueError unless each of `world_size` ranks gets as many rows of a batch."""
    if not 0 <= rank < world_size:
        raise ValueError(f"rank is {rank}, it must lie in [0, world_size = {world_size})")
    if batch_size < 1 or batch_size % world_size:
        raise ValueError(f"batch_size is {batch_size}, it must be a positive multiple of world_size = {world_size}")
