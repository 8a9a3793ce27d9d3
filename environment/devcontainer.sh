#!/usr/bin/env bash
# After the container is made: build, install the notebook kernel, and run the smallest study once.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

bash "$here/environment/setup.sh"
bash "$here/environment/falw" kernel install
bash "$here/environment/falw" doctor
bash "$here/environment/falw" run main --scale smoke
