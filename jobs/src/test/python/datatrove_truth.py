"""Which documents datatrove, with its defaults, removes although no document it keeps is similar to them.

Runs the four MinHash steps of datatrove on the labelled set, computes the exact Jaccard similarity of every removed
document with its most similar kept one from the texts, and prints a table. The pairs to look at come from the
truth file, which lists every pair of at least 0.5; what is not in it counts as below 0.5. datatrove_truth.sh makes the
environment and calls this.

    python datatrove_truth.py LABELLED_FOLDER [--shingle w5|c5]
"""

import argparse
import collections
import io
import json
import re
import tempfile
from pathlib import Path

import pyarrow.parquet as pq
import zstandard
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.dedup import MinhashDedupBuckets, MinhashDedupCluster, MinhashDedupFilter
from datatrove.pipeline.dedup import MinhashDedupSignature
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

THRESHOLDS = (0.8, 0.7, 0.6, 0.5)
SPACE = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


def read(folder):
    """Identifier to text."""
    with (folder / "docs.jsonl.zst").open("rb") as packed:
        lines = io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(packed), encoding="utf-8")
        return {record["id"]: record["text"] for record in map(json.loads, lines)}


def deduplicate(texts, work):
    """The identifiers datatrove keeps; every default is its own."""
    (work / "input").mkdir()
    with (work / "input" / "docs.jsonl").open("w", encoding="utf-8") as out:
        for name, text in texts.items():
            out.write(json.dumps({"id": name, "text": text}) + "\n")

    def source():
        return JsonlReader(str(work / "input"))

    sigs, buckets, ids, kept = (str(work / name) for name in ("signatures", "buckets", "ids", "kept"))
    steps = (
        (1, [source(), MinhashDedupSignature(output_folder=sigs)]),
        (MinhashDedupSignature(output_folder=sigs).config.num_buckets,
         [MinhashDedupBuckets(input_folder=sigs, output_folder=buckets)]),
        (1, [MinhashDedupCluster(input_folder=buckets, output_folder=ids)]),
        (1, [source(), MinhashDedupFilter(input_folder=ids), JsonlWriter(kept, compression=None)]),
    )
    for number, (tasks, pipeline) in enumerate(steps):
        LocalPipelineExecutor(pipeline=pipeline, tasks=tasks, workers=1, logging_dir=str(work / f"log{number}")).run()
    return {
        json.loads(line)["id"]
        for file in Path(kept).glob("*.jsonl")
        for line in file.read_text(encoding="utf-8").splitlines()
    }


def shingles(text, kind):
    """The set of the definition: five words between white space, or five characters with white space collapsed."""
    if kind == "w5":
        units = [word for word in SPACE.split(text) if word]
    else:
        units = list(SPACE.sub(" ", text).strip(" "))
    return {tuple(units[at : at + 5]) for at in range(max(1, len(units) - 4))} if units else set()


def jaccard(one, other):
    shared = len(one & other)
    return shared / (len(one) + len(other) - shared) if shared else 0.0


def nearest(removed, kept, texts, pairs, kind):
    """The highest similarity of each removed document with a kept one; 0 when the truth lists none."""
    kept_texts = {texts[name] for name in kept}
    best = {}
    for name in removed:
        if texts[name] in kept_texts:
            best[name] = (1.0, "a copy")
            continue
        candidates = [other for other in pairs[name] if other in kept]
        mine = shingles(texts[name], kind)
        best[name] = max(((jaccard(mine, shingles(texts[other], kind)), other) for other in candidates), default=(0.0, ""))
    return best


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("labelled", type=Path)
    arguments.add_argument("--shingle", choices=("w5", "c5"), default="w5")
    options = arguments.parse_args()
    texts = read(options.labelled)
    pairs = collections.defaultdict(list)
    for row in pq.read_table(options.labelled / f"pairs-{options.shingle}.parquet", columns=["a", "b"]).to_pylist():
        pairs[row["a"]].append(row["b"])
        pairs[row["b"]].append(row["a"])
    with tempfile.TemporaryDirectory() as work:
        kept = deduplicate(texts, Path(work))
    best = nearest(sorted(set(texts) - kept), kept, texts, pairs, options.shingle)

    print(f"documents {len(texts)}, kept {len(kept)}, removed {len(best)}, shingles {options.shingle}\n")
    print("| best similarity with a kept document | removed documents |\n|---|--:|")
    above = float("inf")
    for bound in THRESHOLDS:
        print(f"| {bound} {'or more' if above > 1 else f'to {above}'} | "
              f"{sum(bound <= value < above for value, _ in best.values())} |")
        above = bound
    print(f"| below 0.5 | {sum(value < 0.5 for value, _ in best.values())} |")
    wrong = sorted((value, name, other) for name, (value, other) in best.items() if value < 0.8)
    print(f"\nremoved wrongly at 0.8: {len(wrong)}\n\n| removed | most similar kept | similarity |\n|---|---|--:|")
    for value, name, other in wrong:
        print(f"| {name} | {other or 'none of 0.5 or more'} | {f'{value:.4f}' if other else ''} |")


if __name__ == "__main__":
    main()
