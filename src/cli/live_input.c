/* SPDX-License-Identifier: MIT */
#include "cli/live_input.h"

#include "base/log.h"
#include "cli/words.h"
#include "db/db.h"
#include "db/history.h"
#include "db/live_schema.h"

bool
live_input_wanted(const Settings *settings)
{
    return settings->level[SETTING_URL] == LEVEL_FLAG;
}

static const SourceFile *
catalog_source(Arena *arena, const Db *db, const LiveSchema *live)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = (SourceFile){.path = arena_printf(arena, "<catalog of %s>", db_name(db)),
                         .text = live->text,
                         .length = live->length,
                         .bytes = live->text,
                         .byte_count = live->length};
    return file;
}

static int
version_to_judge_as(const Settings *settings, int major)
{
    if (settings->level[SETTING_PG_VERSION] > LEVEL_DEFAULT)
        return (int)settings->pg_version;
    if (major > DB_NEWEST_MAJOR)
        log_message(LOG_LEVEL_WARNING, "the server runs PostgreSQL %d, judged as %d", major,
                    DB_NEWEST_MAJOR);
    return major < DB_NEWEST_MAJOR ? major : DB_NEWEST_MAJOR;
}

/* A role that may not read the history is told nothing new by it: all files are judged. */
static bool
load_applied(Arena *arena, Db *db, const Settings *settings, History *out, Error *err)
{
    if (history_load(arena, db, settings->history_schema, HISTORY_STATE, out, err))
        return true;
    if (err->kind != ERROR_SERVER)
        return false;
    log_message(LOG_LEVEL_WARNING, "which migrations are applied is not known: %s", err->message);
    *out = (History){0};
    *err = (Error){0};
    return true;
}

static bool
read_database(Arena *arena, Db *db, const Settings *settings, Input *out, Error *err)
{
    LiveSchema live;
    History *applied = ARENA_NEW(arena, History);
    if (!live_schema_read(arena, db, &live, err) ||
        !load_applied(arena, db, settings, applied, err))
        return false;
    out->schema = catalog_source(arena, db, &live);
    out->applied = applied;
    out->pg_version = version_to_judge_as(settings, db_server_major(db));
    return true;
}

bool
live_input_load(const Invocation *invocation, Input *out, Error *err)
{
    const Settings *settings = invocation->settings;
    const DbOptions options = {.conninfo = settings->url,
                               .connect_timeout_ms = settings->connect_timeout_ms,
                               .read_only = true};
    Db *db = NULL;
    if (!db_open(&options, &db, err))
        return false;
    bool ok = read_database(invocation->arena, db, settings, out, err);
    db_close(db);
    return ok;
}

/* Where no history says what is applied, those that are only replayed must be: the catalog is what
 * they led to. */
static bool
is_in_catalog(const Input *input, const HistoryIndex *applied, size_t at)
{
    const DiscoveredFiles *files = &input->files;
    const char *version = files->migrations.items[at].version;
    if (!input->applied->exists)
        return !files->reported_up.items[at] && !files->reported_down.items[at];
    return version[0] != '\0' && history_index_find(applied, version).applied != NULL;
}

void
live_input_leave_out_applied(const Invocation *invocation, Input *input)
{
    DiscoveredFiles *files = &input->files;
    size_t kept = 0;
    bool begins_history = false;
    if (input->applied == NULL)
        return;
    const HistoryIndex *applied = history_index(invocation->arena, input->applied);
    for (size_t i = 0; i < files->migrations.count; i++) {
        begins_history |= files->migrations.items[i].begins_history;
        if (is_in_catalog(input, applied, i))
            continue;
        files->migrations.items[kept] = files->migrations.items[i];
        files->migrations.items[kept].begins_history = begins_history;
        begins_history = false;
        files->reported_up.items[kept] = files->reported_up.items[i];
        files->reported_down.items[kept++] = files->reported_down.items[i];
    }
    size_t left_out = files->migrations.count - kept;
    files->migrations.count = files->reported_up.count = files->reported_down.count = kept;
    if (left_out > 0 && !invocation->settings->quiet)
        log_message(LOG_LEVEL_NOTE, "%s, applied there already, left out",
                    words_count(invocation->arena, left_out, "migration"));
}
