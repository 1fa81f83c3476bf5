"""How many requests an object store gets, and for how many bytes."""

import pytest
from reference_writer import write_dataset

import corpusmill_dataset

fsspec = pytest.importorskip("fsspec")
memory_module = pytest.importorskip("fsspec.implementations.memory")


@pytest.fixture
def requests(tmp_path, monkeypatch):
    """Ten rows in shards of four, 512 bytes a row, at memory://counted; lists what is asked of it."""
    asked = []
    written = write_dataset(tmp_path / "d", rows=10, length=256, per_shard=4)
    memory = memory_module.MemoryFileSystem()
    memory.put(str(written.root), "/counted", recursive=True)
    read, size = memory_module.MemoryFileSystem.cat_file, memory_module.MemoryFileSystem.size

    def counted_read(self, path, start=None, end=None, **options):
        asked.append((path.rsplit("/", 1)[1], start, end))
        return read(self, path, start, end, **options)

    def counted_size(self, path):
        asked.append((path.rsplit("/", 1)[1], "size"))
        return size(self, path)

    monkeypatch.setattr(memory_module.MemoryFileSystem, "cat_file", counted_read)
    monkeypatch.setattr(memory_module.MemoryFileSystem, "size", counted_size)
    yield asked
    memory.rm("/counted", recursive=True)


def test_opens_with_one_request(requests):
    corpusmill_dataset.open("memory://counted")
    assert requests == [("manifest.json", None, None)]


def test_asks_four_times_for_the_first_batch_and_once_for_one_of_the_same_shard(requests):
    batches = corpusmill_dataset.open("memory://counted").batches(2, prefetch=0)
    requests.clear()
    next(batches)
    shard = "tokens-000000.arrow"
    assert requests[:2] == [(shard, "size"), (shard, 0, 4096)]
    # The small columns, from the end of the four rows to the end of the file.
    assert requests[2][:2] == (shard, 4096 + 4 * 512)
    assert requests[3:] == [(shard, 4096, 4096 + 2 * 512)]
    requests.clear()
    next(batches)
    assert requests == [(shard, 4096 + 2 * 512, 4096 + 4 * 512)]


def test_resumes_in_the_middle_without_a_request_for_what_lies_before(requests):
    batches = corpusmill_dataset.open("memory://counted").batches(2, state={"epoch": 0, "samples": 8}, prefetch=0)
    next(batches)
    assert {name for name, *_ in requests} == {"manifest.json", "tokens-000002.arrow"}
    assert len(requests) == 5


def test_asks_once_a_row_in_a_permuted_epoch_and_never_twice_for_small_columns(requests):
    dataset = corpusmill_dataset.open("memory://counted")
    requests.clear()
    taken = sum(len(batch.places) for batch in dataset.batches(2, epoch=1, prefetch=0))
    rows = [request for request in requests if request[1] != "size" and request[2] - request[1] == 512]
    assert len(rows) == taken == 10
    assert len(requests) == 10 + 3 * 3
