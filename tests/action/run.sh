#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh BINARY SOURCE_DIR: runs scripts/action as action.yml does.
set -uo pipefail

binary=$(realpath "$1")
source_dir=$(realpath "$2")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir "db files"
echo 'CREATE TABLE t (id bigint PRIMARY KEY, note text);' >"db files/1.sql"
echo 'CREATE INDEX note_idx ON t (note);' >"db files/2.sql"
failed=0

# expect STATUS WHAT: `run` ends so.
expect() {
    local status=0
    GITHUB_STEP_SUMMARY=$work/summary "$source_dir/scripts/action" >"$work/out" 2>"$work/err" || status=$?
    [ "$status" = "$1" ] && return
    echo "FAILED: $2: exit status $status, not $1"
    cat "$work/out" "$work/err"
    failed=1
}

has() {
    grep -qF -- "$2" "$work/$1" && return
    echo "FAILED: \"$2\" is not in $1:"
    cat "$work/$1"
    failed=1
}

export WANTED_TOOL=$binary WANTED_PATHS='db files' WANTED_OPTIONS='' WANTED_SARIF=found.sarif
export WANTED_COMMENT=comment.md WANTED_SUMMARY=true
expect 1 "a finding"
has out "::error file=db files/2.sql,line=1,"
has found.sarif '"version": "2.1.0"'
has found.sarif 'db%20files/2.sql'
has comment.md "## lockstep: 1 error"
has summary "## lockstep: 1 error"

WANTED_OPTIONS=$'--fail-on=never\n--pg-version=16'
expect 0 "options"
has comment.md "Judged as PostgreSQL 16."

WANTED_OPTIONS=--no-such-option
expect 2 "a misspelled option"
has err "--no-such-option"

WANTED_OPTIONS='' WANTED_PATHS=$'db files/1.sql\n\n' WANTED_SUMMARY=false
rm -f summary
expect 0 "nothing to complain of"
[ ! -e summary ] || { echo "FAILED: a summary that was not wanted"; failed=1; }

# The inputs of action.yml and the variables of the script are the same.
diff <(grep -o 'WANTED_[A-Z]*:' "$source_dir/action.yml" | tr -d : | sort -u) \
    <(grep -o 'WANTED_[A-Z]*' "$source_dir/scripts/action" | grep -v '_$' | sort -u) || failed=1
exit $failed
