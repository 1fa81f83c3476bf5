"""What cannot be read is refused with a sentence that says what, where and what to do."""

import subprocess
import sys
from pathlib import Path

import pytest

import corpusmill_dataset
from corpusmill_dataset import DamagedShardError, DatasetError, MissingDatasetError


def first_shard(root):
    return min(root.glob("data/*/train/*.arrow"))


def test_names_the_manifest_that_is_missing(tmp_path):
    with pytest.raises(MissingDatasetError, match=r"manifest\.json: not found, so there is no dataset here") as caught:
        corpusmill_dataset.open(tmp_path)
    assert isinstance(caught.value, FileNotFoundError)
    assert str(tmp_path) in str(caught.value)


@pytest.mark.parametrize("version", ["2", "2.1", "10", "0", ""])
def test_refuses_another_major_version(fresh, edit_manifest, version):
    edit_manifest(fresh.root, format=f"corpusmill/{version}")
    with pytest.raises(DatasetError, match=rf"format is 'corpusmill/{version}', this reader knows corpusmill/1"):
        corpusmill_dataset.open(fresh.root)


def test_reads_a_later_minor_version_with_keys_it_does_not_know(fresh, edit_manifest):
    edit_manifest(fresh.root, format="corpusmill/1.9", novelty={"a": 1})
    assert len(corpusmill_dataset.open(fresh.root)) == 20


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"format": "parquet"}, "this is not a Corpusmill manifest"),
        ({"format": None}, "this is not a Corpusmill manifest"),
        ({"token_dtype": "int64"}, "token_dtype is 'int64', known are uint16 and int32"),
        ({"token_dtype": "int32"}, "row_bytes is 128, .* is 256; the token dtype does not fit"),
        ({"shuffle": {"algorithm": "feistel-2", "seed": 1}}, "shuffle.algorithm is 'feistel-2'"),
        ({"sequence_length": None}, "of the wrong type"),
        ({"splits": []}, "of the wrong type"),
        ({"splits": {"train": {}}}, "key missing .*path_template"),
    ],
)
def test_refuses_a_manifest_it_cannot_follow(fresh, edit_manifest, changes, message):
    edit_manifest(fresh.root, **changes)
    with pytest.raises(DatasetError, match=message):
        corpusmill_dataset.open(fresh.root)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"rows": 21}, "rows is 21, its shards hold 20"),
        ({"token_offset": 64}, "token_offset is 64, the format says 4096"),
        ({"path_template": "data/all.arrow"}, "does not take one integer"),
        ({"path_template": "../%06d.arrow"}, "leaves the dataset's root"),
        ({"path_template": "/tmp/%06d.arrow"}, "leaves the dataset's root"),
    ],
)
def test_refuses_a_split_that_does_not_agree_with_itself(fresh, edit_split, changes, message):
    edit_split(fresh.root, **changes)
    with pytest.raises(DatasetError, match=message):
        corpusmill_dataset.open(fresh.root)


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[]"])
def test_refuses_a_manifest_that_is_no_json_object(fresh, body):
    (fresh.root / "manifest.json").write_bytes(body)
    with pytest.raises(DatasetError, match="the manifest is damaged"):
        corpusmill_dataset.open(fresh.root)


def test_names_the_splits_there_are(fresh):
    with pytest.raises(DatasetError, match="no split 'test', there are: train"):
        corpusmill_dataset.open(fresh.root, split="test")


@pytest.mark.parametrize("mode", ["mmap", "pread"])
def test_notices_a_shard_cut_anywhere(fresh, mode):
    path = first_shard(fresh.root)
    whole = path.read_bytes()
    for size in [0, 1, 4095, 4096, 5000, 4096 + 8 * 128, len(whole) - 700, len(whole) - 7, len(whole) - 1]:
        path.write_bytes(whole[:size])
        with pytest.raises(DamagedShardError, match=rf"tokens-000000\.arrow: truncated.*{size} bytes"):
            corpusmill_dataset.open(fresh.root, mode=mode)[0]


def test_notices_a_file_that_is_no_shard(fresh):
    path = first_shard(fresh.root)
    path.write_bytes(bytes(path.stat().st_size))
    with pytest.raises(DamagedShardError, match="this is not a shard"):
        corpusmill_dataset.open(fresh.root)[0]


def test_notices_a_shard_whose_ids_have_another_width_than_the_manifest_says(fresh, edit_manifest, edit_split):
    edit_manifest(fresh.root, token_dtype="int32")
    edit_split(fresh.root, row_bytes=256)
    with pytest.raises(DamagedShardError, match=r"wrong token dtype, sequence length|truncated"):
        corpusmill_dataset.open(fresh.root)[0]


def test_notices_a_shard_of_another_number_of_rows(fresh):
    shards = sorted(fresh.root.glob("data/*/train/*.arrow"))
    shards[0].write_bytes(shards[-1].read_bytes())
    with pytest.raises(DamagedShardError, match=r"wrong token dtype, sequence length or number of rows|truncated"):
        corpusmill_dataset.open(fresh.root)[0]


def test_refuses_an_unknown_mode(fresh):
    with pytest.raises(ValueError, match="mode is 'stream', known are mmap and pread"):
        corpusmill_dataset.open(fresh.root, mode="stream")


def test_asks_for_fsspec_only_when_the_dataset_is_not_local():
    """In a process of its own where fsspec cannot be imported."""
    code = (
        "import sys; sys.modules['fsspec'] = None; import corpusmill_dataset\n"
        "try: corpusmill_dataset.open('s3://bucket/d')\n"
        "except corpusmill_dataset.DatasetError as e: print(e)"
    )
    source = Path(corpusmill_dataset.__file__).parents[1]
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=source)
    assert "s3://bucket/d: not a local path, and fsspec is not installed" in done.stdout
