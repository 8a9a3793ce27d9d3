#!/usr/bin/env bash
# Speed, as a table: the training step against Python torch (PYTHON, default python3; runs interleaved, so that a busy moment hits both),
# the pass that renews FaLW's profile, whole RL and FaLW epochs, and drawing figures. tests/Benchmarks/README.md says what else there is.
# Not a test: nothing here can fail a build. An hour or more on two cores.
#   bash environment/benchmark.sh [rounds, default 5] [threads, default 2]
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$here"
source environment/lib.sh
rounds=${1:-5} threads=${2:-2}
export GOMP_SPINCOUNT="${GOMP_SPINCOUNT:-10000}"
keep_memory

python=${PYTHON:-python3}
reference=$("$python" -c 'import torch; print(torch.__version__)' 2>/dev/null) ||
    fail "The reference is Python's torch, and '$python' cannot import it. Install it (apt-get install python3-torch), or set PYTHON to one that has it."
need_dotnet
build tests/Benchmarks/FaLW.Benchmarks.csproj Release
bench=.build/bin/FaLW.Benchmarks/release/FaLW.Benchmarks

say "Processor $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), load $(cut -d' ' -f1 /proc/loadavg), $(date -u +%F)"
say ""
say "One training step, batch 128, channels last, $threads threads: milliseconds of $rounds rounds, who begins takes turns;"
say "Python torch $reference, C# on libtorch $("$bench" version). A side is called faster only where it was in every round."
say ""
say "| network | precision | Python | C# | C#/Python | faster |"
say "|---|---|---|---|---|---|"
precisions=(float32)
! grep -qw avx512_bf16 /proc/cpuinfo || precisions+=(bfloat16)
# Many steps, since the first ones also compile: at ten steps the just-in-time compiler alone costs a fifth.
for setting in "ResNet8 30" "ResNet20 20" "ResNet18 4"; do
    read -r network steps <<<"$setting"
    for precision in "${precisions[@]}"; do
        theirs=() ours=() ratios=()
        step=("$network" 128 "$steps" channels_last "$precision" "$threads")
        for round in $(seq "$rounds"); do
            ((round % 2)) || ours+=("$("$bench" step "${step[@]}")")
            theirs+=("$("$python" tests/Benchmarks/train_step.py "${step[@]}")")
            ! ((round % 2)) || ours+=("$("$bench" step "${step[@]}")")
            ratios+=("$(awk "BEGIN { printf \"%.2f\", ${ours[-1]} / ${theirs[-1]} }")")
        done
        faster=$(printf '%s\n' "${ratios[@]}" | awk '$1 < 1 { us++ } $1 > 1 { them++ } END { print us == NR ? "C#" : them == NR ? "Python" : "neither" }')
        say "| $network | $precision | ${theirs[*]} | ${ours[*]} | ${ratios[*]} | $faster |"
    done
done
say ""
"$bench" profile "$rounds" "$threads"
say ""
"$bench" epochs "$rounds" "$threads"
say ""
"$bench" figures
