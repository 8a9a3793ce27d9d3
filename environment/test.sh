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
# Two of these at a time, the longest first: whoever is done takes the next.
suites=("FaLW.Tests, notebooks" "FaLW.Tests" "FaLW.Tests, command" FaLW.Kernel.Tests)
if [ "${1:-}" = --fast ]; then
    shift
    suites=("FaLW.Tests, fast")
    say "3/3  The fast tests run (about a minute on two cores)."
elif [ $# -gt 0 ]; then
    suites=("FaLW.Tests, asked" "FaLW.Kernel.Tests, asked")
    say "3/3  The tests that were asked for run."
else
    say "3/3  The tests run (about ten minutes on two cores)."
fi
lane() {
    case $1 in
        *notebooks) echo -namespace FaLW.Tests.Notebooks ;;
        *command) echo -namespace FaLW.Tests.Cli ;;
        *fast) printf ' -namespace FaLW.Tests.%s' House Data Models Weighting Figures Training Metrics Plots Snapshots ;;
        FaLW.Tests) echo -namespace- FaLW.Tests.Notebooks -namespace- FaLW.Tests.Cli ;;
    esac
}

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
work() {
    local suite
    trap 'exit 130' INT
    for suite in "${suites[@]}"; do
        mkdir "$logs/$suite.taken" 2>/dev/null || continue
        # shellcheck disable=SC2046
        run "${suite%,*}" $(lane "$suite") "$@" | tee "$logs/$suite" || echo $? >"$logs/$suite.status"
    done
}
work "$@" &
work "$@"
wait
for suite in "${suites[@]}"; do
    say "--- $suite"
    status=0
    [ ! -f "$logs/$suite.status" ] || status=$(cat "$logs/$suite.status")
    # With a filter one of the programs may have nothing to run, but not both.
    [ $# -eq 0 ] || ! grep -qE 'Total: 0$' "$logs/$suite" || continue
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

[ $((passed + failed + skipped)) -gt 0 ] || fail "No test is called as asked: $*. Give -class, -namespace or -method as the runner takes them, with the full name."
if [ "$skipped" -gt 0 ]; then
    say "$passed passed, $failed failed, $skipped skipped"
else
    say "$passed passed, $failed failed"
fi
[ "$failed" -eq 0 ]
