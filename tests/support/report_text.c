/* SPDX-License-Identifier: MIT */
#include "support/report_text.h"

#include <stdio.h>
#include <stdlib.h>

#include "support/test.h"

const char *
report_written(Arena *arena, const char *format, const Report *report)
{
    char *written = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&written, &size);
    assert_non_null(out);
    report_find(format)->write(out, arena, report);
    assert_int_equal(fclose(out), 0);
    const char *kept = arena_strndup(arena, written, size);
    free(written);
    return kept;
}

const char *
report_of(Arena *arena, const char *format, const LintResult *result)
{
    return report_written(arena, format, &(Report){.result = result, .fails_at = SEVERITY_ERROR});
}
