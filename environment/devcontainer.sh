#!/usr/bin/env bash
# After the container is made: build, install the notebook kernel, and run the smallest study once.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

bash "$here/environment/setup.sh"
bash "$here/environment/falw" kernel install
# The second engine stands beside it; where it cannot be fetched the sentence is enough.
bash "$here/environment/falw" kernel install --engine interactive || true
bash "$here/environment/falw" doctor
bash "$here/environment/falw" run main --scale smoke
