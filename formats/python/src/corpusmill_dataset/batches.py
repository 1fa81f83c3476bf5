"""Batches: pure arithmetic from (epoch, samples, rank) to rows, so any world size sees the same global batches."""

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import TypedDict

import numpy as np

from corpusmill_dataset.order import permute


class State(TypedDict):
    """Where a reader stands: the epoch, and the rows that all ranks together have taken of it."""

    epoch: int
    samples: int


@dataclass(frozen=True)
class Batch:
    """The rows of one rank in one step; B rows of L tokens.

    `input_ids` (B, L) is owned by the batch and writable. `cu_seqlens` (int32) holds 0 and the end of every segment in
    the flattened batch, as variable-length attention kernels take it, and `max_seqlen` the longest segment.
    `first_pos`, `n_valid` and `source` have one value a row. `places` (int64) says which rows of the split these are.
    `state` is the state after this step: a reader that starts from it gets the next one.
    """

    input_ids: np.ndarray
    cu_seqlens: np.ndarray
    max_seqlen: int
    first_pos: np.ndarray
    n_valid: np.ndarray
    source: np.ndarray
    places: np.ndarray
    state: State


class Batches:
    """An iterator over batches. Made by `Dataset.batches`; used by one thread, reads ahead with others."""

    def __init__(self, dataset, batch_size, rank, world_size, state, *, epochs, dtype, prefetch):
        _check(batch_size, rank, world_size, state, len(dataset))
        self._dataset, self._batch_size = dataset, batch_size
        self._first = rank * batch_size // world_size
        self._count = (rank + 1) * batch_size // world_size - self._first
        self._dtype = np.dtype(dtype)
        self._prefetch = prefetch
        self._steps = self._walk(State(epoch=int(state["epoch"]), samples=int(state["samples"])), epochs)
        self._state = State(epoch=int(state["epoch"]), samples=int(state["samples"]))
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

    def _walk(self, state: State, epochs: int | None) -> Iterator[tuple[State, State]]:
        """Pairs of states: before a step and after it. The rest of an epoch that fills no batch is left out."""
        epoch, samples = state["epoch"], state["samples"]
        rows, size = len(self._dataset), self._batch_size
        end = None if epochs is None else epoch + epochs
        while end is None or epoch < end:
            while samples + size <= rows:
                before = State(epoch=epoch, samples=samples)
                samples += size
                last = samples + size > rows
                yield before, State(epoch=epoch + 1, samples=0) if last else State(epoch=epoch, samples=samples)
            epoch, samples = epoch + 1, 0

    def _make(self, before: State, after: State) -> Batch:
        first = before["samples"] + self._first
        places = np.arange(first, first + self._count, dtype=np.int64)
        if before["epoch"] > 0:
            places = permute(places, len(self._dataset), self._dataset.manifest.seed, before["epoch"])
        return self._read(places, after)

    def _read(self, places: np.ndarray, after: State) -> Batch:
        length, count = self._dataset.sequence_length, places.size
        input_ids = np.empty((count, length), dtype=self._dtype)
        first_pos = np.empty(count, dtype=np.int32)
        n_valid = np.empty(count, dtype=np.int32)
        source = np.empty(count, dtype=np.uint16)
        ends, counts = [], []
        for at, size, shard, row in self._runs(places):
            input_ids[at : at + size] = shard.tokens(row, size)
            first_pos[at : at + size] = shard.first_pos[row : row + size]
            n_valid[at : at + size] = shard.n_valid[row : row + size]
            source[at : at + size] = shard.source[row : row + size]
            run_ends, run_counts = shard.ends(row, size)
            ends.append(run_ends)
            counts.append(run_counts)
        cu_seqlens = _cumulative(ends, counts, length)
        longest = int(np.diff(cu_seqlens).max())
        return Batch(input_ids, cu_seqlens, longest, first_pos, n_valid, source, places, after)

    def _runs(self, places: np.ndarray):
        """Cuts the places into runs of neighbours in one shard: (place in the batch, rows, shard, first row)."""
        per_shard = self._dataset.split.rows_per_shard
        breaks = (np.diff(places) != 1) | (places[1:] % per_shard == 0)
        starts = [0, *(np.flatnonzero(breaks) + 1).tolist(), places.size]
        for at, end in pairwise(starts):
            number, row = divmod(int(places[at]), per_shard)
            yield at, end - at, self._dataset.shard(number), row


def _cumulative(ends: list[np.ndarray], counts: list[np.ndarray], length: int) -> np.ndarray:
    per_row = np.concatenate(counts)
    cu_seqlens = np.zeros(int(per_row.sum()) + 1, dtype=np.int32)
    np.concatenate(ends, out=cu_seqlens[1:])
    cu_seqlens[1:] += np.repeat(np.arange(per_row.size, dtype=np.int32) * np.int32(length), per_row)
    return cu_seqlens


def _check(batch_size: int, rank: int, world_size: int, state: State, rows: int) -> None:
    if not 0 <= rank < world_size:
        raise ValueError(f"rank is {rank}, it must lie in [0, world_size = {world_size})")
    if batch_size < 1 or batch_size % world_size:
        raise ValueError(f"batch_size is {batch_size}, it must be a positive multiple of world_size = {world_size}")
    if batch_size > rows:
        raise ValueError(f"batch_size is {batch_size}, the split has only {rows} rows")
    if set(state) != {"epoch", "samples"}:
        raise ValueError(f"state has the keys {sorted(state)}, it must have epoch and samples")
    if state["epoch"] < 0 or not 0 <= state["samples"] <= rows:
        raise ValueError(f"state is {dict(state)}, epoch must be >= 0 and samples in [0, {rows}]")
