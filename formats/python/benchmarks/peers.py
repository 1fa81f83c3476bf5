#!/usr/bin/env python3
"""The loader beside the loaders of others, on the tokens of one dataset, in one run.

    python3 formats/python/benchmarks/peers.py DATASET [--exports FOLDER] [--json FILE]

The first call makes a virtual environment of its own under formats/target and installs requirements-peers.txt (5 GB).
DATASET is a local path; its split train is read. FOLDER holds what `corpusmill export` made as `mds` and `datatrove`;
what is missing there is exported first.

Each loader gives batches of 8 rows as int64, in the stored order, warm. Rounds take turns, so that a disturbance meets
all of them; of each the best round counts, by the CPU time of this process. A loader whose first rows are not those of
the dataset, or that is not installed, has no figure and says why.
"""

import argparse
import importlib
import json
import os
import subprocess
import sys
import tempfile
import time
import venv
from pathlib import Path

PYTHON = Path(__file__).resolve().parents[1]
HOME = PYTHON.parents[1]
ENVIRONMENT = Path(os.environ.get("CORPUSMILL_PEERS", HOME / "formats" / "target" / "peers"))
REQUIREMENTS = PYTHON / "requirements-peers.txt"
ROUNDS = 5


def enter_environment():
    """Continues in the environment, made first if it is not there."""
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    if not (ENVIRONMENT / "ready").exists():
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        # pip alone takes minutes to find versions that go together.
        subprocess.run([python, "-m", "pip", "install", "--quiet", "uv"], check=True)
        uv = [ENVIRONMENT / "bin" / "uv", "pip", "install", "--quiet", "--python", python]
        subprocess.run([*uv, "-r", REQUIREMENTS], check=True)
        (ENVIRONMENT / "ready").touch()
    alone = {"OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1", "HF_HUB_OFFLINE": "1", "PYTHONPATH": str(PYTHON / "src")}
    os.execve(python, [str(python), *sys.argv], dict(os.environ, **alone))


def export(dataset, folder):
    """Makes the copies that some loaders need."""
    for kind in ("mds", "datatrove"):
        if not (folder / kind).exists():
            command = [HOME / "bin" / "corpusmill", "export", dataset, "--to", kind, folder / kind]
            subprocess.run(command, check=True, stdout=sys.stderr)


def measured(contestants, first, rows):
    """Of each contestant: seconds to its first batch and CPU seconds of its best pass, or why there are none."""
    figures, passes = {}, {}
    for contestant in contestants:
        try:
            importlib.import_module(contestant.module)
            # The first opening also imports what a library imports late.
            begun, read = min((opened(contestant, first) for _ in range(3)), key=lambda pair: pair[0])
        except Exception as error:  # whatever a library of others does, the rest is measured
            figures[contestant.name] = {"missing": f"{type(error).__name__}: {error}".splitlines()[0]}
            continue
        passes[contestant] = read
        figures[contestant.name] = {"start_seconds": begun, "cpu_seconds": float("inf")}
    for _ in range(ROUNDS):
        for contestant, read in passes.items():
            # Slow ones read fewer rows, so that a round takes seconds.
            count = max(contestant.rows // 8 * 8, 8) if contestant.rows < rows else rows
            spent = seconds_of_a_pass(read, count) * rows / count
            figures[contestant.name]["cpu_seconds"] = min(figures[contestant.name]["cpu_seconds"], spent)
    return figures


def opened(contestant, first):
    """Seconds from nothing to the first batch, and what reads the others."""
    start = time.perf_counter()
    read = contestant.open()
    batch = read(0)
    begun = time.perf_counter() - start
    if not contestant.gives(batch, first):
        raise ValueError("gives other tokens than the dataset holds")
    return begun, read


def seconds_of_a_pass(read, rows):
    """CPU seconds, on average over passes that together take a tenth of a second."""
    start, passes = time.process_time(), 0
    while passes == 0 or time.process_time() - start < 0.1:
        for row in range(0, rows, 8):
            read(row)
        passes += 1
    return (time.process_time() - start) / passes


def table(result):
    """The figures as lines of Markdown."""
    raw = result["loaders"]["raw memmap"]["cpu_seconds"]
    ours = result["loaders"]["this loader, cu_seqlens"]["cpu_seconds"]
    lines = ["| loader | million tokens a CPU second | of raw | this loader is faster | ms to the first batch |"]
    lines.append("|---|--:|--:|--:|--:|")
    for name, figure in result["loaders"].items():
        if "missing" in figure:
            lines.append(f"| {name} | {figure['missing']} | | | |")
            continue
        spent = figure["cpu_seconds"]
        speed = result["tokens"] / spent / 1e6
        begun = figure["start_seconds"] * 1e3
        lines.append(f"| {name} | {speed:,.0f} | {raw / spent:.3f} | {spent / ours:.1f}x | {begun:,.1f} |")
    lines += ["", "| what | figure | floor |", "|---|--:|--:|"]
    lines += [f"| {what} | {figure} | {floor} |" for what, figure, floor in result["others"]]
    return "\n".join(lines)


def main():
    enter_environment()
    import contestants

    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--exports", type=Path)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        exports = arguments.exports or Path(temporary) / "exports"
        export(arguments.dataset, exports)
        place = contestants.Place(arguments.dataset.resolve(), exports.resolve(), Path(temporary))
        loaders = measured(contestants.all_of(place), place.rows(0), place.count)
        result = {
            "rows": place.count,
            "tokens": place.count * place.length,
            "loaders": loaders,
            "others": contestants.others(place),
        }
    print(table(result))
    if arguments.json:
        arguments.json.write_text(json.dumps(result, indent=2) + "\n")


if __name__ == "__main__":
    main()
