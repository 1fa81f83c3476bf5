#!/usr/bin/env bash
# Builds a kit for a GPU machine that can download nothing and has no Java: jobs/kit/build.sh OUT [ARCHITECTURE]
# OUT gets pieces of at most 58 MB, their checksums and run.sh. ARCHITECTURE is that of the GPU, 90 (H100, H200) by
# default; with 'none' the kit has no native libraries and runs on a CPU alone. The released jar of the plugin (1 GB) has
# to be in Maven's repository; what is cut from it here is for your own machines, not for passing on.
set -euo pipefail

fail() {
    echo "build.sh: $1" >&2
    exit 2
}

[ $# -ge 1 ] || fail "give the folder for the kit: jobs/kit/build.sh OUT [ARCHITECTURE|none]"
out=$(mkdir -p "$1" && cd "$1" && pwd)
architecture=${2:-90}
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
cd "$home"
work=$out/kit
[ ! -e "$work" ] || fail "$work is there already; remove it or name another folder"
mkdir -p "$work"/{jars,tests,conf,lib}

echo "build.sh: building the jars" >&2
profile=
if [ "$architecture" != none ]; then
    version=$(sed -n 's:.*<rapids.version>\(.*\)</rapids.version>.*:\1:p' jobs/pom.xml)
    released=${MAVEN_REPOSITORY:-$HOME/.m2/repository}/com/nvidia/rapids-4-spark_2.13/$version/rapids-4-spark_2.13-$version.jar
    [ -f "$released" ] || fail "there is no $released; mvn -B test-compile -Prapids fetches it"
    profile=-Prapids
fi
mvn -q -B -Dquick -DskipTests $profile -pl tokenizer,formats,jobs package \
    dependency:build-classpath -DincludeScope=compile -Dmdep.outputFile=target/classpath.txt </dev/null >&2
tr ':' '\n' <jobs/target/classpath.txt | while read -r jar; do cp "$jar" "$work/jars/"; done
for jar in jobs/target/corpusmill-jobs-*.jar; do
    case $jar in *-job.jar) ;; *) cp "$jar" "$work/jars/" ;; esac
done
near=corpusmill/jobs/dedup/near
(cd jobs/target/test-classes && cp --parents $near/{GpuBenchmark,SqlSignatures,ParityTexts,Documents}*.class "$work/tests/")
cp jobs/conf/jvm.options jobs/conf/rapids.conf "$work/conf/"

echo "build.sh: linking a Java runtime" >&2
jlink --no-header-files --no-man-pages --compress=0 --output "$work/jre" --add-modules \
    java.se,jdk.unsupported,jdk.security.auth,jdk.crypto.ec,jdk.zipfs,jdk.charsets,jdk.net,jdk.management,jdk.incubator.vector

if [ "$architecture" != none ]; then
    echo "build.sh: cutting the plugin" >&2
    (cd jobs/target/rapids-test-classes && cp --parents $near/CudfParity.class "$work/tests/")
    layers=jobs/target/rapids/$(basename "$(ls -d jobs/target/rapids/*.markers | head -1)" .markers)
    shim=$(basename "$layers")
    mkdir "$work/plugin"
    cp -R "$layers"/. "$work/plugin/"
    rm -rf "$work/plugin/spark-shared" "$work/plugin/$shim"
    cp -R "$layers/spark-shared"/. "$work/plugin/"
    cp -R "$layers/$shim"/. "$work/plugin/"
    echo "com.nvidia.spark.rapids.shims.$shim.SparkShimServiceProvider" \
        >"$work/plugin/META-INF/services/com.nvidia.spark.rapids.SparkShimServiceProvider"
    jar --create --no-compress --file "$work/plugin.jar" -C "$work/plugin" .
    rm -rf "$work/plugin"
    unzip -q -j "$released" 'amd64/Linux/libcudf.so' 'amd64/Linux/libcudfjni.so' 'amd64/Linux/libnvmljni.so' -d "$work/lib"
    python3 jobs/kit/trim.py "$work/lib/libcudf.so" "$architecture" >&2
    strip --strip-unneeded "$work/lib/libcudf.so"
fi

echo "build.sh: packing" >&2
rm -f "$out"/kit.part-*
tar -C "$out" -cf - kit | xz -T0 "-${KIT_LEVEL:-6}" | split -b 58000000 - "$out/kit.part-"
(cd "$out" && sha256sum kit.part-* >kit.sha256)
cp jobs/kit/run.sh "$out/"
rm -rf "$work"
ls -l "$out" >&2
