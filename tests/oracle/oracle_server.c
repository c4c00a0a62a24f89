/* SPDX-License-Identifier: MIT */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "oracle/oracle_run.h"

/* ---- which there are */

int
oracle_server_major(const char *directory)
{
    const char *end = strstr(directory, "/bin");
    const char *start = end;
    while (start != NULL && start > directory && start[-1] != '/')
        start--;
    return start != NULL ? (int)strtol(start, NULL, 10) : 0;
}

static void
add_directory(Arena *arena, StringList *list, const char *directory)
{
    int major = oracle_server_major(directory);
    size_t place = 0;
    while (place < list->count && oracle_server_major(list->items[place]) < major)
        place++;
    if (place < list->count && oracle_server_major(list->items[place]) == major)
        return;
    LIST_APPEND(arena, list, "");
    memmove(&list->items[place + 1], &list->items[place],
            (list->count - 1 - place) * sizeof *list->items);
    list->items[place] = arena_strdup(arena, directory);
}

StringList
oracle_server_directories(Arena *arena)
{
    static const char *const patterns[] = {"/usr/lib/postgresql/*/bin",
                                           LOCKSTEP_SOURCE_DIR "/.deps/servers/*/bin"};
    StringList list = {0};
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        glob_t found = {0};
        if (glob(patterns[i], 0, NULL, &found) == 0) {
            for (size_t j = 0; j < found.gl_pathc; j++) {
                if (access(file_join(arena, found.gl_pathv[j], "initdb"), X_OK) == 0)
                    add_directory(arena, &list, found.gl_pathv[j]);
            }
        }
        globfree(&found);
    }
    return list;
}

/* ---- one of them */

static bool
do_sql(PGconn *connection, const char *sql, Error *err)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK)
        return true;
    return error_set(err, ERROR_SERVER, "%s: %s", sql, PQerrorMessage(connection));
}

/* What the cases may count on, and what makes the server's choices the same each time. */
static const char *const settings[] = {
    "CREATE ROLE oracle_reader",
    "SET allow_in_place_tablespaces = on",
    "CREATE TABLESPACE oracle_space LOCATION ''",
    "ALTER SYSTEM SET autovacuum = off",
    "ALTER SYSTEM SET max_parallel_maintenance_workers = 0",
    "ALTER SYSTEM SET max_parallel_workers_per_gather = 0",
    "ALTER SYSTEM SET wal_level = logical",
    "ALTER SYSTEM SET lc_messages = 'C'",
    "ALTER SYSTEM SET timezone = 'Europe/Berlin'",
    "ALTER SYSTEM SET client_min_messages = error",
    "SELECT pg_reload_conf()",
    "CREATE DATABASE oracle TEMPLATE template0",
};

static bool
prepare(Arena *arena, OracleServer *server, Error *err)
{
    PGconn *connection = PQconnectdb(server->cluster.conninfo);
    bool ok = PQstatus(connection) == CONNECTION_OK ||
              error_set(err, ERROR_CONNECTION, "%s", PQerrorMessage(connection));
    for (size_t i = 0; ok && i < sizeof settings / sizeof *settings; i++)
        ok = do_sql(connection, settings[i], err);
    PQfinish(connection);
    if (!ok)
        return false;
    server->conninfo = arena_printf(arena, "%s dbname=oracle", server->cluster.conninfo);
    server->admin = PQconnectdb(server->conninfo);
    if (!do_sql(server->admin, "CREATE SCHEMA oracle_marks", err) ||
        !do_sql(server->admin, "CREATE TABLE oracle_marks.ending ()", err))
        return false;
    PGresult *row = PQexec(server->admin, "SELECT 'oracle_marks.ending'::regclass::oid, "
                                          "split_part(current_setting('server_version'), ' ', 1)");
    ok = PQntuples(row) == 1;
    if (ok) {
        server->end_relation = (uint32_t)strtoul(PQgetvalue(row, 0, 0), NULL, 10);
        server->version = arena_strdup(arena, PQgetvalue(row, 0, 1));
    }
    PQclear(row);
    return ok || error_set(err, ERROR_SERVER, "%s", PQerrorMessage(server->admin));
}

bool
oracle_server_start(Arena *arena, const char *bin_directory, OracleServer *out, Error *err)
{
    *out = (OracleServer){.project = "/tmp/lockstep-oracle-XXXXXX"};
    if (mkdtemp(out->project) == NULL || chmod(out->project, 0755) != 0)
        return error_set(err, ERROR_USAGE, "cannot make %s", out->project);
    ClusterOptions options = {.project = out->project, .bin_directory = bin_directory};
    if (cluster_open(arena, &options, &out->cluster, err) &&
        cluster_start(arena, &out->cluster, err) && prepare(arena, out, err))
        return true;
    Error first = *err;
    oracle_server_stop(arena, out);
    *err = first;
    return false;
}

void
oracle_server_stop(Arena *arena, OracleServer *server)
{
    Error err = {0};
    PQfinish(server->admin);
    if (server->cluster.exists && !cluster_destroy(arena, &server->cluster, &err))
        fprintf(stderr, "the throwaway server: %s\n%s\n", err.message, err.detail);
    (void)remove(arena_printf(arena, "%s/.lockstep/.gitignore", server->project));
    (void)rmdir(arena_printf(arena, "%s/.lockstep", server->project));
    (void)rmdir(server->project);
}
