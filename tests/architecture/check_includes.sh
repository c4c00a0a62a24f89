#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# Every #include of the program keeps to layers.txt.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
cd "${1:-$here/../..}"

find include src lint_rules -name '*.[ch]' | sort | xargs awk '
    function allows(list, name,   i, n, words) {
        n = split(list, words, " ")
        for (i = 1; i <= n; i++)
            if (words[i] == name || (words[i] ~ /\/$/ && index(name, words[i]) == 1))
                return 1
        return 0
    }

    FILENAME ~ /layers\.txt$/ {
        if ($0 !~ /^#/ && split($0, column, "|") == 3) {
            gsub(/ /, "", column[1])
            ours[column[1]] = column[2]
            others[column[1]] = column[3]
        }
        next
    }

    FNR == 1 {
        n = split(FILENAME, part, "/")
        folder = part[1] == "src" ? part[2] : part[1]
        directory = FILENAME
        sub(/[^\/]*$/, "", directory)
        if (!(folder in ours)) {
            print FILENAME ": layers.txt does not know the folder " folder
            bad++
        }
    }

    /^[ \t]*#[ \t]*include/ {
        name = $0
        sub(/^[^<"]*[<"]/, "", name)
        sub(/[>"].*$/, "", name)
        top = name
        sub(/\/.*$/, "", top)
        own = top == folder && folder != "parse" || \
              name !~ /\// && system("test -e \"" directory name "\"") == 0
        if (top == "lockstep" || own || allows(ours[folder], name ~ /\// ? top : name) || \
            allows(others[folder], name) || allows(others["anywhere"], name))
            next
        print FILENAME ":" FNR ": " folder " may not include " name
        bad++
    }

    END { exit bad > 0 }
' "$here/layers.txt"
