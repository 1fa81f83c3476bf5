"""Reads Corpusmill datasets: `open(uri)`, rows by index, batches for any number of ranks; `mix` joins several."""

from corpusmill_dataset.batches import Batch, Batches, State
from corpusmill_dataset.dataset import MAX_OPEN_SHARDS, Dataset, Row, open
from corpusmill_dataset.errors import DamagedShardError, DatasetError, MissingDatasetError
from corpusmill_dataset.mixture import MixedBatch, Mixture, mix

__all__ = [
    "MAX_OPEN_SHARDS",
    "Batch",
    "Batches",
    "DamagedShardError",
    "Dataset",
    "DatasetError",
    "MissingDatasetError",
    "MixedBatch",
    "Mixture",
    "Row",
    "State",
    "mix",
    "open",
]
