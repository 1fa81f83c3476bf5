#!/usr/bin/env bash
# Prints which documents datatrove removes wrongly from a labelled set: datatrove_truth.sh FOLDER [--shingle w5|c5]
# Makes an environment of its own the first time; CORPUSMILL_DATATROVE names its folder.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
environment=${CORPUSMILL_DATATROVE:-$here/.venv-datatrove}
if [ ! -f "$environment/complete" ]; then
    python3.11 -m venv "$environment"
    "$environment/bin/pip" install -q 'datatrove[io,processing]==0.10.1' 'xxhash==3.8.2' 'pyarrow==26.0.1' 'spacy==3.8.18' 'zstandard==0.25.0' >&2
    touch "$environment/complete"
fi
exec "$environment/bin/python" "$here/datatrove_truth.py" "$@"
