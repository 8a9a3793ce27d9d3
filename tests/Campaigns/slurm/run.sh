#!/usr/bin/env bash
# `falw run --on slurm` on a real slurmctld, slurmd and munge, which this starts on the loopback interface: a line of figures for each promise.
#   bash tests/Campaigns/slurm/run.sh [folder, else a temporary one] [campaigns, else all]     # as root, for mounts; Debian's slurm-wlm and munge
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)"
mkdir -p "${1:-.}"
home=$(readlink -f "${1:-$(mktemp -d)}")
shift || true
source "$here/tests/Campaigns/slurm/cluster.sh"
unset FALW_DATA
export FALW_RESULTS=$home/records OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_WAIT_POLICY=passive Torch=cpu
falw=("$here/environment/falw") study=(main --scale smoke --seeds 2 --device cpu) failures=0

# Every campaign has a cache and a results folder of its own.
begin() { place=$home/$1 && mkdir -p "$place" && export FALW_CACHE=$place/cache; }
asked() { "${falw[@]}" run "${study[@]}" --on slurm --template "$home/site.sh" --out "$place/out" "$@"; }
submit() { asked "$@" >>"$place/said" 2>&1 || { cat "$place/said"; exit 1; }; }
cancel() { scancel --user="$(id -un)" && within 60 idle; }
ended() { within 900 idle || { broken "$place: jobs did not end" && squeue && cancel; }; }
broken() { echo "$*"; failures=$((failures + 1)); }
logs() { cat "$place"/out/slurm/*/logs/*.log; }
status() { "${falw[@]}" status "$place/out"; }
# Models and scores by key, each with a checksum of its bytes.
made() { (cd "$1" && find . \( -name model.safetensors -o -name scores.json \) -not -path './unfinished/*' | sort | xargs -r sha256sum); }
stages() { made "$1" | wc -l; }
counted() { logs | grep -cE '^\[[0-9]+/[0-9]+\] .*: done in'; }
hold() { if "${@:2}"; then figures="$figures; $1"; else broken "NOT: $1" && status; fi; }
same() { [ "$(made "$home/serial/cache")" = "$(made "$place/cache")" ]; }
# What must hold after any sweep.
judge() {
    figures="$1: $(counted) stages made in tasks, $(stages "$place/cache") kept"
    hold "every bit as in the serial run" same
    hold "nothing twice" [ "$(counted)" -le "$(stages "$place/cache")" ]
    hold "a report" [ -s "$place/out/report.html" ]
    hold "nothing lost" status >/dev/null
    echo "$figures"
}
# Lines in logs, and tasks at work, of an array.
says() { logs 2>/dev/null | grep -q "$1"; }
runs() { [ -n "$(running "$1")" ]; }
running() { squeue --noheader --array --states=running --format='%F_%K %N %j' | awk -v array="-$1\$" '$3 ~ array { print $1, $2; exit }'; }
begun() { within 300 says "$2, seed .*: started" && within 60 runs "$1" && read -r task node <<<"$(running "$1")"; }
# A command that must fail with a sentence.
sentence() {
    local what=$1 expected=$2 out status=0
    out=$("${@:3}" 2>&1) || status=$?
    if [ "$status" = 1 ] && grep -qF -- "$expected" <<<"$out"; then echo "$what: $(grep -F -- "$expected" <<<"$out" | head -n 1)"; else broken "$what: not told ($status): $out"; fi
}

parallel() {
    local most started
    for most in 1 2 4; do
        begin "parallel-$most"
        started=$SECONDS
        submit --max-parallel "$most"
        ended
        judge "$most at a time, $((SECONDS - started)) s"
    done
}

bundled() {
    begin bundled
    submit --bundle 3
    ended
    judge "bundles of three"
}

requeued() {
    begin requeued
    submit
    begun retrain Retrain && scontrol requeue "$task"
    within 400 runs unlearned && read -r task node <<<"$(running unlearned)" && scontrol requeue "$task"
    ended
    judge "requeued in the middle, a Retrain and an experiment"
}

preempted() {
    begin preempted
    submit
    begun retrain Retrain
    sbatch --parsable --partition=urgent --nodelist="$node" --output=/dev/null --wrap=true >/dev/null
    within 120 says 'DUE TO PREEMPTION'
    ended
    judge "preempted in the middle of task $task"
}

cancelled() {
    begin cancelled
    submit
    begun unlearned FaLW
    cancel
    local kept
    kept=$(stages "$place/cache")
    submit
    ended
    judge "cancelled with $kept stages kept, submitted again"
}

dead() {
    begin dead
    submit
    begun retrain Retrain
    node_dies "$node"
    within 120 grep -q "Nodes $node not responding, setting DOWN" "$home/slurmctld.log"
    ended
    judge "a node without power, in the middle of task $task"
    node_up "$node" && within 60 cluster_answers
}

# The task goes on where nobody sees it, and is started a second time elsewhere, which must wait for it.
lost() {
    begin lost
    submit
    begun retrain Retrain
    local tasks
    tasks=$(tasks_of "$node")
    kill -STOP $tasks
    kill -KILL "$(cat "$home/slurmd.$node.pid")"
    within 300 says 'Another process is making'
    kill -CONT $tasks
    ended
    judge "a node that is lost and computes on, task $task"
    node_up "$node" && within 60 cluster_answers
}

limited() {
    begin limited
    submit --time 1 --max-parallel 1
    begun original Original
    kill -STOP $(tasks_of "$node")
    ended
    sentence "time limit in the middle of a stage" "TIMEOUT" status
    status || true
    submit --time 30
    ended
    judge "and submitted again with a longer one"
}

refused() {
    begin refused
    submit --max-parallel 1
    sentence "two submissions of one study" "is submitted already" asked
    cancel
    sentence "a partition that is not there" "'sinfo -s' lists the partitions" asked --partition nowhere
    sentence "a resource that is not there" "'sinfo -o" asked --gres tape:1
    sentence "a time that is none" "--time is minutes" asked --time soon
    stop slurmctld && within 30 no_controller
    sentence "no slurmctld" "'scontrol ping'" asked
    controller_up && within 60 cluster_answers
    stop munged && within 30 no_munge
    sentence "no munge" "munge -n | unmunge" asked
    munge_up && within 60 cluster_answers
}
no_munge() { [ ! -e "$home/munge.socket" ]; }

# Node n5 has another folder there.
unshared() {
    begin unshared-cache
    export FALW_CACHE=$home/apart/cache
    submit --partition apart
    ended
    sentence "a cache that is not shared" "the folder is not shared" status
    begin unshared-results
    place=$home/apart/unshared
    mkdir -p "$place"
    submit --partition apart
    ended
    sentence "a results folder that is not shared" "its node could not write it" status
}

# A site's own template: one processor for a task, as the serial run has.
sed 's/--cpus-per-task=4/--cpus-per-task=1/' "$here/environment/slurm.sh" >"$home/site.sh"
"${falw[@]}" --version >/dev/null
cluster_up
trap cluster_down EXIT
echo "SLURM $(sbatch --version | cut -d' ' -f2) on $(env -u OMP_NUM_THREADS nproc) processors; load at the start: $(cut -d' ' -f1-3 /proc/loadavg)"
begin serial
started=$SECONDS
"${falw[@]}" run "${study[@]}" --out "$place/out" >/dev/null 2>&1
echo "serial, one process: $((SECONDS - started)) s, $(stages "$place/cache") stages"
[ $# -gt 0 ] || set -- parallel bundled requeued preempted cancelled dead lost limited refused unshared
for campaign in "$@"; do "$campaign"; done
[ "$failures" = 0 ] && echo "All held." || { echo "$failures did not hold; everything is in $home."; exit 1; }
