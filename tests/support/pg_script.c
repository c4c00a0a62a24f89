/* SPDX-License-Identifier: MIT */
#include "support/pg_script.h"

#include <stdio.h>
#include <string.h>

#include "parse/parse.h"
#include "source/directive.h"
#include "source/segment.h"
#include "support/test.h"

static void
check(PGconn *connection, const PGresult *result, const char *sql)
{
    const ExecStatusType status = PQresultStatus(result);

    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_EMPTY_QUERY)
        fail_msg("%s\n%s", PQerrorMessage(connection), sql);
}

void
pg_run(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);

    check(connection, result, sql);
    PQclear(result);
}

static PGconn *
open_connection(const char *conninfo, const char *database)
{
    const char *const keywords[] = {"dbname", "dbname", NULL};
    const char *const values[] = {conninfo, database, NULL};
    PGconn *connection = PQconnectdbParams(keywords, values, 1);

    if (PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(connection));
    pg_run(connection, "SET client_min_messages = warning");
    return connection;
}

PGconn *
pg_database_new(const char *conninfo, const char *name)
{
    PGconn *connection = open_connection(conninfo, "postgres");
    char sql[200];

    (void)snprintf(sql, sizeof sql,
                   "CREATE DATABASE %s TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'", name);
    pg_run(connection, sql);
    PQfinish(connection);
    return open_connection(conninfo, name);
}

void
pg_database_empty(PGconn *connection)
{
    if (PQtransactionStatus(connection) != PQTRANS_IDLE)
        pg_run(connection, "ROLLBACK");
    pg_run(connection, "DISCARD ALL");
    pg_run(connection, "SET client_min_messages = warning");
    pg_run(connection, "DO $$ DECLARE name text; BEGIN FOR name IN SELECT nspname FROM pg_namespace"
                       " WHERE nspname !~ '^pg_' AND nspname <> 'information_schema'"
                       " LOOP EXECUTE format('DROP SCHEMA %I CASCADE', name); END LOOP; END $$");
    pg_run(connection, "CREATE SCHEMA public");
}

PGconn *
pg_connect_again(PGconn *connection)
{
    const char *const keywords[] = {"host", "port", "user", "dbname", NULL};
    const char *const values[] = {PQhost(connection), PQport(connection), PQuser(connection),
                                  PQdb(connection), NULL};
    PGconn *other = PQconnectdbParams(keywords, values, 0);

    if (PQstatus(other) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(other));
    return other;
}

/* The counters go on from one transaction to the next: what they say now is where this one begins.
 */
static void
note_scans(PGconn *connection)
{
    pg_run(connection,
           "SELECT set_config('lockstep.scans', coalesce((SELECT jsonb_object_agg(relid, seq_scan)"
           " FROM pg_stat_xact_user_tables), '{}')::text, true)");
}

void
pg_run_migration(Arena *arena, PGconn *connection, const char *text, PgBeforeCommit *look,
                 void *context)
{
    const Script *script = parse_script(arena, text, strlen(text));
    const DirectiveList directives = directive_scan(arena, text, script);
    const SegmentList segments = segment_script(
        arena, script, directive_has(&directives, DIRECTIVE_NO_TRANSACTION), NULL, NULL);

    if (script->errors.count > 0)
        fail_msg("%s:\n%s", script->errors.items[0].message, text);
    foreach (segment, &segments) {
        if (segment->in_transaction)
            pg_run(connection, "BEGIN");
        if (segment->in_transaction && look != NULL)
            note_scans(connection);
        for (size_t i = segment->first; i < segment->first + segment->count; i++) {
            const Span span = script->statements.items[i].span;
            pg_run(connection, arena_strndup(arena, text + span.start, span.end - span.start));
        }
        if (look != NULL && segment->in_transaction)
            look(connection, text, context);
        if (segment->in_transaction)
            pg_run(connection, "COMMIT");
    }
}

const char *
pg_lines(Arena *arena, PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    const char *lines = "";

    check(connection, result, sql);
    for (int row = 0; row < PQntuples(result); row++)
        lines = arena_printf(arena, "%s%s\n", lines, PQgetvalue(result, row, 0));
    PQclear(result);
    return lines;
}

/* Constraints of kind n (PostgreSQL 18) are the columns' NOT NULL, which stands with the column. */
static const char schema_query[] =
    "WITH relation AS ("
    "  SELECT c.oid, c.relkind, c.relpersistence, n.nspname || '.' || c.relname AS name"
    "  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
    "  WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema')"
    " SELECT concat_ws(' ', 'relation', name, relkind, relpersistence) FROM relation"
    " UNION ALL"
    " SELECT 'column ' || concat_ws(' ', r.name, a.attname,"
    "   format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation,"
    "   CASE WHEN a.attnotnull THEN 'not null' END, 'identity=', a.attidentity,"
    "   'generated=', a.attgenerated, pg_get_expr(d.adbin, d.adrelid))"
    " FROM relation r JOIN pg_attribute a ON a.attrelid = r.oid"
    " LEFT JOIN pg_attrdef d ON d.adrelid = r.oid AND d.adnum = a.attnum"
    " WHERE r.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped"
    " UNION ALL"
    " SELECT 'constraint ' || concat_ws(' ', r.name, k.conname, pg_get_constraintdef(k.oid),"
    "   'validated=' || k.convalidated)"
    " FROM relation r JOIN pg_constraint k ON k.conrelid = r.oid WHERE k.contype <> 'n'"
    " UNION ALL"
    " SELECT 'index ' || concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid,"
    "   'of ' || (SELECT p.inhparent::regclass FROM pg_inherits p"
    "             WHERE p.inhrelid = i.indexrelid))"
    " FROM relation r JOIN pg_index i ON i.indrelid = r.oid"
    " UNION ALL"
    " SELECT 'sequence ' || concat_ws(' ', r.name, format_type(s.seqtypid, NULL), s.seqstart,"
    "   s.seqincrement, (SELECT d.refobjid::regclass || '.' || a.attname FROM pg_depend d"
    "   JOIN pg_attribute a ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid"
    "   WHERE d.objid = r.oid AND d.deptype IN ('a', 'i')))"
    " FROM relation r JOIN pg_sequence s ON s.seqrelid = r.oid"
    " UNION ALL"
    " SELECT 'trigger ' || pg_get_triggerdef(t.oid)"
    " FROM relation r JOIN pg_trigger t ON t.tgrelid = r.oid WHERE NOT t.tgisinternal"
    " UNION ALL"
    " SELECT 'function ' || p.oid::regprocedure FROM pg_proc p"
    " JOIN pg_namespace n ON n.oid = p.pronamespace"
    " WHERE n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'"
    " ORDER BY 1";

const char *
pg_schema_dump(Arena *arena, PGconn *connection)
{
    return pg_lines(arena, connection, schema_query);
}

const char *
pg_rows_dump(Arena *arena, PGconn *connection)
{
    const char *queries =
        pg_lines(arena, connection,
                 "SELECT format('SELECT %L || to_jsonb(t)::text FROM %s AS t ORDER BY 1',"
                 " c.oid::regclass || ' ', c.oid::regclass)"
                 " FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                 " WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_'"
                 " AND n.nspname <> 'information_schema' ORDER BY c.oid::regclass::text");
    const char *rows = "";

    for (const char *query = queries; *query != '\0'; query = strchr(query, '\n') + 1) {
        const char *one = arena_strndup(arena, query, strcspn(query, "\n"));
        rows = arena_printf(arena, "%s%s", rows, pg_lines(arena, connection, one));
    }
    return rows;
}

const char *
pg_table_files(Arena *arena, PGconn *connection)
{
    return pg_lines(arena, connection,
                    "SELECT c.oid || ' ' || c.relfilenode FROM pg_class c"
                    " JOIN pg_namespace n ON n.oid = c.relnamespace"
                    " WHERE c.relkind IN ('r', 'm') AND n.nspname !~ '^pg_'"
                    " AND n.nspname <> 'information_schema' ORDER BY c.oid");
}

const char *
pg_scanned_under_lock(Arena *arena, PGconn *connection)
{
    return pg_lines(
        arena, connection,
        "SELECT s.relid::regclass || ' ' || string_agg(l.mode, ' ')"
        " FROM pg_stat_xact_user_tables s JOIN pg_locks l ON l.relation = s.relid"
        " JOIN pg_class c ON c.oid = s.relid"
        " WHERE s.seq_scan > (current_setting('lockstep.scans')::jsonb ->> s.relid::text)::bigint"
        " AND l.pid = pg_backend_pid() AND l.granted AND (l.mode = 'AccessExclusiveLock'"
        "  OR c.relkind <> 'm'"
        "  AND l.mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock'))"
        " GROUP BY s.relid ORDER BY 1");
}
