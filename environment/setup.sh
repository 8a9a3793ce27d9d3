#!/usr/bin/env bash
# Fetches every package once, so that building and testing need no network afterwards. Nothing is installed outside the package folder.
#   bash environment/setup.sh [a project or solution, default all]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source environment/lib.sh

need_dotnet
say "Packages: what is missing is fetched (the first time a minute or two) ..."
restore "${1:-FaLW.Notebooks.sln}"
say "Packages: all there ($(package_folder))."
