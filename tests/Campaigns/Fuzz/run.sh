#!/usr/bin/env bash
# Coverage-guided fuzzing of the readers of foreign bytes, one line of figures each: SharpFuzz under AFL++ (apt-get install afl++; dotnet tool install
# SharpFuzz.CommandLine). A crash is a fault without a sentence; its file is named, and 'dotnet .../FaLW.Fuzz.dll NAME FILE' shows the fault.
#   bash tests/Campaigns/Fuzz/run.sh [executions of each, default 1000000] [readers, default all]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
source environment/lib.sh
executions=${1:-1000000} sharpfuzz=${SHARPFUZZ:-sharpfuzz}
command -v afl-fuzz >/dev/null || fail "afl-fuzz is not here. Install it (apt-get install afl++), then run this again."
command -v "$sharpfuzz" >/dev/null || fail "sharpfuzz is not here. Install it (dotnet tool install --global SharpFuzz.CommandLine) or name it in SHARPFUZZ, then run this again."
need_dotnet
build tests/Campaigns/Fuzz/FaLW.Fuzz.csproj Release

# The instrumented copies are nobody else's.
work=.build/fuzz
rm -rf "$work/program" "$work/seeds"
mkdir -p "$work"
cp -r .build/bin/FaLW.Fuzz/release "$work/program"
fuzz=$work/program/FaLW.Fuzz.dll
dotnet "$fuzz" seeds "$work/seeds"
for part in FaLW FaLW.Kernel; do "$sharpfuzz" "$work/program/$part.dll"; done

export AFL_SKIP_BIN_CHECK=1 AFL_I_DONT_CARE_ABOUT_MISSING_CRASHES=1 AFL_SKIP_CPUFREQ=1 AFL_NO_AFFINITY=1 AFL_NO_UI=1 OMP_NUM_THREADS=1 TORCH_CPP_LOG_LEVEL=ERROR
export DOTNET_TieredPGO=0 DOTNET_gcServer=0 DOTNET_GCHeapHardLimit=0x40000000
bad=0
for reader in ${2:-$(ls "$work/seeds")}; do
    rm -rf "$work/found/$reader"
    mkdir -p "$work/found"
    afl-fuzz -i "$work/seeds/$reader" -o "$work/found/$reader" -E "$executions" -t 20000 -m none dotnet "$fuzz" "$reader" >"$work/$reader.log" 2>&1 || true
    stats=$work/found/$reader/default/fuzzer_stats
    [ -f "$stats" ] || { echo "$reader: did not begin; the last words of $work/$reader.log: $(tail -n 1 "$work/$reader.log")"; bad=1; continue; }
    count() { sed -nE "s/^$1 *: *//p" "$stats"; }
    echo "fuzz $reader: $(count execs_done) executions, $(count edges_found) edges, $(count corpus_count) inputs kept, $(count saved_crashes) crashes, $(count saved_hangs) hangs ($(count run_time) s)"
    [ "$(count saved_crashes)$(count saved_hangs)" = 00 ] || { bad=1; ls "$work/found/$reader/default"/{crashes,hangs}/id* 2>/dev/null || true; }
done
exit $bad
