/* SPDX-License-Identifier: MIT */
#include "run/restore_point.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "db/facts.h"

/* "2026-11-21T08:12:26.123456Z" without punctuation and fractions: a name has 63 bytes at most. */
static const char *
compact_time(Arena *arena, const char *time)
{
    char compact[20];
    size_t used = 0;
    for (const char *at = time; *at != '\0' && *at != '.' && used < sizeof compact - 2; at++)
        if (*at != '-' && *at != ':')
            compact[used++] = *at;
    compact[used++] = 'Z';
    return arena_strndup(arena, compact, used);
}

/* What a role or a server may lack without being unfit: EXECUTE on the function, wal_level, the
 * function itself. */
static bool
can_do_without(const Error *err)
{
    static const char *const states[] = {"42501", "55000", "0A000", "42883"};
    for (size_t i = 0; err->kind == ERROR_SERVER && i < sizeof states / sizeof states[0]; i++)
        if (strcmp(err->sqlstate, states[i]) == 0)
            return true;
    return false;
}

static bool
name_it(Arena *arena, Db *db, RestorePoint *point, Error *err)
{
    const char *name =
        arena_printf(arena, "lockstep-%s-%s", compact_time(arena, point->taken_at), point->run);
    const char *lsn = NULL;
    if (facts_create_restore_point(arena, db, name, &lsn, err)) {
        point->name = name;
        point->lsn = lsn;
        return true;
    }
    if (!can_do_without(err))
        return error_context(err, "creating the restore point");
    point->name_missing = arena_strdup(arena, err->message);
    *err = (Error){0};
    return true;
}

bool
restore_point_take(Arena *arena, Db *db, const char *run, RestorePoint *out, Error *err)
{
    DbRows rows;
    if (!facts_restore_point(arena, db, &rows, err))
        return false;
    *out = (RestorePoint){
        .run = run,
        .taken_at = db_cell(&rows, 0, 0),
        .lsn = db_cell(&rows, 0, 1),
        .timeline = db_cell_int(&rows, 0, 2),
        .system_identifier = db_cell(&rows, 0, 3),
        .database = db_cell(&rows, 0, 4),
        .in_flight = db_cell_int(&rows, 0, 5),
        .snapshot_xmin = db_cell(&rows, 0, 6),
        .wal_level = db_cell(&rows, 0, 7),
        .archive_mode = db_cell(&rows, 0, 8),
        .last_archived_wal = db_cell(&rows, 0, 9),
        .archiver_failing = db_cell_bool(&rows, 0, 10),
    };
    return name_it(arena, db, out, err);
}

static void
write_json_string(FILE *stream, const char *key, const char *value)
{
    fprintf(stream, "\"%s\":", key);
    if (value == NULL) {
        fputs("null", stream);
        return;
    }
    fputc('"', stream);
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '"' || *at == '\\')
            fprintf(stream, "\\%c", *at);
        else if ((unsigned char)*at < 0x20)
            fprintf(stream, "\\u%04x", (unsigned)*at);
        else
            fputc(*at, stream);
    }
    fputc('"', stream);
}

const char *
restore_point_json(Arena *arena, const RestorePoint *point)
{
    char *text = NULL;
    size_t length = 0;
    FILE *stream = open_memstream(&text, &length);
    if (stream == NULL)
        abort();
    const struct {
        const char *key;
        const char *value;
    } texts[] = {
        {"run",               point->run              },
        {"name",              point->name             },
        {"name_missing",      point->name_missing     },
        {"taken_at",          point->taken_at         },
        {"lsn",               point->lsn              },
        {"system_identifier", point->system_identifier},
        {"database",          point->database         },
        {"snapshot_xmin",     point->snapshot_xmin    },
        {"wal_level",         point->wal_level        },
        {"archive_mode",      point->archive_mode     },
        {"last_archived_wal", point->last_archived_wal},
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        fputc(i == 0 ? '{' : ',', stream);
        write_json_string(stream, texts[i].key, texts[i].value);
    }
    fprintf(stream, ",\"timeline\":%" PRId64 ",\"in_flight\":%" PRId64 ",\"archiver_failing\":%s}",
            point->timeline, point->in_flight, point->archiver_failing ? "true" : "false");
    if (fclose(stream) != 0)
        abort();
    const char *copy = arena_strdup(arena, text);
    free(text);
    return copy;
}
