#!/usr/bin/env bash
# Brings lib/FaLW/PublicAPI.Unshipped.txt up to what the library shows: adds what the build misses (RS0016), takes out what is gone (RS0017). Look at the difference.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source environment/lib.sh
need_dotnet
file=lib/FaLW/PublicAPI.Unshipped.txt
log=$(mktemp) lines=$(mktemp)
trap 'rm -f "$log" "$lines"' EXIT
dotnet build lib/FaLW/FaLW.csproj -c Release --no-incremental -v quiet -nologo -p:TreatWarningsAsErrors=false >"$log" 2>&1 || { grep -m 20 'error' "$log" >&2; fail "The library does not build; mend what the lines above say, then run this again."; }
named() { sed -nE "s/.*$1: Symbol '(.*)' is (not )?part of the.*/\1/p" "$log" | LC_ALL=C sort -u; }
{ echo '#nullable enable'; { tail -n +2 "$file"; named RS0016; } | LC_ALL=C sort -u | LC_ALL=C comm -23 - <(named RS0017); } >"$lines"
added=$(named RS0016 | wc -l) gone=$(named RS0017 | wc -l)
cat "$lines" >"$file"
say "$added lines added, $gone taken out: git diff $file"
