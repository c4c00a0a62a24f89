#!/usr/bin/env bash
# SPDX-License-Identifier: MIT
# No function is longer than 60 lines, no file longer than 500. Tables (*.def) may be.
set -euo pipefail
cd "${1:-$(dirname "${BASH_SOURCE[0]}")/../..}"

find src include lint_rules -name '*.[ch]' | sort | xargs awk '
    # clang-format puts the braces of a function, and only those, in the first column.
    FNR == 1 { start = 0 }
    /^{/ { start = FNR }
    /^}/ && start {
        length_ = FNR - start + 1
        if (length_ > 60) {
            print FILENAME ":" start ": a function of " length_ " lines; 60 at most"
            bad++
        }
        start = 0
    }
    FNR == 501 {
        print FILENAME ": more than 500 lines"
        bad++
    }
    END { exit bad > 0 }
'
