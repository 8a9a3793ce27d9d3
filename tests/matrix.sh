#!/usr/bin/env bash
# The built suite under other instruction sets and numbers of threads, one line each: a truth does not hang on the last digits of one processor.
#   bash tests/matrix.sh [what the runner takes, e.g. -namespace FaLW.Tests.Models]
# ONLY="SSE41/default/1 AVX2/avx2/2" takes some cells only (oneDNN's instruction set / that of libtorch's own kernels / threads).
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
runner=.build/bin/FaLW.Tests/release/FaLW.Tests
[ -x "$runner" ] || { echo "The suite is not built: dotnet build tests/FaLW.Tests.csproj -c Release, then run this again." >&2; exit 1; }
export OMP_WAIT_POLICY=passive TORCH_CPP_LOG_LEVEL=ERROR

log=$(mktemp)
trap 'rm -f "$log"' EXIT
bad=0
for isa in SSE41 AVX2 own; do for capability in default avx2; do for threads in 1 2; do
    [ -z "${ONLY:-}" ] || [[ " $ONLY " == *" $isa/$capability/$threads "* ]] || continue
    cap=(ONEDNN_MAX_CPU_ISA=$isa DNNL_MAX_CPU_ISA=$isa)
    [ "$isa" = own ] && cap=(-u ONEDNN_MAX_CPU_ISA -u DNNL_MAX_CPU_ISA)
    # In the background, or under nohup, Ctrl-C is ignored by every process below; tests that press it want it back.
    env --default-signal=INT,QUIT "${cap[@]}" ATEN_CPU_CAPABILITY=$capability OMP_NUM_THREADS=$threads MKL_NUM_THREADS=$threads "$runner" -noLogo -noColor "$@" >"$log" 2>&1
    summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+' "$log" | tail -n 1)
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$summary"; }
    if [ -z "$summary" ]; then
        echo "$isa $capability $threads: ended without a summary: $(tail -n 1 "$log")"
        bad=1
        continue
    fi
    failed=$(($(count Failed) + $(count Errors)))
    echo "$isa $capability $threads: $(($(count Total) - failed - $(count Skipped) - $(count 'Not Run'))) passed, $failed failed"
    [ "$failed" -eq 0 ] || { bad=1; sed -nE '/\[FAIL\]$/,/Stack Trace/p' "$log"; }
done; done; done
exit $bad
