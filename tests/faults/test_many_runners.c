/* SPDX-License-Identifier: MIT */
/*
 * Many of the program at once on one database: each migration is applied once, by one of them; the
 * others wait for it, or leave and say who is at work.
 *
 *     test_many_runners [RUNNERS]
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lockstep/exit_status.h"

#include "support/fault_files.h"
#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

#define MOST 100

static size_t runners = 10;

typedef struct Ends {
    size_t done;
    size_t left; /* because somebody else is at work */
} Ends;

static const char *
messages_of(Runner *runner, size_t index)
{
    return arena_printf(runner->arena, "messages-%zu", index);
}

static void
become_the_tool(Runner *runner, size_t index, const char *lock_wait)
{
    const char *path = temp_dir_path(runner->directory, messages_of(runner, index));
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    int nothing = open("/dev/null", O_WRONLY);
    if (file < 0 || nothing < 0 || dup2(file, STDERR_FILENO) < 0 ||
        dup2(nothing, STDOUT_FILENO) < 0)
        _exit(99);
    execl(LOCKSTEP_BINARY, LOCKSTEP_BINARY, "up", "--url", runner->options.conninfo, "--layout",
          "flyway", "--migrations", runner->options.directory, "--journal",
          runner->options.journal_path, "--lock-wait", lock_wait, NULL);
    _exit(99);
}

/* One that leaves has named the process that works. */
static void
judge(Runner *runner, size_t index, int status, Ends *ends)
{
    const char *messages = temp_dir_read(runner->directory, messages_of(runner, index));
    if (status == EXIT_DONE) {
        ends->done++;
        return;
    }
    if (status != EXIT_LOCK ||
        strstr(messages, "another run holds the lock of this history: pid ") == NULL ||
        strstr(messages, "lockstep, connected for ") == NULL)
        fail_msg("runner %zu ended with %d:\n%s", index, status, messages);
    ends->left++;
}

static Ends
run_all(Runner *runner, const char *lock_wait)
{
    pid_t pids[MOST] = {0};
    Ends ends = {0};
    fflush(NULL);
    for (size_t i = 0; i < runners; i++) {
        pids[i] = fork();
        assert_true(pids[i] >= 0);
        if (pids[i] == 0)
            become_the_tool(runner, i, lock_wait);
    }
    for (size_t i = 0; i < runners; i++)
        judge(runner, i, runner_join(pids[i]), &ends);
    return ends;
}

static void
write_files(Runner *runner)
{
    for (size_t i = 0; i < fault_file_count; i++)
        runner_write(runner, fault_files[i].name, fault_files[i].text);
}

static void
check_history(Runner *runner)
{
    assert_string_equal(runner_ask(runner, "SELECT count(*) - count(DISTINCT version) FROM "
                                           "lockstep.history"),
                        "0");
    assert_string_equal(runner_ask(runner, "SELECT string_agg(DISTINCT outcome, ' ') FROM "
                                           "lockstep.history"),
                        "done");
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM lockstep.history"),
                        arena_printf(runner->arena, "%d", FAULT_FILES_UP));
    assert_string_equal(runner_ask(runner, "SELECT count(*) FROM pg_index WHERE NOT indisvalid"),
                        "0");
    assert_string_equal(runner_ask(runner, "SELECT count(*) - count(DISTINCT what) FROM trace"),
                        "0");
}

/* The one that works builds indexes concurrently: whoever waits must hold no snapshot. */
static void
test_all_wait(void **state)
{
    Runner *runner = *state;
    write_files(runner);
    Ends ends = run_all(runner, "120s");
    assert_int_equal(ends.done, runners);
    assert_string_equal(runner_ask(runner, "SELECT count(DISTINCT run) FROM lockstep.history"),
                        "1");
    check_history(runner);
    print_message("  %zu runners waited for each other\n", runners);
}

static void
test_all_leave(void **state)
{
    Runner *runner = *state;
    write_files(runner);
    runner_write(runner, "V15__long.sql", "SELECT pg_sleep(1);\n");
    Ends ends = run_all(runner, "10ms");
    assert_true(ends.done >= 1);
    assert_string_equal(runner_ask(runner, "SELECT count(*) - count(DISTINCT version) FROM "
                                           "lockstep.history"),
                        "0");
    print_message("  %zu runners: %zu through, %zu left and said who is at work\n", runners,
                  ends.done, ends.left);
}

/* The private server takes few sessions; this needs two for each runner. */
static int
make_room(void **state)
{
    Error err = {0};
    (void)state;
    Arena *arena = arena_new();
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    PGresult *result = PQexec(connection, "ALTER SYSTEM SET max_connections = 250");
    assert_int_equal(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
    ClusterOptions options = test_cluster_options();
    Cluster cluster;
    if (!cluster_open(arena, &options, &cluster, &err) || !cluster_stop(arena, &cluster, &err) ||
        !cluster_start(arena, &cluster, &err))
        fail_msg("%s\n%s", err.message, err.detail);
    arena_free(arena);
    return 0;
}

int
main(int count, char **words)
{
    if (count > 1)
        runners = strtoul(words[1], NULL, 10);
    if (runners < 1 || runners > MOST)
        return 2;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_wait, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_all_leave, runner_set_up, runner_tear_down),
    };
    return cmocka_run_group_tests(tests, make_room, NULL);
}
