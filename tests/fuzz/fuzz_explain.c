/* SPDX-License-Identifier: MIT */
/*
 * A schema and a migration go through parsing, replay and explain, to text and to JSON. A byte at
 * the front chooses the server version; behind it stands the schema, and behind a line `--- run`
 * the migration. Without such a line, the text is both.
 */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "lockstep/arena.h"

#include "cli/explain_report.h"
#include "fuzz/readable.h"
#include "lint/explain.h"

#define SEPARATOR "\n--- run\n"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static SourceFile *
source_of(Arena *arena, const char *path, const char *text, size_t length)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file =
        (SourceFile){.path = path, .text = arena_strndup(arena, text, length), .length = length};
    return file;
}

/* Fills in the two, each in memory of its own, so that reading past the end of one is seen. */
static void
split(Arena *arena, const char *text, size_t length, SourceFile **schema, SourceFile **migration)
{
    const char *line = memmem(text, length, SEPARATOR, strlen(SEPARATOR));
    const char *behind = line != NULL ? line + strlen(SEPARATOR) : text;
    *schema = source_of(arena, "schema.sql", text, line != NULL ? (size_t)(line - text) : length);
    *migration = source_of(arena, "1_fuzz.up.sql", behind, length - (size_t)(behind - text));
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
    SourceFile *schema;
    SourceFile *up;
    split(arena, (const char *)data + 1, size - 1, &schema, &up);
    DiscoveredFiles files = {0};
    LIST_APPEND(arena, &files.migrations,
                (Migration){.version = "1", .version_text = "1", .name = "fuzz", .up = up});
    LIST_APPEND(arena, &files.reported_up, true);
    LIST_APPEND(arena, &files.reported_down, false);

    const ReadingOptions options = {.pg_version = 14 + data[0] % 5, .schema = schema};
    ExplainResult result;
    explain_run(arena, &options, &files, &result);
    explain_text(nowhere, &result, data[0] % 2 == 0, 40 + data[0] % 100);
    explain_json(nowhere, &result);
    arena_free(arena);
    return 0;
}
