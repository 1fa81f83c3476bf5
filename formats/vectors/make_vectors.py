"""Makes the vectors in this folder, independently of the Java code.

    python make_vectors.py

feistel.json: plain Python integers, from SPEC.md section 4.
tokens-*.arrow: the columns and flatbuffers are pyarrow's; this script moves the buffers to where SPEC.md
section 3 wants them. tokens-*.json: the same rows as text.
"""

import json
import struct
from pathlib import Path

HERE = Path(__file__).parent
MASK = (1 << 64) - 1
GOLDEN = 0x9E3779B97F4A7C15


def mix64(z):
    z &= MASK
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK
    return z ^ (z >> 31)


def feistel(size, seed, epoch, index):
    if size == 1:
        return 0
    half = (max(2, (size - 1).bit_length()) + 1) // 2
    mask = (1 << half) - 1
    keys = [mix64(seed + GOLDEN * (16 * epoch + r + 1)) for r in range(8)]
    x = index
    while True:
        left, right = x >> half, x & mask
        for key in keys:
            left, right = right, left ^ (mix64(right + key) & mask)
        x = left << half | right
        if x < size:
            return x


def feistel_vectors():
    whole = [
        {"size": n, "seed": seed, "epoch": epoch, "result": [feistel(n, seed, epoch, i) for i in range(n)]}
        for n in (1, 2, 3, 4, 5, 16, 17, 100)
        for seed, epoch in ((1, 0), (1, 1), (-7, 3))
    ]
    points = [
        {"size": n, "seed": seed, "epoch": epoch, "index": i, "result": feistel(n, seed, epoch, i)}
        for n in (1 << 20, 10**9 + 7, (1 << 32) + 1, (1 << 40) - 1, 1 << 62)
        for seed, epoch in ((0, 0), (42, 5), ((1 << 63) - 1, 1000), (-(1 << 63), 1 << 40))
        for i in (0, 1, n // 3, n - 1)
    ]
    ids = [0, 1, 2, 1 << 40, (5 << 40) + 12345, (1 << 63) - 1]
    return {
        "mix64": [{"z": str(z), "result": str(mix64(z))} for z in (0, 1, 2, GOLDEN, MASK)],
        "whole": whole,
        "points": points,
        "validation": [
            {"id": i, "unit": (mix64(i + GOLDEN) >> 11) * 2.0**-53} for i in ids
        ],
    }


ROWS = [
    # tokens before padding, doc_ends, first_pos, source
    ([1, 2, 3, 4, 5, 6, 7, 8], [3, 8], 0, 0),
    ([9, 10, 11, 12, 13], [5, 8], 4, 1),
    ([65535, 0, 65534, 1, 50256, 50256, 7, 40000], [1, 2, 3, 8], 0, 65535),
]
LENGTH = 8
PAD = 50256


def batch(pa, token_type, rows):
    ids = [i for tokens, _, _, _ in rows for i in tokens + [PAD] * (LENGTH - len(tokens))]
    item = pa.field("item", token_type, False)
    ends = pa.field("item", pa.int32(), False)
    schema = pa.schema(
        [
            pa.field("input_ids", pa.list_(item, LENGTH), False),
            pa.field("doc_ends", pa.list_(ends), False),
            pa.field("first_pos", pa.int32(), False),
            pa.field("n_valid", pa.int32(), False),
            pa.field("source", pa.uint16(), False),
        ],
        metadata={"corpusmill.shard": "1"},
    )
    offsets = [0]
    for _, row_ends, _, _ in rows:
        offsets.append(offsets[-1] + len(row_ends))
    columns = [
        pa.FixedSizeListArray.from_arrays(pa.array(ids, token_type), type=schema.field(0).type),
        pa.ListArray.from_arrays(
            pa.array(offsets, pa.int32()),
            pa.array([e for _, row_ends, _, _ in rows for e in row_ends], pa.int32()),
            type=schema.field(1).type,
        ),
        pa.array([first for _, _, first, _ in rows], pa.int32()),
        pa.array([len(tokens) for tokens, _, _, _ in rows], pa.int32()),
        pa.array([source for _, _, _, source in rows], pa.uint16()),
    ]
    return pa.record_batch(columns, schema=schema)


class Flat:
    """Just enough of a flatbuffer to find fields and change numbers in place."""

    def __init__(self, data):
        self.data = bytearray(data)

    def get(self, code, at):
        return struct.unpack_from("<" + code, self.data, at)[0]

    def put(self, code, at, value):
        struct.pack_into("<" + code, self.data, at, value)

    def field(self, table, slot):
        """Position of a field of a table, or 0."""
        vtable = table - self.get("i", table)
        entry = 4 + 2 * slot
        offset = self.get("H", vtable + entry) if entry < self.get("H", vtable) else 0
        return table + offset if offset else 0

    def follow(self, at):
        return at + self.get("I", at)

    def root(self):
        return self.follow(0)


def padded(data, alignment):
    return bytes(data) + b"\0" * (-len(data) % alignment)


def shard(pa, record_batch):
    schema_message = record_batch.schema.serialize().to_pybytes()
    message = record_batch.serialize().to_pybytes()
    metadata_length = struct.unpack_from("<i", message, 4)[0]
    flat, source = Flat(message[8 : 8 + metadata_length]), message[8 + metadata_length :]
    # Message: version, header_type, header, bodyLength, custom_metadata. RecordBatch: length, nodes, buffers.
    header = flat.follow(flat.field(flat.root(), 2))
    buffers = flat.follow(flat.field(header, 2))
    body = b""
    for index in range(flat.get("I", buffers)):
        at = buffers + 4 + 16 * index
        offset, length = flat.get("q", at), flat.get("q", at + 8)
        body = padded(body, 64)
        flat.put("q", at, len(body))
        body += source[offset : offset + length]
    body = padded(body, 64)
    flat.put("q", flat.field(flat.root(), 3), len(body))
    batch_start = len(schema_message)
    batch_metadata = 4096 - batch_start
    out = schema_message + struct.pack("<ii", -1, batch_metadata - 8) + flat.data
    out = out + b"\0" * (4096 - len(out)) + body + struct.pack("<ii", -1, 0)
    # pyarrow's own footer for the same batch, with the block of this file.
    sink = pa.BufferOutputStream()
    with pa.ipc.new_file(sink, record_batch.schema) as writer:
        writer.write_batch(record_batch)
    file = sink.getvalue().to_pybytes()
    footer_length = struct.unpack_from("<i", file, len(file) - 10)[0]
    footer = Flat(file[len(file) - 10 - footer_length : len(file) - 10])
    # Footer: version, schema, dictionaries, recordBatches. Block: offset int64, metaDataLength int32, bodyLength int64.
    block = footer.follow(footer.field(footer.root(), 3)) + 4
    footer.put("q", block, batch_start)
    footer.put("i", block + 8, batch_metadata)
    footer.put("q", block + 16, len(body))
    return out + bytes(footer.data) + struct.pack("<i", footer_length) + b"ARROW1"


def check(pa, path, record_batch):
    import numpy

    data = path.read_bytes()
    assert pa.ipc.open_stream(data).read_all().to_batches()[0].equals(record_batch)
    read = pa.ipc.open_file(pa.BufferReader(data)).get_batch(0)
    read.validate(full=True)
    assert read.equals(record_batch)
    dtype = str(record_batch.schema.field(0).type.value_type)
    matrix = numpy.memmap(path, dtype, "r", 4096, (record_batch.num_rows, LENGTH))
    assert matrix.tolist() == record_batch.column(0).to_pylist()


def main():
    (HERE / "feistel.json").write_text(json.dumps(feistel_vectors(), indent=1) + "\n")
    import pyarrow as pa

    large = [([i + 200000 if i > 100 else i for i in tokens], e, f, s) for tokens, e, f, s in ROWS[:2]]
    large.append(([2**31 - 1, 0, 199999, 5], [4, 8], 12, 7))
    for token_type, rows in ((pa.uint16(), ROWS), (pa.int32(), large)):
        record_batch = batch(pa, token_type, rows)
        path = HERE / f"tokens-{token_type}.arrow"
        path.write_bytes(shard(pa, record_batch))
        check(pa, path, record_batch)
        columns = {name: column.to_pylist() for name, column in zip(record_batch.schema.names, record_batch.columns)}
        path.with_suffix(".json").write_text(json.dumps(columns) + "\n")


main()
