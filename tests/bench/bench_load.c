/* SPDX-License-Identifier: MIT */
/*
 * What an application feels while migrations run, on a server of its own.
 *
 *     bench_load [--seconds N] [--rate N] [--clients N] [--rows N] [--rounds N] [--dbmate PROGRAM]
 *
 * The shop of migrations_example/ stands where it stood before its last six migrations, filled with
 * N rows (200,000) in its largest table. N clients (4) read and write single rows of that table,
 * each N times a second (100); a report keeps a snapshot of it open for eight seconds of fifteen,
 * and a batch keeps a row of its own locked for four seconds of ten. Meanwhile `lockstep up`, `psql
 * -f` with one file after the other and, where it is named, dbmate apply the six migrations, each
 * to a fresh copy. dbmate gets a file of its own for each statement that cannot share one, marked
 * `transaction:false`, as its users write them.
 *
 * In each of the rounds (2) a run begins four seconds later in the day of those two. The clients
 * are at work for so many seconds (3) before and after each run too; the line "nobody"
 * is what they see then. A request's time counts from when it was due, so that whoever was held up
 * counts in full. Printed are, of the requests that were due during a run: their number, median,
 * 99th and 99.9th percentile and longest time, how many took longer than 100 ms and how many
 * failed; then how long the run took, how it ended, and how many attempts it took back. Compare
 * only numbers of one run.
 */
#include <glob.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include "base/file.h"
#include "parse/parse.h"
#include "support/load.h"
#include "support/shell.h"
#include "support/temp_dir.h"
#include "support/test_cluster.h"

#define FILLED_TO "20250908101500"
#define MAX_FILE ((size_t)1 << 20)
#define SLOW_S 0.1
#define SHIFT_S 4 /* each round begins that much later in the holders' day */

typedef struct Bench {
    Arena *arena;
    const char *dbmate;
    TempDir *files;
    double seconds;
    double rate;
    size_t clients;
    size_t rows;
    size_t rounds;
} Bench;

/* Over all rounds. */
typedef struct Contestant {
    const char *name;
    const char *command; /* for sh; the database is in the environment */
    LoadRequestList requests;
    double took;
    size_t attempts_lost;
    int exit_status; /* of the last run that failed, or 0 */
} Contestant;

static const LoadHold holds[] = {
    {"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT count(*) FROM orders WHERE id < 1000",
     8,                                                                                                 7},
    {"BEGIN; UPDATE orders SET total_cents = total_cents + 1 WHERE id = 1",                          4, 6},
};

/* ---- the database */

static void
execute(const char *conninfo, const char *sql)
{
    PGconn *connection = PQconnectdb(conninfo);
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) {
        fprintf(stderr, "bench_load: %s", PQerrorMessage(connection));
        exit(1);
    }
    PQclear(result);
    PQfinish(connection);
}

static void
fill(const Bench *bench)
{
    const char *shop = test_cluster_database("shop", NULL);
    execute(shop, "INSERT INTO customers (email, full_name, country_code)"
                  " SELECT format('%s@example.org', n), format('Customer %s', n), 'DE'"
                  " FROM generate_series(1, 20000) n");
    execute(shop,
            arena_printf(bench->arena,
                         "INSERT INTO orders (customer_id, status, total_cents, contact_email)"
                         " SELECT 1 + n %% 20000, 'paid', n, CASE WHEN n %% 100 <> 99 THEN"
                         " format('%%s@example.org', n) END FROM generate_series(1, %zu) n",
                         bench->rows));
    execute(shop, "INSERT INTO payments (order_id, provider_ref, amount_cents)"
                  " SELECT id, format('ref-%s', id), total_cents FROM orders");
    execute(shop, "VACUUM ANALYZE");
}

/* The test's server does not wait for its disk; one that matters does. */
static void
make_shop(const Bench *bench)
{
    const char *server = test_cluster_conninfo();
    execute(server, "ALTER SYSTEM SET fsync = on");
    execute(server, "ALTER SYSTEM SET synchronous_commit = on");
    execute(server, "SELECT pg_reload_conf()");
    execute(server, "CREATE DATABASE shop");
    setenv("PGHOST", test_cluster()->socket_directory, 1);
    setenv("PGUSER", "postgres", 1);
    unsetenv("DATABASE_URL");
    setenv("PGDATABASE", "shop", 1);
    if (shell_run(arena_printf(bench->arena, "%s up --quiet --to %s --migrations %s --journal %s",
                               LOCKSTEP_BINARY, FILLED_TO,
                               LOCKSTEP_SOURCE_DIR "/migrations_example",
                               temp_dir_path(bench->files, "first.db"))) != 0)
        exit(1);
    fill(bench);
    setenv("PGDATABASE", "bench", 1);
}

static void
refresh_database(void)
{
    execute(test_cluster_conninfo(), "DROP DATABASE IF EXISTS bench");
    execute(test_cluster_conninfo(), "CREATE DATABASE bench TEMPLATE shop");
    execute(test_cluster_conninfo(), "CHECKPOINT");
}

/* ---- the files */

static void
write_dbmate(const Bench *bench, const char *name, size_t number, const char *sql, bool inside)
{
    int digits = (int)strspn(name, "0123456789");
    const char *path =
        arena_printf(bench->arena, "dbmate/%.*s%02zu%s", digits, name, number, name + digits);
    temp_dir_write(bench->files, path,
                   arena_printf(bench->arena, "-- migrate:up%s\n%s;\n\n-- migrate:down\n",
                                inside ? "" : " transaction:false", sql));
}

static bool
needs_no_transaction(const Script *script, const char *text)
{
    foreach (statement, &script->statements)
        if (statement->use == TRANSACTION_USE_OUTSIDE)
            return true;
    return strstr(text, "-- lockstep: no-transaction") != NULL;
}

static void
convert(const Bench *bench, const char *path)
{
    FileBytes file;
    Error err = {0};
    if (!file_read(bench->arena, path, MAX_FILE, &file, &err)) {
        fprintf(stderr, "bench_load: %s\n", err.message);
        exit(1);
    }
    const Script *script = parse_script(bench->arena, file.bytes, file.length);
    const char *name = file_name(path);
    temp_dir_write(bench->files, arena_printf(bench->arena, "psql/%s", name), file.bytes);
    if (!needs_no_transaction(script, file.bytes)) {
        write_dbmate(bench, name, 0, file.bytes, true);
        return;
    }
    for (size_t i = 0; i < script->statements.count; i++) {
        Span span = script->statements.items[i].span;
        const char *sql = arena_printf(bench->arena, "%.*s", (int)(span.end - span.start),
                                       file.bytes + span.start);
        write_dbmate(bench, name, i, sql, false);
    }
}

static void
write_files(const Bench *bench)
{
    glob_t found;
    if (glob(LOCKSTEP_SOURCE_DIR "/migrations_example/*.up.sql", 0, NULL, &found) != 0)
        exit(1);
    for (size_t i = 0; i < found.gl_pathc; i++)
        if (strncmp(file_name(found.gl_pathv[i]), FILLED_TO, strlen(FILLED_TO)) > 0)
            convert(bench, found.gl_pathv[i]);
    globfree(&found);
}

/* ---- one run of one of them */

static size_t
count_retries(const Bench *bench)
{
    size_t count = 0;
    const char *log = temp_dir_read(bench->files, "out");
    for (const char *at = log; (at = strstr(at, "\"event\":\"retry\"")) != NULL; at++)
        count++;
    return count;
}

static void
measure(const Bench *bench, size_t round, Contestant *one, Contestant *nobody)
{
    refresh_database();
    LoadPlan plan = {.conninfo = test_cluster_database("bench", NULL),
                     .clients = bench->clients,
                     .rate = bench->rate,
                     .rows = bench->rows,
                     .holds = holds,
                     .hold_count = sizeof holds / sizeof holds[0]};
    Load *load = load_begin(&plan);
    load_sleep_until(load_clock() + bench->seconds + (double)(SHIFT_S * round));
    double start = load_clock();
    int status = shell_run(
        arena_printf(bench->arena, "(%s) >%s", one->command, temp_dir_path(bench->files, "out")));
    double end = load_clock();
    load_sleep_until(end + bench->seconds);
    LoadRequestList requests = load_end(load, bench->arena);
    foreach (request, &requests) {
        bool meanwhile = request->due >= start && request->due < end;
        LIST_APPEND(bench->arena, meanwhile ? &one->requests : &nobody->requests, *request);
    }
    one->took += end - start;
    one->attempts_lost += count_retries(bench);
    if (status != 0)
        one->exit_status = status;
}

/* ---- the table */

static int
compare_latencies(const void *a, const void *b)
{
    double left = ((const LoadRequest *)a)->latency;
    double right = ((const LoadRequest *)b)->latency;
    return (left > right) - (left < right);
}

static double
percentile_ms(const LoadRequestList *sorted, double part)
{
    size_t index = (size_t)(part * (double)sorted->count);
    return 1000 * sorted->items[index < sorted->count ? index : sorted->count - 1].latency;
}

static void
print_line(const Bench *bench, Contestant *one, bool has_run)
{
    LoadRequestList *requests = &one->requests;
    size_t slow = 0;
    size_t failed = 0;
    if (requests->count == 0)
        return;
    qsort(requests->items, requests->count, sizeof *requests->items, compare_latencies);
    foreach (request, requests) {
        slow += request->latency > SLOW_S;
        failed += request->failed;
    }
    printf("%-12s %9zu %7.1f %8.1f %8.1f %8.1f %6zu %6zu", one->name, requests->count,
           percentile_ms(requests, 0.5), percentile_ms(requests, 0.99),
           percentile_ms(requests, 0.999), percentile_ms(requests, 1), slow, failed);
    if (has_run)
        printf(" %7.1f %4d %8zu", one->took / (double)bench->rounds, one->exit_status,
               one->attempts_lost);
    printf("\n");
}

static void
compare(const Bench *bench, Contestant *all, size_t count)
{
    Contestant nobody = {.name = "nobody"};
    for (size_t round = 0; round < bench->rounds; round++)
        for (size_t i = 0; i < count; i++)
            measure(bench, round, &all[i], &nobody);
    printf("%zu rows, %zu clients with %g requests a second each; times in ms, runs in s\n",
           bench->rows, bench->clients, bench->rate);
    printf("%-12s %9s %7s %8s %8s %8s %6s %6s %7s %4s %8s\n", "", "requests", "median", "99%",
           "99.9%", "longest", ">100", "failed", "run", "exit", "retries");
    print_line(bench, &nobody, false);
    for (size_t i = 0; i < count; i++)
        print_line(bench, &all[i], true);
}

/* ---- the whole */

static void
run_all(const Bench *bench)
{
    Arena *arena = bench->arena;
    Contestant all[] = {
        {.name = "lockstep up",
         .command = arena_printf(arena, "%s up --log-format json --migrations %s --journal %s 2>&1",
         LOCKSTEP_BINARY, LOCKSTEP_SOURCE_DIR "/migrations_example",
         temp_dir_path(bench->files, "journal.db"))},
        {.name = "psql -f",
         .command = arena_printf(arena,
         "for f in %s/*; do psql -qX -v ON_ERROR_STOP=1 -f $f || exit; "
                                 "done", temp_dir_path(bench->files, "psql"))},
        {.name = "dbmate",
         .command =
             arena_printf(arena,
         "exec %s --url 'postgres://postgres@/bench?socket=%s' "
                          "--migrations-dir %s --no-dump-schema migrate", bench->dbmate != NULL ? bench->dbmate : "",
         test_cluster()->socket_directory, temp_dir_path(bench->files, "dbmate"))},
    };
    compare(bench, all, bench->dbmate != NULL ? 3 : 2);
}

static void
read_option(Bench *bench, const char *name, const char *value)
{
    if (strcmp(name, "--seconds") == 0)
        bench->seconds = strtod(value, NULL);
    else if (strcmp(name, "--rate") == 0)
        bench->rate = strtod(value, NULL);
    else if (strcmp(name, "--clients") == 0)
        bench->clients = strtoul(value, NULL, 10);
    else if (strcmp(name, "--rows") == 0)
        bench->rows = strtoul(value, NULL, 10);
    else if (strcmp(name, "--rounds") == 0)
        bench->rounds = strtoul(value, NULL, 10);
    else if (strcmp(name, "--dbmate") == 0)
        bench->dbmate = value;
}

int
main(int argc, char **argv)
{
    Bench bench = {.seconds = 3, .rate = 100, .clients = 4, .rows = 200000, .rounds = 2};
    for (int i = 1; i + 1 < argc; i += 2)
        read_option(&bench, argv[i], argv[i + 1]);
    if (bench.rate <= 0 || bench.clients < 1 || bench.rows < 1000 || bench.rounds < 1) {
        fprintf(stderr, "usage: bench_load [--seconds N] [--rate N] [--clients N] [--rows N] "
                        "[--rounds N] [--dbmate PROGRAM]\n");
        return 2;
    }
    bench.arena = arena_new();
    bench.files = temp_dir_new();
    make_shop(&bench);
    write_files(&bench);
    run_all(&bench);
    temp_dir_free(bench.files);
    arena_free(bench.arena);
    return 0;
}
