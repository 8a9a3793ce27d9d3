#!/usr/bin/env bash
# The main job: from a fresh machine with nothing but the .NET 10 SDK to a table and a report.
#   bash environment/reproduce.sh [--no-fetch] [any option of `falw run main`, e.g. --seeds 3 --scale class --device cuda]
# Where CIFAR-100 is not found and there is a network it is fetched first, 169 MB; --no-fetch or FALW_NO_FETCH=1 leaves it out.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
source "$here/environment/lib.sh"

fetch=(--fetch) options=()
[ -z "${FALW_NO_FETCH:-}" ] || fetch=()
for option in "$@"; do
    if [ "$option" = --no-fetch ]; then fetch=(); else options+=("$option"); fi
done

say "1/3  The packages are fetched (first time: 190 MB, a minute or two; later: seconds)."
# A checkout that cannot be written has nothing to fetch once it is built.
[ ! -w "$(built_in)" ] || bash "$here/environment/setup.sh" lib/Cli/FaLW.Cli.csproj
say "2/3  The kit is built (first time: a minute or two)."
bash "$here/environment/falw" --version >/dev/null
say "3/3  The main study runs: Original, Retrain, then five methods against Retrain"
say "     (small scale, one seed: 15 to 25 minutes on two cores; stop with Ctrl-C, the same command resumes)."
if [ ${#fetch[@]} -eq 0 ]; then
    say "     Nothing is fetched: where CIFAR-100 is not here, digits that travel with the kit stand in."
fi
exec bash "$here/environment/falw" run main --no-records "${fetch[@]}" "${options[@]}"
