#!/usr/bin/env bash
# Installs what a fresh Debian machine lacks. Safe to run again: what is there is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
source environment/lib.sh

need_dotnet

# A libtorch that FALW_LIBTORCH names (inside a Python torch, say) makes Debian's superfluous.
packages=(cmake make g++ libopenblas0-pthread)
[ -n "${FALW_LIBTORCH:-}" ] || packages+=(libtorch-dev)

missing=()
for package in "${packages[@]}"; do
    installed "$package" || missing+=("$package")
done

if [ ${#missing[@]} -eq 0 ]; then
    say "System packages: all there (${packages[*]})."
else
    install_packages "${missing[@]}"
fi

# Said, not installed: nothing but Tiny-ImageNet's pictures needs it.
installed libturbojpeg0 || say "Optional: libturbojpeg0, which decodes the pictures of Tiny-ImageNet (apt-get install libturbojpeg0)."
