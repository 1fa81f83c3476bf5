"""Several datasets read as one, in fixed proportions (formats/SPEC.md, section 4, mixture).

Which dataset a row comes from follows from its number alone, by a table that repeats, so that every world size sees the
same global batches and a reader goes on anywhere without searching.
"""

from collections.abc import Iterator, Mapping

import numpy as np

from corpusmill_dataset.batches import Batch, Batches, Share, State, checked_state, cumulative, gathered
from corpusmill_dataset.dataset import Dataset
from corpusmill_dataset.order import permute

PERIOD = 1 << 16


class MixedBatch(Batch):
    """A batch of several datasets. `component` (B,) says which one a row comes from, counted in the order of `mix`;
    `places` and `source` are those of that dataset.
    """

    def __init__(self, input_ids, cu_seqlens, runs, places, state, component: np.ndarray):
        super().__init__(input_ids, cu_seqlens, runs, places, state)
        self.component = component


class Mixture:
    """Datasets with their weights. Made by `mix`. Safe in any thread; can be pickled. It never ends: a dataset that was
    read to its end begins its next epoch, in a new order.
    """

    def __init__(self, weights: Mapping[Dataset, float], seed: int):
        _check(weights)
        self.datasets, self._seed = list(weights), seed
        self.counts = _shares(list(weights.values()))
        self._table = np.repeat(np.arange(len(self.counts)), self.counts)[permute(np.arange(PERIOD), PERIOD, seed, 0)]
        self._before = np.empty(PERIOD, dtype=np.int64)
        for component, count in enumerate(self.counts):
            self._before[self._table == component] = np.arange(count)

    @property
    def sequence_length(self) -> int:
        """Tokens per row, padding included, the same in all."""
        return self.datasets[0].sequence_length

    @property
    def dtype(self) -> np.dtype:
        """The narrowest type that holds the ids of all."""
        return np.result_type(*(dataset.dtype for dataset in self.datasets))

    def epochs(self, samples: int) -> list[float]:
        """How often each dataset was read after so many rows of the mixture, in epochs."""
        whole, rest = divmod(samples, PERIOD)
        begun = np.bincount(self._table[:rest], minlength=len(self.counts))
        return [
            (whole * count + int(more)) / len(dataset)
            for count, more, dataset in zip(self.counts, begun, self.datasets, strict=True)
        ]

    def batches(
        self,
        batch_size: int,
        rank: int = 0,
        world_size: int = 1,
        state: State | None = None,
        *,
        steps: int | None = None,
        dtype: np.dtype | type | str | None = None,
        prefetch: int | None = None,
    ) -> Batches:
        """Batches of this rank, as of `Dataset.batches`, but that `epoch` of a state is always 0, for a mixture has no
        end: `steps` ends the iterator, None never does. Gives `MixedBatch`.
        """
        begin = checked_state(state if state is not None else {"epoch": 0, "samples": 0})
        if begin["epoch"] != 0:
            raise ValueError(f"state is {begin}, of a mixture its epoch is 0; this is the state of a dataset")
        share, wide = Share(batch_size, rank, world_size), np.dtype(dtype or self.dtype)
        ahead = max(dataset.prefetch(prefetch) for dataset in self.datasets)
        return Batches(self._steps(share, begin["samples"], steps), lambda *step: self._make(*step, wide), begin, ahead)

    def _steps(self, share: Share, samples: int, steps: int | None) -> Iterator[tuple[np.ndarray, np.ndarray, State]]:
        """The component and the place of this rank's rows in each step, and the state after it."""
        done = 0
        while steps is None or done < steps:
            some = PERIOD if steps is None else min(PERIOD, steps - done)
            for numbers in share.blocks(samples, some):
                components, places = self._find(numbers.ravel())
                for row in range(len(numbers)):
                    part = slice(row * share.count, (row + 1) * share.count)
                    samples += share.batch_size
                    yield components[part], places[part], State(epoch=0, samples=samples)
            done += some

    def _find(self, numbers: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        period, position = np.divmod(numbers, PERIOD)
        components, places = self._table[position], np.empty(len(numbers), dtype=np.int64)
        for component, dataset in enumerate(self.datasets):
            mine = components == component
            local = period[mine] * self.counts[component] + self._before[position[mine]]
            epochs, places_of = np.divmod(local, len(dataset))
            for epoch in np.unique(epochs[epochs > 0]).tolist():
                now = epochs == epoch
                places_of[now] = permute(places_of[now], len(dataset), dataset.manifest.seed, epoch)
            places[mine] = places_of
        return components, places

    def _make(self, components: np.ndarray, places: np.ndarray, after: State, dtype: np.dtype) -> MixedBatch:
        runs = [
            (1, *self.datasets[component].find(place))
            for component, place in zip(components.tolist(), places.tolist(), strict=True)
        ]
        length = self.sequence_length
        ids = gathered(runs, length, dtype)
        return MixedBatch(ids, cumulative(runs, length), runs, places, after, components.copy())


def mix(weights: Mapping[Dataset, float], seed: int = 1) -> Mixture:
    """Reads several datasets as one: `mix({web: 0.7, code: 0.3})`. A weight is a share of the rows.

    Of every 65,536 rows each dataset gives its share, rounded by largest remainder, in an order that `seed` fixes.
    Raises ValueError where the datasets differ in sequence length or tokenizer, or a weight is not positive or too
    small for a single row.
    """
    return Mixture(weights, seed)


def _shares(weights: list[float]) -> list[int]:
    """Rows of each in a period: largest remainder, of equal ones the first."""
    exact = [weight / sum(weights) * PERIOD for weight in weights]
    counts = [int(share) for share in exact]
    by_remainder = sorted(range(len(exact)), key=lambda at: (counts[at] - exact[at], at))
    for at in by_remainder[: PERIOD - sum(counts)]:
        counts[at] += 1
    if 0 in counts:
        at = counts.index(0)
        raise ValueError(f"weight {weights[at]} of dataset {at} is below one row in {PERIOD} of the sum {sum(weights)}")
    return counts


def _check(weights: Mapping[Dataset, float]) -> None:
    if not weights:
        raise ValueError("a mixture needs one dataset at least")
    first = next(iter(weights))
    for dataset, weight in weights.items():
        if not 0 < weight < float("inf"):
            raise ValueError(f"weight of {dataset!r} is {weight}, it must be positive")
        if len(dataset) == 0:
            raise ValueError(f"{dataset!r} has no rows to mix")
        for name in ("sequence_length", "tokenizer"):
            mine, others = getattr(dataset.manifest, name), getattr(first.manifest, name)
            if mine != others:
                raise ValueError(f"{name} of {dataset!r} is {mine}, of {first!r} it is {others}; they do not mix")
