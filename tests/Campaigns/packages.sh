#!/usr/bin/env bash
# Packs the library, the kernel and the command, installs them in a home that holds nothing else, and uses them as lib/Packages.md says.
#   bash tests/Campaigns/packages.sh [--interactive]    also a notebook on .NET Interactive, through Jupyter's nbconvert
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
place=$(mktemp -d)
trap 'chmod -R u+w "$place"; rm -rf "$place"' EXIT
dotnet pack FaLW.Notebooks.sln -c Release -o "$place/feed" -v quiet -nologo

export HOME=$place/home PATH=$place/tools:$PATH
unset NUGET_PACKAGES FALW_DATA FALW_RESULTS
mkdir -p "$HOME" "$place/work"
cd "$place/work"
dotnet new nugetconfig >/dev/null
dotnet nuget add source "$place/feed" --name packed --configfile nuget.config >/dev/null
for tool in FaLW.Kernel FaLW.Cli; do dotnet tool install "$tool" --tool-path "$place/tools" --version 0.1.0 >/dev/null; done
echo "sizes: $(du -h "$place"/feed/*.nupkg | awk '{ sub(".*/", "", $2); print $2 " " $1 }' | paste -sd ';')"
falw doctor
falw run main --scale smoke --out out | tail -n 4
falw report out
falw-kernel kernel install

cat >outside.ipynb <<'NOTEBOOK'
{"cells":[
{"cell_type":"code","id":"packages","metadata":{},"execution_count":null,"outputs":[],"source":["#r \"nuget: FaLW, 0.1.0\"\n","using FaLW.Data;\n","using FaLW.Experiments;\n","using FaLW.Plots;\n","using FaLW.Figures;\n","using FaLW.Studies;"]},
{"cell_type":"code","id":"run","metadata":{},"execution_count":null,"outputs":[],"source":["var results = Lab.Open(Scale.Smoke).Run(Study.Main);\n","ResultsTable.Of(results).Show();\n","GapBars.Of(results).Show();"]},
{"cell_type":"code","id":"tensor","metadata":{},"execution_count":null,"outputs":[],"source":["TorchSharp.torch.ones(2, 3).sum().item<float>()"]}
],"metadata":{"kernelspec":{"name":".net-csharp","display_name":".NET (C#)","language":"C#"},"language_info":{"name":"C#"}},"nbformat":4,"nbformat_minor":5}
NOTEBOOK
falw-kernel notebook run outside.ipynb --in-place
grep -q image/png outside.ipynb
echo "A notebook outside the repository: run by the packed kernel, with the packed library, its figure drawn."

[ "${1:-}" = --interactive ] || exit 0
dotnet tool install Microsoft.dotnet-interactive --tool-path "$place/tools" --version 1.0.712001 >/dev/null
dotnet-interactive jupyter install >/dev/null
/usr/bin/python3 -m nbconvert --to notebook --execute --output interactive.ipynb outside.ipynb --ExecutePreprocessor.kernel_name=.net-csharp --ExecutePreprocessor.timeout=600
grep -q image/png interactive.ipynb
echo "The same on .NET Interactive."
