/* SPDX-License-Identifier: MIT */
#include "support/explain_case.h"

#include <string.h>

static SourceFile *
source_of(Arena *arena, const char *path, const char *text)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = (SourceFile){.path = path, .text = text, .length = strlen(text)};
    return file;
}

ExplainResult
explain_case(Arena *arena, int pg_version, const char *schema, const char *text)
{
    DiscoveredFiles files = {0};
    const Migration migration = {
        .version = "", .version_text = "", .name = "m", .up = source_of(arena, "m.sql", text)};
    LIST_APPEND(arena, &files.migrations, migration);
    LIST_APPEND(arena, &files.reported_up, true);
    LIST_APPEND(arena, &files.reported_down, false);

    const ReadingOptions options = {
        .pg_version = pg_version,
        .schema = schema != NULL ? source_of(arena, "schema.sql", schema) : NULL};
    ExplainResult result;
    explain_run(arena, &options, &files, &result);
    return result;
}

const char *
explain_case_refusal(Arena *arena, int pg_version, const char *schema, const char *text)
{
    const ExplainResult result = explain_case(arena, pg_version, schema, text);
    foreach (statement, &result.files.items[0].statements) {
        if (statement->error != NULL)
            return statement->error;
    }
    return NULL;
}
