/* SPDX-License-Identifier: MIT */
/*
 * kill -9 at chosen points of a run, then `up` again: the history is exact, nothing is applied
 * twice, nothing is lost. The five migrations leave traces that a repetition would double: rows
 * without a key.
 */
#include <signal.h>
#include <stdio.h>
#include <unistd.h>

#include "support/runner.h"
#include "support/test.h"

static const char *const files[][2] = {
    {"1_orders.up.sql",      "CREATE TABLE trace (what text);\n"
                        "CREATE TABLE orders (id int PRIMARY KEY, customer int);\n"
                        "INSERT INTO trace VALUES ('1');\n"                     },
    {"2_by_customer.up.sql", "CREATE INDEX CONCURRENTLY by_customer ON orders (customer);\n"           },
    {"3_alone.up.sql",       "-- lockstep: no-transaction\n"
                       "ALTER TABLE orders ADD COLUMN note text;\n"
                       "INSERT INTO trace VALUES ('3');\n"
                       "VACUUM orders;\n"                                        },
    {"4_data.up.sql",        "COPY orders FROM stdin;\n1\t10\tone\n2\t20\ttwo\n\\.\n"
                      "INSERT INTO trace SELECT '4' FROM generate_series(1, 3);\n"},
    {"5_mixed.up.sql",       "INSERT INTO trace VALUES ('5a');\n"
                       "CREATE UNIQUE INDEX CONCURRENTLY by_note ON orders (note);\n"
                       "INSERT INTO trace VALUES ('5b');\n"                      },
};

static const char result_query[] =
    "SELECT (SELECT string_agg(what, ' ' ORDER BY what) FROM trace) || ' | ' || "
    "(SELECT string_agg(id || ':' || customer || ':' || note, ' ' ORDER BY id) FROM orders) || "
    "' | ' || (SELECT string_agg(indexrelid::regclass || CASE WHEN indisvalid AND indisready THEN "
    "'' ELSE ' unusable' END, ' ' ORDER BY indexrelid::regclass::text) FROM pg_index WHERE "
    "indrelid = 'orders'::regclass)";

static const char result_wanted[] =
    "1 3 4 4 4 5a 5b | 1:10:one 2:20:two | by_customer by_note orders_pkey";

typedef struct KillPoint {
    const char *words;
    int64_t version; /* of the migration that is running; 0: none yet */
    RunPoint point;
    int occurrence;   /* within the migration, from 1 */
    bool while_build; /* instead: while a build waits for a session that holds it up */
} KillPoint;

static const KillPoint kill_points[] = {
    {"with the lock, before anything",         0, POINT_LOCKED,             1, false},
    {"marker on record, nothing begun",        0, POINT_MARKER_RECORDED,    1, false},
    {"before BEGIN of 1",                      1, POINT_BEFORE_BEGIN,       1, false},
    {"after BEGIN of 1",                       1, POINT_AFTER_BEGIN,        1, false},
    {"in the middle of 1",                     1, POINT_AFTER_STATEMENT,    2, false},
    {"before COMMIT of 1",                     1, POINT_BEFORE_COMMIT,      1, false},
    {"after COMMIT of 1",                      1, POINT_AFTER_COMMIT,       1, false},
    {"intent of 2's build recorded, not sent", 2, POINT_INTENT_RECORDED,    1, false},
    {"while 2's build is held up",             2, POINT_INTENT_RECORDED,    1, true },
    {"2's build through, outcome unrecorded",  2, POINT_BEFORE_OUTCOME,     1, false},
    {"2's outcome recorded",                   2, POINT_AFTER_OUTCOME,      1, false},
    {"before 2's history row",                 2, POINT_BEFORE_HISTORY_ROW, 1, false},
    {"after 2's history row",                  2, POINT_AFTER_HISTORY_ROW,  1, false},
    {"between the statements of 3",            3, POINT_AFTER_COMMIT,       1, false},
    {"before COMMIT of 3's second statement",  3, POINT_BEFORE_COMMIT,      2, false},
    {"3's VACUUM through, outcome unrecorded", 3, POINT_BEFORE_OUTCOME,     1, false},
    {"after 4's COPY",                         4, POINT_AFTER_STATEMENT,    1, false},
    {"after COMMIT of 4",                      4, POINT_AFTER_COMMIT,       1, false},
    {"after COMMIT of 5's first part",         5, POINT_AFTER_COMMIT,       1, false},
    {"5's build through, outcome unrecorded",  5, POINT_BEFORE_OUTCOME,     1, false},
    {"before COMMIT of 5's last part",         5, POINT_BEFORE_COMMIT,      2, false},
};

/* What the child counts until it kills itself. */
typedef struct Killer {
    const KillPoint *at;
    int64_t version;
    int seen;
} Killer;

static void
on_migration(void *context, const MigrationEvent *migration)
{
    Killer *killer = context;
    killer->version = strtoll(migration->version, NULL, 10);
}

static void
on_point(void *context, RunPoint point)
{
    Killer *killer = context;
    if (killer->version != killer->at->version || point != killer->at->point)
        return;
    if (++killer->seen == killer->at->occurrence && !killer->at->while_build)
        raise(SIGKILL);
}

static void
on_tick(void *context, const StatementEvent *statement, int64_t elapsed_ms)
{
    Killer *killer = context;
    if (killer->at->while_build && killer->version == killer->at->version && statement != NULL &&
        elapsed_ms >= 300)
        raise(SIGKILL);
}

static void
kill_at(Runner *runner, const KillPoint *point)
{
    Killer killer = {.at = point};
    runner->observer = (RunObserver){.context = &killer,
                                     .migration_started = on_migration,
                                     .reached = on_point,
                                     .tick = on_tick};
    pid_t child = runner_fork_up(runner);
    int status = runner_join(child);
    runner->observer = (RunObserver){0};
    if (status != 128 + SIGKILL)
        fail_msg("%s: was not killed, but ended with %d", point->words, status);
}

static void
check_result(Runner *runner, const KillPoint *point)
{
    assert_string_equal(runner_ask(runner, result_query), result_wanted);
    assert_string_equal(runner_history(runner),
                        "1 up done, 2 up done, 3 up done, 4 up done, 5 up done");
    assert_string_equal(runner_ask(runner, "SELECT coalesce(string_agg(attempt || state, ' '), '') "
                                           "FROM lockstep.step WHERE state <> 'done'"),
                        "");
    assert_string_equal(runner_ask(runner, "SELECT count(*) = count(DISTINCT (version, position)) "
                                           "FROM lockstep.step"),
                        "t");
    runner_up(runner);
    assert_int_equal(runner->report.migrations.count, 0);
    print_message("  %-42s history exact, result exact\n", point->words);
}

static void
test_one_point(Runner *runner, const KillPoint *point)
{
    PGconn *reader = NULL;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        runner_write(runner, files[i][0], files[i][1]);
    if (point->while_build) {
        runner_ask(runner, "CREATE TABLE other (x int)");
        reader = runner_connect(runner);
        runner_ask_on(runner, reader, "BEGIN ISOLATION LEVEL REPEATABLE READ");
        runner_ask_on(runner, reader, "SELECT * FROM other");
    }
    kill_at(runner, point);
    if (point->while_build) {
        /* The server goes on with the build for a moment, and holds the runner's lock: the next run
         * waits. */
        assert_string_equal(runner_ask(runner, "SELECT indisvalid FROM pg_index WHERE indexrelid = "
                                               "'by_customer'::regclass"),
                            "f");
        runner_ask_on(runner, reader, "ROLLBACK");
        PQfinish(reader);
    }
    runner_up(runner);
    check_result(runner, point);
}

static void
test_every_point(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof kill_points / sizeof kill_points[0]; i++) {
        void *runner = NULL;
        runner_set_up(&runner);
        test_one_point(runner, &kill_points[i]);
        runner_tear_down(&runner);
    }
}

/* Killed, and the next one too: it is the state that counts, not its history. */
static void
test_killed_again_and_again(void **state)
{
    Runner *runner = *state;
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
        runner_write(runner, files[i][0], files[i][1]);
    int kills = 0;
    for (size_t i = 0; i < sizeof kill_points / sizeof kill_points[0]; i++) {
        /* What an earlier run has done is skipped, and not counted. */
        KillPoint point = kill_points[i];
        point.occurrence = 1;
        Killer killer = {.at = &point};
        if (point.while_build)
            continue;
        runner->observer = (RunObserver){
            .context = &killer, .migration_started = on_migration, .reached = on_point};
        kills += runner_join(runner_fork_up(runner)) == 128 + SIGKILL;
    }
    runner->observer = (RunObserver){0};
    assert_int_equal(kills, sizeof kill_points / sizeof kill_points[0] - 1);
    runner_up(runner);
    print_message("  %d kills of one run, one after the other\n", kills);
    check_result(runner, &(KillPoint){.words = "all of them"});
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_point),
        cmocka_unit_test_setup_teardown(test_killed_again_and_again, runner_set_up,
                                        runner_tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
