/* SPDX-License-Identifier: MIT */
/*
 * `up` beside other ways to send the same statements, on a server of its own.
 *
 *     bench_up [--migrations N] [--rounds N] [--delay MS] [--dbmate PROGRAM]
 *
 * N small migrations (1,000) are applied to an empty database by each in turn, round by round: a
 * bare libpq program that sends BEGIN, the statement and COMMIT of each; `lockstep up`; psql with
 * one file after the other; and dbmate where it is named. Who begins changes from round to round,
 * for the machine is not the same after each of them. Medians are printed, the least beside them,
 * and ratios to the bare program, each of one round: compare only numbers of one run. With --delay,
 * all go through a proxy on this machine that holds up each message for so long in each direction,
 * and the round trips of a migration are printed.
 *
 * The server's files are in TMPDIR (/tmp). Where a file system takes longer to create the files of
 * a table than the server needs for all else, it hides what the contestants differ in: give it one
 * in memory too (TMPDIR=/dev/shm).
 */
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "lockstep/arena.h"

#include "support/delay.h"
#include "support/measure.h"
#include "support/shell.h"
#include "support/temp_dir.h"
#include "support/test_cluster.h"

#define MAX_ROUNDS MEASURE_MOST

typedef struct Bench {
    Arena *arena;
    const char *self; /* this program */
    const char *dbmate;
    TempDir *files;
    const char *host; /* that the contestants connect to */
    Delay delay;
    size_t migrations;
    size_t rounds;
    size_t databases; /* created so far */
    long delay_ms;
} Bench;

typedef struct Contestant {
    const char *name;
    const char *command; /* for sh; the database is in the environment */
    double wall[MAX_ROUNDS];
    size_t turns; /* of the last round */
} Contestant;

/* ---- the bare program */

static bool
execute(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!ok)
        fprintf(stderr, "%s", PQerrorMessage(connection));
    PQclear(result);
    return ok;
}

static const char *
statement_of(Arena *arena, size_t number)
{
    return arena_printf(arena, "CREATE TABLE t%zu (id bigint PRIMARY KEY, name text NOT NULL)",
                        number);
}

static int
run_bare(size_t migrations)
{
    Arena *arena = arena_new();
    PGconn *connection = PQconnectdb("");
    bool ok = PQstatus(connection) == CONNECTION_OK;
    for (size_t i = 1; ok && i <= migrations; i++)
        ok = execute(connection, "BEGIN") && execute(connection, statement_of(arena, i)) &&
             execute(connection, "COMMIT");
    PQfinish(connection);
    arena_free(arena);
    return ok ? 0 : 1;
}

/* ---- the files */

static void
write_migrations(const Bench *bench)
{
    for (size_t i = 1; i <= bench->migrations; i++) {
        const char *up = statement_of(bench->arena, i);
        const char *down = arena_printf(bench->arena, "DROP TABLE t%zu", i);
        temp_dir_write(bench->files, arena_printf(bench->arena, "native/%05zu_t.up.sql", i),
                       arena_printf(bench->arena, "%s;\n", up));
        temp_dir_write(bench->files, arena_printf(bench->arena, "native/%05zu_t.down.sql", i),
                       arena_printf(bench->arena, "%s;\n", down));
        temp_dir_write(
            bench->files, arena_printf(bench->arena, "dbmate/%05zu_t.sql", i),
            arena_printf(bench->arena, "-- migrate:up\n%s;\n\n-- migrate:down\n%s;\n", up, down));
    }
}

/* ---- one run of one of them */

/* Each run has a database of its own, and none is dropped before the end: a file system that has
 * just deleted thousands of files (ext4) is slow to create others, which would be all that is
 * measured. */
static void
fresh_database(Bench *bench)
{
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    const char *name = arena_printf(bench->arena, "bench_%zu", ++bench->databases);
    if (!execute(connection, arena_printf(bench->arena, "CREATE DATABASE %s", name)) ||
        !execute(connection, "CHECKPOINT") || setenv("PGDATABASE", name, 1) != 0)
        exit(1);
    PQfinish(connection);
}

static double
run_once(Bench *bench, const Contestant *one)
{
    fresh_database(bench);
    double start = measure_now(CLOCK_MONOTONIC);
    if (shell_run(one->command) != 0) {
        fprintf(stderr, "bench_up: %s failed\n", one->name);
        exit(1);
    }
    return measure_now(CLOCK_MONOTONIC) - start;
}

static void
measure(Bench *bench, Contestant *one, size_t round)
{
    size_t before = bench->delay_ms > 0 ? *bench->delay.turns : 0;
    one->wall[round] = run_once(bench, one);
    one->turns = bench->delay_ms > 0 ? *bench->delay.turns - before : 0;
}

static void
compare(Bench *bench, Contestant *all, size_t count)
{
    for (size_t round = 0; round < bench->rounds; round++)
        for (size_t i = 0; i < count; i++)
            measure(bench, &all[(round + i) % count], round);
    printf("%zu migrations%s\n", bench->migrations,
           bench->delay_ms > 0
               ? arena_printf(bench->arena, ", %ld ms in each direction", bench->delay_ms)
               : "");
    for (size_t i = 0; i < count; i++) {
        double ratio = measure_median(all[i].wall, all[0].wall, bench->rounds);
        double median = measure_median(all[i].wall, NULL, bench->rounds);
        printf("%-12s  median %9.1f ms  x %5.2f  least %9.1f ms", all[i].name, 1000 * median, ratio,
               1000 * measure_least(all[i].wall, bench->rounds));
        if (bench->delay_ms > 0)
            printf("  %5.2f round trips each", (double)all[i].turns / (double)bench->migrations);
        printf("\n");
    }
}

/* ---- the whole */

/* The test's server does not wait for its disk; one that matters does. */
static void
choose_server(Bench *bench)
{
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    if (!execute(connection, "ALTER SYSTEM SET fsync = on") ||
        !execute(connection, "ALTER SYSTEM SET synchronous_commit = on"))
        exit(1);
    PQclear(PQexec(connection, "SELECT pg_reload_conf()"));
    PQfinish(connection);
    bench->host = test_cluster()->socket_directory;
    if (bench->delay_ms > 0) {
        bench->delay = delay_start(bench->host, bench->delay_ms);
        bench->host = bench->delay.directory;
    }
    setenv("PGHOST", bench->host, 1);
    setenv("PGUSER", "postgres", 1);
    unsetenv("DATABASE_URL");
}

static void
run_all(Bench *bench)
{
    Arena *arena = bench->arena;
    const char *count = arena_printf(arena, "%zu", bench->migrations);
    const char *journal = temp_dir_path(bench->files, "journal.db");
    const char *native = temp_dir_path(bench->files, "native");
    const char *directory = temp_dir_path(bench->files, "dbmate");
    Contestant all[] = {
        {.name = "bare libpq",
         .command = arena_printf(arena, "exec %s --bare %s", bench->self, count)},
        {.name = "lockstep up",
         .command = arena_printf(arena, "%s up --quiet --migrations %s --journal %s >/dev/null",
         LOCKSTEP_BINARY, native, journal)},
        {.name = "psql",
         .command = arena_printf(arena,
         "for f in %s/*.up.sql; do echo 'BEGIN;'; echo \"\\\\i $f\"; echo "
                                 "'COMMIT;'; done | psql -qX -v ON_ERROR_STOP=1", native)},
        {.name = "dbmate",
         .command =
             arena_printf(arena,
         "%s --url 'postgres://postgres@/'$PGDATABASE'?socket=%s' "
                          "--migrations-dir %s --no-dump-schema migrate >/dev/null", bench->dbmate != NULL ? bench->dbmate : "", bench->host, directory)}
    };
    compare(bench, all, bench->dbmate != NULL ? 4 : 3);
}

int
main(int argc, char **argv)
{
    Bench bench = {.self = argv[0], .migrations = 1000, .rounds = 3};
    if (argc == 3 && strcmp(argv[1], "--bare") == 0)
        return run_bare(strtoul(argv[2], NULL, 10));
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--migrations") == 0)
            bench.migrations = strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--rounds") == 0)
            bench.rounds = strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--delay") == 0)
            bench.delay_ms = strtol(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--dbmate") == 0)
            bench.dbmate = argv[i + 1];
    }
    if (bench.rounds < 1 || bench.rounds > MAX_ROUNDS || bench.migrations < 1) {
        fprintf(stderr, "usage: bench_up [--migrations N] [--rounds N] [--delay MS] "
                        "[--dbmate PROGRAM]\n");
        return 2;
    }
    bench.arena = arena_new();
    bench.files = temp_dir_new();
    write_migrations(&bench);
    choose_server(&bench);
    run_all(&bench);
    if (bench.delay_ms > 0)
        delay_stop(&bench.delay);
    temp_dir_free(bench.files);
    arena_free(bench.arena);
    return 0;
}
