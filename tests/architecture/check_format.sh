#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The C files are as clang-format-19 writes them. Another version writes them otherwise.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

if ! command -v clang-format-19 >/dev/null; then
    echo "clang-format-19 is not installed"
    exit 77
fi
find src include lint_rules tests -name '*.[ch]' -print0 | xargs -0 -r clang-format-19 --dry-run -Werror
