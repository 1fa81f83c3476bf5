"""Every notebook runs from top to bottom without a screen, and is kept without what a run leaves in it."""

import json
import os
import time
from pathlib import Path

import nbclient
import nbformat
import pytest
from traitlets.config import Config

FOLDER = Path(__file__).resolve().parents[1]
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
LIMIT_SECONDS = 60


def named(path):
    return path.stem


def test_there_are_notebooks():
    assert [path.stem for path in NOTEBOOKS] == [
        "01_corpus_tour",
        "02_what_was_dropped",
        "03_near_duplicates",
        "04_tokenizer_fertility",
        "05_shard_inspector",
        "06_loader_throughput",
        "07_two_runs",
        "08_cost_and_requests",
    ]


@pytest.fixture
def dataset(monkeypatch):
    value = os.environ.get("CORPUSMILL_DATASET")
    if not value:
        pytest.skip("CORPUSMILL_DATASET is not set: make a dataset with `bin/corpusmill prepare` and name it there")
    monkeypatch.setenv("CORPUSMILL_DATASET", str(Path(value).resolve()))
    return Path(value).resolve()


@pytest.fixture(scope="session", autouse=True)
def settings(tmp_path_factory):
    """One folder for all: in an empty one matplotlib looks through all fonts first, which takes seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("MPLCONFIGDIR", str(tmp_path_factory.mktemp("matplotlib")))
        patch.setenv("IPYTHONDIR", str(tmp_path_factory.mktemp("ipython")))
        yield


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_runs_to_its_end_within_a_minute(path, dataset, monkeypatch):
    monkeypatch.setenv("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    notebook = nbformat.read(path, as_version=4)
    client = client_of(notebook)
    addresses = []
    client.on_notebook_start = lambda notebook: addresses.append(client.km.ip)
    begin = time.monotonic()
    client.execute()
    assert time.monotonic() - begin < LIMIT_SECONDS
    assert addresses == ["127.0.0.1"]
    assert "all of it holds" in notebook.cells[-1].outputs[-1].text
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert sum("image/png" in output.get("data", {}) for output in outputs) >= 3
    errors = [output.text for output in outputs if output.output_type == "stream" and output.name == "stderr"]
    assert errors == []


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_says_what_is_missing_when_there_is_no_dataset(path, monkeypatch, tmp_path):
    monkeypatch.setenv("CORPUSMILL_DATASET", str(tmp_path))
    monkeypatch.setenv("MPLBACKEND", "agg")
    first = next(cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code")
    # Without a kernel: the first cell must stop, before anything else runs.
    with pytest.raises(AssertionError, match=r"no manifest\.json; set CORPUSMILL_DATASET to a dataset"):
        exec(compile(first.source, path.name, "exec"), {})


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_is_kept_without_outputs_and_with_clean_metadata(path):
    nbformat.validate(nbformat.read(path, as_version=4))
    document = json.loads(path.read_text())
    assert document["metadata"] == {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(document["cells"], start=1):
        assert (cell["id"], cell["metadata"]) == (f"cell-{number:02d}", {})
        if cell["cell_type"] == "code":
            assert (cell["outputs"], cell["execution_count"]) == ([], None)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=named)
def test_ends_in_assertions(path):
    last = nbformat.read(path, as_version=4).cells[-1]
    assert last.cell_type == "code"
    assert last.source.count("assert ") >= 5


def client_of(notebook):
    """Runs a notebook in its own folder, in a kernel that listens on the loopback only."""
    return nbclient.NotebookClient(
        notebook,
        timeout=LIMIT_SECONDS,
        kernel_name="python3",
        resources={"metadata": {"path": str(FOLDER)}},
        config=Config({"KernelManager": {"ip": "127.0.0.1"}}),
    )
