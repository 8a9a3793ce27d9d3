# A SLURM cluster on the loopback interface, sourced by run.sh: munge, slurmctld and five nodes of one processor, in the folder $home, as this user.
# Node n5, partition "apart", sees an empty folder where the others see $home/apart.

export SLURM_CONF=$home/slurm.conf
controller=26817 first=26820

cluster_up() {
    local program
    for program in munged slurmctld slurmd sbatch; do command -v "$program" >/dev/null || { echo "There is no $program; Debian's packages slurm-wlm and munge have it." >&2; exit 1; }; done
    mkdir -p "$home/state" "$home/apart"
    head -c 1024 /dev/urandom >"$home/munge.key" && chmod 400 "$home/munge.key"
    cat >"$SLURM_CONF" <<CONF
ClusterName=falw
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$controller
SlurmUser=$(id -un)
SlurmdUser=$(id -un)
AuthType=auth/munge
CredType=cred/munge
AuthInfo=socket=$home/munge.socket
StateSaveLocation=$home/state
SlurmctldPidFile=$home/slurmctld.pid
SlurmctldLogFile=$home/slurmctld.log
SlurmdSpoolDir=$home/spool.%n
SlurmdPidFile=$home/slurmd.%n.pid
SlurmdLogFile=$home/slurmd.%n.log
SlurmdParameters=config_overrides
SlurmdTimeout=10
KillWait=5
ReturnToService=2
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerParameters=sched_interval=5,bf_interval=5
NodeName=n[1-5] NodeHostname=$(hostname) NodeAddr=127.0.0.1 Port=[$((first + 1))-$((first + 5))] CPUs=1
PreemptType=preempt/partition_prio
PreemptMode=REQUEUE
PartitionName=work Nodes=n[1-4] PriorityTier=1 Default=YES State=UP
PartitionName=urgent Nodes=n[1-4] PriorityTier=2 State=UP
PartitionName=apart Nodes=n5 State=UP
CONF
    munge_up
    controller_up
    local node
    for node in n1 n2 n3 n4 n5; do node_up "$node"; done
    within 30 cluster_answers || { echo "The cluster did not come up; its logs are in $home." >&2; exit 1; }
}

munge_up() { munged --force --key-file="$home/munge.key" --socket="$home/munge.socket" --pid-file="$home/munged.pid" --log-file="$home/munged.log" --seed-file="$home/munged.seed"; }
controller_up() { slurmctld; }

# Mounts stay within the node's own namespace.
node_up() {
    if [ "$1" = n5 ]; then unshare --mount bash -c "mount -t tmpfs apart '$home/apart' && exec slurmd -N n5"; else slurmd -N "$1"; fi
}

stop() { [ ! -s "$home/$1.pid" ] || kill "${2:--TERM}" "$(cat "$home/$1.pid")" 2>/dev/null || true; }

# The power goes: neither slurmd nor what it started is left, and nobody tells the controller.
node_dies() {
    local tasks keepers
    tasks=$(tasks_of "$1")
    keepers=$(ps -o ppid= -p "$(paste -sd, <<<"$tasks")")
    kill -KILL "$(cat "$home/slurmd.$1.pid")" $keepers $tasks
}

# The processes of the jobs of a node: they carry its name.
tasks_of() { { grep -lzx "SLURMD_NODENAME=$1" /proc/[0-9]*/environ 2>/dev/null || true; } | cut -d/ -f3; }

cluster_answers() { [ "$(sinfo --noheader --Node --states=idle --format=%N 2>/dev/null | sort -u | wc -l)" = 5 ]; }

# In this order, since a node tells the controller, by munge, how its tasks ended.
cluster_down() {
    scancel --user="$(id -un)" 2>/dev/null || true
    within 60 idle || true
    local node
    for node in n1 n2 n3 n4 n5; do stop "slurmd.$node"; done
    within 20 nodes_down || for node in n1 n2 n3 n4 n5; do stop "slurmd.$node" -KILL; done
    stop slurmctld
    within 20 no_controller || stop slurmctld -KILL
    stop munged
}

nodes_down() { ! ls "$home"/slurmd.*.pid >/dev/null 2>&1; }
no_controller() { ! scontrol ping >/dev/null 2>&1; }
idle() { local jobs; jobs=$(squeue --noheader) && [ -z "$jobs" ]; }

# Asks once a second, at most so many seconds, until a command says yes.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do [ $SECONDS -lt $end ] || return 1; sleep 1; done
}
