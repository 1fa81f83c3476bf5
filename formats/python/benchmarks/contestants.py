"""Loaders over the rows of one dataset, each in a few lines of its own library's code, and figures that need no rival.

A contestant is opened by a function that gives back another: row → the batch of 8 rows from there on, as int64.
"""

import random
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median

import numpy as np

import corpusmill_dataset
from corpusmill_dataset.order import permute

ALL = 1 << 40


class Place:
    """A dataset, its exports and a folder for what a loader writes."""

    def __init__(self, root: Path, exports: Path, temporary: Path):
        self.root, self.exports, self.temporary = root, exports, temporary
        self.dataset = corpusmill_dataset.open(root)
        self.split, self.length = self.dataset.split, self.dataset.sequence_length
        # All batches lie inside one shard, for every contestant, so that none has to join two.
        self.count = self.split.rows_of(0) // 8 * 8
        self.shard = root / self.split.path_of(0)

    @cached_property
    def mapped(self):
        """The first shard as a matrix, a plain array over the mapping."""
        shape = (self.split.rows_of(0), self.length)
        return np.asarray(np.memmap(self.shard, self.dataset.dtype, "r", self.split.token_offset, shape))

    def rows(self, row):
        return self.mapped[row : row + 8]


def same(batch, rows):
    return np.array_equal(np.asarray(batch), rows)


def same_documents(batch, rows):
    """Of a loader that cuts the stream of documents anew, in an order of its own: only types and shape can agree."""
    batch = np.asarray(batch)
    return batch.dtype == np.int64 and batch.shape[0] == len(rows) and abs(batch.shape[1] - rows.shape[1]) <= 1


@dataclass(frozen=True)
class Contestant:
    """A loader: its name, the module that it needs, how it is opened.

    `rows` says how many of the rows a round reads of it, `gives` whether its first batch is right.
    """

    name: str
    module: str
    open: Callable
    rows: int = ALL
    gives: Callable = same


def all_of(place):
    """In the order in which they are printed; the second is what the others are held against."""
    gpt = "megatron.core.datasets.gpt_dataset"
    few = 1024
    return [
        Contestant("raw memmap", "numpy", lambda: raw(place)),
        Contestant("this loader, cu_seqlens", "corpusmill_dataset", lambda: ours(place)),
        Contestant("pyarrow, a shard as a matrix", "pyarrow", lambda: pyarrow_matrix(place)),
        Contestant("Hugging Face load_from_disk, torch", "datasets", lambda: hugging_face(place), few),
        Contestant("LitData StreamingDataset", "litdata", lambda: litdata(place), few),
        Contestant("Mosaic StreamingDataset (MDS)", "streaming", lambda: mosaic(place), few),
        Contestant("datatrove DatatroveFileDataset", "datatrove", lambda: datatrove(place), few, same_documents),
        Contestant("Megatron IndexedDataset, rows", gpt, lambda: megatron_rows(place), few, same_but_padding),
        Contestant("Megatron GPTDataset", gpt, lambda: megatron(place, False), few, same_documents),
        Contestant("Megatron GPTDataset, documents apart", gpt, lambda: megatron(place, True), few, same_documents),
    ]


def widened(place, rows):
    batch = np.empty((len(rows), place.length), np.int64)
    batch[...] = rows
    return batch


def raw(place):
    shape = (place.split.rows_of(0), place.length)
    matrix = np.asarray(np.memmap(place.shard, place.dataset.dtype, "r", place.split.token_offset, shape))
    return lambda row: widened(place, matrix[row : row + 8])


def ours(place):
    dataset, batches = corpusmill_dataset.open(place.root), iter(())

    def read(row):
        nonlocal batches
        if row == 0:
            batches = dataset.batches(8, dtype=np.int64)
        batch = next(batches)
        return batch.input_ids if len(batch.cu_seqlens) > 8 else None

    return read


def pyarrow_matrix(place):
    import pyarrow as pa

    batch = pa.ipc.open_file(pa.memory_map(str(place.shard))).get_batch(0)
    matrix = batch["input_ids"].flatten().to_numpy(zero_copy_only=True).reshape(-1, place.length)
    return lambda row: widened(place, matrix[row : row + 8])


def hugging_face(place):
    import datasets

    loaded = datasets.load_from_disk(str(place.shard.parent)).with_format("torch", columns=["input_ids"])
    return lambda row: loaded[row : row + 8]["input_ids"].long()


def litdata(place):
    import litdata
    import torch

    loader = litdata.TokensLoader(block_size=place.length)
    dataset = litdata.StreamingDataset(input_dir=str(place.shard.parent), item_loader=loader)
    return lambda row: torch.stack([dataset[index] for index in range(row, row + 8)]).long()


def mosaic(place):
    import streaming

    streaming.base.util.clean_stale_shared_memory()
    dataset = streaming.StreamingDataset(local=str(place.exports / "mds" / place.split.name), batch_size=8)
    return lambda row: np.stack([dataset[index]["tokens"] for index in range(row, row + 8)]).astype(np.int64)


def datatrove(place):
    import torch
    from datatrove.utils.dataset import DatatroveFileDataset

    file = min((place.exports / "datatrove" / place.split.name).glob("*.ds"))
    width = place.dataset.dtype.itemsize
    dataset = DatatroveFileDataset(str(file), seq_len=place.length - 1, token_size=width)
    last = len(dataset) - 8
    return lambda row: torch.stack([dataset[min(row, last) + k]["input_ids"] for k in range(8)]).long()


def same_but_padding(batch, rows):
    return all(np.array_equal(one[: len(one)], row[: len(one)]) for one, row in zip(batch, rows, strict=True))


def indexed(place):
    """The first shard under the names that Megatron wants."""
    from megatron.core.datasets.indexed_dataset import IndexedDataset

    folder = Path(tempfile.mkdtemp(dir=place.temporary))
    (folder / "tokens.bin").symlink_to(place.shard)
    (folder / "tokens.idx").symlink_to(place.shard.with_suffix(".idx"))
    return IndexedDataset(str(folder / "tokens")), folder


def megatron_rows(place):
    dataset, _ = indexed(place)
    return lambda row: [dataset[index].astype(np.int64) for index in range(row, row + 8)]


def megatron(place, apart):
    """Samples of one epoch; `apart` resets positions and attention where a document ends, which takes boundaries."""
    import torch
    from megatron.core.datasets.gpt_dataset import GPTDataset, GPTDatasetConfig
    from megatron.core.datasets.utils import Split

    dataset, folder = indexed(place)
    config = GPTDatasetConfig(
        random_seed=1,
        sequence_length=place.length,
        split="1,0,0",
        path_to_cache=str(folder / "cache"),
        reset_position_ids=apart,
        reset_attention_mask=apart,
        eod_mask_loss=apart,
        create_attention_mask=False,
        tokenizer=Vocabulary(place.dataset.manifest),
        mid_level_dataset_surplus=0.005,
    )
    documents = np.arange(len(dataset), dtype=np.int32)
    samples = GPTDataset(dataset, str(folder / "tokens"), documents, place.count - 8, Split.train, config)
    return lambda row: torch.stack([samples[min(row + k, place.count - 9)]["tokens"] for k in range(8)])


class Vocabulary:
    """What Megatron asks of a tokenizer."""

    def __init__(self, manifest):
        self.eod = self.pad = manifest.pad_id
        self.vocab_size = manifest.document["tokenizer"]["vocabulary_size"]
        self.unique_identifiers = {"end": self.eod}


def others(place):
    """Figures of the dataset and of the loader: what, the figure, the floor that the design sets."""
    manifest = place.dataset.manifest.document
    splits = manifest["splits"].values()
    folder = place.root / "data" / manifest["fingerprint"]
    raw_bytes = sum(split["rows"] * split["row_bytes"] for split in splits)
    shards = sum(file.stat().st_size for file in folder.glob("*/tokens-*.arrow"))
    everything = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    padding = sum(split["pad_tokens"] for split in splits) / sum(split["tokens"] for split in splits)
    anywhere = random.Random(1).choices(range(place.split.rows - 8), k=101)
    cold, resumed = starts(place, [0] * 101), starts(place, anywhere)
    return [
        ("views of rows, a shard through pyarrow against a raw memmap", f"{ratio_of_views(place):.2f}", ">= 0.97"),
        ("open to first batch, the median and the slowest of 101, ms", cold, "<= 5"),
        ("open to first batch at any state, the same, ms", resumed, "<= 5"),
        ("bytes of shards over raw tokens", f"{shards / raw_bytes - 1:.2%}", "<= 0.5 %"),
        ("the same with tables and the indexes for others", f"{everything / raw_bytes - 1:.2%}", ""),
        ("padding", f"{padding:.3%}", "<= 0.1 %"),
        ("neighbours in one shard, against uniform", f"{neighbours():.3f}", "<= 1.05"),
    ]


def starts(place, samples):
    """Milliseconds from `open` to a batch."""
    spent = []
    for taken in samples:
        start = time.perf_counter()
        next(corpusmill_dataset.open(place.root).batches(8, state={"epoch": 0, "samples": taken}))
        spent.append((time.perf_counter() - start) * 1e3)
    return f"{median(spent):.2f}, {max(spent):.2f}"


def ratio_of_views(place):
    import pyarrow as pa

    batch = pa.ipc.open_file(pa.memory_map(str(place.shard))).get_batch(0)
    matrix = batch["input_ids"].flatten().to_numpy(zero_copy_only=True).reshape(-1, place.length)
    both = [(view(place.mapped), view(matrix)) for _ in range(99)]
    return min(raw for raw, _ in both) / min(arrow for _, arrow in both)


def view(matrix):
    start = time.process_time()
    for row in range(len(matrix)):
        matrix[row]
    return time.process_time() - start


def neighbours(rows=1 << 16, per_shard=1 << 10):
    """Rows packed one after another that lie in one shard, over 16 seeds, against a uniform order."""
    found = 0
    for seed in range(16):
        shards = permute(np.arange(rows), rows, seed, 0) // per_shard
        found += np.count_nonzero(shards[1:] == shards[:-1])
    return found / (16 * (per_shard - 1))
