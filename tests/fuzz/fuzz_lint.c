/* SPDX-License-Identifier: MIT */
/* Any text goes through the whole linter, to the text report and the JSON one; a byte at its front
 * chooses the server version. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "fuzz/readable.h"
#include "lint/lint.h"
#include "report/report.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

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
        (Migration){.version = "1", .version_text = "1", .name = "fuzz", .up = &up, .down = &up});
    LIST_APPEND(arena, &files.reported_up, true);
    LIST_APPEND(arena, &files.reported_down, true);

    const LintOptions options = {.pg_version = 14 + data[0] % 5, .today = "2026-01-01"};
    LintResult result = {0};
    lint_run(arena, &options, &files, &result);
    ExplainResult explained = {0};
    const ReadingOptions reading = {.pg_version = options.pg_version};
    explain_run(arena, &reading, &files, &explained);
    const Report report = {
        .result = &result,
        .explained = &explained,
        .directory = "/srv",
        .root = "/srv",
        .fails_at = SEVERITY_ERROR,
        .style = {.colour = true, .width = 40 + data[0] % 100}
    };
    for (const ReportFormat *format = report_formats(); format->name != NULL; format++)
        format->write(nowhere, arena, &report);
    arena_free(arena);
    return 0;
}
