"""Values of the job file as a param of a run, checked before a run is made.

`job.schema.json` is what `corpusmill schema` prints; a test of the program holds them equal.
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_SCHEMA = Path(__file__).with_name("job.schema.json")


def schema() -> dict[str, Any]:
    """The schema of the param `job`: that of the job file, of which any part may be given."""
    whole = json.loads(_SCHEMA.read_text())
    return {key: whole[key] for key in ("type", "additionalProperties", "properties")}


def overrides(params: Mapping[str, Any]) -> list[str]:
    """The values of `job` and those of `set` as `key=value`, in the order in which a later one wins."""
    return [*_leaves("", params.get("job") or {}), *params["set"]]


def _leaves(prefix: str, group: Mapping[str, Any]) -> Iterator[str]:
    for name, value in group.items():
        if isinstance(value, Mapping):
            yield from _leaves(f"{prefix}{name}.", value)
        else:
            # JSON is YAML, and quotes keep a text a text.
            yield f"{prefix}{name}={json.dumps(value, ensure_ascii=False)}"
