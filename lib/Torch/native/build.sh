#!/usr/bin/env bash
# usage: build.sh FOLDER        builds libfalwtorch.so into FOLDER for the libtorch that find-libtorch.sh chooses
#        build.sh FOLDER stamp  only records that choice in FOLDER/libtorch.txt, so that a build can see when it changed
set -eu
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$1"; out=$(cd "$1" && pwd)
exec 9> "$out/lock"; flock 9

found=$(bash "$here/find-libtorch.sh")
[ -e "$out/libtorch.txt" ] && [ "$(cat "$out/libtorch.txt")" = "$found" ] || { echo "$found" > "$out/libtorch.txt"; rm -rf "$out/cmake"; }
[ "${2:-}" = stamp ] && exit 0

for tool in cmake make g++; do
    command -v "$tool" > /dev/null || {
        echo "$tool was not found; it builds the bridge to libtorch. Run \`bash environment/setup.sh\` to install it." >&2
        exit 1
    }
done
value() { grep "^$1=" "$out/libtorch.txt" | cut -d= -f2-; }
cmake -S "$here" -B "$out/cmake" -DTORCH_INCLUDE="$(value include)" -DTORCH_LIB="$(value lib)" -DTORCH_ABI="$(value abi)" \
    -DTORCH_CUDA="$(value cuda)" -DCMAKE_CXX_STANDARD="$(value standard)" > "$out/build.log" 2>&1 &&
    cmake --build "$out/cmake" --parallel "$(nproc)" >> "$out/build.log" 2>&1 || {
        grep -m1 -E 'error|Error' "$out/build.log" >&2 || true
        echo "The bridge to libtorch $(value version) in $(value root) did not compile; the whole log is $out/build.log." >&2
        exit 1
    }
cp "$out/cmake/libfalwtorch.so" "$out/libfalwtorch.so.new"
mv "$out/libfalwtorch.so.new" "$out/libfalwtorch.so"
