#!/usr/bin/env bash
# Says which libtorch the binding is built against, as `key=value` lines: root, version, include (joined by ;), lib, abi, cuda,
# standard. Order: FALW_LIBTORCH (a libtorch or site-packages/torch folder), a Python torch with CUDA when a GPU is visible, the system's.
set -u

library_of() { # folder -> the folder with libtorch.so
    local machine; machine=$(uname -m)-linux-gnu
    for lib in "$1/lib" "$1/lib64" "$1/lib/$machine"; do
        [ -e "$lib/libtorch.so" ] && { echo "$lib"; return 0; }
    done
    return 1
}

python_torch() { # the folder of an importable torch that was built with CUDA; looked at, not imported, which would take seconds
    for python in "${FALW_PYTHON:-python3}" /usr/bin/python3; do
        command -v "$python" > /dev/null || continue
        "$python" -c '
import importlib.util, os, re, sys
found = importlib.util.find_spec("torch")
folder = os.path.dirname(found.origin) if found and found.origin else sys.exit(1)
text = open(os.path.join(folder, "version.py")).read()
print(folder) if re.search(r"^cuda\b[^=]*= *.\d", text, re.M) else sys.exit(1)' 2> /dev/null && return 0
    done
    return 1
}

choose() {
    if [ -n "${FALW_LIBTORCH:-}" ]; then
        for folder in "$FALW_LIBTORCH" "$FALW_LIBTORCH/torch"; do
            library_of "$folder" > /dev/null && { echo "$folder"; return 0; }
        done
        echo "libtorch was not found in FALW_LIBTORCH=$FALW_LIBTORCH: expected lib/libtorch.so in it." \
             "Set it to a libtorch or site-packages/torch folder, or unset it to use the system's." >&2
        return 1
    fi
    [ -e /dev/nvidiactl ] && python_torch && return 0
    for folder in /usr/local /usr; do
        library_of "$folder" > /dev/null && { echo "$folder"; return 0; }
    done
    echo "libtorch was not found on this machine. Run \`bash environment/setup.sh\` to install it," \
         "or set FALW_LIBTORCH to a libtorch or site-packages/torch folder." >&2
    return 1
}

root=$(choose) || exit 1
lib=$(library_of "$root")
include=$root/include
api=$include/torch/csrc/api/include
if [ ! -e "$api/torch/version.h" ]; then
    echo "libtorch in $root has no C++ headers ($api is missing)." \
         "Run \`bash environment/setup.sh\`, or set FALW_LIBTORCH to an installation that has them." >&2
    exit 1
fi
part() {
    grep -hoE "define TORCH_VERSION_$1 [0-9]+" "$api/torch/version.h" "$include/torch/headeronly/version.h" 2> /dev/null |
        head -1 | grep -oE '[0-9]+$'
}
major=$(part MAJOR); minor=$(part MINOR); patch=$(part PATCH)
# torch 2.9 and newer ask for C++20; older headers were only ever tried with 17 by their makers.
standard=17
[ "$((major * 100 + minor))" -ge 209 ] && standard=20
abi=0
grep -qaE '_ZN3c105ErrorC[12]E[^[:space:]]*__cxx11' "$lib/libc10.so" && abi=1
cuda=0
[ -e "$lib/libtorch_cuda.so" ] && cuda=1

echo "root=$root"
echo "version=$major.$minor.$patch"
echo "include=$include;$api"
echo "lib=$lib"
echo "abi=$abi"
echo "cuda=$cuda"
echo "standard=${FALW_CXX_STANDARD:-$standard}"
