/* SPDX-License-Identifier: MIT */
/*
 * How the answers come about:
 *   locks     every request of the backend, from a trace of it (lock_trace.h); `held` from pg_locks
 *             in the same transaction
 *   rewrite   another file, or the same in another tablespace, that holds something afterwards
 *   scan      as many rows read in this transaction, one by one or through an index, as the table
 *             has (pg_stat_get_xact_tuples_*); outside of transactions what follows from the others
 *   builds    the DEBUG1 message of index_build()
 * Only what existed before the statement counts, and an emptied table is neither rewritten nor are
 * its indexes built.
 */
#include "oracle/oracle_run.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/lock_trace.h"

#define STDIN " FROM stdin;\n"

typedef struct Relation {
    const char *oid;
    const char *bare_name; /* as the server's messages say it */
    const char *file;      /* node and tablespace */
    long long rows;
    long long reads; /* before the statement */
    OracleRelation answer;
} Relation;

typedef struct Run {
    Arena *arena;
    OracleServer *server;
    const OracleCase *item;
    OracleAnswer *answer;
    PGconn *worker;
    LIST(Relation) relations;
    StringList built; /* tables, as the server's messages say them */
} Run;

/* ---- speaking to the server */

/* NULL with `err` set where the query fails; the caller clears it. */
static PGresult *
ask(PGconn *connection, const char *sql, Error *err)
{
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) == PGRES_TUPLES_OK || PQresultStatus(result) == PGRES_COMMAND_OK)
        return result;
    (void)error_set(err, ERROR_SERVER, "%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
    return NULL;
}

static bool
tell(PGconn *connection, const char *sql, Error *err)
{
    PGresult *result = ask(connection, sql, err);
    PQclear(result);
    return result != NULL;
}

static bool
ask_number(PGconn *connection, const char *sql, long long *out, Error *err)
{
    PGresult *result = ask(connection, sql, err);
    if (result == NULL)
        return false;
    *out = strtoll(PQgetvalue(result, 0, 0), NULL, 10);
    PQclear(result);
    return true;
}

/* building index "a" on table "b" serially */
static void
notice_build(void *context, const PGresult *notice)
{
    Run *run = context;
    const char *message = PQresultErrorField(notice, PG_DIAG_MESSAGE_PRIMARY);
    const char *words = "\" on table \"";
    if (message == NULL || strncmp(message, "building index ", 15) != 0)
        return;
    const char *table = strstr(message, words);
    if (table == NULL)
        return;
    table += strlen(words);
    LIST_APPEND(run->arena, &run->built, arena_strndup(run->arena, table, strcspn(table, "\"")));
}

/* The rows stand behind the statement, as in psql. */
static PGresult *
copy_in(Run *run, const char *rows)
{
    const char *end = strstr(rows, "\\.\n");
    if (end != NULL)
        (void)PQputCopyData(run->worker, rows, (int)(end - rows));
    (void)PQputCopyEnd(run->worker, NULL);
    return PQgetResult(run->worker);
}

static PGresult *
copy_out(Run *run)
{
    char *line = NULL;
    while (PQgetCopyData(run->worker, &line, 0) > 0)
        PQfreemem(line);
    return PQgetResult(run->worker);
}

/* A refusal is an answer. */
static bool
try_sql(Run *run, const char *sql)
{
    const char *copy = strstr(sql, STDIN);
    const char *rows = copy != NULL ? copy + strlen(STDIN) : "";
    size_t length = copy != NULL ? (size_t)(rows - sql) : strlen(sql);
    PGresult *result = PQexec(run->worker, arena_strndup(run->arena, sql, length));
    while (PQresultStatus(result) == PGRES_COPY_IN || PQresultStatus(result) == PGRES_COPY_OUT) {
        bool is_in = PQresultStatus(result) == PGRES_COPY_IN;
        PQclear(result);
        result = is_in ? copy_in(run, rows) : copy_out(run);
    }
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (state != NULL) {
        run->answer->sqlstate = arena_strdup(run->arena, state);
        run->answer->message = arena_strdup(run->arena, message);
    }
    PQclear(result);
    while ((result = PQgetResult(run->worker)) != NULL)
        PQclear(result);
    return state == NULL;
}

/* ---- before */

static const char reset[] =
    "DO $$ DECLARE r record; BEGIN"
    " FOR r IN SELECT pubname FROM pg_publication LOOP"
    "  EXECUTE format('DROP PUBLICATION %I', r.pubname); END LOOP;"
    " FOR r IN SELECT evtname FROM pg_event_trigger LOOP"
    "  EXECUTE format('DROP EVENT TRIGGER %I', r.evtname); END LOOP;"
    " FOR r IN SELECT fdwname FROM pg_foreign_data_wrapper LOOP"
    "  EXECUTE format('DROP FOREIGN DATA WRAPPER %I CASCADE', r.fdwname); END LOOP;"
    " FOR r IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_'"
    "  AND nspname NOT IN ('information_schema', 'oracle_marks') LOOP"
    "  EXECUTE format('DROP SCHEMA %I CASCADE', r.nspname); END LOOP;"
    " CREATE SCHEMA public; GRANT ALL ON SCHEMA public TO public; END $$";

static bool
open_worker(Run *run, Error *err)
{
    PQfinish(run->worker);
    run->worker = PQconnectdb(run->server->conninfo);
    if (PQstatus(run->worker) != CONNECTION_OK)
        return error_set(err, ERROR_CONNECTION, "%s", PQerrorMessage(run->worker));
    PQsetNoticeReceiver(run->worker, notice_build, run);
    return true;
}

static RelationKind
kind_of(char relkind)
{
    static const struct {
        char relkind;
        RelationKind kind;
    } kinds[] = {
        {'r', RELATION_TABLE            },
        {'p', RELATION_PARTITIONED_TABLE},
        {'f', RELATION_FOREIGN_TABLE    },
        {'m', RELATION_MATERIALIZED_VIEW},
        {'v', RELATION_VIEW             },
        {'i', RELATION_INDEX            },
        {'I', RELATION_PARTITIONED_INDEX},
        {'S', RELATION_SEQUENCE         },
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (kinds[i].relkind == relkind)
            return kinds[i].kind;
    }
    return RELATION_TABLE;
}

#define FILE_OF "pg_relation_filenode(oid) || ' ' || reltablespace"

static bool
list_relations(Run *run, Error *err)
{
    PGresult *rows = ask(run->server->admin,
                         "SELECT oid, CASE WHEN relnamespace = 'public'::regnamespace THEN relname"
                         " ELSE relnamespace::regnamespace || '.' || relname END, relkind, relname,"
                         " " FILE_OF " FROM pg_class WHERE oid >= 16384 AND relkind = ANY"
                         " ('{r,p,f,m,v,i,I,S}') AND relnamespace::regnamespace::text !~"
                         " '^(pg_|oracle_marks)' ORDER BY 2",
                         err);
    if (rows == NULL)
        return false;
    for (int i = 0; i < PQntuples(rows); i++) {
        Relation relation = {
            .oid = arena_strdup(run->arena, PQgetvalue(rows, i, 0)),
            .bare_name = arena_strdup(run->arena, PQgetvalue(rows, i, 3)),
            .file = arena_strdup(run->arena, PQgetvalue(rows, i, 4)),
            .answer.name = arena_strdup(run->arena, PQgetvalue(rows, i, 1)),
            .answer.kind = kind_of(PQgetvalue(rows, i, 2)[0]),
        };
        LIST_APPEND(run->arena, &run->relations, relation);
    }
    PQclear(rows);
    return true;
}

static bool
has_rows(const Relation *relation)
{
    return relation->answer.kind == RELATION_TABLE ||
           relation->answer.kind == RELATION_MATERIALIZED_VIEW;
}

static bool
count_rows(Run *run, Error *err)
{
    foreach (relation, &run->relations) {
        PGresult *name = NULL;
        if (!has_rows(relation))
            continue;
        name = ask(run->server->admin,
                   arena_printf(run->arena,
                                "SELECT CASE relkind WHEN 'm' THEN relispopulated::int::text ELSE "
                                "'1' END, oid::regclass FROM pg_class WHERE oid = %s",
                                relation->oid),
                   err);
        if (name == NULL)
            return false;
        const char *sql =
            arena_printf(run->arena, "SELECT count(*) FROM ONLY %s", PQgetvalue(name, 0, 1));
        bool is_populated = strcmp(PQgetvalue(name, 0, 0), "1") == 0;
        PQclear(name);
        if (is_populated && !ask_number(run->server->admin, sql, &relation->rows, err))
            return false;
    }
    return true;
}

/* ---- after */

/* What is read through an index is counted there. */
static bool
count_reads(Run *run, const Relation *relation, long long *out, Error *err)
{
    const char *sql = arena_printf(
        run->arena,
        "SELECT pg_stat_get_xact_tuples_returned(%s) + pg_stat_get_xact_tuples_fetched(%s) +"
        " coalesce(sum(pg_stat_get_xact_tuples_fetched(indexrelid)), 0)"
        " FROM pg_index WHERE indrelid = %s",
        relation->oid, relation->oid, relation->oid);
    return ask_number(run->worker, sql, out, err);
}

static bool
note_scans(Run *run, bool is_start, Error *err)
{
    foreach (relation, &run->relations) {
        long long reads = 0;
        if (!has_rows(relation))
            continue;
        if (!count_reads(run, relation, &reads, err))
            return false;
        if (is_start)
            relation->reads = reads;
        else if (relation->rows > 0 && reads - relation->reads >= relation->rows)
            relation->answer.scans = true;
    }
    return true;
}

static bool
note_files(Run *run, PGconn *connection, Error *err)
{
    foreach (relation, &run->relations) {
        if (!has_rows(relation))
            continue;
        PGresult *row =
            ask(connection,
                arena_printf(run->arena,
                             "SELECT " FILE_OF ", pg_relation_size(oid) > 0 FROM pg_class"
                             " WHERE oid = %s",
                             relation->oid),
                err);
        if (row == NULL)
            return false;
        bool is_there = PQntuples(row) == 1;
        bool holds_rows = is_there && PQgetvalue(row, 0, 1)[0] == 't';
        OracleRelation *answer = &relation->answer;
        answer->rewrites = holds_rows && strcmp(PQgetvalue(row, 0, 0), relation->file) != 0;
        answer->builds_index = holds_rows && string_list_has(&run->built, relation->bare_name);
        answer->scans |= answer->rewrites || answer->builds_index;
        PQclear(row);
    }
    return true;
}

static void
note_lock(Run *run, uint32_t oid, LockLevel level, bool held)
{
    foreach (relation, &run->relations) {
        if (strtoul(relation->oid, NULL, 10) != oid)
            continue;
        LockLevel *noted = held ? &relation->answer.held : &relation->answer.level;
        if (level > *noted)
            *noted = level;
    }
}

static LockLevel
level_of(const char *mode)
{
    int level = LOCK_ACCESS_EXCLUSIVE;
    while (level > LOCK_NONE && strcmp(lock_mode((LockLevel)level), mode) != 0)
        level--;
    return (LockLevel)level;
}

static bool
note_held(Run *run, Error *err)
{
    PGresult *rows = ask(run->worker,
                         "SELECT relation, mode FROM pg_locks WHERE pid = pg_backend_pid()"
                         " AND locktype = 'relation' AND relation >= 16384 AND granted",
                         err);
    if (rows == NULL)
        return false;
    for (int i = 0; i < PQntuples(rows); i++)
        note_lock(run, (uint32_t)strtoul(PQgetvalue(rows, i, 0), NULL, 10),
                  level_of(PQgetvalue(rows, i, 1)), true);
    PQclear(rows);
    return true;
}

/* ---- the statement */

static bool
end_trace(Run *run, LockTrace *trace, Error *err)
{
    LockRequestList requests;
    if (!tell(run->worker, "SELECT FROM oracle_marks.ending", err) ||
        !lock_trace_end(run->arena, trace, &requests, err))
        return false;
    foreach (request, &requests)
        note_lock(run, request->relation, request->level, false);
    return true;
}

static bool
begin_trace(Run *run, LockTrace *trace, Error *err)
{
    return lock_trace_begin(run->arena, PQbackendPID(run->worker), run->server->end_relation, trace,
                            err);
}

static bool
run_inside(Run *run, bool traced, Error *err)
{
    LockTrace trace = {0};
    if (!tell(run->worker, "BEGIN", err) || !note_scans(run, true, err) ||
        !tell(run->worker, "SET LOCAL client_min_messages = debug1", err) ||
        (traced && !begin_trace(run, &trace, err)))
        return false;
    bool ok = try_sql(run, run->item->run);
    if (!ok)
        return tell(run->worker, "ROLLBACK", err) && (!traced || end_trace(run, &trace, err));
    return note_held(run, err) && (!traced || end_trace(run, &trace, err)) &&
           tell(run->worker, "SET LOCAL client_min_messages = error", err) &&
           note_scans(run, false, err) && note_files(run, run->worker, err) &&
           tell(run->worker, "ROLLBACK", err);
}

static bool
run_outside(Run *run, bool traced, Error *err)
{
    LockTrace trace = {0};
    StringList statements = oracle_case_statements(run->arena, run->item);
    if (!tell(run->worker, "SET client_min_messages = debug1", err) ||
        (traced && !begin_trace(run, &trace, err)))
        return false;
    bool ok = true;
    for (size_t i = 0; ok && i < statements.count; i++)
        ok = try_sql(run, statements.items[i]);
    return (!traced || end_trace(run, &trace, err)) && note_files(run, run->server->admin, err);
}

/* What is held was asked for: or else the trace is not to be trusted. */
static bool
take_answer(Run *run, bool traced, Error *err)
{
    if (run->answer->sqlstate != NULL)
        return true;
    foreach (relation, &run->relations) {
        OracleRelation *found = &relation->answer;
        if (!traced)
            found->level = found->held;
        else if (found->held > found->level)
            return error_set(err, ERROR_USAGE, "the trace has missed a lock on %s", found->name);
        if (found->level != LOCK_NONE || found->rewrites || found->scans || found->builds_index)
            LIST_APPEND(run->arena, &run->answer->relations, *found);
    }
    oracle_sort_relations(&run->answer->relations);
    return true;
}

static bool
set_up(Run *run, Error *err)
{
    if (!tell(run->server->admin, reset, err) || !open_worker(run, err))
        return false;
    run->answer->refused_setup = !try_sql(run, run->item->setup);
    return true;
}

bool
oracle_set_up_case(Arena *arena, OracleServer *server, const OracleCase *item, OracleAnswer *out,
                   Error *err)
{
    *out = (OracleAnswer){.name = item->name};
    Run run = {.arena = arena, .server = server, .item = item, .answer = out};
    bool ok = set_up(&run, err);
    PQfinish(run.worker);
    return ok || error_context(err, "case \"%s\"", item->name);
}

static bool
ask_server(Run *run, bool traced, Error *err)
{
    if (!set_up(run, err))
        return false;
    if (run->answer->refused_setup)
        return true;
    /* Another session, so that nothing is known of the relations. */
    if (!open_worker(run, err) || !list_relations(run, err) || !count_rows(run, err))
        return false;
    if (run->item->session[0] != '\0' && !tell(run->worker, run->item->session, err))
        return false;
    bool ok = run->item->outside ? run_outside(run, traced, err) : run_inside(run, traced, err);
    return ok && take_answer(run, traced, err);
}

bool
oracle_run_case(Arena *arena, OracleServer *server, const OracleCase *item, bool traced,
                OracleAnswer *out, Error *err)
{
    *out = (OracleAnswer){.name = item->name};
    Run run = {.arena = arena, .server = server, .item = item, .answer = out};
    bool ok = ask_server(&run, traced, err);
    PQfinish(run.worker);
    return ok || error_context(err, "case \"%s\"", item->name);
}
