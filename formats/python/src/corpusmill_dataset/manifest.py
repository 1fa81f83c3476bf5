"""The manifest: the one file that says what a dataset is (formats/SPEC.md, section 2)."""

import json
from dataclasses import dataclass

import numpy as np

from corpusmill_dataset.errors import DatasetError

FORMAT_NAME = "corpusmill"
FORMAT_MAJOR = 1
TOKEN_OFFSET = 4096
_DTYPES = ("uint16", "int32")


@dataclass(frozen=True)
class Split:
    """Where the rows of one split lie. Immutable.

    `token_offset` and `row_bytes` are bytes; `path_template` takes the shard number.
    """

    name: str
    rows: int
    shards: int
    rows_per_shard: int
    last_shard_rows: int
    row_bytes: int
    token_offset: int
    path_template: str

    def rows_of(self, shard: int) -> int:
        """Rows in a shard: the same for all but the last."""
        return self.last_shard_rows if shard == self.shards - 1 else self.rows_per_shard

    def path_of(self, shard: int) -> str:
        """Path of a shard, relative to the root."""
        return self.path_template % shard


@dataclass(frozen=True)
class Manifest:
    """What a loader needs of a manifest; `document` holds all of it. Immutable."""

    document: dict
    dtype: np.dtype
    sequence_length: int
    pad_id: int
    seed: int
    splits: dict[str, Split]

    @property
    def tokenizer(self) -> str:
        """Fingerprint of the tokenizer: 64 hex digits."""
        return self.document["tokenizer"]["fingerprint"]


def parse(body: bytes, where: str) -> Manifest:
    """Reads a manifest and checks that it agrees with itself. Raises DatasetError."""
    document = _json_object(body, where)
    _check_format(document, where)
    try:
        return _manifest(document, where)
    except (KeyError, TypeError, AttributeError) as error:
        raise DatasetError(f"{where}: key missing or of the wrong type: {error}; the manifest is damaged") from error


def _manifest(document: dict, where: str) -> Manifest:
    token_dtype = document["token_dtype"]
    if token_dtype not in _DTYPES:
        raise DatasetError(f"{where}: token_dtype is {token_dtype!r}, known are {' and '.join(_DTYPES)}")
    shuffle = document["shuffle"]
    if shuffle["algorithm"] != "feistel-1":
        raise DatasetError(f"{where}: shuffle.algorithm is {shuffle['algorithm']!r}, known is 'feistel-1'")
    dtype = np.dtype(token_dtype).newbyteorder("<")
    length = int(document["sequence_length"])
    splits = {name: _split(name, value) for name, value in document["splits"].items()}
    for split in splits.values():
        _check_split(split, length * dtype.itemsize, where)
    return Manifest(document, dtype, length, int(document["pad_id"]), int(shuffle["seed"]), splits)


def _json_object(body: bytes, where: str) -> dict:
    try:
        document = json.loads(body)
    except ValueError as error:
        raise DatasetError(f"{where}: not JSON ({error}); the manifest is damaged") from error
    if not isinstance(document, dict):
        raise DatasetError(f"{where}: a JSON object expected, got {type(document).__name__}; the manifest is damaged")
    return document


def _check_format(document: dict, where: str) -> None:
    name, _, version = str(document.get("format")).partition("/")
    if name != FORMAT_NAME:
        raise DatasetError(f"{where}: format is {document.get('format')!r}, this is not a Corpusmill manifest")
    if version.partition(".")[0] != str(FORMAT_MAJOR):
        raise DatasetError(
            f"{where}: format is {document['format']!r}, this reader knows {FORMAT_NAME}/{FORMAT_MAJOR}; "
            "install a corpusmill-dataset made for that version"
        )


def _split(name: str, value: dict) -> Split:
    numbers = ("rows", "shards", "rows_per_shard", "last_shard_rows", "row_bytes", "token_offset")
    return Split(name=name, path_template=str(value["path_template"]), **{key: int(value[key]) for key in numbers})


def _check_split(split: Split, row_bytes: int, where: str) -> None:
    place = f"{where}: split {split.name!r}"
    if split.row_bytes != row_bytes:
        raise DatasetError(
            f"{place}: row_bytes is {split.row_bytes}, sequence_length times the width of token_dtype is {row_bytes}; "
            "the token dtype does not fit the shards"
        )
    if split.token_offset != TOKEN_OFFSET:
        raise DatasetError(f"{place}: token_offset is {split.token_offset}, the format says {TOKEN_OFFSET}")
    rows = (split.shards - 1) * split.rows_per_shard + split.last_shard_rows if split.shards else 0
    if split.rows != rows:
        raise DatasetError(f"{place}: rows is {split.rows}, its shards hold {rows}; the manifest is damaged")
    _check_template(split, place)


def _check_template(split: Split, place: str) -> None:
    try:
        path = split.path_of(0)
    except (TypeError, ValueError) as error:
        raise DatasetError(f"{place}: path_template {split.path_template!r} does not take one integer") from error
    if path.startswith("/") or ".." in path.split("/"):
        raise DatasetError(f"{place}: path_template {split.path_template!r} leaves the dataset's root")
