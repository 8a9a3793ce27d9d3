#!/usr/bin/env bash
# One job of a sweep. 'falw run STUDY --on slurm' fills in what stands in double braces and submits the result; cluster.md tells of it.
# What your site needs is added here, or in a copy that --template names: an account, memory, modules. For example
#   #SBATCH --account=lab
#   #SBATCH --mem=16G
#   module load dotnet
#SBATCH --job-name={{name}}
#SBATCH --output="{{log}}"
#SBATCH --open-mode=append
#SBATCH --requeue
#SBATCH --cpus-per-task=4
{{options}}

set -euo pipefail
{{environment}}
# Every task needs as many threads as the others: sums are rounded by how they are shared out.
export OMP_NUM_THREADS="${SLURM_CPUS_PER_TASK:-1}"
exec {{command}}
