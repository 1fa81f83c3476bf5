"""Where bytes lie: a local folder, or whatever fsspec can reach by ranged reads.

A root opens files and says whether they will be `mapped`; a file answers `size`, `read(offset, length)` and whether it
is `mapped`. Both are safe in any thread.
"""

import mmap
import os
import re
import weakref
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import numpy as np

from corpusmill_dataset.errors import DatasetError

MODES = ("mmap", "pread")


class MappedFile:
    """A whole local file mapped into memory. Reads are views, nothing is copied."""

    mapped = True

    def __init__(self, path: Path):
        with path.open("rb") as file:
            self.size = os.fstat(file.fileno()).st_size
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) if self.size else b""
        self._bytes = np.frombuffer(mapped, dtype=np.uint8)

    def read(self, offset: int, length: int) -> np.ndarray:
        return self._bytes[offset : offset + length]


class PositionedFile:
    """A local file read by pread: for file systems that do not like many mappings."""

    mapped = False

    def __init__(self, path: Path):
        self._descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
        # Closed when nothing refers to this object any more, so never under a reader in another thread.
        weakref.finalize(self, os.close, self._descriptor)
        self.size = os.fstat(self._descriptor).st_size

    def read(self, offset: int, length: int) -> np.ndarray:
        buffer = np.empty(max(0, min(length, self.size - offset)), dtype=np.uint8)
        done = 0
        while done < buffer.size:
            got = os.preadv(self._descriptor, [memoryview(buffer)[done:]], offset + done)
            if got == 0:
                return buffer[:done]
            done += got
        return buffer


class RangedFile:
    """An object read by ranged requests through fsspec."""

    mapped = False

    def __init__(self, file_system, path: str):
        self._file_system, self._path = file_system, path
        self.size = int(file_system.size(path))

    def read(self, offset: int, length: int) -> np.ndarray:
        end = min(offset + length, self.size)
        if end <= offset:
            return np.empty(0, dtype=np.uint8)
        return np.frombuffer(self._file_system.cat_file(self._path, start=offset, end=end), dtype=np.uint8)


class LocalRoot:
    """A dataset in a local folder."""

    def __init__(self, folder: Path, mode: str):
        self._folder, self._mode = folder, mode
        self.mapped = mode == "mmap"

    def read_all(self, path: str) -> bytes:
        return (self._folder / path).read_bytes()

    def open(self, path: str) -> MappedFile | PositionedFile:
        return (MappedFile if self._mode == "mmap" else PositionedFile)(self._folder / path)

    def name(self, path: str) -> str:
        return str(self._folder / path)


class RemoteRoot:
    """A dataset under an fsspec address."""

    mapped = False

    def __init__(self, uri: str, options: dict):
        try:
            from fsspec.core import url_to_fs
        except ImportError as error:
            raise DatasetError(f"{uri}: not a local path, and fsspec is not installed; install fsspec") from error
        self._uri = uri.rstrip("/")
        self._file_system, self._folder = url_to_fs(self._uri, **options)

    def read_all(self, path: str) -> bytes:
        return self._file_system.cat_file(self._path(path))

    def open(self, path: str) -> RangedFile:
        return RangedFile(self._file_system, self._path(path))

    def name(self, path: str) -> str:
        return f"{self._uri}/{path}"

    def _path(self, path: str) -> str:
        return f"{self._folder.rstrip('/')}/{path}"


def root_of(uri: str, mode: str, options: dict) -> LocalRoot | RemoteRoot:
    """Chooses by the scheme: none or `file` is local, everything else goes through fsspec."""
    if mode not in MODES:
        raise ValueError(f"mode is {mode!r}, known are {' and '.join(MODES)}")
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]+:", uri) is None:
        return LocalRoot(Path(uri), mode)
    if uri.startswith("file:"):
        return LocalRoot(Path(url2pathname(urlsplit(uri).path)), mode)
    return RemoteRoot(uri, options)
