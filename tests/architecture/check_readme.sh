#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# The README shows what the tool prints: its lint example is run and compared, and its table of exit
# statuses is held against the program's.
#   check_readme.sh SOURCE_DIR BUILD_DIR
set -euo pipefail

source_dir=$1
tool=$2/lockstep
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$source_dir/migrations_example" "$work/migrations"
cd "$work"

# The console block that begins with this command, without that line.
awk '/^\$ lockstep lint / { shown = 1; next } /^```/ { shown = 0 } shown' \
    "$source_dir/README.md" >expected
command=$(sed -n 's/^\$ lockstep \(lint .*\)/\1/p' "$source_dir/README.md")
# shellcheck disable=SC2086  # the command's words
COLUMNS=80 "$tool" $command >actual || true
diff -u expected actual

# A status that the program knows and the README does not.
status=0
"$tool" docs commands | sed -n 's/^| \([0-9]*\) |.*/\1/p' | sort -u >known
while read -r number; do
    grep -Eq "^\|[^|]*\b$number\b[^|]*\|" "$source_dir/README.md" || {
        echo "README.md: exit status $number is not in the table"
        status=1
    }
done <known
exit $status
