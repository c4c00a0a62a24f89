/* SPDX-License-Identifier: MIT */
/* Many statements in one round trip: what they do together, and what becomes of the rest when one
 * fails. */
#include "db/batch.h"
#include "support/delay.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

typedef struct Heard {
    size_t awaited;
    size_t finished;
} Heard;

static void
on_awaited(void *context, size_t command)
{
    Heard *heard = context;
    heard->awaited = command + 1;
}

static void
on_finished(void *context, size_t command)
{
    Heard *heard = context;
    heard->finished = command + 1;
}

static Db *
open_db(const Runner *runner)
{
    Db *db = NULL;
    Error err = {0};
    DbOptions options = {.conninfo = runner->options.conninfo, .connect_timeout_ms = 5000};
    if (!db_open(&options, &db, &err))
        fail_msg("%s", err.message);
    return db;
}

static void
add(const Runner *runner, DbCommandList *batch, const char *sql)
{
    db_batch_add(runner->arena, batch, sql);
}

static void
test_all_of_it_runs(void **state)
{
    Runner *runner = *state;
    Db *db = open_db(runner);
    DbCommandList batch = {0};
    DbRows rows;
    Heard heard = {0};
    Error err = {0};
    DbBatchWatch watch = {.context = &heard, .awaited = on_awaited, .finished = on_finished};
    add(runner, &batch, "BEGIN");
    add(runner, &batch, "CREATE TABLE t (x int)");
    add(runner, &batch, "INSERT INTO t SELECT generate_series(1, 100000)");
    add(runner, &batch, "SELECT repeat('x', 1000) FROM t"); /* 100 MB that nobody reads */
    DbCommand count = {.sql = "SELECT count(*), NULL FROM t WHERE x > $1::int",
                       .values = {"99990"},
                       .count = 1,
                       .rows = &rows};
    LIST_APPEND(runner->arena, &batch, count);
    add(runner, &batch, "COMMIT");
    assert_true(db_run_batch(runner->arena, db, &batch, &watch, NULL, &err));
    assert_int_equal(heard.awaited, 6);
    assert_int_equal(heard.finished, 6);
    assert_string_equal(db_cell(&rows, 0, 0), "10");
    assert_null(db_cell(&rows, 0, 1));
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM t"), "100000");
    db_close(db);
}

static void
test_a_failure_stops_its_part(void **state)
{
    Runner *runner = *state;
    Db *db = open_db(runner);
    DbCommandList batch = {0};
    Heard heard = {0};
    Error err = {0};
    size_t failed = 99;
    DbBatchWatch watch = {.context = &heard, .awaited = on_awaited, .finished = on_finished};
    add(runner, &batch, "CREATE TABLE stays (x int)");
    batch.items[0].ends_part = true;
    add(runner, &batch, "BEGIN");
    add(runner, &batch, "CREATE TABLE goes (x int)");
    add(runner, &batch, "SELECT 'ö', 1 / 0");
    add(runner, &batch, "CREATE TABLE never (x int)");
    add(runner, &batch, "COMMIT");
    assert_false(db_run_batch(runner->arena, db, &batch, &watch, &failed, &err));
    assert_int_equal(failed, 3);
    assert_int_equal(heard.finished, 3);
    assert_string_equal(err.sqlstate, "22012");
    assert_true(db_in_transaction(db));
    assert_true(db_execute(db, "ROLLBACK", &err));
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('stays'), 1"), "stays");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('goes')"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('never')"), "NULL");
    /* The connection is as good as new. */
    batch.count = 1;
    batch.items[0].sql = "DROP TABLE stays";
    assert_true(db_run_batch(runner->arena, db, &batch, NULL, NULL, &err));
    db_close(db);
}

static void
test_copy_goes_the_long_way(void **state)
{
    Runner *runner = *state;
    Db *db = open_db(runner);
    DbCommandList batch = {0};
    Heard heard = {0};
    Error err = {0};
    DbBatchWatch watch = {.context = &heard, .awaited = on_awaited, .finished = on_finished};
    add(runner, &batch, "BEGIN");
    add(runner, &batch, "CREATE TABLE t (x int)");
    DbCommand copy = {
        .sql = "COPY t FROM stdin", .is_copy = true, .data = "1\n2\n3\n", .length = 6};
    LIST_APPEND(runner->arena, &batch, copy);
    add(runner, &batch, "COMMIT");
    assert_true(db_run_batch(runner->arena, db, &batch, &watch, NULL, &err));
    assert_int_equal(heard.finished, 4);
    assert_string_equal(runner_ask(runner, "SELECT sum(x) FROM t"), "6");
    db_close(db);
}

static void
kill_while_last(void *context, size_t command)
{
    Runner *runner = context;
    if (command == 2)
        runner_wait(runner,
                    "SELECT count(pg_terminate_backend(pid)) > 0 FROM pg_stat_activity "
                    "WHERE query LIKE '%pg_sleep(60)%' AND pid <> pg_backend_pid()",
                    "t");
}

/* The server holds answers back until it is asked for them: without may_last nobody would learn
 * that the second statement has begun before the third one is through. */
static void
test_one_that_lasts_is_announced(void **state)
{
    Runner *runner = *state;
    Db *db = open_db(runner);
    DbCommandList batch = {0};
    Error err = {0};
    size_t failed = 99;
    DbBatchWatch watch = {.context = runner, .awaited = kill_while_last};
    add(runner, &batch, "BEGIN");
    add(runner, &batch, "CREATE TABLE t (x int)");
    add(runner, &batch, "SELECT pg_sleep(60)");
    batch.items[2].may_last = true;
    add(runner, &batch, "COMMIT");
    assert_false(db_run_batch(runner->arena, db, &batch, &watch, &failed, &err));
    assert_int_equal(failed, 2);
    assert_true(db_is_lost(db));
    assert_int_equal(err.kind, ERROR_CONNECTION);
    db_close(db);
}

static void
write_migrations(Runner *runner, int from, int to)
{
    for (int i = from; i <= to; i++)
        runner_write(runner, arena_printf(runner->arena, "%d_t.up.sql", i),
                     arena_printf(runner->arena,
                                  "SET search_path = public;\nCREATE TABLE t%d (x int);\n"
                                  "-- lockstep: lock-timeout 1s\nINSERT INTO t%d VALUES (1);\n"
                                  "CREATE INDEX ON t%d (x);\n",
                                  i, i, i));
}

/* Twenty migrations more cost forty round trips more. */
static void
test_two_round_trips_each(void **state)
{
    Runner *runner = *state;
    Delay delay = delay_start(test_cluster()->socket_directory, 10);
    runner->options.conninfo =
        arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s", delay.directory,
                     runner->database);
    write_migrations(runner, 1, 1);
    runner_up(runner); /* creates the history */
    size_t before = *delay.turns;
    write_migrations(runner, 2, 2);
    runner_up(runner);
    size_t of_one = *delay.turns - before;
    before = *delay.turns;
    write_migrations(runner, 3, 23);
    runner_up(runner);
    size_t of_twenty_one = *delay.turns - before;
    assert_int_equal(runner->report.migrations.count, 21);
    assert_true(of_twenty_one <= of_one + (size_t)40);
    delay_stop(&delay);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_of_it_runs, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_a_failure_stops_its_part, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_copy_goes_the_long_way, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_one_that_lasts_is_announced, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_two_round_trips_each, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
