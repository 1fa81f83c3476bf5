"""The loader against slices of raw memmaps, in one run: `PYTHONPATH=src python benchmarks/loader.py DATASET`.

CPU time of this process, warm cache, best of five; batches of 8 rows to int64, with cu_seqlens, without read-ahead.
"""

import sys
import time
from pathlib import Path

import numpy as np

import corpusmill_dataset

ROWS = 8


def best(work):
    times = []
    for _ in range(5):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def main(root):
    dataset = corpusmill_dataset.open(root)
    split, length = dataset.split, dataset.sequence_length
    shards = [
        np.asarray(np.memmap(Path(root) / split.path_of(n), dataset.dtype, "r", 4096, (split.rows_of(n), length)))
        for n in range(split.shards)
    ]

    def raw():
        for shard in shards:
            for row in range(0, len(shard) - ROWS + 1, ROWS):
                batch = np.empty((ROWS, length), np.int64)
                batch[...] = shard[row : row + ROWS]

    def loaded():
        for _ in dataset.batches(ROWS, dtype=np.int64, prefetch=0):
            pass

    raw()
    loaded()
    tokens = len(dataset) // ROWS * ROWS * length
    raw_seconds, loaded_seconds = best(raw), best(loaded)
    start = time.perf_counter()
    middle = {"epoch": 0, "samples": len(dataset) // 2}
    next(corpusmill_dataset.open(root).batches(ROWS, state=middle, prefetch=0))
    print(f"raw memmap {tokens / raw_seconds / 1e6:,.0f} million tokens/s")
    print(
        f"loader     {tokens / loaded_seconds / 1e6:,.0f} million tokens/s, {raw_seconds / loaded_seconds:.2f} of raw"
    )
    print(f"open and first batch in the middle of an epoch {(time.perf_counter() - start) * 1e3:.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1])
