#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# run.sh BINARY SOURCE_DIR [CASE...]: compares what the tool prints with what it is expected to print.
#
# A case is a folder beside this script. `command` holds the arguments, quoted as for a shell, with
# assignments of environment variables in front where the case needs them; {source} stands for
# SOURCE_DIR, ../example is its migrations_example. It runs in a copy of the folder, laid over a copy
# of the case that `like` names where there is such a file, with `stdin` as its input if there is
# such a file.
# expected.txt is what it prints (what it says on stderr comes last, below a line "--- stderr"),
# expected.status its exit status. LOCKSTEP_UPDATE_GOLDEN=1 writes both anew.
set -uo pipefail

binary=$(realpath "$1")
source_dir=$(realpath "$2")
shift 2
cases_dir=$source_dir/tests/golden
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What differs from run to run and from machine to machine.
normalise() {
    sed -E \
        -e "s|$work/case|{case}|g" \
        -e "s|$source_dir|{source}|g" \
        -e 's/[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9:]+)?/{time}/g' \
        -e 's/\bin [0-9]+(\.[0-9]+)? ?(ms|s)\b/in {duration}/g' \
        -e 's/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/{id}/g' \
        -e 's/("version": ?)"[^"]*"/\1"{version}"/g'
}

run_case() {
    local folder=$1 status=0
    rm -rf "$work/case" "$work/home"
    mkdir "$work/home"
    ln -sfn "$source_dir/migrations_example" "$work/example"
    if [ -e "$folder/like" ]; then
        cp -R "$cases_dir/$(<"$folder/like")" "$work/case"
        cp -R "$folder/." "$work/case"
    else
        cp -R "$folder" "$work/case"
    fi

    local line
    line=$(<"$folder/command")
    local -a words=()
    eval "words=(${line//\{source\}/$source_dir})"
    local -a assignments=()
    while [[ ${#words[@]} -gt 0 && ${words[0]} =~ ^[A-Z_]+= ]]; do
        assignments+=("${words[0]}")
        words=("${words[@]:1}")
    done

    local input=/dev/null
    [ -e "$folder/stdin" ] && input=$folder/stdin
    (cd "$work/case" && env -i PATH="$PATH" HOME="$work/home" LC_ALL=C.UTF-8 TERM=dumb \
        ASAN_OPTIONS="${ASAN_OPTIONS:-}" UBSAN_OPTIONS="${UBSAN_OPTIONS:-}" \
        "${assignments[@]}" "$binary" "${words[@]}") \
        <"$input" >"$work/stdout" 2>"$work/stderr" || status=$?

    normalise <"$work/stdout" >"$work/actual.txt"
    if [ -s "$work/stderr" ]; then
        echo "--- stderr" >>"$work/actual.txt"
        normalise <"$work/stderr" >>"$work/actual.txt"
    fi
    echo "$status" >"$work/actual.status"
}

check_case() {
    local folder=$1 file good=0
    for file in txt status; do
        if [ "${LOCKSTEP_UPDATE_GOLDEN:-}" = 1 ]; then
            cp "$work/actual.$file" "$folder/expected.$file"
        elif ! diff -u --label "expected.$file" --label "actual.$file" \
            "$folder/expected.$file" "$work/actual.$file"; then
            good=1
        fi
    done
    return "$good"
}

if [ $# -gt 0 ]; then
    folders=("${@/#/$cases_dir/}")
else
    folders=("$cases_dir"/*/)
fi

ran=0
failed=0
for folder in "${folders[@]}"; do
    folder=${folder%/}
    if [ ! -e "$folder/command" ]; then
        echo "FAILED ${folder##*/}: it has no file \"command\""
        failed=$((failed + 1))
        continue
    fi
    ran=$((ran + 1))
    run_case "$folder"
    if ! check_case "$folder"; then
        echo "FAILED ${folder##*/}"
        failed=$((failed + 1))
    fi
done

echo "$ran golden cases, $failed failed"
[ "$ran" -gt 0 ] && [ "$failed" -eq 0 ]
