#!/usr/bin/env python3
"""Runs other tokenizers beside `corpusmill benchmark tokenizer` on the same texts and prints one table.

    python3 tokenizer/benchmarks/peers.py --tokenizer FILE --text FILE... [--java HOME...] [--rounds N] [--json FILE]

The first call makes a virtual environment of its own under tokenizer/target and installs the peers from PyPI, and
jtokkit, which Maven fetches. The engines take turns, round after round; of each the best round counts.
"""

import argparse
import gzip
import hashlib
import importlib
import importlib.metadata
import io
import json
import os
import subprocess
import sys
import time
import venv
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
ENVIRONMENT = HOME / "tokenizer" / "target" / "peers"
PEERS = ["gigatoken==0.10.0", "tiktoken==0.14.0", "tokenizers==0.23.2", "numpy", "zstandard"]
JTOKKIT = "com.knuddels:jtokkit:1.1.0"
COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy"
GPT2_SPLIT = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"


def enter_environment():
    """Continues in the environment, made first if it is not there."""
    python = ENVIRONMENT / "bin" / "python"
    if Path(sys.prefix).resolve() == ENVIRONMENT.resolve():
        return
    ready = ENVIRONMENT / "ready"
    if not ready.exists() or ready.read_text() != "\n".join(PEERS):
        venv.create(ENVIRONMENT, with_pip=True, clear=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEERS], check=True)
        fetch = ["mvn", "-B", "-q", COPY, f"-Dartifact={JTOKKIT}", f"-DoutputDirectory={ENVIRONMENT}"]
        subprocess.run(fetch, cwd=ENVIRONMENT, check=True)
        ready.write_text("\n".join(PEERS))
    environment = dict(os.environ, TOKENIZERS_PARALLELISM="false", RAYON_NUM_THREADS="1", OMP_NUM_THREADS="1")
    os.execve(python, [str(python), *sys.argv], environment)


def documents(path, enough):
    """The texts that the command reads of a file."""
    raw = open(path, "rb")
    if path.name.endswith(".gz"):
        raw = gzip.open(raw)
    elif path.name.endswith(".zst"):
        raw = importlib.import_module("zstandard").ZstdDecompressor().stream_reader(raw, read_across_frames=True)
    if ".jsonl" not in path.name and ".ndjson" not in path.name:
        text = raw.read(enough)
        if len(text) == enough:  # as the command does: less the character that might be cut
            end = len(text)
            while end > 0 and text[end - 1] & 0xC0 == 0x80:
                end -= 1
            text = text[: max(0, end - 1)]
        return [text.decode("utf-8")]
    texts, size = [], 0
    for line in io.TextIOWrapper(raw, encoding="utf-8", newline="\n"):
        if size >= enough:
            break
        if line.strip():
            texts.append(json.loads(line)["text"])
            size += len(texts[-1].encode("utf-8"))
    return texts


def sha256(all_ids):
    import numpy

    digest = hashlib.sha256()
    for ids in all_ids:
        digest.update(numpy.asarray(ids, dtype="<u4").tobytes())
    return digest.hexdigest()


def measure(encode, texts, size, passes):
    """MB per CPU second of the first pass and of the best later one, and the hash of the ids."""
    seconds, ids = [], []
    for _ in range(passes + 1):
        began = time.process_time()
        ids = encode(texts)
        seconds.append(time.process_time() - began)
    return {
        "first_mb_per_cpu_second": size / 1e6 / seconds[0],
        "warm_mb_per_cpu_second": size / 1e6 / min(seconds[1:]),
        "ids_sha256": sha256(ids),
    }


def hugging_face(definition):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(definition))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.encode_special_tokens = True

    def encode(texts):
        return [each.ids for each in tokenizer.encode_batch_fast(texts, add_special_tokens=False)]

    return encode


def letters():
    """The byte that each letter of the byte alphabet stands for."""
    printable = [*range(33, 127), *range(161, 173), *range(174, 256)]
    rest = [value for value in range(256) if value not in printable]
    return {**{chr(value): value for value in printable}, **{chr(256 + at): value for at, value in enumerate(rest)}}


def tiktoken(definition):
    import tiktoken

    tree = json.loads(definition.read_text("utf-8"))
    if tree["model"]["type"] != "BPE" or tree["normalizer"] is not None:
        raise ValueError("tiktoken runs byte-level BPE without normaliser only")
    added = {token["content"] for token in tree["added_tokens"]}
    bytes_of = letters()
    ranks = {
        bytes(bytes_of[letter] for letter in token): rank
        for token, rank in tree["model"]["vocab"].items()
        if token not in added
    }
    steps = tree["pre_tokenizer"].get("pretokenizers", [tree["pre_tokenizer"]])
    split = next((step["pattern"]["Regex"] for step in steps if step["type"] == "Split"), GPT2_SPLIT)
    encoding = tiktoken.Encoding("measured", pat_str=split, mergeable_ranks=ranks, special_tokens={})
    return lambda texts: [encoding.encode_ordinary(text) for text in texts]


def gigatoken(definition):
    """Reads special tokens out of the text whatever it is told, so it gets the definition without them."""
    import tempfile

    import gigatoken

    tree = json.loads(definition.read_text("utf-8"))
    tree["added_tokens"] = [token for token in tree["added_tokens"] if not token["special"]]
    tree["post_processor"] = None
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "tokenizer.json"
        copy.write_text(json.dumps(tree), "utf-8")
        tokenizer = gigatoken.Tokenizer(str(copy))
        # What it loads at its first call is no tokenising.
        gigatoken.Tokenizer(str(copy)).encode_batch([b"text"], parallel=False)
    return lambda texts: tokenizer.encode_batch(texts, parallel=False)


def jtokkit(definition, utf8, size, passes, java):
    """Only the encodings that it brings; the folder of the definition has their name, or gpt2's."""
    import struct
    import tempfile

    name = {"gpt2": "r50k_base"}.get(definition.resolve().parent.name, definition.resolve().parent.name)
    if name not in ("r50k_base", "p50k_base", "cl100k_base", "o200k_base"):
        raise ValueError(f"jtokkit brings no encoding {name}")
    program = Path(__file__).with_name("Jtokkit.java")
    with tempfile.NamedTemporaryFile() as texts:
        for text in utf8:
            texts.write(struct.pack(">i", len(text)) + text)
        texts.flush()
        command = [java, "-XX:+UseSerialGC", "-cp", next(ENVIRONMENT.glob("jtokkit-*.jar")), program, name, str(passes), texts.name]
        first, warm, digest = subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()
    return {
        "first_mb_per_cpu_second": size * 1e3 / int(first),
        "warm_mb_per_cpu_second": size * 1e3 / int(warm),
        "ids_sha256": digest,
    }


def corpusmill(arguments, engine, java):
    environment = dict(os.environ, **({"JAVA_HOME": java} if java else {}))
    command = [HOME / "bin" / "corpusmill", "benchmark", "tokenizer", "--json", "--engine", engine]
    command += ["--tokenizer", arguments.tokenizer, "--max-megabytes", str(arguments.max_megabytes)]
    command += ["--passes", str(arguments.passes), "--text", *arguments.text]
    return json.loads(subprocess.run(command, check=True, capture_output=True, env=environment).stdout)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tokenizer", type=Path, required=True, help="a tokenizer.json")
    parser.add_argument("--text", type=Path, nargs="+", required=True, help="as of corpusmill benchmark tokenizer")
    parser.add_argument("--max-megabytes", type=int, default=8)
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--java", nargs="+", default=[None], help="homes of the JDKs to run ours on; default: as the launcher")
    parser.add_argument("--json", type=Path, help="write the figures to this file too")
    arguments = parser.parse_args()
    enter_environment()
    rows = {}
    for turn in range(arguments.rounds):
        for row in once(arguments, turn):
            kept = rows.setdefault((row["file"], row["engine"]), row)
            for key in ("first_mb_per_cpu_second", "warm_mb_per_cpu_second"):
                kept[key] = max(kept[key], row[key])
            if kept["ids_sha256"] != row["ids_sha256"]:
                sys.exit(f"{row['engine']} gave other ids in another round")
    show(arguments, list(rows.values()))


def once(arguments, turn):
    """Every engine in turn; DJL, the slowest, in the first round alone."""
    rows = []
    for java in arguments.java:
        own = corpusmill(arguments, "auto", java)
        for each in own["files"]:
            rows.append({**each, "engine": f"corpusmill {own['engine']}, Java {own['java'].split('.')[0]}"})
    if turn == 0:
        own = corpusmill(arguments, "reference", arguments.java[0])
        rows += [{**each, "engine": "DJL"} for each in own["files"]]
    java = str(Path(arguments.java[0]) / "bin" / "java") if arguments.java[0] else "java"
    for path in arguments.text:
        texts = documents(path, arguments.max_megabytes * 1_000_000)
        utf8 = [text.encode("utf-8") for text in texts]
        size = sum(len(text) for text in utf8)
        for package, make in (("gigatoken", gigatoken), ("tiktoken", tiktoken), ("tokenizers", hugging_face)):
            name = f"{package} {importlib.metadata.version(package)}"
            try:
                encode = make(arguments.tokenizer)
                figures = measure(encode, utf8 if make is gigatoken else texts, size, arguments.passes)
                rows.append({"file": path.name, "engine": name, **figures})
            except (KeyError, ValueError, NotImplementedError) as e:
                print(f"{name} left out: {e}", file=sys.stderr)
        try:
            figures = jtokkit(arguments.tokenizer, utf8, size, arguments.passes, java)
            rows.append({"file": path.name, "engine": f"jtokkit {JTOKKIT.rpartition(':')[2]}", **figures})
        except ValueError as e:
            print(f"jtokkit left out: {e}", file=sys.stderr)
    return rows


def show(arguments, rows):
    rows.sort(key=lambda row: [path.name for path in arguments.text].index(row["file"]))
    print("| file | engine | first MB/s | warm MB/s | ours first | ours warm | ids |\n|---|---|--:|--:|--:|--:|---|")
    differ = False
    for row in rows:
        ours = next(other for other in rows if other["file"] == row["file"])
        equal = row["ids_sha256"] == ours["ids_sha256"]
        differ |= not equal
        first, warm = (row[key] for key in ("first_mb_per_cpu_second", "warm_mb_per_cpu_second"))
        print(
            f"| {row['file']} | {row['engine']} | {first:.1f} | {warm:.1f}"
            f" | {ours['first_mb_per_cpu_second'] / first:.2f}x | {ours['warm_mb_per_cpu_second'] / warm:.2f}x"
            f" | {'equal' if equal else 'DIFFER'} |"
        )
    if arguments.json:
        arguments.json.write_text(json.dumps(rows, indent=1))
    sys.exit(1 if differ else 0)


if __name__ == "__main__":
    main()
