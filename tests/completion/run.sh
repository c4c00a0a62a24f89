#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh BINARY: what the shells offer. Bash's completion is run as bash runs it; fish's and zsh's
# where these shells are, which else is said.
set -uo pipefail

binary=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
mkdir "some folder"
touch "one file.sql" other.sql
failed=0

fail() {
    echo "FAILED $*"
    failed=1
}

# offers SHELL EXPECTED WORD...: the last word is the one at hand.
offers() {
    local shell=$1 expected=$2 actual
    shift 2
    actual=$("offered_by_$shell" "$@" | sort | paste -sd ' ')
    [ "$actual" = "$expected" ] || fail "$shell: lockstep $*: offers \"$actual\", not \"$expected\""
}

offered_by_bash() {
    bash -c '
        source "$1"
        shift
        COMP_WORDS=(lockstep "$@")
        COMP_CWORD=$#
        _lockstep
        printf "%s\n" "${COMPREPLY[@]}"' bash "$work/bash" "$@"
}

offered_by_fish() {
    fish --no-config -c 'source $argv[1]; complete -C $argv[2] | string replace -r "\t.*" ""' \
        "$work/fish" "lockstep $*"
}

for shell in bash zsh fish; do
    "$binary" completion "$shell" >"$work/$shell" || fail "completion $shell"
done

offers bash "lint" li
offers bash "--format" lint --form
offers bash "json text" rules --format ""
offers bash "github gitlab json junit markdown sarif text" lint --format ""
offers bash "github gitlab" lint --format g
offers bash "sarif" lint --format = s
offers bash "one file.sql other.sql" lint --schema o
offers bash "some folder" up --sandbox-dir s
offers bash "one file.sql" lint --format text one
offers bash "set-not-null-scans-table" explain set-not
offers bash "reset" sandbox r
offers bash "history" help hi
offers bash "--no-sandbox" up --no-sa
offers bash "--help --version" -
offers bash "" up --to 2
offers bash "error" lint --quiet --fail-on e

if command -v fish >/dev/null; then
    fish --no-execute "$work/fish" || fail "fish: syntax"
    offers fish "lint" li
    offers fish "--format" lint --form
    offers fish "json text" rules --format ""
    offers fish "github gitlab" lint --format g
    offers fish "other.sql" lint ot
    offers fish "set-not-null-scans-table" explain set-not
    offers fish "reset" sandbox r
else
    echo "not tried: fish is not here"
fi

if command -v zsh >/dev/null; then
    zsh -n "$work/zsh" || fail "zsh: syntax"
else
    echo "not tried: zsh is not here"
fi
exit $failed
