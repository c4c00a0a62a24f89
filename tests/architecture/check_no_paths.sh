#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# No file of the project names a place that exists on one machine only: a home directory, the
# directory it is built in, the host of a package mirror.
set -euo pipefail
source=$(cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
build=${2:-$source/build}
cd "$source"

# What comes before an absolute path, as opposed to the middle of a relative one.
before='(^|[^A-Za-z0-9_./})*-])'
pattern="$before/(home|Users|work|farm|workspace|builds)/"
pattern+="|$before/(var/)?tmp/(build|work)"
pattern+='|://[^ /"]*(debian|ubuntu|mirror|artifact|proxy|registry)'
pattern+='|(deb|ftp|archive|security|mirrors?)\.[a-z.]*(debian|ubuntu)\.(org|com|net)'
# This very checkout, when its path is long enough not to be taken for something else.
for place in "$source" "$build"; do
    if [[ $place == /*/* ]]; then
        pattern+="|$before$(printf '%s' "$place" | sed 's/[][().*+?^$|{}\\]/\\&/g')(/|[^A-Za-z0-9_-]|\$)"
    fi
done

# The files that are ours: not what was built, fetched or made by git.
files() {
    find . \( -path ./.git -o -path ./.deps -o -path ./build -o -path ./.cache -o -name .lockstep \
        -o -path "./tests/fuzz/seeds" -o -path ./tests/architecture/check_no_paths.sh \) -prune \
        -o -type f -print0
}

if files | xargs -0 grep -InE "$pattern"; then
    echo "these lines name a place on one machine"
    exit 1
fi
