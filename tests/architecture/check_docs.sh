#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The generated documents under docs/ are what the program's tables say.
set -euo pipefail
source=$(cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}" && pwd)
tool=${LOCKSTEP_BINARY:-${2:-$source/build/dev}/lockstep}

if [ ! -x "$tool" ]; then
    echo "$tool is not built"
    exit 77
fi
made=$(mktemp -d)
trap 'rm -rf "$made"' EXIT
"$source/scripts/docs" "$tool" "$made"

status=0
for document in "$made"/*; do
    diff -u "$source/docs/$(basename "$document")" "$document" || status=1
done
if [ "$status" -ne 0 ]; then
    echo "docs/ is older than the program: run scripts/docs"
fi
exit "$status"
