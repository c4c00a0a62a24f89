#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# No global name of ours is one that libpg_query exports: its code would call ours, or ours its.
set -euo pipefail

objects=${OBJECT_LIST:?a file that lists our object files; ctest sets it}
library=${PG_QUERY_LIBRARY:?where libpg_query is; ctest sets it}

# globals FILE... -- defined names that others can see, without what the compiler adds
globals() {
    nm -g --defined-only "$@" 2>/dev/null | awk 'NF == 3 && $3 !~ /^__/ { print $3 }' | sort -u
}

exported() {
    case $library in
    *.a) globals "$library" ;;
    *) globals -D "$library" ;;
    esac
}

# The stand-ins are what the library asks for, not what it has.
ours=$(grep -v -e glibc_stand_ins -e '^$' "$objects" | while read -r object; do
    [ ! -e "$object" ] || globals "$object"
done | sort -u)
theirs=$(exported)
if [ -z "$theirs" ]; then
    echo "$library: nm shows no exported name"
    exit 1
fi

clash=$(comm -12 <(echo "$ours") <(echo "$theirs"))
if [ -n "$clash" ]; then
    echo "libpg_query exports these names too; rename ours or make them static:"
    echo "$clash"
    exit 1
fi
