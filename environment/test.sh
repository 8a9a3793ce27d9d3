#!/usr/bin/env bash
# Every test, on the CPU: packages are fetched, everything is built, the last line counts.
#   --fast   the truths that take seconds: no process is started, no experiment run
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$here"
source environment/lib.sh

say "1/3  The packages are fetched (first time: 220 MB, a minute or two)."
bash environment/setup.sh
dotnet tool restore >/dev/null 2>&1 || say "     .NET Interactive could not be fetched; the tests that run the notebooks on it are skipped."
say "2/3  Everything is built, warnings as errors (first time: about two minutes)."
build FaLW.Notebooks.sln Release
suites=(FaLW.Tests FaLW.Kernel.Tests "FaLW.Tests, notebooks")
lane=(-namespace- FaLW.Tests.Notebooks)
if [ "${1:-}" = --fast ]; then
    shift
    suites=(FaLW.Tests)
    lane=()
    for room in House Data Models Weighting Figures Training Metrics Plots Snapshot; do lane+=(-namespace "FaLW.Tests.$room"); done
    say "3/3  The fast tests run (about a minute on two cores)."
else
    say "3/3  The tests run (about ten minutes on two cores)."
fi

# Sums must not depend on how many cores there are: one thread. Whoever compares numbers across processors pins the instruction set too:
# every notebook is run twice in a process that `falw notebook verify` starts so, at smoke scale and as committed (tests/Notebooks).
export OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_WAIT_POLICY=passive TORCH_CPP_LOG_LEVEL=ERROR
keep_memory

# Who starts this in the background, or under nohup, has Ctrl-C ignored by every process below; tests that press it want it back.
fresh=(env --default-signal=INT,QUIT)
"${fresh[@]}" true 2>/dev/null || fresh=(env)

logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
passed=0 failed=0 skipped=0
# libtorch says thousands of times that NNPACK is not for this processor; nothing of ours needs it.
run() { "${fresh[@]}" "$here/.build/bin/$1/release/$1" -noLogo -noColor "${@:2}" 2>&1 | { grep -v --line-buffered 'Could not initialize NNPACK' || true; }; }
# Two at a time, about as long as each other: the notebooks start processes and wait for them, the others compute.
beside() {
    run FaLW.Tests -namespace FaLW.Tests.Notebooks "$@" >"$logs/FaLW.Tests, notebooks" || echo $? >"$logs/FaLW.Tests, notebooks.status"
}
[ ${#suites[@]} -eq 1 ] || beside "$@" &
for suite in "${suites[@]}"; do
    say "--- $suite"
    status=0
    case $suite in
        FaLW.Tests) run FaLW.Tests "${lane[@]}" "$@" | tee "$logs/$suite" || status=$? ;;
        FaLW.Kernel.Tests) run FaLW.Kernel.Tests "$@" | tee "$logs/$suite" || status=$? ;;
        *)
            wait
            cat "$logs/$suite"
            [ ! -f "$logs/$suite.status" ] || status=$(cat "$logs/$suite.status")
            ;;
    esac
    summary=$(grep -E 'Total: [0-9]+, Errors: [0-9]+' "$logs/$suite" | tail -n 1 || true)
    if [ -z "$summary" ]; then
        say "$suite ended without a summary (exit code $status): counted as one failure."
        failed=$((failed + 1))
        continue
    fi
    count() { sed -nE "s/.*$1: ([0-9]+).*/\1/p" <<<"$summary"; }
    total=$(count Total) errors=$(count Errors) wrong=$(count Failed) skip=$(count Skipped) unrun=$(count 'Not Run')
    passed=$((passed + total - wrong - skip - unrun))
    failed=$((failed + wrong + errors))
    skipped=$((skipped + skip + unrun))
    # A suite that ends badly without a failed test (a crash at the very end) is not a pass.
    if [ "$status" -ne 0 ] && [ $((wrong + errors)) -eq 0 ]; then failed=$((failed + 1)); fi
done

if [ "$skipped" -gt 0 ]; then
    say "$passed passed, $failed failed, $skipped skipped"
else
    say "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
