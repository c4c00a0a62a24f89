#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# rules.def is sorted, and there is one file for each of its rules and one rule for each file.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}/lint_rules"

if [ ! -e rules.def ]; then
    echo "lint_rules/rules.def is missing"
    exit 1
fi
listed=$(sed -n 's/^RULE(\([a-z0-9_]*\)).*/\1/p' rules.def)
files=$(find . -name '*.c' | sed 's|^\./||; s|\.c$||' | LC_ALL=C sort)

status=0
if ! echo "$listed" | LC_ALL=C sort -c -u; then
    echo "lint_rules/rules.def is not sorted, or names a rule twice"
    status=1
fi
while read -r line; do
    echo "$line"
    status=1
done < <(LC_ALL=C comm -3 <(echo "$listed" | LC_ALL=C sort -u) <(echo "$files") |
    sed -e 's|^\t\(.*\)|lint_rules/\1.c is not in rules.def|;t' \
        -e 's|^\(..*\)|rules.def names \1, but there is no lint_rules/\1.c|')
exit $status
