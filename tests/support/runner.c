/* SPDX-License-Identifier: MIT */
#include "support/runner.h"

#include <errno.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lockstep/exit_status.h"

#include "support/test.h"
#include "support/test_cluster.h"

static int databases;

static void
run_command(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    if (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    PQclear(result);
}

PGconn *
runner_connect(Runner *runner)
{
    PGconn *connection = PQconnectdb(test_cluster_database(runner->database, NULL));
    if (PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(connection));
    return connection;
}

static void
create_database(Runner *runner)
{
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    run_command(connection, arena_printf(runner->arena, "CREATE DATABASE %s", runner->database));
    PQfinish(connection);
}

int
runner_set_up(void **state)
{
    Arena *arena = arena_new();
    Runner *runner = ARENA_NEW(arena, Runner);
    runner->arena = arena;
    runner->directory = temp_dir_new();
    runner->database = arena_printf(arena, "test_%d", ++databases);
    create_database(runner);
    runner->look = runner_connect(runner);
    runner->options = run_options_default();
    runner->options.conninfo = test_cluster_database(runner->database, NULL);
    runner->options.directory = temp_dir_path(runner->directory, "migrations");
    runner->options.journal_path = temp_dir_path(runner->directory, "state/journal.db");
    runner->options.seed = 42;
    temp_dir_write(runner->directory, "migrations/README", "");
    *state = runner;
    return 0;
}

int
runner_tear_down(void **state)
{
    Runner *runner = *state;
    PQfinish(runner->look);
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    run_command(connection,
                arena_printf(runner->arena, "DROP DATABASE %s WITH (FORCE)", runner->database));
    PQfinish(connection);
    temp_dir_free(runner->directory);
    arena_free(runner->arena);
    return 0;
}

void
runner_write(Runner *runner, const char *name, const char *text)
{
    temp_dir_write(runner->directory, arena_printf(runner->arena, "migrations/%s", name), text);
}

static bool
run(Runner *runner, bool down)
{
    runner->err = (Error){0};
    return down ? run_down(runner->arena, &runner->options, &runner->observer, &runner->report,
                           &runner->err)
                : run_up(runner->arena, &runner->options, &runner->observer, &runner->report,
                         &runner->err);
}

static void
expect_success(Runner *runner, bool down)
{
    if (!run(runner, down))
        fail_msg("kind %d, %s: %s (%s; %s)", (int)runner->err.kind, runner->err.sqlstate,
                 runner->err.message, runner->err.detail, runner->err.hint);
}

static void
expect_failure(Runner *runner, bool down, ErrorKind kind)
{
    if (run(runner, down))
        fail_msg("it succeeded");
    if (runner->err.kind != kind)
        fail_msg("kind %d, not %d: %s (%s)", (int)runner->err.kind, (int)kind, runner->err.message,
                 runner->err.detail);
}

void
runner_up(Runner *runner)
{
    expect_success(runner, false);
}

void
runner_down(Runner *runner)
{
    expect_success(runner, true);
}

void
runner_up_fails(Runner *runner, ErrorKind kind)
{
    expect_failure(runner, false, kind);
}

void
runner_down_fails(Runner *runner, ErrorKind kind)
{
    expect_failure(runner, true, kind);
}

const char *
runner_ask_on(Runner *runner, PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(connection));
    const char *answer = "";
    for (int row = 0; row < PQntuples(result); row++)
        answer = arena_printf(runner->arena, "%s%s%s", answer, row > 0 ? "\n" : "",
                              PQgetisnull(result, row, 0) ? "NULL" : PQgetvalue(result, row, 0));
    PQclear(result);
    return answer;
}

const char *
runner_ask(Runner *runner, const char *sql)
{
    return runner_ask_on(runner, runner->look, sql);
}

const char *
runner_history(Runner *runner)
{
    return runner_ask(runner, "SELECT coalesce(string_agg(version || ' ' || direction || ' ' || "
                              "outcome, ', ' ORDER BY id), '') FROM lockstep.history");
}

void
runner_wait(Runner *runner, const char *sql, const char *answer)
{
    const char *got = "";
    for (int i = 0; i < 200; i++) {
        got = runner_ask(runner, sql);
        if (strcmp(got, answer) == 0)
            return;
        usleep(50000);
    }
    fail_msg("%s: %s", sql, got);
}

pid_t
runner_fork_up(Runner *runner)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        bool ok = run(runner, false);
        if (!ok)
            fprintf(stderr, "child: %s (%s)\n", runner->err.message, runner->err.detail);
        _exit(ok ? 0 : (int)exit_status_of(runner->err.kind));
    }
    if (pid < 0)
        fail_msg("fork");
    return pid;
}

int
runner_join(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            fail_msg("waitpid");
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
