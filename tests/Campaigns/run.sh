#!/usr/bin/env bash
# One campaign: a test of the built suite, larger than in it. Prints one line of figures, and below it what failed.
#   bash tests/Campaigns/run.sh kill|disk|kernel|soak [count] [seed, default 0]
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
case "${1:-}" in
    kill) suite=FaLW.Tests class=Cli.KillCampaign count=1000 ;;
    disk) suite=FaLW.Tests class=Cli.DiskCampaign count=200 ;;
    kernel) suite=FaLW.Kernel.Tests class=Jupyter.HostileCampaign count=10000 ;;
    soak) suite=FaLW.Tests class=Notebooks.SoakCampaign count=500 ;;
    *) echo "Name a campaign: kill, disk, kernel or soak." >&2; exit 2 ;;
esac
runner=.build/bin/$suite/release/$suite
[ -x "$runner" ] || { echo "The suite is not built: dotnet build FaLW.Notebooks.sln -c Release, then run this again." >&2; exit 1; }
export FALW_CAMPAIGN=${2:-$count} FALW_CAMPAIGN_SEED=${3:-0} OMP_NUM_THREADS=1 MKL_NUM_THREADS=1 OMP_WAIT_POLICY=passive TORCH_CPP_LOG_LEVEL=ERROR
log=$(mktemp)
trap 'rm -f "$log"' EXIT
started=$SECONDS status=0
"$runner" -noLogo -noColor -showLiveOutput -class "$suite.$class" >"$log" 2>&1 || status=$?
echo "$1, seed $FALW_CAMPAIGN_SEED: $(sed -nE 's/^.*campaign: //p' "$log" | head -n 1) ($((SECONDS - started)) s)"
[ "$status" = 0 ] || grep -v NNPACK "$log"
exit "$status"
