"""formats/SPEC.md is enough: a reader written from that page alone, and a loader that knows nothing beside it."""

import ast
import json
import re
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from reference_writer import write_dataset

import corpusmill_dataset

PYTHON = Path(__file__).resolve().parents[1]
SPECIFICATION = PYTHON.parent / "SPEC.md"
SOURCES = sorted((PYTHON / "src").rglob("*.py"))

# Numbers that are choices of the loader and no part of the format.
OWN = {
    "_PLACED_AT_ONCE": "rows whose places are worked out at once",
    "MAX_OPEN_SHARDS": "shards that stay open",
    "DEFAULT_PREFETCH": "batches made ahead",
}


# A reader of one page: every line below names the section that it was made from.


def places(start, sizes):
    """§3: buffers follow each other, each at the next multiple of 64 bytes from the start of the body."""
    for size in sizes:
        yield start
        start += -(-size // 64) * 64


def read_split(root, name):
    """§1 and §2: the manifest is enough, and names are computed."""
    manifest = json.loads((root / "manifest.json").read_text())
    split, length = manifest["splits"][name], manifest["sequence_length"]
    width = {"uint16": 2, "int32": 4}[manifest["token_dtype"]]
    for number in range(split["shards"]):
        rows = split["last_shard_rows"] if number == split["shards"] - 1 else split["rows_per_shard"]
        body = (root / (split["path_template"] % number)).read_bytes()[4096:]
        yield from read_body(body, rows, length, width)


def read_body(body, rows, length, width):
    """§3: the columns in their order, of a list its offsets before its values."""
    tokens, offsets = list(places(0, [rows * length * width, 4 * (rows + 1)]))
    starts = struct.unpack_from(f"<{rows + 1}i", body, offsets)
    sizes = [4 * (rows + 1), 4 * starts[-1], 4 * rows, 4 * rows, 2 * rows]
    _, ends, first, valid, source = places(offsets, sizes)
    values = struct.unpack_from(f"<{starts[-1]}i", body, ends)
    for row in range(rows):
        ids = struct.unpack_from(f"<{length}{'H' if width == 2 else 'i'}", body, tokens + row * length * width)
        small = [struct.unpack_from("<i", body, column + 4 * row)[0] for column in (first, valid)]
        yield ids, values[starts[row] : starts[row + 1]], *small, struct.unpack_from("<H", body, source + 2 * row)[0]


@pytest.mark.parametrize(("dtype", "length"), [("uint16", 64), ("int32", 33), ("uint16", 7)])
def test_a_reader_of_that_page_alone_reads_every_row(tmp_path, dtype, length):
    written = write_dataset(tmp_path / "d", rows=41, length=length, per_shard=16, dtype=dtype)
    read = list(read_split(written.root, "train"))
    assert len(read) == 41
    for (ids, ends, first, valid, source), row in zip(read, written.rows["train"], strict=True):
        assert ids == tuple(row.tokens.tolist())
        assert ends == tuple(row.doc_ends)
        assert (first, valid, source) == (row.first_pos, row.n_valid, row.source)
    for one, other in zip(read, corpusmill_dataset.open(written.root), strict=True):
        assert np.array_equal(one[0], other.tokens)


@pytest.mark.parametrize("dtype", ["uint16", "int32"])
def test_a_reader_of_that_page_alone_reads_the_vectors(dtype):
    vectors = PYTHON.parent / "vectors"
    expected = json.loads((vectors / f"tokens-{dtype}.json").read_text())
    body = (vectors / f"tokens-{dtype}.arrow").read_bytes()[4096:]
    read = list(read_body(body, len(expected["n_valid"]), 8, {"uint16": 2, "int32": 4}[dtype]))
    columns = ["input_ids", "doc_ends", "first_pos", "n_valid", "source"]
    for at, name in enumerate(columns):
        assert [list(row[at]) if at < 2 else row[at] for row in read] == expected[name]


# What the loader knows.


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_the_loader_imports_nothing_of_the_rest_of_the_project(source):
    allowed = {"corpusmill_dataset", "numpy", "fsspec"} | sys.stdlib_module_names
    for node in ast.walk(ast.parse(source.read_text())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module] if isinstance(node, ast.ImportFrom) else []
        assert {name.partition(".")[0] for name in names} <= allowed
    assert not re.search(r"\.java\b|src/main|\.properties\b", source.read_text())


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_every_number_of_the_loader_stands_on_that_page(source):
    page = SPECIFICATION.read_text().lower()
    known = {int(text, 0) for text in re.findall(r"0x[0-9a-f]+|\b[0-9]+", page)}
    powers = {int(base) ** int(power) for base, power in re.findall(r"\b(2)\^(-?[0-9]+)", page) if int(power) > 0}
    # The Arrow format's own mark of a message, which that page refers to by the format's name.
    arrow = {0xFFFFFFFF}
    for node in ast.parse(source.read_text()).body:
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", None) in OWN:
            continue
        for part in ast.walk(node):
            if isinstance(part, ast.Constant) and type(part.value) is int and part.value > 8:
                assert part.value in known | powers | arrow, part.value
