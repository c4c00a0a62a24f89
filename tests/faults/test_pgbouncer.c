/* SPDX-License-Identifier: MIT */
/*
 * A real PgBouncer between the program and the server: it is recognised, and nothing is begun but,
 * on request, files that are one transaction. The next client of the same server session finds
 * nothing of ours.
 */
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lockstep/exit_status.h"

#include "support/runner.h"
#include "support/test.h"
#include "support/test_cluster.h"

#define SKIPPED 77

static const char *const places[] = {"/usr/sbin/pgbouncer", "/usr/bin/pgbouncer",
                                     "/usr/local/bin/pgbouncer"};

/* What a session of ours would have changed. */
static const char settings_query[] =
    "SELECT string_agg(name || '=' || setting, ' ' ORDER BY name) FROM pg_settings WHERE name IN "
    "('lock_timeout', 'statement_timeout', 'idle_in_transaction_session_timeout', "
    "'idle_session_timeout', 'default_transaction_read_only', 'client_connection_check_interval', "
    "'tcp_keepalives_idle', 'search_path', 'standard_conforming_strings', 'transaction_timeout', "
    "'client_encoding')";

typedef struct Pooler {
    Runner *runner;
    pid_t pid;
    const char *directory;
    const char *conninfo;
} Pooler;

static const char *
program(void)
{
    for (size_t i = 0; i < sizeof places / sizeof *places; i++)
        if (access(places[i], X_OK) == 0)
            return places[i];
    return NULL;
}

/* One server session for all: what one client leaves, the next one finds. */
static const char *
write_settings(Pooler *pooler, const char *mode)
{
    const Cluster *cluster = test_cluster();
    Runner *runner = pooler->runner;
    const char *text =
        arena_printf(runner->arena,
                     "[databases]\n* = host=%s port=5432 user=postgres pool_size=1\n"
                     "[pgbouncer]\nlisten_port = 5432\nunix_socket_dir = %s\nauth_type = any\n"
                     "pool_mode = %s\nserver_reset_query =\nlogfile = %s/log\n%s%s\n",
                     cluster->socket_directory, pooler->directory, mode, pooler->directory,
                     geteuid() == 0 ? "user = " : "", geteuid() == 0 ? cluster->user : "");
    return temp_dir_write(runner->directory, "pooler/pgbouncer.ini", text);
}

static void
await(Pooler *pooler)
{
    for (int i = 0; i < 200; i++) {
        PGconn *connection = PQconnectdb(pooler->conninfo);
        bool ok = PQstatus(connection) == CONNECTION_OK;
        PQfinish(connection);
        if (ok)
            return;
        usleep(25000);
    }
    fail_msg("PgBouncer does not answer:\n%s",
             temp_dir_read(pooler->runner->directory, "pooler/log"));
}

static Pooler
start(Runner *runner, const char *mode)
{
    Pooler pooler = {.runner = runner, .directory = temp_dir_path(runner->directory, "pooler")};
    const char *settings = write_settings(&pooler, mode);
    const Cluster *cluster = test_cluster();
    if (chmod(temp_dir_root(runner->directory), 0755) != 0 || chmod(pooler.directory, 0755) != 0 ||
        (geteuid() == 0 && chown(pooler.directory, cluster->uid, cluster->gid) != 0))
        fail_msg("%s", pooler.directory);
    pooler.conninfo = arena_printf(runner->arena, "host=%s port=5432 user=postgres dbname=%s",
                                   pooler.directory, runner->database);
    fflush(NULL);
    pooler.pid = fork();
    assert_true(pooler.pid >= 0);
    if (pooler.pid == 0) {
        execl(program(), program(), "-q", settings, NULL);
        _exit(99);
    }
    await(&pooler);
    return pooler;
}

static void
stop(const Pooler *pooler)
{
    kill(pooler->pid, SIGKILL);
    waitpid(pooler->pid, NULL, 0);
}

static void
redirect(Runner *runner, const char *name, int descriptor)
{
    int file = open(temp_dir_path(runner->directory, name), O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
}

/* Its exit status; what it says is in the file "messages". */
static int
tool(const Pooler *pooler, const char *command, const char *option)
{
    Runner *runner = pooler->runner;
    fflush(NULL);
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        redirect(runner, "out", STDOUT_FILENO);
        redirect(runner, "messages", STDERR_FILENO);
        setenv("LOCKSTEP_JOURNAL", runner->options.journal_path, 1);
        execl(LOCKSTEP_BINARY, LOCKSTEP_BINARY, command, "--url", pooler->conninfo, "--migrations",
              runner->options.directory, option, NULL);
        _exit(99);
    }
    return runner_join(pid);
}

static const char *
see(const Pooler *pooler, const char *sql)
{
    PGconn *connection = PQconnectdb(pooler->conninfo);
    if (PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(connection));
    const char *answer = runner_ask_on(pooler->runner, connection, sql);
    PQfinish(connection);
    return answer;
}

static void
assert_refused(const Pooler *pooler, const char *command, const char *option)
{
    assert_int_equal(tool(pooler, command, option), EXIT_GATE);
    const char *messages = temp_dir_read(pooler->runner->directory, "messages");
    if (strstr(messages, "connection pooler between here and the server") == NULL ||
        strstr(messages, "Connect to the server itself") == NULL)
        fail_msg("%s", messages);
}

static void
test_mode(Runner *runner, const char *mode)
{
    runner_write(runner, "1_a.up.sql", "CREATE TABLE a (x int);\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE a;\n");
    Pooler pooler = start(runner, mode);
    const char *before = see(&pooler, settings_query);
    const char *session = see(&pooler, "SELECT pg_backend_pid()");
    assert_refused(&pooler, "up", NULL);
    assert_refused(&pooler, "up", "--dry-run");
    assert_refused(&pooler, "down", NULL);
    assert_int_equal(tool(&pooler, "status", NULL), EXIT_DONE);
    assert_non_null(strstr(temp_dir_read(runner->directory, "out"), "pending"));
    assert_string_equal(see(&pooler, settings_query), before);
    assert_string_equal(see(&pooler, "SELECT pg_backend_pid()"), session);
    assert_string_equal(see(&pooler, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"),
                        "0");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('a') IS NULL AND "
                                           "to_regclass('lockstep.history') IS NULL"),
                        "t");
    stop(&pooler);
}

static void
assert_nothing_left(const Pooler *pooler, const char *settings)
{
    assert_string_equal(see(pooler, settings_query), settings);
    assert_string_equal(see(pooler, "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"),
                        "0");
    assert_string_equal(see(pooler, "SELECT current_user || ' ' || (SELECT count(*) FROM "
                                    "pg_prepared_statements)"),
                        "postgres 0");
}

/* Refused before the files in front of it are applied. */
static void
assert_held_back(const Pooler *pooler, const char *text, const char *reason)
{
    Runner *runner = pooler->runner;
    runner_write(runner, "3_c.up.sql", "CREATE TABLE c (x int);\n");
    runner_write(runner, "4_d.up.sql", text);
    int status = tool(pooler, "up", "--allow-pooler");
    const char *messages = temp_dir_read(runner->directory, "messages");
    if (status != EXIT_GATE || strstr(messages, reason) == NULL)
        fail_msg("%d: %s", status, messages);
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('c')"), "NULL");
}

static void
test_allowed(Runner *runner, const char *mode)
{
    runner_write(runner, "1_a.up.sql",
                 "CREATE TABLE a (x int);\nSET LOCAL search_path TO pg_temp;\n"
                 "COPY public.a FROM stdin;\n1\n2\n\\.\n");
    runner_write(runner, "2_b.up.sql", "INSERT INTO a VALUES (3);\n");
    runner_write(runner, "2_b.down.sql", "DELETE FROM a WHERE x = 3;\n");
    Pooler pooler = start(runner, mode);
    const char *before = see(&pooler, settings_query);
    if (tool(&pooler, "up", "--allow-pooler") != EXIT_DONE)
        fail_msg("%s", temp_dir_read(runner->directory, "messages"));
    assert_nothing_left(&pooler, before);
    assert_string_equal(runner_history(runner), "1 up done, 2 up done");
    assert_string_equal(runner_ask(runner, "SELECT sum(x) FROM a"), "6");
    assert_int_equal(tool(&pooler, "down", "--allow-pooler"), EXIT_DONE);
    assert_int_equal(tool(&pooler, "up", "--allow-pooler"), EXIT_DONE);
    assert_string_equal(runner_ask(runner, "SELECT sum(x) FROM a"), "6");
    assert_held_back(&pooler, "CREATE INDEX CONCURRENTLY a_x ON a (x);\n", "not one transaction");
    assert_held_back(&pooler, "SET search_path TO pg_catalog;\n", "leaves a setting");
    assert_held_back(&pooler, "CREATE TEMPORARY TABLE t (x int);\n", "leaves a temporary table");
    runner_write(runner, "4_d.up.sql", "SELECT 1 / 0;\n");
    assert_int_equal(tool(&pooler, "up", "--allow-pooler"), EXIT_ROLLED_BACK);
    assert_nothing_left(&pooler, before);
    stop(&pooler);
}

static void
test_allowed_in_session_mode(void **state)
{
    test_allowed(*state, "session");
}

static void
test_allowed_in_transaction_mode(void **state)
{
    test_allowed(*state, "transaction");
}

static void
test_session_mode(void **state)
{
    test_mode(*state, "session");
}

static void
test_transaction_mode(void **state)
{
    test_mode(*state, "transaction");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_session_mode, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_transaction_mode, runner_set_up, runner_tear_down),
        cmocka_unit_test_setup_teardown(test_allowed_in_session_mode, runner_set_up,
                                        runner_tear_down),
        cmocka_unit_test_setup_teardown(test_allowed_in_transaction_mode, runner_set_up,
                                        runner_tear_down),
    };
    if (program() == NULL) {
        fprintf(stderr, "skipped: no pgbouncer on this machine\n");
        return SKIPPED;
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
