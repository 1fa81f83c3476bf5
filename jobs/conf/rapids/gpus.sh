#!/usr/bin/env bash
# The GPUs of this machine as Spark wants them told: {"name": "gpu", "addresses": ["0", "1"]}
set -euo pipefail
nvidia-smi --query-gpu=index --format=csv,noheader |
    awk 'BEGIN { printf "{\"name\": \"gpu\", \"addresses\": [" }
         NF { printf "%s\"%s\"", n++ ? ", " : "", $1 }
         END { print "]}" }'
