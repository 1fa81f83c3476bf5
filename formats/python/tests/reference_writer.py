"""A small writer of the format, made from formats/SPEC.md with pyarrow and struct alone.

It shares nothing with the program that writes datasets nor with the loader under test, so each can be wrong alone.
`python tests/reference_writer.py FOLDER` makes a dataset with every table, for trying clients on.
"""

import hashlib
import json
import random
import struct
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

MASK = 2**64 - 1
GAMMA = 0x9E3779B97F4A7C15
FINGERPRINT = "0123456789ab"
PAD = 7


def mix64(z: int) -> int:
    z &= MASK
    z ^= z >> 30
    z = z * 0xBF58476D1CE4E5B9 & MASK
    z ^= z >> 27
    z = z * 0x94D049BB133111EB & MASK
    return z ^ z >> 31


def feistel(x: int, size: int, seed: int, epoch: int) -> int:
    """feistel-1 with plain integers, step by step as the specification has it."""
    if size == 1:
        return 0
    bits = max(2, (size - 1).bit_length())
    half = -(-bits // 2)
    mask = 2**half - 1
    keys = [mix64(seed + GAMMA * (16 * epoch + r + 1)) for r in range(8)]
    while True:
        left, right = x >> half, x & mask
        for key in keys:
            left, right = right, left ^ mix64(right + key) & mask
        x = left << half | right
        if x < size:
            return x


@dataclass
class Sequence:
    """One row before it is written; `pieces` are (document id, start in the row, length)."""

    tokens: np.ndarray
    doc_ends: list[int]
    first_pos: int
    n_valid: int
    source: int
    pieces: list[tuple[int, int, int]]


@dataclass
class Written:
    """What was written, for tests to compare with; rows in stored order."""

    root: Path
    rows: dict[str, list[Sequence]] = field(default_factory=dict)


def write_dataset(
    root: Path, *, rows=100, length=64, per_shard=16, dtype="uint16", seed=-5, splits=("train",)
) -> Written:
    """Writes a dataset with `rows` rows in each split, and all of its tables and side files."""
    written = Written(root)
    chance = random.Random(f"{rows} {length} {seed}")
    manifest = _manifest(length, dtype, seed)
    tables = defaultdict(list)
    for number, split in enumerate(splits):
        sequences = _sequences(chance, rows, length, dtype, first_document=number * 1_000_000)
        placed = [None] * rows
        for n, sequence in enumerate(sequences):
            placed[feistel(n, rows, seed, 0)] = sequence
        written.rows[split] = placed
        _write_split(root, split, placed, length, dtype, per_shard, manifest, tables)
    _write_meta(root, manifest, tables, written)
    manifest["root_hash"] = root_hash(
        [s["sha256"] for s in sorted(tables["shards"], key=lambda s: (s["split"], s["path"]))]
    )
    (root / "README.md").write_text(_card(splits))
    (root / "manifest.json").write_text(json.dumps(manifest, indent=1))
    return written


def root_hash(hashes: list[str]) -> str:
    level = [hashlib.sha256(b"\0" + bytes.fromhex(h)).digest() for h in hashes]
    if not level:
        return hashlib.sha256().hexdigest()
    while len(level) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(level[::2], level[1::2], strict=False)]
        level = pairs + level[len(pairs) * 2 :]
    return level[0].hex()


def shard_bytes(rows: list[Sequence], length: int, dtype: str) -> bytes:
    """A shard: an IPC stream whose record batch body begins at byte 4096, then the footer of an IPC file."""
    batch = _record_batch(rows, length, dtype)
    schema = batch.schema.serialize().to_pybytes()
    body, places = _body(rows, dtype)
    metadata = _patched_metadata(batch, places, len(body))
    begin = len(schema)
    space = 4096 - begin - 8
    message = struct.pack("<II", 0xFFFFFFFF, space) + metadata + bytes(space - len(metadata))
    stream = schema + message + body + struct.pack("<II", 0xFFFFFFFF, 0)
    footer = _footer(batch, begin, len(body))
    return stream + footer + struct.pack("<i", len(footer)) + b"ARROW1"


def _record_batch(rows, length, dtype) -> pa.RecordBatch:
    ids = pa.array(np.concatenate([r.tokens for r in rows]).astype(dtype))
    ends = pa.array(np.concatenate([r.doc_ends for r in rows]), pa.int32())
    offsets = pa.array(np.cumsum([0] + [len(r.doc_ends) for r in rows]), pa.int32())
    item = pa.field("item", pa.from_numpy_dtype(np.dtype(dtype)), nullable=False)
    list_type = pa.list_(pa.field("item", pa.int32(), nullable=False))
    columns = {
        "input_ids": pa.FixedSizeListArray.from_arrays(ids, type=pa.list_(item, length)),
        "doc_ends": pa.ListArray.from_arrays(offsets, ends, type=list_type),
        "first_pos": pa.array([r.first_pos for r in rows], pa.int32()),
        "n_valid": pa.array([r.n_valid for r in rows], pa.int32()),
        "source": pa.array([r.source for r in rows], pa.uint16()),
    }
    schema = pa.schema([pa.field(name, column.type, nullable=False) for name, column in columns.items()])
    return pa.record_batch(list(columns.values()), schema=schema)


def _body(rows, dtype) -> tuple[bytes, list[tuple[int, int]]]:
    """The buffers, each at a multiple of 64; their (offset, length), validity buffers being empty."""
    ends = np.concatenate([r.doc_ends for r in rows]).astype("<i4").tobytes()
    offsets = np.cumsum([0] + [len(r.doc_ends) for r in rows]).astype("<i4").tobytes()
    tokens = np.concatenate([r.tokens for r in rows]).astype(np.dtype(dtype)).tobytes()
    numbers = [np.array([getattr(r, n) for r in rows], t).tobytes() for n, t in _NUMBERS]
    body, places = b"", []
    # input_ids: validity, validity of the items, items; doc_ends: validity, offsets, validity of the items, items.
    for buffer in [b"", b"", tokens, b"", offsets, b"", ends, b"", numbers[0], b"", numbers[1], b"", numbers[2]]:
        places.append((len(body), len(buffer)))
        body += buffer + bytes(-len(buffer) % 64)
    return body, places


_NUMBERS = (("first_pos", "<i4"), ("n_valid", "<i4"), ("source", "<u2"))


def _patched_metadata(batch: pa.RecordBatch, places, body_length: int) -> bytes:
    """pyarrow's own description of the batch with the places of our buffers put in."""
    message = batch.serialize().to_pybytes()
    size = struct.unpack_from("<I", message, 4)[0]
    metadata = bytearray(message[8 : 8 + size])
    root = struct.unpack_from("<I", metadata, 0)[0]
    struct.pack_into("<q", metadata, _field(metadata, root, 3), body_length)
    header = _follow(metadata, _field(metadata, root, 2))
    buffers = _follow(metadata, _field(metadata, header, 2))
    assert struct.unpack_from("<I", metadata, buffers)[0] == len(places)
    for number, place in enumerate(places):
        struct.pack_into("<qq", metadata, buffers + 4 + 16 * number, *place)
    return bytes(metadata)


def _footer(batch: pa.RecordBatch, begin: int, body_length: int) -> bytes:
    """pyarrow's own footer of a file with this batch, with our one block put in."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, batch.schema) as writer:
        writer.write_batch(batch)
    file = sink.getvalue().to_pybytes()
    size = struct.unpack_from("<i", file, len(file) - 10)[0]
    footer = bytearray(file[len(file) - 10 - size : len(file) - 10])
    blocks = _follow(footer, _field(footer, struct.unpack_from("<I", footer, 0)[0], 3))
    assert struct.unpack_from("<I", footer, blocks)[0] == 1
    struct.pack_into("<qi4xq", footer, blocks + 4, begin, 4096 - begin, body_length)
    return bytes(footer)


def _field(buffer, table: int, slot: int) -> int:
    """Place of a field of a flatbuffers table."""
    vtable = table - struct.unpack_from("<i", buffer, table)[0]
    offset = struct.unpack_from("<H", buffer, vtable + 4 + 2 * slot)[0]
    assert offset
    return table + offset


def _follow(buffer, place: int) -> int:
    return place + struct.unpack_from("<I", buffer, place)[0]


def _sequences(chance: random.Random, rows: int, length: int, dtype: str, first_document: int) -> list[Sequence]:
    """Rows of a few documents each, every fifth padded, every seventh document longer than a row."""
    limit = 50_000 if dtype == "uint16" else 200_000
    sequences, number, rest, position, identity, source = [], 0, 0, 0, 0, 0
    while len(sequences) < rows:
        last = len(sequences) == rows - 1
        target = length if rest or chance.randrange(5) else chance.randrange(1, length)
        at, pieces, first_pos = 0, [], position if rest else 0
        if not rest:
            source = chance.randrange(2)  # a row holds documents of one source only
        while at < target:
            if not rest:
                number, position = number + 1, 0
                identity = first_document + number * 100
                rest = length * 2 if number % 7 == 0 else chance.randrange(1, max(2, length // 2))
            piece = min(rest, target - at)
            if last or (piece < rest and not (number % 7 == 0)):
                rest = piece  # only documents longer than a row go on in the next one
            pieces.append((identity, at, piece))
            at, rest, position = at + piece, rest - piece, position + piece
        tokens = np.full(length, PAD)
        tokens[:at] = [chance.randrange(10, limit) for _ in range(at)]
        ends = [start + size for _, start, size in pieces]
        sequences.append(Sequence(tokens, ends if at == length else [*ends, length], first_pos, at, source, pieces))
    return sequences


def _manifest(length, dtype, seed) -> dict:
    return {
        "format": "corpusmill/1",
        "fingerprint": FINGERPRINT,
        "root_hash": "",
        "commit_id": "0" * 32,
        "created_by": "reference writer of the tests",
        "token_dtype": dtype,
        "sequence_length": length,
        "pad_id": PAD,
        "tokenizer": {
            "name": "none",
            "fingerprint": "0" * 64,
            "engine": "reference",
            "vocabulary_size": 200_000,
            "special_tokens": "ordinary",
            "append": [],
        },
        "packing": {"mode": "best-fit", "seed": seed},
        "shuffle": {"algorithm": "feistel-1", "seed": seed},
        "splits": {},
    }


def _write_split(root, split, placed, length, dtype, per_shard, manifest, tables) -> None:
    folder = root / "data" / FINGERPRINT / split
    folder.mkdir(parents=True)
    relative = f"data/{FINGERPRINT}/{split}/tokens-%06d.arrow"
    shards = [placed[i : i + per_shard] for i in range(0, len(placed), per_shard)]
    for number, rows in enumerate(shards):
        data = shard_bytes(rows, length, dtype)
        (root / (relative % number)).write_bytes(data)
        ids = np.concatenate([r.tokens for r in rows])
        valid = sum(r.n_valid for r in rows)
        tables["shards"].append(
            {
                "path": relative % number,
                "split": split,
                "rows": len(rows),
                "tokens": valid,
                "pad": len(rows) * length - valid,
                "bytes": len(data),
                "sha256": hashlib.sha256(data).hexdigest(),
                "crc64nvme": "0" * 16,
                "min_id": int(ids.min()),
                "max_id": int(ids.max()),
            }
        )
    _side_files(folder, split, length, dtype, [f"tokens-{n:06d}.arrow" for n in range(len(shards))])
    valid = sum(r.n_valid for r in placed)
    manifest["splits"][split] = {
        "rows": len(placed),
        "tokens": valid,
        "pad_tokens": len(placed) * length - valid,
        "documents": len({p[0] for r in placed for p in r.pieces}),
        "shards": len(shards),
        "rows_per_shard": per_shard,
        "last_shard_rows": len(shards[-1]) if shards else 0,
        "row_bytes": length * np.dtype(dtype).itemsize,
        "token_offset": 4096,
        "path_template": relative,
    }


def _side_files(folder, split, length, dtype, names) -> None:
    value = {"dtype": dtype, "_type": "Value"}
    features = {
        "input_ids": {"feature": value, "length": length, "_type": "List"},
        "doc_ends": {"feature": {"dtype": "int32", "_type": "Value"}, "_type": "List"},
        "first_pos": {"dtype": "int32", "_type": "Value"},
        "n_valid": {"dtype": "int32", "_type": "Value"},
        "source": {"dtype": "uint16", "_type": "Value"},
    }
    state = {
        "_data_files": [{"filename": name} for name in names],
        "_fingerprint": FINGERPRINT,
        "_format_columns": None,
        "_format_kwargs": {},
        "_format_type": None,
        "_output_all_columns": False,
        "_split": split,
    }
    (folder / "dataset_info.json").write_text(json.dumps({"features": features}))
    (folder / "state.json").write_text(json.dumps(state))


def _card(splits) -> str:
    files = "".join(f"  - split: {s}\n    path: data/{FINGERPRINT}/{s}/*.arrow\n" for s in splits)
    return f"---\nconfigs:\n- config_name: default\n  data_files:\n{files}---\n# A dataset made by the tests\n"


def _write_meta(root, manifest, tables, written) -> None:
    documents = [
        {"id": identity, "split": split, "row": place, "start": start, "length": size}
        for split, rows in written.rows.items()
        for place, row in enumerate(rows)
        for identity, start, size in row.pieces
    ]
    position = {(split, place): row.first_pos for split, rows in written.rows.items() for place, row in enumerate(rows)}
    documents.sort(key=lambda d: (d["id"], position[d["split"], d["row"]] if d["start"] == 0 else 0))
    kept = sorted({d["id"] for d in documents})
    removed = [
        {"removed": k + 1 + n, "kept": k, "kind": kind, "similarity": similarity, "cluster": k, "size": 2}
        for n, (k, kind, similarity) in enumerate(
            [(kept[0], "exact", 1.0), (kept[len(kept) // 2], "near", 0.93), (kept[-1], "near", 0.85)]
        )
    ]
    rejected = [
        {"file": 0, "offset": 5 + 10_000_000 * n, "length": 3, "reason": reason, "sha256": f"{n:064x}"}
        for n, reason in enumerate(["INVALID_JSON", "INVALID_UTF8", "INVALID_JSON"])
    ]
    records = len(kept) + len(removed) + len(rejected)
    reasons = dict(Counter(r["reason"] for r in rejected))
    files = [
        {
            "index": 0,
            "uri": "corpus/part-0.jsonl",
            "source": "web",
            "bytes": 123_456,
            "checksum": "crc32c:0",
            "records": records,
            "documents": len(kept) + len(removed),
            "rejected": len(rejected),
            "reasons": json.dumps(reasons),
        }
    ]
    manifest["sources"] = _sources(written)
    manifest["ledger"] = {
        "ingest": {"in": records, "out": records - 3, "dropped": reasons},
        "exact": {"in": records - 3, "out": records - 4, "dropped": {"exact": 1}},
        "near": {"in": records - 4, "out": len(kept), "dropped": {"near": 2}},
        "tokenize": {"in": len(kept), "out": len(kept), "dropped": {}},
    }
    manifest["inputs"] = {"files": 1, "bytes": 123_456}
    manifest["meta"] = {}
    manifest["configuration"] = {"deduplication": {"near": {"threshold": 0.8}}}
    content = {**tables, "documents": documents, "files": files, "removed": removed, "rejected": rejected}
    for name, columns in _TABLES.items():
        path = f"data/{FINGERPRINT}/meta/{name}.parquet"
        manifest["meta"][name] = path
        (root / path).parent.mkdir(exist_ok=True)
        schema = pa.schema([pa.field(c, t, nullable=False) for c, t in columns.items()])
        pq.write_table(pa.Table.from_pylist(content.get(name, []), schema), root / path, compression="zstd")


def _sources(written) -> list[dict]:
    documents, tokens = defaultdict(set), Counter()
    for rows in written.rows.values():
        for row in rows:
            tokens[row.source] += row.n_valid
            documents[row.source] |= {p[0] for p in row.pieces}
    names = {0: "web", 1: "books"}
    return [{"id": s, "name": names[s], "documents": len(documents[s]), "tokens": tokens[s]} for s in sorted(tokens)]


_TABLES = {
    "shards": {
        "path": pa.string(),
        "split": pa.string(),
        "rows": pa.int64(),
        "tokens": pa.int64(),
        "pad": pa.int64(),
        "bytes": pa.int64(),
        "sha256": pa.string(),
        "crc64nvme": pa.string(),
        "min_id": pa.int32(),
        "max_id": pa.int32(),
    },
    "documents": {
        "id": pa.int64(),
        "split": pa.string(),
        "row": pa.int64(),
        "start": pa.int32(),
        "length": pa.int32(),
    },
    "files": {
        "index": pa.int32(),
        "uri": pa.string(),
        "source": pa.string(),
        "bytes": pa.int64(),
        "checksum": pa.string(),
        "records": pa.int64(),
        "documents": pa.int64(),
        "rejected": pa.int64(),
        "reasons": pa.string(),
    },
    "removed": {
        "removed": pa.int64(),
        "kept": pa.int64(),
        "kind": pa.string(),
        "similarity": pa.float64(),
        "cluster": pa.int64(),
        "size": pa.int64(),
    },
    "rejected": {
        "file": pa.int32(),
        "offset": pa.int64(),
        "length": pa.int64(),
        "reason": pa.string(),
        "sha256": pa.string(),
    },
}

if __name__ == "__main__":
    write_dataset(Path(sys.argv[1]), rows=500, splits=("train", "validation"))
