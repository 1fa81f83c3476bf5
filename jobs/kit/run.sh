#!/usr/bin/env bash
# Restores the kit beside this script and measures the relational stages on CPU and GPU: ./run.sh [DOCUMENTS [REPEATS]]
# First parity: the form of the kernel for the GPU by cudf alone, then SQL and the stage on each engine, all against the
# Java kernel. Then the stages, CPU and GPU in turn.
# Writes all of it as one JSON object, result.json; without a GPU its part says that it is absent. Needs bash, coreutils,
# tar and either xz or python3; nothing is downloaded.
set -euo pipefail

fail() {
    echo "run.sh: $1" >&2
    exit 2
}

documents=${1:-2000000}
repeats=${2:-3}
cd "$(dirname "${BASH_SOURCE[0]}")"
root=$PWD

if [ ! -x kit/jre/bin/java ]; then
    sha256sum --quiet -c kit.sha256 || fail "a piece of the kit is damaged; copy it again"
    echo "run.sh: restoring" >&2
    if command -v xz >/dev/null; then
        cat kit.part-* | xz -dc | tar -xf -
    else
        cat kit.part-* | python3 -c 'import lzma, shutil, sys; shutil.copyfileobj(lzma.open(sys.stdin.buffer), sys.stdout.buffer)' |
            tar -xf -
    fi
fi

heap=$(awk '/^MemTotal:/ { print int($2 / 2048) }' /proc/meminfo)
data=$root/data
mkdir -p "$data"
rm -f "$data"/*.json result.json

# One JVM: an engine, a program, and its arguments.
java_on() {
    local engine=$1 program=$2 class_path=kit/tests:kit/jars/*
    shift 2
    local options=(@kit/conf/jvm.options "-Xmx${heap}m" "-Dspark.master=local[*]" -Dspark.sql.session.timeZone=UTC
        -Dspark.sql.parquet.compression.codec=zstd "-Dspark.local.dir=$data" -Dspark.driver.host=127.0.0.1
        -Dspark.driver.bindAddress=127.0.0.1)
    if [ "$engine" = gpu ]; then
        class_path=kit/plugin.jar:$class_path
        while read -r name value; do
            case $name in
                spark.plugins | spark.rapids.* | spark.sql.*) options+=("-D$name=$value") ;;
            esac
        done <kit/conf/rapids.conf
        options+=("-Dai.rapids.cudf.lib-native-dir=$root/kit/lib")
    fi
    SPARK_LOCAL_IP=127.0.0.1 kit/jre/bin/java "${options[@]}" -cp "$class_path" \
        "corpusmill.jobs.dedup.near.$program" "$@" >>"$root/run.log" 2>&1 ||
        fail "$program $* on $engine failed; the end of run.log says why: $(tail -n 1 "$root/run.log")"
}

engines=(cpu)
absent=
if [ ! -f kit/plugin.jar ]; then
    absent="the kit was built without the plugin"
elif ! device=$(nvidia-smi --query-gpu=name,driver_version,memory.total --format=csv,noheader 2>/dev/null); then
    absent="nvidia-smi shows no GPU"
else
    engines=(cpu gpu)
fi

parity=$((documents < 100000 ? documents : 100000))
agree() {
    grep -q '"mismatches":0[,}]' "$1" || fail "keys differ: $(cat "$1")"
}
if [ -z "$absent" ]; then
    echo "run.sh: parity by cudf alone" >&2
    java_on gpu CudfParity "$data/parity-cudf.json" "$parity"
    agree "$data/parity-cudf.json"
fi
for engine in "${engines[@]}"; do
    echo "run.sh: parity on $engine" >&2
    java_on "$engine" GpuBenchmark parity "$data" "$parity"
    agree "$data/parity-$engine-$parity.json"
done
echo "run.sh: generating $documents documents" >&2
java_on cpu GpuBenchmark generate "$data" "$documents"
if [ -z "$absent" ]; then
    nvidia-smi --query-gpu=utilization.gpu,memory.used --format=csv,noheader,nounits -l 1 >"$data/busy.csv" 2>/dev/null &
    sampler=$!
    trap 'kill $sampler 2>/dev/null || true' EXIT
fi
for ((run = 1; run <= repeats; run++)); do
    for engine in "${engines[@]}"; do
        echo "run.sh: stages on $engine, $run of $repeats" >&2
        java_on "$engine" GpuBenchmark measure "$data" "$run"
    done
done

list() { # the JSON objects of files, as an array
    local first=true file
    printf '['
    for file in "$@"; do
        [ -f "$file" ] || continue
        $first || printf ','
        first=false
        cat "$file"
    done
    printf ']'
}
{
    printf '{"cores":%s,"java":"%s",' "$(nproc)" "$(kit/jre/bin/java -version 2>&1 | sed -n 's/.*version "\(.*\)".*/\1/p')"
    if [ -n "$absent" ]; then
        printf '"gpu":{"absent":"%s"},' "$absent"
    else
        printf '"gpu":{"device":"%s","busy":%s,"memory_mib":%s},' "$device" \
            "$(awk -F, '{ s += $1 } END { printf "%.3f", NR ? s / NR / 100 : 0 }' "$data/busy.csv")" \
            "$(awk -F, '$2 > m { m = $2 } END { print m + 0 }' "$data/busy.csv")"
    fi
    printf '"parity":%s,' "$(list "$data"/parity-*.json)"
    printf '"measured":%s}\n' "$(list "$data"/measure-*.json)"
} >result.json
echo "run.sh: $root/result.json" >&2
