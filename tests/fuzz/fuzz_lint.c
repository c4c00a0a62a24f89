/* SPDX-License-Identifier: MIT */
/* Any text goes through the whole linter and through explain, to the text report and the JSON one;
 * a byte at its front chooses the server version. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <utf8proc.h>

#include "lockstep/arena.h"

#include "cli/explain_report.h"
#include "lint/explain.h"
#include "lint/lint.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What source_read() promises to everybody behind it. */
static bool
is_readable(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        utf8proc_int32_t point = 0;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(length - at), &point);
        if (used <= 0 || point == 0)
            return false;
        at += (size_t)used;
    }
    return true;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0 || !is_readable((const char *)data + 1, size - 1))
        return 0;
    static FILE *nowhere;
    if (nowhere == NULL)
        nowhere = fopen("/dev/null", "w");
    assert(nowhere != NULL);

    Arena *arena = arena_new();
    SourceFile up = {.path = "1_fuzz.up.sql",
                     .text = arena_strndup(arena, (const char *)data + 1, size - 1),
                     .length = size - 1};
    DiscoveredFiles files = {0};
    LIST_APPEND(
        arena, &files.migrations,
        (Migration){.version = 1, .version_text = "1", .name = "fuzz", .up = &up, .down = &up});
    LIST_APPEND(arena, &files.reported_up, true);
    LIST_APPEND(arena, &files.reported_down, true);

    const LintOptions options = {.pg_version = 14 + data[0] % 5, .today = "2026-01-01"};
    LintResult result = {0};
    lint_run(arena, &options, &files, &result);
    const ReportStyle style = {.colour = true, .width = 40 + data[0] % 100};
    for (const ReportFormat *format = report_formats(); format->name != NULL; format++)
        format->write(nowhere, arena, &result, style);

    /* The same text is what existed before, too. */
    const ReadingOptions reading = {.pg_version = options.pg_version, .schema = &up};
    ExplainResult explained;
    explain_run(arena, &reading, &files, &explained);
    explain_text(nowhere, &explained, style.colour, style.width);
    explain_json(nowhere, &explained);
    arena_free(arena);
    return 0;
}
