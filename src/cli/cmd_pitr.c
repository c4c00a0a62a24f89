/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#include "base/table.h"
#include "base/term.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/words.h"
#include "journal/journal.h"

/* What the journal of this machine knows. Lists are empty where there is no journal yet. */
typedef struct Markers {
    const char *path;
    JournalMarkerList markers;
    JournalRunList runs;
} Markers;

static const TableColumn columns[] = {
    {.title = "before (UTC)"},
    {.title = "run"},
    {.title = "command", .leave_rank = 2},
    {.title = "ended", .leave_rank = 3},
    {.title = "database", .may_cut = true},
    {.title = "LSN"},
    {.title = "timeline", .right = true},
    {.title = "restore point", .leave_rank = 1},
};

/* Asking for markers makes no journal. */
static bool
load(Invocation *invocation, Markers *out, Error *err)
{
    Arena *arena = invocation->arena;
    const char *path = invocation->settings->journal;
    out->path = path != NULL ? path : journal_default_path(arena);
    if (out->path == NULL) {
        (void)error_set(err, ERROR_USAGE, "there is no place for the journal: HOME is not set");
        return error_hint(err, "Say where it is with --journal FILE.");
    }
    if (access(out->path, F_OK) != 0 && errno == ENOENT)
        return true;

    Journal *journal = NULL;
    bool loaded = journal_open(out->path, &journal, err) &&
                  journal_list_markers(arena, journal, &out->markers, err) &&
                  journal_list_runs(arena, journal, &out->runs, err);
    journal_close(journal);
    return loaded;
}

static const JournalRun *
run_of(const Markers *all, const char *id)
{
    foreach (run, &all->runs) {
        if (strcmp(run->run, id) == 0)
            return run;
    }
    return NULL;
}

static void
write_table(const Invocation *invocation, const Markers *all)
{
    Arena *arena = invocation->arena;
    Table *table = table_new(arena, columns, sizeof columns / sizeof *columns);
    foreach (marker, &all->markers) {
        const JournalRun *run = run_of(all, marker->run);
        table_add(arena, table, words_time(arena, marker->taken_at, true), TERM_PLAIN);
        table_add(arena, table, marker->run, TERM_PLAIN);
        table_add(arena, table, run != NULL ? run->command : NULL, TERM_PLAIN);
        table_add(arena, table, run != NULL ? run->outcome : NULL, TERM_PLAIN);
        table_add(arena, table, marker->database, TERM_PLAIN);
        table_add(arena, table, marker->lsn, TERM_PLAIN);
        table_add(arena, table, arena_printf(arena, "%" PRId64, marker->timeline), TERM_PLAIN);
        table_add(arena, table, marker->name != NULL ? marker->name : "(none)", TERM_PLAIN);
    }
    command_write_table(invocation, table);
}

static void
write_list(const Invocation *invocation, const Markers *all)
{
    if (all->markers.count == 0) {
        fprintf(invocation->out, "there is no marker in %s\n", all->path);
        return;
    }
    fprintf(invocation->out, "%s, kept in %s\n\n",
            words_count(invocation->arena, all->markers.count, "marker"), all->path);
    write_table(invocation, all);
}

static json_t *
marker_json(const JournalMarker *marker)
{
    json_t *object = json_object();
    json_put_text(object, "run", marker->run);
    json_put_text(object, "name", marker->name);
    json_put_text(object, "name_missing", marker->name_missing);
    json_put_text(object, "taken_at", marker->taken_at);
    json_put_text(object, "lsn", marker->lsn);
    json_put_number(object, "timeline", marker->timeline);
    json_put_text(object, "system_identifier", marker->system_identifier);
    json_put_text(object, "database", marker->database);
    json_put_number(object, "in_flight", marker->in_flight);
    json_put_text(object, "snapshot_xmin", marker->snapshot_xmin);
    json_put_text(object, "wal_level", marker->wal_level);
    json_put_text(object, "archive_mode", marker->archive_mode);
    json_put_text(object, "last_archived_wal", marker->last_archived_wal);
    json_put_bool(object, "archiver_failing", marker->archiver_failing);
    return object;
}

static void
write_json(const Invocation *invocation, const Markers *all)
{
    json_t *result = json_result();
    json_put_text(result, "journal", all->path);
    json_t *list = json_array();
    foreach (marker, &all->markers) {
        const JournalRun *run = run_of(all, marker->run);
        json_t *object = marker_json(marker);
        json_put_text(object, "command", run != NULL ? run->command : NULL);
        json_put_text(object, "outcome", run != NULL ? run->outcome : NULL);
        json_put_text(object, "server", run != NULL ? run->server : NULL);
        if (json_array_append_new(list, object) != 0)
            abort();
    }
    json_put(result, "markers", list);
    json_write(invocation->out, result);
}

bool
cmd_pitr(Invocation *invocation, Error *err)
{
    Markers all = {0};
    if (!load(invocation, &all, err))
        return false;
    if (invocation->settings->format == FORMAT_JSON)
        write_json(invocation, &all);
    else
        write_list(invocation, &all);
    return true;
}
