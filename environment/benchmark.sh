#!/usr/bin/env bash
# Speed, as a table: the training step against Python torch (PYTHON, default python3; runs interleaved, so that a busy moment hits both),
# whole RL and FaLW epochs, the cost and fidelity of FaLW's rolling profile, a whole training in each number format, and drawing figures.
# Not a test: nothing here can fail a build. Half an hour and more on two cores.
#   bash environment/benchmark.sh [rounds, default 3] [threads, default 2]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$here"
source environment/lib.sh
rounds=${1:-3} threads=${2:-2}
export OMP_WAIT_POLICY=passive

python=${PYTHON:-python3}
reference=$("$python" -c 'import torch; print(torch.__version__)' 2>/dev/null) ||
    fail "The reference is Python's torch, and '$python' cannot import it. Install it (apt-get install python3-torch), or set PYTHON to one that has it."
need_dotnet
build tests/Benchmarks/FaLW.Benchmarks.csproj Release
bench=.build/bin/FaLW.Benchmarks/release/FaLW.Benchmarks

median() { sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'; }

say "One training step, batch 128, $threads threads: median milliseconds of $rounds interleaved rounds; Python torch $reference (load now: $(cut -d' ' -f1 /proc/loadavg))"
say ""
say "| network | layout | precision | Python | C# | C#/Python |"
say "|---|---|---|---|---|---|"
# Many steps, since the first ones also compile: at ten steps the just-in-time compiler alone costs a fifth.
for setting in "ResNet8 50" "ResNet20 30" "ResNet18 6"; do
    read -r network steps <<<"$setting"
    for layout in contiguous channels_last; do
        for precision in float32 bfloat16; do
            theirs=() ours=()
            for _ in $(seq "$rounds"); do
                theirs+=("$("$python" tests/Benchmarks/train_step.py "$network" 128 "$steps" $layout $precision "$threads")")
                ours+=("$("$bench" step "$network" 128 "$steps" $layout $precision "$threads")")
            done
            p=$(printf '%s\n' "${theirs[@]}" | median) o=$(printf '%s\n' "${ours[@]}" | median)
            say "| $network | $layout | $precision | $p | $o | $(awk "BEGIN { printf \"%.2f\", $o / $p }") |"
        done
    done
done
say ""
"$bench" epochs "$threads"
say ""
"$bench" rolling small "$rounds" "$threads"
say ""
"$bench" training 1 "$threads"
say ""
"$bench" figures
