#!/usr/bin/env bash
# The paper's studies at the paper's scale, on one GPU, in pieces that can be run one by one and on several days.
#   bash environment/paper.sh [--dry-run] [--piece K] [--minutes M] [--scale S] [--seeds N] [any other option of `falw run`]
# Without --piece all pieces, one after the other. A piece is a stretch of a study (falw run --part); after M minutes (12) it is stopped, and the
# same command goes on from its last finished stage; a stage that takes longer than that never ends, so give more. --scale paper-bfloat16 is the same
# in bfloat16, which a GPU with matrix units computes faster and which rounds otherwise: results of its own. Each piece writes its records into
# data/results. What is left is estimated first, at the GPU's own speed, without one at an assumed one; --dry-run stops there. Retrain dominates:
# 182 epochs, twice for every request.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source "$here/environment/lib.sh"

falw=(bash "$here/environment/falw")
[ -z "${FALW:-}" ] || read -ra falw <<<"$FALW"
studies=(sweep:7 main-cifar10:11 balance:7 ablations:7 open-questions:6 main-tiny:11)
piece= minutes=12 scale=paper seeds=1 dry= options=()
while [ $# -gt 0 ]; do
    case "$1" in
        --dry-run) dry=1 ;;
        --piece | --minutes | --scale | --seeds) [ $# -gt 1 ] || fail "$1 wants a value."; declare "${1#--}=$2"; shift ;;
        *) options+=("$1") ;;
    esac
    shift
done

number=0 found=
for entry in "${studies[@]}"; do
    study=${entry%:*} parts=$((${entry#*:} * seeds))
    for ((part = 1; part <= parts; part++)); do
        number=$((number + 1))
        [ -z "$piece" ] || [ "$piece" = "$number" ] || continue
        found=1
        run=("${falw[@]}" run "$study" --scale "$scale" --seeds "$seeds" --part "$part/$parts" "${options[@]}")
        say "Piece $number: $study, part $part of $parts."
        "${run[@]}" --plan | tail -n 1 || say "What is left could not be estimated."
        [ -z "$dry" ] || continue
        # What ends one piece, missing images too, does not end the others.
        status=0
        timeout --signal=INT "${minutes}m" "${run[@]}" --keep || status=$?
        [ "$status" = 0 ] || say "Piece $number ended with $status before it was done; run it again (--piece $number), it goes on from its last finished stage."
    done
done
[ -n "$found" ] || fail "There is no piece $piece; with so many seeds there are 1 to $number."
