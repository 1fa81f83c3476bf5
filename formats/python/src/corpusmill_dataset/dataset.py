"""A split of a dataset as an array of rows."""

import threading
from collections import OrderedDict
from dataclasses import dataclass

import numpy as np

from corpusmill_dataset import manifest as manifests
from corpusmill_dataset.batches import Batches, Share, SplitOrder, State, checked_state
from corpusmill_dataset.errors import DamagedShardError, DatasetError, MissingDatasetError
from corpusmill_dataset.manifest import Manifest, Split
from corpusmill_dataset.shard import Shard
from corpusmill_dataset.storage import LocalRoot, RemoteRoot, root_of

MAX_OPEN_SHARDS = 64
DEFAULT_PREFETCH = 2


@dataclass(frozen=True)
class Row:
    """One packed sequence.

    `tokens` has the dataset's dtype and is a read-only view of the mapped file in mode `mmap`; `doc_ends` holds the
    exclusive end of every segment, padding being a segment of its own; `first_pos` is the position of the first token
    inside its document; `n_valid` counts tokens before padding; `source` is the mixture component.
    """

    tokens: np.ndarray
    doc_ends: np.ndarray
    first_pos: int
    n_valid: int
    source: int


class Dataset:
    """Rows of one split, in stored (shuffled) order. Made by `open`. Safe in any thread; can be pickled.

    Opening reads the manifest and nothing else; a shard is opened when a row of it is first read, and at most
    `MAX_OPEN_SHARDS` stay open.
    """

    def __init__(self, root: LocalRoot | RemoteRoot, manifest: Manifest, split: Split, reopen: tuple):
        self.manifest, self.split = manifest, split
        self._root, self._reopen = root, reopen
        self._shards: OrderedDict[int, Shard] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def sequence_length(self) -> int:
        """Tokens per row, padding included."""
        return self.manifest.sequence_length

    @property
    def dtype(self) -> np.dtype:
        """Type of a token id as stored."""
        return self.manifest.dtype

    def __len__(self) -> int:
        return self.split.rows

    def __getitem__(self, index: int) -> Row:
        place = index + len(self) if index < 0 else index
        if not 0 <= place < len(self):
            raise IndexError(f"row {index} of split {self.split.name!r}, which has {len(self)} rows")
        shard, row = self.find(int(place))
        return Row(
            shard.tokens(row, 1)[0],
            shard.ends(row),
            int(shard.first_pos[row]),
            int(shard.n_valid[row]),
            int(shard.source[row]),
        )

    def __getitems__(self, indexes: list[int]) -> list[Row]:
        """Many rows at once, as torch's DataLoader asks for them."""
        return [self[index] for index in indexes]

    def batches(
        self,
        batch_size: int,
        rank: int = 0,
        world_size: int = 1,
        state: State | None = None,
        *,
        epoch: int = 0,
        epochs: int | None = 1,
        stripes: int = 1,
        dtype: np.dtype | type | str | None = None,
        prefetch: int | None = None,
    ) -> Batches:
        """Batches of this rank, in the order that formats/SPEC.md, section 4, fixes for every world size.

        `batch_size` is the global number of rows per step, a multiple of `world_size`. `state` goes on where another
        iterator stopped, whatever its world size was; else it begins at `epoch`. `epochs` ends the iterator after so
        many epochs, the one it begins in included; None never ends. `stripes` reads epoch 0 round robin from as many
        stretches of the split, so that ranks share no shard where it is a multiple of `batch_size`; it changes the
        order, so it stays the same for a whole training run. `dtype` widens the token ids (numpy.int64, say).
        `prefetch` batches are made ahead by as many threads; 0 makes each when asked for. None means 0 for mapped
        files, which the operating system reads ahead itself, and `DEFAULT_PREFETCH` for everything else.
        """
        begin = checked_state(state if state is not None else {"epoch": epoch, "samples": 0}, len(self))
        share = Share(batch_size, rank, world_size)
        order = SplitOrder(self, share, stripes, np.dtype(dtype or self.dtype))
        return Batches(order.steps(begin, epochs), order.make, begin, self.prefetch(prefetch))

    def prefetch(self, wanted: int | None) -> int:
        """Batches to make ahead where so many are wanted; None leaves it to where the files lie."""
        if wanted is None:
            return 0 if self._root.mapped else DEFAULT_PREFETCH
        return wanted

    def find(self, place: int) -> tuple[Shard, int]:
        """The shard of a place within the split, opened, and the row in it."""
        number, row = divmod(place, self.split.rows_per_shard)
        return self.shard(number), row

    def shard(self, number: int) -> Shard:
        """An open shard of this split. Raises DamagedShardError when it is missing or not what it should be."""
        with self._lock:
            if number in self._shards:
                self._shards.move_to_end(number)
                return self._shards[number]
        shard = self._open_shard(number)
        with self._lock:
            self._shards[number] = shard
            self._shards.move_to_end(number)
            while len(self._shards) > MAX_OPEN_SHARDS:
                self._shards.popitem(last=False)
        return shard

    def _open_shard(self, number: int) -> Shard:
        path = self.split.path_of(number)
        try:
            file = self._root.open(path)
        except FileNotFoundError as error:
            raise DamagedShardError(
                f"{self._root.name(path)}: shard {number} of {self.split.shards} of split {self.split.name!r} "
                "is missing; fetch it again"
            ) from error
        rows = self.split.rows_of(number)
        return Shard(file, self._root.name(path), rows, self.sequence_length, self.dtype, self.split.token_offset)

    def __reduce__(self):
        return open, self._reopen

    def __repr__(self) -> str:
        return (
            f"Dataset({self._root.name('')!r}, split={self.split.name!r}, rows={len(self)}, "
            f"sequence_length={self.sequence_length}, dtype={self.dtype.name})"
        )


def open(uri: str, split: str = "train", mode: str = "mmap", storage_options: dict | None = None) -> Dataset:
    """Opens a split of the dataset at `uri`: a local path, a file: URI, or an address fsspec knows.

    Reads `manifest.json` only, so it costs the same for every size of dataset. `mode` is `mmap` or `pread` and matters
    for local files; `storage_options` go to fsspec. Raises MissingDatasetError when there is no manifest, DatasetError
    when it is of another format or damaged or has no such split.
    """
    root = root_of(str(uri), mode, storage_options or {})
    where = root.name("manifest.json")
    try:
        body = root.read_all("manifest.json")
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingDatasetError(
            f"{where}: not found, so there is no dataset here; a dataset appears when its run has ended"
        ) from error
    manifest = manifests.parse(body, where)
    if split not in manifest.splits:
        raise DatasetError(f"{where}: no split {split!r}, there are: {', '.join(sorted(manifest.splits)) or 'none'}")
    return Dataset(root, manifest, manifest.splits[split], (str(uri), split, mode, storage_options))
