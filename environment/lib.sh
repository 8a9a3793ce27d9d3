# Shared by the scripts beside it; sourced, never run.

root="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"

# The kit formats numbers without a culture, so the SDK needs no libicu either.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT="${DOTNET_SYSTEM_GLOBALIZATION_INVARIANT:-1}" DOTNET_NOLOGO=1

# A closed stream leaves its number to the next file that is opened, and what is said would be written into that file.
[ -e /dev/fd/0 ] || exec </dev/null
[ -e /dev/fd/1 ] || exec >/dev/null
[ -e /dev/fd/2 ] || exec 2>/dev/null

say() { printf '%s\n' "$*"; }

fail() { printf '%s\n' "$*" >&2; exit 1; }

# The runtime, its libraries and libtorch are more than a hundred files.
files=$(ulimit -Hn)
[ "$files" = unlimited ] || [ "$files" -ge 256 ] ||
    fail "This shell may open $files files at a time, and 256 are needed. Raise the limit ('ulimit -n', or where the job is described), then run this again."

# What HostMemory (lib/FaLW/Models) asks of glibc, asked at the start and on huge pages: a fifth less time, a quarter more memory.
# Other C libraries do not read it.
keep_memory() {
    export GLIBC_TUNABLES="${GLIBC_TUNABLES:-glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=9223372036854775807:glibc.malloc.arena_max=1}"
}

need_dotnet() {
    command -v dotnet >/dev/null ||
        fail "The .NET 10 SDK is needed and no 'dotnet' is on PATH. Install it from https://dot.net, then run this again."
    need_home
    [ -w "${TMPDIR:-/tmp}" ] || fail "The folder for temporary files, '${TMPDIR:-/tmp}', is not there or cannot be written. Set TMPDIR to one that can, then run this again."
    local version
    version=$(dotnet --version 2>/dev/null) ||
        fail "The .NET 10 SDK is needed, but 'dotnet --version' fails in this folder. Install SDK 10.0 from https://dot.net, then run this again."
    case "$version" in
        10.*) ;;
        *) fail "The .NET 10 SDK is needed; 'dotnet --version' says $version. Install SDK 10.0 from https://dot.net, then run this again." ;;
    esac
}

# The SDK and the packages want a home.
need_home() {
    local home=${DOTNET_CLI_HOME:-${HOME:-}}
    [ -n "$home" ] && mkdir -p "$home/.nuget" 2>/dev/null && [ -w "$home" ] && [ -w "$home/.nuget" ] ||
        fail "The home folder '$home' cannot be written, and the SDK keeps its packages there (about a gigabyte). Set DOTNET_CLI_HOME to a folder that can, then run this again."
}

# Where packages are unpacked.
package_folder() { printf '%s' "${NUGET_PACKAGES:-${DOTNET_CLI_HOME:-$HOME}/.nuget/packages}"; }

# Where what is built goes; until anything is, the checkout that will hold it.
built_in() { [ -e "$root/.build" ] && printf '%s' "$root/.build" || printf '%s' "$root"; }

# Fetches the packages of a project; a failure is one sentence with a remedy. What it finds is written into the checkout, which it tries for a minute and more.
restore() {
    local log built
    built=$(built_in)
    [ -w "$built" ] || fail "What is built lies in $root/.build, and $built cannot be written. Run this in a checkout that can be: git clone it to a folder of your own. environment/falw and environment/reproduce.sh work from a read-only one once it is built."
    log=$(mktemp)
    dotnet restore "$1" -v quiet -nologo >"$log" 2>&1 || fail "$(why_no_packages "$log")"
    rm -f "$log"
    local lost
    lost=$(lost_package "$1") || true
    [ -z "$lost" ] || fail "The package in $(package_folder)/$lost is not whole. Delete that folder, then run this again: it is fetched anew."
}

# The first package of a project, or of a solution, of which a file is missing: a restore that has nothing to do looks at none.
lost_package() {
    local name=${1##*/}
    case "$name" in *.csproj) name=${name%.csproj} ;; *) name='*' ;; esac
    local folder file
    folder=$(package_folder)
    awk '/^      "path": / { split($2, part, "\""); path = part[2] } /^      "files": / { inside = 1; next } /^      \]/ { inside = 0 }
         inside { split($0, part, "\""); if (!seen[path, part[2]]++) print path "\t" part[2] }' "$root"/.build/obj/$name/project.assets.json |
        while IFS=$'\t' read -r path file; do
            [ -e "$folder/$path/$file" ] || { printf '%s' "$path"; break; }
        done
}

# Builds quietly, packages first; a failure shows the compiler's own words.
build() {
    local project=$1 configuration=$2 log
    restore "$project"
    log=$(mktemp)
    if ! dotnet build "$project" -c "$configuration" --no-restore -v quiet -clp:ErrorsOnly -nologo >"$log" 2>&1; then
        tail -n 30 "$log" >&2
        fail "The build of $project failed; the lines above say why. If they miss a type or a file of a package, it is not whole: delete its folder in $(package_folder) and the folder .build/obj, then run this again."
    fi
    rm -f "$log"
}

# The sentence for a restore that failed, from its log.
why_no_packages() {
    local log=$1
    if grep -qE 'No space left|not enough space' "$log"; then
        say "The disk is full: the packages take a gigabyte in $(package_folder). Free some, or set NUGET_PACKAGES to a folder on another disk, then run this again."
    elif grep -qE 'Read-only file system|Access to the path|Permission denied' "$log"; then
        say "A folder cannot be written ($(grep -oE "'/[^']+'" "$log" | head -n 1)). Set NUGET_PACKAGES and DOTNET_CLI_HOME to folders that can, or work in a checkout that can, then run this again."
    elif grep -qE 'NU1101|NU1102' "$log"; then
        say "The package feed lacks a package: $(grep -oE '(Unable to find|Found [0-9]+ version).*' "$log" | head -n 1 | sed 's/ \[.*//') Name another feed with 'dotnet nuget add source', or set Torch=cpu if it is CUDA's, then run this again."
    elif grep -qE 'NU1301|NU1300|Unable to load the service index' "$log"; then
        say "The packages could not be fetched (the first time about 200 MB): $(grep -oE "https?://[^ '\"]+" "$log" | head -n 1 | sed 's/\.$//') does not answer. Connect to the network, or copy $(package_folder) from a machine that has built the kit, then run this again."
    else
        say "The packages could not be fetched: $(grep -m 1 -E 'error' "$log" | sed -E 's/^.*error ?:? ?//; s/ \[.*//' || true) Empty $(package_folder) if a download broke off, see that there is a network, then run this again. The whole log: $log."
    fi
}
