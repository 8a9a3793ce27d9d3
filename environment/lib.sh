# Shared by the scripts beside it; sourced, never run.

say() { printf '%s\n' "$*"; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

installed() { dpkg-query -W -f='${Status}' "$1" 2>/dev/null | grep -q 'ok installed'; }

need_dotnet() {
    command -v dotnet >/dev/null ||
        fail "The .NET 10 SDK is needed and no 'dotnet' is on PATH. Install it from https://dot.net, then run this again."
    local version
    version=$(dotnet --version 2>/dev/null) ||
        fail "The .NET 10 SDK is needed, but 'dotnet --version' fails in this folder. Install SDK 10.0 from https://dot.net, then run this again."
    case "$version" in
        10.*) ;;
        *) fail "The .NET 10 SDK is needed; 'dotnet --version' says $version. Install SDK 10.0 from https://dot.net, then run this again." ;;
    esac
}

install_packages() {
    command -v apt-get >/dev/null ||
        fail "Missing: $*. This machine has no apt-get, so install the same things by its own means (a C++ compiler, CMake, make, OpenBLAS, libtorch 1.13 or later) and point FALW_LIBTORCH at the libtorch folder."
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "Missing: $*. Installing needs root and there is no sudo: ask an administrator to run 'apt-get install --no-install-recommends $*'."
        as_root=(sudo)
    fi
    say "Installing $* (up to 125 MB to download, half a gigabyte on disk; one to three minutes) ..."
    local log
    log=$(mktemp)
    "${as_root[@]}" apt-get update -qq >"$log" 2>&1 || true
    if ! "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >>"$log" 2>&1; then
        tail -n 5 "$log" >&2
        fail "apt-get could not install $*. The lines above say why; the whole log is $log. Without a network, install these packages beforehand."
    fi
    rm -f "$log"
    say "Installed: $*."
}

# Builds quietly; a failure shows the compiler's own words.
build() {
    local project=$1 configuration=$2 log
    log=$(mktemp)
    if ! dotnet build "$project" -c "$configuration" -v quiet -clp:ErrorsOnly -nologo >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "The build of $project failed; the lines above say why."
    fi
    rm -f "$log"
}
