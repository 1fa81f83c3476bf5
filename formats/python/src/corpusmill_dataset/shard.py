"""One shard: the token matrix from byte 4096 on, and the small columns behind it (formats/SPEC.md, section 3).

The places of the small columns follow from the number of rows alone: every buffer begins at the next multiple of 64
bytes behind the one before it, in the order of the columns. Only the length of the values of `doc_ends` has to be
read, and it is the last of its offsets.
"""

import numpy as np

from corpusmill_dataset.errors import DamagedShardError

_ALIGNMENT = 64
_INT32 = np.dtype("<i4")
_UINT16 = np.dtype("<u2")
_CONTINUATION = 0xFFFFFFFF
_MAGIC = b"ARROW1"
_MAX_TOKENS = 2**31


class Shard:
    """An open shard. The small columns are read once; token rows are read when asked for. Safe in any thread."""

    def __init__(self, file, name: str, rows: int, length: int, dtype: np.dtype, token_offset: int):
        self._file, self.name, self.rows = file, name, rows
        self._length, self._dtype, self._token_offset = length, dtype, token_offset
        self._row_bytes = length * dtype.itemsize
        if rows * length >= _MAX_TOKENS:
            raise self._unlike_the_manifest(f"{rows * length} tokens, a shard has fewer than {_MAX_TOKENS}")
        self._check_header()
        self._read_small_columns()
        self._starts = memoryview(self._offsets)  # plain integers, without a numpy scalar for each
        # A mapped file is one matrix for as long as it is open; anything else is read when asked for.
        self._matrix = self._rows(0, rows) if file.mapped else None

    def tokens(self, first: int, count: int) -> np.ndarray:
        """Token ids of `count` rows from `first` on, shape (count, L). A view of the file where it is mapped."""
        if self._matrix is not None:
            return self._matrix[first : first + count]
        return self._rows(first, count)

    def _rows(self, first: int, count: int) -> np.ndarray:
        wanted = count * self._row_bytes
        data = self._file.read(self._token_offset + first * self._row_bytes, wanted)
        if data.size != wanted:
            raise self._truncated(self._token_offset + first * self._row_bytes + wanted)
        return data.view(self._dtype).reshape(count, self._length)

    def ends(self, row: int) -> np.ndarray:
        """`doc_ends` of a row."""
        return self._ends[self._offsets[row] : self._offsets[row + 1]]

    def bounds(self, first: int, count: int) -> np.ndarray:
        """Where `count` rows from `first` on begin, and all of their `doc_ends`, counted from the shard's first token.

        int32: a shard has fewer than 2^31 tokens.
        """
        return self._bounds[self._starts[first] : self._starts[first + count] + 1]

    def _check_header(self) -> None:
        header = self._file.read(0, self._token_offset)
        if header.size < self._token_offset:
            raise self._truncated(self._token_offset)
        position = 0
        for _ in ("schema", "record batch"):
            if position + 8 > header.size:
                raise self._not_a_shard()
            marker, metadata = header[position : position + 8].view("<u4")
            if marker != _CONTINUATION:
                raise self._not_a_shard()
            position += 8 + int(metadata)
        if position != self._token_offset:
            raise self._not_a_shard()

    def _read_small_columns(self) -> None:
        start = self._token_offset + _aligned(self.rows * self._row_bytes)
        columns = self._file.read(start, max(0, self._file.size - start))
        self._offsets, position = self._column(columns, start, 0, self.rows + 1, _INT32)
        self._check_offsets()
        self._ends, position = self._column(columns, start, position, int(self._offsets[-1]), _INT32)
        self.first_pos, position = self._column(columns, start, position, self.rows, _INT32)
        self.n_valid, position = self._column(columns, start, position, self.rows, _INT32)
        self.source, position = self._column(columns, start, position, self.rows, _UINT16)
        if self.rows and (self._ends[self._offsets[1:] - 1] != self._length).any():
            raise self._unlike_the_manifest("doc_ends of a row do not end at the sequence length")
        # Worked out once, so that a batch needs one addition a shard. A row begins where the one before it ends.
        self._bounds = np.zeros(len(self._ends) + 1, dtype=np.int32)
        starts = np.arange(self.rows, dtype=np.int32) * np.int32(self._length)
        np.add(self._ends, np.repeat(starts, np.diff(self._offsets)), out=self._bounds[1:])
        if columns[-len(_MAGIC) :].tobytes() != _MAGIC:
            raise DamagedShardError(
                f"{self.name}: truncated, the file of {self._file.size} bytes does not end with "
                f"{_MAGIC.decode()}; fetch or make it again"
            )

    def _column(
        self, columns: np.ndarray, start: int, position: int, count: int, dtype: np.dtype
    ) -> tuple[np.ndarray, int]:
        end = position + count * dtype.itemsize
        if end > columns.size:
            raise self._truncated(start + end)
        return columns[position:end].view(dtype), _aligned(end)

    def _check_offsets(self) -> None:
        steps = np.diff(self._offsets)
        if self._offsets[0] != 0 or (steps < 1).any() or (steps > self._length).any():
            raise self._unlike_the_manifest("doc_ends is not where the manifest puts it")

    def _truncated(self, needed: int) -> DamagedShardError:
        return DamagedShardError(
            f"{self.name}: truncated, {self._file.size} bytes found, {needed} needed at least; fetch or make it again"
        )

    def _not_a_shard(self) -> DamagedShardError:
        return DamagedShardError(
            f"{self.name}: no Arrow stream whose record batch begins at byte {self._token_offset}; this is not a shard"
        )

    def _unlike_the_manifest(self, finding: str) -> DamagedShardError:
        return DamagedShardError(
            f"{self.name}: {finding} ({self.rows} rows of {self._length} {self._dtype.name}); "
            "wrong token dtype, sequence length or number of rows, or damage: run `corpusmill verify`"
        )


def _aligned(size: int) -> int:
    return -(-size // _ALIGNMENT) * _ALIGNMENT
