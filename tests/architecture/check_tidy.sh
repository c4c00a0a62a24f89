#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# clang-tidy-19 has nothing to say about the C files. What was clean is looked at again only when the
# file, any header, or the settings have changed since.
set -euo pipefail
source=$(cd "${1:?the source directory}" && pwd)
build=$(cd "${2:?a build directory with compile_commands.json}" && pwd)
stamps=$build/tidy

if ! command -v clang-tidy-19 >/dev/null; then
    echo "clang-tidy-19 is not installed"
    exit 77
fi
mkdir -p "$stamps"
cd "$source"

# Our files among those that are compiled; the generated ones are not ours.
compiled() {
    sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' "$build/compile_commands.json" | sort -u |
        while read -r file; do
            case $file in
            "$build"/*) ;;
            "$source"/*) printf '%s\n' "${file#"$source"/}" ;;
            esac
        done
}

stamp_of() {
    printf '%s/%s' "$stamps" "${1//\//__}"
}

# The newest of all that has a say in every file.
newest_header() {
    find include src lint_rules tests .clang-tidy \( -name '*.h' -o -name '*.def' -o -name .clang-tidy \) \
        -printf '%T@ %p\n' | sort -n | tail -n 1 | cut -d ' ' -f 2-
}

stale() {
    local file stamp header
    header=$(newest_header)
    compiled | while read -r file; do
        stamp=$(stamp_of "$file")
        if [ ! -e "$stamp" ] || [ "$file" -nt "$stamp" ] || [ "$header" -nt "$stamp" ]; then
            printf '%s\n' "$file"
        fi
    done
}

# The stamp has the time at which the look began: a file that changes meanwhile is stale.
check_one() {
    local stamp
    stamp=$(stamp_of "$1")
    touch "$stamp.new"
    clang-tidy-19 -p "$build" --quiet "$1" 2> >(grep -v -e ' warnings generated' >&2) || return 1
    mv "$stamp.new" "$stamp"
}
export -f check_one stamp_of
export stamps build

if [ -z "$(compiled)" ]; then
    echo "compile_commands.json names no file of ours"
    exit 1
fi
stale | tr '\n' '\0' | xargs -0 -r -n 1 -P 2 bash -c 'check_one "$1"' check_one
