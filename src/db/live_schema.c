/* SPDX-License-Identifier: MIT */
#include "db/live_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db_sql.h"

/* Each gives one column of statements, in the order in which they have to be read. */
static const struct {
    const char *sql;
    int since; /* the first version that has the catalogs it asks */
} parts[] = {
    {db_sql_schema_names,           0 },
    {db_sql_schema_functions,       0 },
    {db_sql_schema_tables,          0 },
    {db_sql_schema_views,           0 },
    {db_sql_schema_indexes,         0 },
    {db_sql_schema_attached,        0 },
    {db_sql_schema_publications_15, 15},
};

static bool
write_part(Db *db, const char *sql, FILE *out, Error *err)
{
    Arena *scratch = arena_new();
    DbRows rows;
    bool ok = db_query(scratch, db, sql, NULL, 0, &rows, err);
    for (size_t row = 0; ok && row < rows.count; row++) {
        if (db_cell(&rows, row, 0) != NULL)
            fprintf(out, "%s;\n", db_cell(&rows, row, 0));
    }
    arena_free(scratch);
    return ok;
}

static bool
write_parts(Db *db, FILE *out, Error *err)
{
    /* Before the preparation, which changes what they say. */
    if (!write_part(db, db_sql_schema_settings, out, err))
        return false;
    Arena *scratch = arena_new();
    bool ok = db_query(scratch, db, db_sql_schema_prepare, NULL, 0, NULL, err);
    arena_free(scratch);
    for (size_t i = 0; ok && i < sizeof parts / sizeof *parts; i++) {
        if (db_server_major(db) >= parts[i].since)
            ok = write_part(db, parts[i].sql, out, err);
    }
    return ok;
}

/* Nothing was changed, so that how it ends is of no interest. */
static void
leave(Db *db)
{
    Error ignored;
    if (!db_is_lost(db) && db_in_transaction(db))
        (void)!db_execute(db, "ROLLBACK", &ignored);
}

bool
live_schema_read(Arena *arena, Db *db, LiveSchema *out, Error *err)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        abort();
    bool ok = db_execute(db, db_sql_schema_begin, err) && write_parts(db, stream, err);
    leave(db);
    if (fclose(stream) != 0)
        abort();
    if (ok)
        *out = (LiveSchema){.text = arena_strndup(arena, text, length), .length = length};
    free(text);
    return ok || error_context(err, "reading the catalog");
}
