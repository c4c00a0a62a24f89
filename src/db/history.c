/* SPDX-License-Identifier: MIT */
#include "db/history.h"

#include <stdio.h>
#include <string.h>

#include "lockstep/text.h"

#include "db/instant.h"

#include "db_sql.h"

#define HISTORY_FORMAT 3
#define OLDEST_FORMAT 2

static const char *const outcome_words[] = {"done", "failed", "stopped"};
static const char *const kind_words[] = {
    [HISTORY_RUN] = "run",       [HISTORY_BASELINE] = "baseline", [HISTORY_ACCEPT] = "accept",
    [HISTORY_FORGET] = "forget", [HISTORY_SETTLE] = "settle",     [HISTORY_MEND] = "mend"};
static const char *const state_words[] = {"running", "done", "failed"};

const char *
attempt_outcome_words(AttemptOutcome outcome)
{
    return outcome_words[outcome];
}

const char *
history_kind_words(HistoryKind kind)
{
    return kind_words[kind];
}

const char *
step_state_words(StepState state)
{
    return state_words[state];
}

static const char *
direction(bool is_down)
{
    return is_down ? "down" : "up";
}

/* The statement with the value in each place of it. */
static const char *
filled_in(Arena *arena, const char *sql, const char *placeholder, const char *value)
{
    const char *text = "";
    for (;;) {
        const char *at = strstr(sql, placeholder);
        if (at == NULL)
            return arena_printf(arena, "%s%s", text, sql);
        text = arena_printf(arena, "%s%.*s%s", text, (int)(at - sql), sql, value);
        sql = at + strlen(placeholder);
    }
}

/* The statement with the schema's name in it. */
static const char *
with_schema(Arena *arena, const char *sql, const char *schema)
{
    return filled_in(arena, sql, "{schema}", sql_ident(arena, schema));
}

static const char begin_own[] = "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE";

static const HistoryWriting after_anything = {0};

/* Whatever the migration has set: what follows in the transaction runs as the role that connected.
 */
static void
add_bookkeeping(Arena *arena, const Db *db, const HistoryWriting *writing, DbCommandList *batch)
{
    if (!writing->is_plain)
        LIST_APPEND(arena, batch,
                    (DbCommand){.sql = "SET LOCAL SESSION AUTHORIZATION DEFAULT", .is_kept = true});
    DbCommand settings = {
        .sql = db_sql_bookkeep_settings,
        .values = {db_role(db), writing->may_lag ? "off" : NULL},
        .count = 2,
        .is_kept = true,
        .rows = writing->fires
    };
    LIST_APPEND(arena, batch, settings);
}

/* A transaction of its own, in one round trip. */
static bool
run_bookkeeping(Arena *arena, Db *db, DbCommandList *batch, Error *err)
{
    db_batch_add(arena, batch, "COMMIT");
    Error ignored;
    /* What has run before may have thrown away what the server has kept. */
    foreach (command, batch)
        command->is_kept = false;
    if (db_run_batch(arena, db, batch, NULL, NULL, err))
        return true;
    if (!db_is_lost(db) && db_in_transaction(db))
        (void)!db_execute(db, "ROLLBACK", &ignored);
    return false;
}

typedef struct Found {
    bool schema;
    bool history;
    bool step;
    bool kind; /* the history has that column */
} Found;

static bool
find_tables(Arena *scratch, Db *db, const char *schema, Found *out, Error *err)
{
    DbRows rows;
    if (!db_query(scratch, db, db_sql_find_history, &schema, 1, &rows, err))
        return error_context(err, "looking for the history");
    *out = (Found){.schema = db_cell_bool(&rows, 0, 0),
                   .history = db_cell_bool(&rows, 0, 1),
                   .step = db_cell_bool(&rows, 0, 2),
                   .kind = db_cell_bool(&rows, 0, 3)};
    return true;
}

static void
add_missing(Arena *arena, const char *schema, Found found, DbCommandList *batch)
{
    if (!found.schema)
        db_batch_add(arena, batch, with_schema(arena, db_sql_create_schema, schema));
    if (!found.history)
        db_batch_add(arena, batch, with_schema(arena, db_sql_create_history, schema));
    if (!found.step)
        db_batch_add(arena, batch, with_schema(arena, db_sql_create_step, schema));
}

static bool
refuse_creation(Arena *scratch, Db *db, const char *schema, Found found, Error *err)
{
    if (strcmp(err->sqlstate, "42501") != 0)
        return error_context(err, "creating the history in schema %s", schema);
    const char *user = sql_ident(scratch, db_user(db));
    const char *object =
        found.schema ? arena_printf(scratch, "SCHEMA %s", sql_ident(scratch, schema))
                     : arena_printf(scratch, "DATABASE %s", sql_ident(scratch, db_name(db)));
    error_set(err, ERROR_GATE, "role %s may not create the history in schema %s", db_user(db),
              schema);
    return error_hint(err, "Let the owner run: GRANT %sCREATE ON %s TO %s;",
                      found.schema ? "USAGE, " : "", object, user);
}

bool
history_create(Arena *scratch, Db *db, const char *schema, Error *err)
{
    Found found = {0};
    if (!find_tables(scratch, db, schema, &found, err))
        return false;
    if (found.history && found.step)
        return true;
    DbCommandList batch = {0};
    db_batch_add(scratch, &batch, begin_own);
    add_bookkeeping(scratch, db, &after_anything, &batch);
    add_missing(scratch, schema, found, &batch);
    return run_bookkeeping(scratch, db, &batch, err) ||
           refuse_creation(scratch, db, schema, found, err);
}

static AttemptOutcome
outcome_of(const char *words)
{
    if (strcmp(words, "done") == 0)
        return ATTEMPT_DONE;
    return strcmp(words, "failed") == 0 ? ATTEMPT_FAILED : ATTEMPT_STOPPED;
}

static StepState
state_of(const char *words)
{
    if (strcmp(words, "done") == 0)
        return STEP_DONE;
    return strcmp(words, "failed") == 0 ? STEP_FAILED : STEP_RUNNING;
}

static HistoryKind
kind_of(const char *words)
{
    HistoryKind kind = HISTORY_RUN;
    while (kind < HISTORY_MEND && strcmp(words, kind_words[kind]) != 0)
        kind++;
    return kind;
}

/* Columns of what is loaded. */
enum { TOOL_VERSION = 8, FORMAT = 12, KIND = 13, ATTEMPT = 14 };

static HistoryRow
row_of(Arena *arena, const DbRows *rows, size_t row)
{
    return (HistoryRow){
        .id = db_cell_int(rows, row, 0),
        .version = db_cell(rows, row, 1),
        .name = db_cell(rows, row, 2),
        .is_down = strcmp(db_cell(rows, row, 3), "down") == 0,
        .outcome = outcome_of(db_cell(rows, row, 4)),
        .finished_at = instant_text(arena, db_cell_int(rows, row, 5)),
        .duration_ms = db_cell_int(rows, row, 6),
        .applied_by = db_cell(rows, row, 7),
        .tool_version = db_cell(rows, row, TOOL_VERSION),
        .checksum = db_cell(rows, row, 9),
        .token_checksum = db_cell(rows, row, 10),
        .down_sql = db_cell(rows, row, 11),
        .kind = kind_of(db_cell(rows, row, KIND)),
    };
}

static void
take_attempt(Arena *arena, const DbRows *rows, size_t row, HistoryRow *out)
{
    out->attempt = db_cell(rows, row, ATTEMPT);
    out->run = db_cell(rows, row, ATTEMPT + 1);
    out->started_at = instant_text(arena, db_cell_int(rows, row, ATTEMPT + 2));
    out->client = db_cell(rows, row, ATTEMPT + 3);
    out->down_checksum = db_cell(rows, row, ATTEMPT + 4);
    out->sqlstate = db_cell(rows, row, ATTEMPT + 5);
    out->error = db_cell(rows, row, ATTEMPT + 6);
    out->marker = db_cell(rows, row, ATTEMPT + 7);
}

static HistoryStep
step_of(const DbRows *rows, size_t row)
{
    return (HistoryStep){
        .attempt = db_cell(rows, row, 0),
        .position = (size_t)db_cell_int(rows, row, 1),
        .version = db_cell(rows, row, 2),
        .is_down = strcmp(db_cell(rows, row, 3), "down") == 0,
        .text_hash = db_cell(rows, row, 4),
        .state = state_of(db_cell(rows, row, 5)),
        .backend_pid = (int)db_cell_int(rows, row, 6),
        .started_at = db_cell(rows, row, 7),
    };
}

static bool
refuse_reading(Arena *arena, const Db *db, const char *schema, Error *err)
{
    if (strcmp(err->sqlstate, "42501") != 0)
        return error_context(err, "reading the history");
    const char *user = sql_ident(arena, db_user(db));
    const char *object = sql_ident(arena, schema);
    error_set(err, ERROR_GATE, "role %s may not read the history in schema %s", db_user(db),
              schema);
    return error_hint(err,
                      "Let the owner run: GRANT USAGE ON SCHEMA %s TO %s; "
                      "GRANT SELECT ON ALL TABLES IN SCHEMA %s TO %s;",
                      object, user, object, user);
}

/* Format 1 had numbers as versions. */
static bool
refuse_old(Arena *arena, const char *schema, Error *err)
{
    const char *name = sql_ident(arena, schema);
    error_set(err, ERROR_GATE, "the history in schema %s was written by an older lockstep", schema);
    return error_hint(err,
                      "Let the owner run: ALTER TABLE %s.step ALTER version TYPE text; ALTER TABLE "
                      "%s.history ALTER version TYPE text, ALTER format SET DEFAULT %d; UPDATE "
                      "%s.history SET format = %d;",
                      name, name, OLDEST_FORMAT, name, OLDEST_FORMAT);
}

static bool
load_rows(Arena *arena, Db *db, const char *schema, const char *sql, History *out, Error *err)
{
    DbRows rows;
    if (!db_query(arena, db, sql, NULL, 0, &rows, err))
        return refuse_reading(arena, db, schema, err);
    for (size_t row = 0; row < rows.count; row++) {
        if (db_cell_int(&rows, row, FORMAT) < OLDEST_FORMAT)
            return refuse_old(arena, schema, err);
        if (db_cell_int(&rows, row, FORMAT) > HISTORY_FORMAT) {
            error_set(err, ERROR_GATE, "the history in schema %s was written by a newer lockstep",
                      schema);
            return error_hint(err, "Use the version that wrote it, %s, or a newer one.",
                              db_cell(&rows, row, TOOL_VERSION));
        }
        HistoryRow found = row_of(arena, &rows, row);
        if (rows.columns > ATTEMPT)
            take_attempt(arena, &rows, row, &found);
        LIST_APPEND(arena, &out->rows, found);
    }
    return true;
}

static const char *
load_statement(Arena *arena, const char *schema, Found found, HistoryTexts texts)
{
    const char *sql = with_schema(arena, db_sql_load_history, schema);
    sql = filled_in(arena, sql, "{attempt}", texts == HISTORY_STATE ? "" : db_sql_attempt_columns);
    sql = filled_in(arena, sql, "{kind}", found.kind ? "h.kind" : "'run'");
    sql = filled_in(arena, sql, "{marker}",
                    texts == HISTORY_ALL_TEXTS ? "h.marker::text" : "NULL::text");
    return filled_in(arena, sql, "{down_sql}",
                     texts == HISTORY_STATE ? "CASE WHEN h.down_sql IS NOT NULL THEN '' END"
                                            : "h.down_sql");
}

bool
history_load(Arena *arena, Db *db, const char *schema, HistoryTexts texts, History *out, Error *err)
{
    *out = (History){0};
    Found found = {0};
    if (!find_tables(arena, db, schema, &found, err))
        return false;
    out->exists = found.history;
    if (found.history &&
        !load_rows(arena, db, schema, load_statement(arena, schema, found, texts), out, err))
        return false;
    if (!found.history || !found.step)
        return true;
    DbRows steps;
    if (!db_query(arena, db, with_schema(arena, db_sql_load_open_steps, schema), NULL, 0, &steps,
                  err))
        return refuse_reading(arena, db, schema, err);
    for (size_t row = 0; row < steps.count; row++)
        LIST_APPEND(arena, &out->open_steps, step_of(&steps, row));
    return true;
}

void
history_add_row(Arena *arena, const Db *db, const char *schema, const HistoryRow *row,
                const HistoryWriting *writing, DbCommandList *batch)
{
    add_bookkeeping(arena, db, writing, batch);
    DbCommand insert = {
        .sql = with_schema(arena, db_sql_append_history, schema),
        .values = {row->attempt, row->run, row->version, row->name, direction(row->is_down),
                   attempt_outcome_words(row->outcome), db_number(arena, row->duration_ms),
                   row->client, row->tool_version, row->checksum, row->token_checksum,
                   row->down_sql, row->down_checksum, row->sqlstate, row->error, row->marker},
        .count = 16,
        .is_kept = true,
        .rows = writing->id
    };
    LIST_APPEND(arena, batch, insert);
}

void
history_add_step(Arena *arena, const Db *db, const char *schema, const HistoryStep *step,
                 DbCommandList *batch)
{
    add_bookkeeping(arena, db, &after_anything, batch);
    DbCommand insert = {
        .sql = with_schema(arena, db_sql_record_step, schema),
        .values = {step->attempt, db_number(arena, (int64_t)step->position), step->version,
                   direction(step->is_down), step->text_hash, step_state_words(step->state)},
        .count = 6
    };
    LIST_APPEND(arena, batch, insert);
}

void
history_add_guard(Arena *arena, const char *schema, const char *version, const char *run,
                  const HistoryRow *last, DbRows *rows, DbCommandList *batch)
{
    DbCommand command = {
        .sql = with_schema(arena, db_sql_history_guard, schema),
        .values = {version, run, last != NULL ? db_number(arena, last->id) : NULL},
        .count = 3,
        .is_kept = true,
        .rows = rows
    };
    LIST_APPEND(arena, batch, command);
}

bool
history_took_row(const DbRows *rows, int64_t *id, Error *err)
{
    if (rows->count > 0) {
        *id = db_cell_int(rows, 0, 0);
        return true;
    }
    error_set(err, ERROR_MIGRATION, "the history has not taken its row");
    return error_hint(err, "Look for a trigger on the table history of lockstep's schema: "
                           "it keeps away what is to be written there.");
}

bool
history_append(Arena *scratch, Db *db, const char *schema, const HistoryRow *row, int64_t *id,
               Error *err)
{
    DbCommandList batch = {0};
    DbRows rows;
    db_batch_add(scratch, &batch, begin_own);
    history_add_row(scratch, db, schema, row, &(HistoryWriting){.id = &rows}, &batch);
    if (!run_bookkeeping(scratch, db, &batch, err))
        return error_context(err, "writing the history");
    return history_took_row(&rows, id, err);
}

int64_t
history_next_id(const History *history)
{
    int64_t next = 1;
    foreach (row, &history->rows)
        if (row->id != next++)
            return 0;
    return next;
}

static void
add_extension(Arena *arena, const Db *db, const char *schema, DbCommandList *batch)
{
    add_bookkeeping(arena, db, &after_anything, batch);
    db_batch_add(arena, batch, "SET LOCAL lock_timeout = '5s'");
    db_batch_add(arena, batch, with_schema(arena, db_sql_extend_history, schema));
}

static void
add_event(Arena *arena, const Db *db, const char *schema, const HistoryRow *row,
          DbCommandList *batch)
{
    add_bookkeeping(arena, db, &after_anything, batch);
    DbCommand insert = {
        .sql = with_schema(arena, db_sql_append_event, schema),
        .values = {row->attempt, row->run, row->version, row->name, direction(row->is_down),
                   attempt_outcome_words(row->outcome), row->client, row->tool_version,
                   row->checksum, row->token_checksum, row->down_sql, row->down_checksum,
                   row->error, row->marker, history_kind_words(row->kind)},
        .count = 15
    };
    LIST_APPEND(arena, batch, insert);
}

bool
history_append_events(Arena *scratch, Db *db, const char *schema, const HistoryRowList *rows,
                      const HistoryStepList *steps, Error *err)
{
    Found found = {0};
    DbCommandList batch = {0};
    if (!find_tables(scratch, db, schema, &found, err))
        return false;
    db_batch_add(scratch, &batch, begin_own);
    if (!found.kind)
        add_extension(scratch, db, schema, &batch);
    foreach (row, rows)
        add_event(scratch, db, schema, row, &batch);
    foreach (step, steps)
        history_add_step(scratch, db, schema, step, &batch);
    if (run_bookkeeping(scratch, db, &batch, err))
        return true;
    if (strcmp(err->sqlstate, "55P03") != 0)
        return error_context(err, "writing the history");
    (void)error_set(err, ERROR_LOCK, "the history has to get a column, but somebody reads it");
    return error_hint(err, "Run it again when what reads %s.history (a dump?) has ended.",
                      sql_ident(scratch, schema));
}

bool
history_record_step(Arena *scratch, Db *db, const char *schema, const HistoryStep *step, Error *err)
{
    DbCommandList batch = {0};
    db_batch_add(scratch, &batch, begin_own);
    history_add_step(scratch, db, schema, step, &batch);
    return run_bookkeeping(scratch, db, &batch, err) ||
           error_context(err, "writing the history's step");
}

bool
history_has_done(Arena *scratch, Db *db, const char *schema, const char *attempt, bool *out,
                 Error *err)
{
    DbRows rows;
    if (!db_query(scratch, db, with_schema(scratch, db_sql_has_done, schema), &attempt, 1, &rows,
                  err))
        return error_context(err, "reading the history");
    *out = db_cell_bool(&rows, 0, 0);
    return true;
}

bool
history_step_transaction(Arena *arena, Db *db, const char *schema, const char *attempt,
                         size_t position, const char **out, Error *err)
{
    const char *values[] = {attempt, arena_printf(arena, "%zu", position)};
    const char *sql = with_schema(arena, db_sql_step_transaction, schema);
    DbRows rows;
    *out = NULL;
    if (!db_query(arena, db, sql, values, 2, &rows, err))
        return error_context(err, "reading the step");
    if (rows.count > 0)
        *out = db_cell(&rows, 0, 0);
    return true;
}
