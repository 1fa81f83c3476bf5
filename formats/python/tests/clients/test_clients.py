"""Every client reads the same tokens from the same bytes, and the tables tell the truth about them.

Runs on the dataset named by CORPUSMILL_DATASET, as a job made it. Nothing here needs a network.
"""

import hashlib
import json
import os
import re
import shutil
import struct
from pathlib import Path

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_DATASETS_OFFLINE"] = "1"

import datasets
import duckdb
import numpy as np
import polars as pl
import pyarrow as pa
import pyarrow.dataset
import pyarrow.parquet as pq
import pytest

import corpusmill_dataset

COLUMNS = ["input_ids", "doc_ends", "first_pos", "n_valid", "source"]


@pytest.fixture(scope="module")
def root():
    value = os.environ.get("CORPUSMILL_DATASET")
    if not value:
        pytest.skip("CORPUSMILL_DATASET is not set: make a dataset with `bin/corpusmill prepare` and name it there")
    return Path(value).resolve()


@pytest.fixture(scope="module")
def manifest(root):
    return json.loads((root / "manifest.json").read_text())


@pytest.fixture(scope="module")
def shards(root, manifest):
    """Split name → paths of its shards, computed and never listed."""
    return {
        name: [root / (split["path_template"] % number) for number in range(split["shards"])]
        for name, split in manifest["splits"].items()
        if split["shards"]
    }


@pytest.fixture(scope="module")
def matrices(manifest, shards):
    """Split name → all its tokens, by numpy alone."""
    return {name: np.concatenate([mapped(manifest, path) for path in paths]) for name, paths in shards.items()}


@pytest.fixture(scope="module")
def meta(root, manifest):
    """Table name → table."""
    return {name: pq.read_table(root / path) for name, path in manifest["meta"].items()}


def mapped(manifest, path):
    """A shard as a raw matrix behind a header of 4096 bytes."""
    number, split = int(path.stem.removeprefix("tokens-")), manifest["splits"][path.parent.name]
    rows = split["last_shard_rows"] if number == split["shards"] - 1 else split["rows_per_shard"]
    shape = (rows, manifest["sequence_length"])
    return np.memmap(path, manifest["token_dtype"], mode="r", offset=4096, shape=shape)


def matrix(column, length):
    """The rows of an Arrow fixed-size list column."""
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return column.flatten().to_numpy(zero_copy_only=True).reshape(-1, length)


def test_has_rows_to_compare(matrices):
    assert sum(len(rows) for rows in matrices.values()) > 0


# The shards, client by client


def test_pyarrow_reads_each_shard_as_a_file_and_as_a_stream(manifest, shards):
    for path in all_of(shards):
        file = pa.ipc.open_file(pa.memory_map(str(path)))
        assert file.num_record_batches == 1
        batch = file.get_batch(0)
        batch.validate(full=True)
        assert pa.ipc.open_stream(pa.memory_map(str(path))).read_all().equals(pa.Table.from_batches([batch]))
        assert np.array_equal(matrix(batch["input_ids"], manifest["sequence_length"]), mapped(manifest, path))


def test_tokens_begin_at_byte_4096_and_every_buffer_at_a_multiple_of_64(shards):
    for path in all_of(shards):
        data = pa.memory_map(str(path)).read_buffer()
        for batch in (pa.ipc.open_file(data).get_batch(0), pa.ipc.open_stream(data).read_next_batch()):
            assert batch["input_ids"].buffers()[-1].address - data.address == 4096
            assert batch["input_ids"].is_valid().to_numpy(zero_copy_only=False).all()
            present = [buffer for column in batch.columns for buffer in column.buffers() if buffer is not None]
            assert all((buffer.address - data.address) % 64 == 0 for buffer in present if buffer.size)


def test_the_schema_is_the_one_of_the_specification(manifest, shards):
    token = pa.from_numpy_dtype(np.dtype(manifest["token_dtype"]))
    types = [
        pa.list_(pa.field("item", token, nullable=False), manifest["sequence_length"]),
        pa.list_(pa.field("item", pa.int32(), nullable=False)),
        pa.int32(),
        pa.int32(),
        pa.uint16(),
    ]
    expected = pa.schema([pa.field(name, t, nullable=False) for name, t in zip(COLUMNS, types, strict=True)])
    for path in all_of(shards):
        assert pa.ipc.open_file(pa.memory_map(str(path))).schema.equals(expected)


def test_pyarrow_dataset_reads_every_split(manifest, shards, matrices):
    for name, paths in shards.items():
        table = pyarrow.dataset.dataset([str(p) for p in paths], format="ipc").to_table()
        assert np.array_equal(matrix(table["input_ids"], manifest["sequence_length"]), matrices[name])


@pytest.mark.parametrize("mode", ["mmap", "pread"])
def test_our_loader_reads_every_row(root, shards, matrices, mode):
    for name, paths in shards.items():
        dataset = corpusmill_dataset.open(root, split=name, mode=mode)
        table = pyarrow.dataset.dataset([str(p) for p in paths], format="ipc").to_table()
        assert len(dataset) == len(matrices[name])
        columns = [table[c].to_pylist() for c in COLUMNS[1:]]
        for row, tokens, ends, first_pos, n_valid, source in zip(dataset, matrices[name], *columns, strict=True):
            assert np.array_equal(row.tokens, tokens)
            assert row.doc_ends.tolist() == ends
            assert (row.first_pos, row.n_valid, row.source) == (first_pos, n_valid, source)


def test_our_loader_gives_every_row_once_in_each_epoch(root, matrices):
    for name, rows in matrices.items():
        dataset = corpusmill_dataset.open(root, split=name)
        for epoch in (0, 1):
            places = []
            for batch in dataset.batches(1, epoch=epoch):
                places += batch.places.tolist()
                assert np.array_equal(batch.input_ids, rows[batch.places])
                assert batch.cu_seqlens.tolist() == [0, *dataset[int(batch.places[0])].doc_ends]
            assert sorted(places) == list(range(len(rows)))


def test_hugging_face_loads_the_folder(root, matrices, tmp_path):
    loaded = datasets.load_dataset(str(root), cache_dir=str(tmp_path))
    assert set(loaded) == set(matrices)
    for name, rows in matrices.items():
        assert loaded[name].column_names == COLUMNS
        assert np.array_equal(hugging_face_tokens(loaded[name].with_format("numpy")), rows)


def test_hugging_face_streams_the_folder(root, manifest, matrices, tmp_path):
    streams = datasets.load_dataset(str(root), streaming=True, cache_dir=str(tmp_path))
    for name, rows in matrices.items():
        assert streams[name].num_shards == manifest["splits"][name]["shards"]
        ids = [row["input_ids"] for row in streams[name]]
        assert np.array_equal(np.array(ids, dtype=rows.dtype), rows)


def test_hugging_face_loads_each_split_from_disk_without_a_copy(shards, matrices):
    for name, paths in shards.items():
        loaded = datasets.load_from_disk(str(paths[0].parent))
        assert [Path(f["filename"]) for f in loaded.cache_files] == paths
        assert np.array_equal(hugging_face_tokens(loaded.with_format("numpy")), matrices[name])


def test_hugging_face_maps_one_shard(manifest, shards):
    for path in all_of(shards):
        loaded = datasets.Dataset.from_file(str(path)).with_format("numpy")
        assert np.array_equal(hugging_face_tokens(loaded), mapped(manifest, path))


def hugging_face_tokens(dataset):
    return np.stack([np.asarray(dataset[i]["input_ids"]) for i in range(len(dataset))])


def test_polars_reads_files_and_streams(manifest, shards):
    for path in all_of(shards):
        expected = mapped(manifest, path)
        frames = [
            pl.read_ipc(path),
            pl.scan_ipc(path).collect(),
            pl.read_ipc_stream(path),
        ]
        for frame in frames:
            assert frame.columns == COLUMNS
            assert np.array_equal(frame["input_ids"].to_numpy(), expected)
    for name, paths in shards.items():
        ends = pl.scan_ipc(paths).select(pl.col("doc_ends").list.last().unique()).collect().item()
        assert ends == manifest["sequence_length"], name


def test_duckdb_queries_shards_and_tables(root, manifest, shards, matrices):
    for name, paths in shards.items():
        rows = pyarrow.dataset.dataset([str(p) for p in paths], format="ipc")
        con = duckdb.connect()
        con.register("rows", rows)
        count, valid, tokens = con.sql(
            "select count(*), sum(n_valid), sum(list_sum(input_ids::bigint[])) from rows"
        ).fetchall()[0]
        assert (count, valid) == (len(matrices[name]), manifest["splits"][name]["tokens"])
        assert tokens == int(matrices[name].sum(dtype=np.int64))
    path = root / manifest["meta"]["documents"]
    pieces = duckdb.sql(f"select split, count(distinct id), sum(length) from '{path}' group by 1").fetchall()
    assert {split: (documents, tokens) for split, documents, tokens in pieces} == {
        name: (manifest["splits"][name]["documents"], manifest["splits"][name]["tokens"]) for name in shards
    }
    for name, path in manifest["meta"].items():
        assert duckdb.sql(f"select count(*) from '{root / path}'").fetchall()[0][0] >= 0, name


def test_pyarrow_and_duckdb_read_the_rows_of_the_archive(root, manifest, shards, meta):
    if "archive" not in meta:
        pytest.skip("the dataset has no archive: prepare it with shards.archive=parquet")
    files = meta["archive"].to_pylist()
    assert [file["split"] for file in files] == [name for name, paths in shards.items() for _ in paths]
    for file, shard in zip(files, all_of(shards), strict=True):
        path = root / file["path"]
        assert file["bytes"] == path.stat().st_size
        assert file["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
        rows = pa.ipc.open_file(pa.memory_map(str(shard))).read_all()
        archived = pq.read_table(path)
        assert archived.column_names == COLUMNS
        assert archived.schema.field("input_ids").type.value_type == rows.schema.field("input_ids").type.value_type
        assert archived.to_pylist() == rows.to_pylist()
        for group in range(pq.ParquetFile(path).num_row_groups):
            column = pq.ParquetFile(path).metadata.row_group(group).column(0)
            assert (column.compression, set(column.encodings)) == ("ZSTD", {"PLAIN"})
    paths = [str(root / file["path"]) for file in files]
    counted = duckdb.sql(f"select count(*), sum(len(doc_ends)), sum(list_sum(input_ids)) from read_parquet({paths})")
    table = pyarrow.dataset.dataset([str(path) for path in all_of(shards)], format="ipc").to_table(columns=COLUMNS)
    ids = table.column("input_ids").combine_chunks().flatten().to_numpy(zero_copy_only=True)
    ends = table.column("doc_ends").combine_chunks().flatten()
    assert counted.fetchall() == [(table.num_rows, len(ends), int(ids.sum(dtype=np.int64)))]


def test_litdata_finds_the_tokens_where_its_index_says(manifest, shards, matrices):
    """A reader of LitData's index from its documented bytes; `tests/peers` asks LitData itself."""
    for name, paths in shards.items():
        index = json.loads((paths[0].parent / "index.json").read_text())
        assert [chunk["filename"] for chunk in index["chunks"]] == [path.name for path in paths]
        assert [chunk["chunk_bytes"] for chunk in index["chunks"]] == [path.stat().st_size for path in paths]
        dtype = {"no_header_tensor:20": "<u2", "no_header_tensor:15": "<i4"}[index["config"]["data_format"][0]]
        rows = [
            np.fromfile(path, dtype, chunk["dim"], offset=(1 + chunk["chunk_size"] + 1) * 4)
            for path, chunk in zip(paths, index["chunks"], strict=True)
        ]
        assert np.array_equal(np.concatenate(rows).reshape(-1, manifest["sequence_length"]), matrices[name])


def test_megatron_finds_each_row_without_its_padding(manifest, shards):
    """A reader of Megatron's index from its documented bytes; `tests/peers` asks Megatron itself."""
    for path in all_of(shards):
        index, tokens = path.with_suffix(".idx").read_bytes(), path.read_bytes()
        magic, version, code, sequences, documents = struct.unpack_from("<9sQBQQ", index)
        assert (magic, version) == (b"MMIDIDX\0\0", 1)
        dtype = np.dtype({8: "<u2", 4: "<i4"}[code])
        lengths = np.frombuffer(index, "<i4", sequences, 34)
        pointers = np.frombuffer(index, "<i8", sequences, 34 + 4 * sequences)
        firsts = np.frombuffer(index, "<i8", documents, 34 + 12 * sequences)
        assert len(index) == 34 + 12 * sequences + 8 * documents
        assert firsts.tolist() == list(range(sequences + 1))
        rows, valid = mapped(manifest, path), pa.ipc.open_file(pa.memory_map(str(path))).read_all()["n_valid"]
        assert lengths.tolist() == valid.to_pylist() and len(rows) == sequences
        for row, length, pointer in zip(rows, lengths, pointers, strict=True):
            assert np.array_equal(np.frombuffer(tokens, dtype, length, pointer), row[:length])


@pytest.mark.parametrize("streaming", [False, True])
def test_a_dataset_of_one_shard_and_all_side_files_loads_as_arrow(root, manifest, shards, tmp_path, streaming):
    """Hugging Face takes the commonest ending of a folder for its format unless the card names the files."""
    name, paths = min(shards.items(), key=lambda item: len(item[1]))
    if len(paths) > 1:
        pytest.skip("no split of this dataset has one shard")
    copy = tmp_path / "dataset"
    for path in [*paths, *paths[0].parent.glob("*.json"), *paths[0].parent.glob("*.idx")]:
        target = copy / path.relative_to(root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    for path in ["manifest.json", "README.md"]:
        shutil.copy(root / path, copy / path)
    assert len(list(copy.rglob("*.json"))) > len(list(copy.rglob("*.arrow"))) == 1
    card = copy / "README.md"
    blocks = re.split(r"(?m)^(?=  - split: )", card.read_text())
    kept = [block for block in blocks[1:] if block.startswith(f"  - split: {name}\n")]
    card.write_text(blocks[0] + kept[0] + ("" if "---" in kept[0] else "---\n"))
    rows = datasets.load_dataset(str(copy), split=name, streaming=streaming, cache_dir=str(tmp_path / "cache"))
    assert rows.column_names == COLUMNS
    assert next(iter(rows))["input_ids"] == mapped(manifest, paths[0])[0].tolist()


# What the manifest and the tables promise


def test_the_manifest_is_small_and_counts_right(root, manifest, shards, matrices):
    assert (root / "manifest.json").stat().st_size < 16 * 1024
    for name, split in manifest["splits"].items():
        cells = split["rows"] * manifest["sequence_length"]
        assert split["tokens"] + split["pad_tokens"] == cells
        if name in matrices:
            assert matrices[name].shape == (split["rows"], manifest["sequence_length"])
    documents = sum(split["documents"] for split in manifest["splits"].values())
    tokens = sum(split["tokens"] for split in manifest["splits"].values())
    assert sum(source["documents"] for source in manifest["sources"]) == documents
    assert sum(source["tokens"] for source in manifest["sources"]) == tokens


def test_padding_is_the_pad_id_and_a_segment_of_its_own(manifest, shards, matrices):
    for name, paths in shards.items():
        table = pyarrow.dataset.dataset([str(p) for p in paths], format="ipc").to_table(columns=COLUMNS[1:])
        rows = zip(matrices[name], table["n_valid"].to_pylist(), table["doc_ends"].to_pylist(), strict=True)
        for tokens, n_valid, ends in rows:
            assert (tokens[n_valid:] == manifest["pad_id"]).all()
            assert ends == sorted(set(ends)) and ends[-1] == manifest["sequence_length"]
            assert n_valid in (0, *ends)


def test_the_table_of_shards_describes_the_bytes(root, manifest, shards, meta):
    rows = {row["path"]: row for row in meta["shards"].to_pylist()}
    assert {root / path for path in rows} == set(all_of(shards))
    for path, row in rows.items():
        data, tokens = (root / path).read_bytes(), mapped(manifest, root / path)
        assert row["split"] == (root / path).parent.name
        assert (row["bytes"], row["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())
        assert (row["rows"], row["tokens"] + row["pad"]) == (len(tokens), tokens.size)
        assert (row["min_id"], row["max_id"]) == (tokens.min(), tokens.max())


def test_the_root_hash_follows_from_the_bytes_of_the_shards(manifest, shards):
    paths = [path for name in sorted(shards) for path in shards[name]]
    leaves = [hashlib.sha256(b"\0" + hashlib.sha256(path.read_bytes()).digest()).digest() for path in paths]
    assert manifest["root_hash"] == folded(leaves)


def folded(level):
    if not level:
        return hashlib.sha256().hexdigest()
    if len(level) == 1:
        return level[0].hex()
    pairs = [hashlib.sha256(b"\1" + level[i] + level[i + 1]).digest() for i in range(0, len(level) - 1, 2)]
    return folded(pairs + level[2 * len(pairs) :])


def test_nothing_vanishes_in_any_stage(manifest, meta):
    assert manifest["ledger"]
    for stage, entry in manifest["ledger"].items():
        assert entry["in"] == entry["out"] + sum(entry["dropped"].values()), stage
    for file in meta["files"].to_pylist():
        assert file["records"] == file["documents"] + file["rejected"], file["uri"]
        assert file["rejected"] == sum(json.loads(file["reasons"] or "{}").values()), file["uri"]
    assert meta["files"].num_rows == manifest["inputs"]["files"]
    records = [row for row in meta["rejected"].to_pylist() if row["sha256"]]
    assert sum(meta["files"]["rejected"].to_pylist()) == len(records)
    dropped = sum(sum(manifest["ledger"][stage]["dropped"].values()) for stage in ("ingest", "tokenize"))
    assert dropped == meta["rejected"].num_rows


def test_every_document_covers_its_tokens_exactly_once(manifest, shards, meta):
    pieces = meta["documents"].to_pylist()
    assert [piece["id"] for piece in pieces] == sorted(piece["id"] for piece in pieces)
    by_row, positions = {}, {}
    for piece in pieces:
        assert piece["id"] >= 0 and piece["length"] > 0
        position = positions.get(piece["id"], 0)
        positions[piece["id"]] = position + piece["length"]
        by_row.setdefault((piece["split"], piece["row"]), []).append((piece["start"], piece["length"], position))
    for name, paths in shards.items():
        table = pyarrow.dataset.dataset([str(p) for p in paths], format="ipc").to_table(columns=COLUMNS[1:])
        for place, row in enumerate(table.to_pylist()):
            covered = sorted(by_row.pop((name, place), []))
            ends = [start + length for start, length, _ in covered]
            assert [start for start, _, _ in covered] == [0, *ends][: len(covered)], (name, place)
            padding = [] if row["n_valid"] == manifest["sequence_length"] else [manifest["sequence_length"]]
            assert row["doc_ends"] == ends + padding, (name, place)
            assert row["n_valid"] == (ends[-1] if ends else 0)
            assert row["first_pos"] == (covered[0][2] if covered else 0)
    assert by_row == {}


def test_no_document_is_in_two_splits(meta):
    splits = {}
    for piece in meta["documents"].to_pylist():
        assert splits.setdefault(piece["id"], piece["split"]) == piece["split"]


def test_every_removed_document_refers_to_one_that_was_kept(manifest, meta):
    kept = set(meta["documents"]["id"].to_pylist())
    removed = meta["removed"].to_pylist()
    gone = {row["removed"] for row in removed}
    assert len(gone) == len(removed)
    assert not gone & kept
    near = manifest["configuration"].get("deduplication", {}).get("near", {})
    for row in removed:
        assert row["kept"] in kept, row
        assert row["kind"] in ("exact", "near")
        assert row["similarity"] == 1.0 if row["kind"] == "exact" else 0 < row["similarity"] <= 1.0
        if row["kind"] == "near" and isinstance(near, dict) and "threshold" in near:
            assert row["similarity"] >= float(near["threshold"])


def all_of(shards):
    return [path for paths in shards.values() for path in paths]
