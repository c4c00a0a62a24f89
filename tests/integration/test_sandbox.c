/* SPDX-License-Identifier: MIT */
#include <libpq-fe.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "run/cluster.h"
#include "run/run.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Sandbox {
    Arena *arena;
    TempDir *directory;
    Cluster cluster;
    Error err;
} Sandbox;

static void
open_at(Sandbox *sandbox, const char *project)
{
    ClusterOptions options = {.project = project};
    if (cluster_open(sandbox->arena, &options, &sandbox->cluster, &sandbox->err))
        return;
    fprintf(stderr, "skipped: %s\n", sandbox->err.message);
    exit(77);
}

static int
set_up(void **state)
{
    Arena *arena = arena_new();
    Sandbox *sandbox = ARENA_NEW(arena, Sandbox);
    sandbox->arena = arena;
    sandbox->directory = temp_dir_new();
    assert_int_equal(chmod(temp_dir_root(sandbox->directory), 0755), 0);
    *state = sandbox;
    return 0;
}

static int
tear_down(void **state)
{
    Sandbox *sandbox = *state;
    if (sandbox->cluster.directory != NULL)
        assert_true(cluster_destroy(sandbox->arena, &sandbox->cluster, &sandbox->err));
    temp_dir_free(sandbox->directory);
    arena_free(sandbox->arena);
    return 0;
}

static void
start(Sandbox *sandbox)
{
    if (!cluster_start(sandbox->arena, &sandbox->cluster, &sandbox->err))
        fail_msg("%s: %s", sandbox->err.message, sandbox->err.detail);
}

static const char *
ask(Sandbox *sandbox, const char *sql)
{
    PGconn *connection = PQconnectdb(sandbox->cluster.conninfo);
    if (PQstatus(connection) != CONNECTION_OK)
        fail_msg("%s", PQerrorMessage(connection));
    PGresult *result = PQexec(connection, sql);
    const char *answer =
        PQntuples(result) > 0 ? arena_strdup(sandbox->arena, PQgetvalue(result, 0, 0)) : "";
    PQclear(result);
    PQfinish(connection);
    return answer;
}

static void
test_life(void **state)
{
    Sandbox *sandbox = *state;
    Cluster *cluster = &sandbox->cluster;
    open_at(sandbox, temp_dir_root(sandbox->directory));
    assert_false(cluster->exists);
    assert_false(cluster->is_running);
    assert_null(cluster->note);

    start(sandbox);
    assert_true(cluster->is_running);
    assert_true(cluster->pid > 0);
    assert_string_equal(ask(sandbox, "SHOW listen_addresses"), "");
    assert_string_equal(ask(sandbox, "SHOW server_encoding"), "UTF8");
    assert_string_equal(ask(sandbox, "SHOW wal_level"), "replica");
    assert_string_equal(ask(sandbox, "SHOW fsync"), "off");
    assert_string_not_equal(ask(sandbox, "SELECT pg_postmaster_start_time() IS NULL"), "t");
    ask(sandbox, "CREATE TABLE kept (x int)");

    pid_t pid = cluster->pid;
    start(sandbox);
    assert_int_equal(cluster->pid, pid);

    assert_true(cluster_stop(sandbox->arena, cluster, &sandbox->err));
    assert_false(cluster->is_running);
    assert_true(cluster->exists);
    assert_true(cluster_stop(sandbox->arena, cluster, &sandbox->err));

    start(sandbox);
    assert_string_equal(ask(sandbox, "SELECT to_regclass('kept')"), "kept");

    assert_true(cluster_destroy(sandbox->arena, cluster, &sandbox->err));
    assert_false(cluster->exists);
    assert_int_not_equal(access(cluster->directory, F_OK), 0);
    assert_int_not_equal(PQping(cluster->conninfo), PQPING_OK);
}

static void
test_stale_pid_file(void **state)
{
    Sandbox *sandbox = *state;
    open_at(sandbox, temp_dir_root(sandbox->directory));
    start(sandbox);
    assert_int_equal(kill(sandbox->cluster.pid, SIGKILL), 0);
    for (int i = 0; i < 100 && PQping(sandbox->cluster.conninfo) == PQPING_OK; i++)
        usleep(20000);
    open_at(sandbox, temp_dir_root(sandbox->directory));
    assert_true(sandbox->cluster.exists);
    assert_false(sandbox->cluster.is_running);
    start(sandbox);
    assert_string_equal(ask(sandbox, "SELECT 1"), "1");
}

static void
test_long_path(void **state)
{
    Sandbox *sandbox = *state;
    const char *path = temp_dir_path(
        sandbox->directory, "a_directory_with_a_very_long_name/and_one_more_below_it_that_is_as_"
                            "long/and_a_third_one_to_be_sure");
    temp_dir_write(sandbox->directory,
                   "a_directory_with_a_very_long_name/and_one_more_below_it_that_is_as_"
                   "long/and_a_third_one_to_be_sure/file",
                   "");
    open_at(sandbox, path);
    assert_non_null(sandbox->cluster.note);
    assert_non_null(strstr(sandbox->cluster.note, sandbox->cluster.socket_directory));
    assert_true(strlen(sandbox->cluster.socket_directory) < 90);
    start(sandbox);
    assert_string_equal(ask(sandbox, "SELECT 1"), "1");
    const char *first = sandbox->cluster.socket_directory;
    open_at(sandbox, path);
    assert_string_equal(sandbox->cluster.socket_directory, first);
    assert_true(sandbox->cluster.is_running);
}

/* A directory that the user cannot enter whom the server runs as: only root can be in this place.
 */
static void
test_closed_directory(void **state)
{
    Sandbox *sandbox = *state;
    if (geteuid() != 0)
        skip();
    assert_int_equal(chmod(temp_dir_root(sandbox->directory), 0700), 0);
    temp_dir_write(sandbox->directory, "shop/file", "");
    open_at(sandbox, temp_dir_path(sandbox->directory, "shop"));
    assert_non_null(sandbox->cluster.note);
    assert_int_not_equal(sandbox->cluster.uid, 0);
    start(sandbox);
    assert_string_equal(ask(sandbox, "SELECT 1"), "1");
    struct stat found;
    assert_int_equal(stat(sandbox->cluster.directory, &found), 0);
    assert_int_equal(found.st_mode & 0777, 0700);
    assert_int_equal(found.st_uid, sandbox->cluster.uid);
}

/* A server in recovery takes no changes. */
static void
test_standby_is_refused(void **state)
{
    Sandbox *sandbox = *state;
    open_at(sandbox, temp_dir_root(sandbox->directory));
    start(sandbox);
    assert_true(cluster_stop(sandbox->arena, &sandbox->cluster, &sandbox->err));
    const char *signal_file =
        file_join(sandbox->arena, sandbox->cluster.data_directory, "standby.signal");
    assert_true(file_write(signal_file, "", 0, 0644, &sandbox->err));
    start(sandbox);
    assert_string_equal(ask(sandbox, "SELECT pg_is_in_recovery()"), "t");

    RunOptions options = run_options_default();
    RunReport report;
    RunStatus status;
    temp_dir_write(sandbox->directory, "migrations/1_a.up.sql", "CREATE TABLE a (x int);\n");
    options.conninfo = sandbox->cluster.conninfo;
    options.directory = temp_dir_path(sandbox->directory, "migrations");
    options.journal_path = temp_dir_path(sandbox->directory, "journal.db");
    assert_false(run_up(sandbox->arena, &options, NULL, &report, &sandbox->err));
    assert_int_equal(sandbox->err.kind, ERROR_GATE);
    assert_non_null(strstr(sandbox->err.message, "standby"));
    assert_true(run_status(sandbox->arena, &options, NULL, &status, &sandbox->err));
    assert_int_equal(status.plan.pending, 1);
}

static void
test_wrong_programs(void **state)
{
    Sandbox *sandbox = *state;
    ClusterOptions options = {.project = temp_dir_root(sandbox->directory),
                              .bin_directory = "/nowhere"};
    assert_false(cluster_open(sandbox->arena, &options, &sandbox->cluster, &sandbox->err));
    assert_int_equal(sandbox->err.kind, ERROR_USAGE);
    assert_non_null(strstr(sandbox->err.message, "/nowhere"));
    sandbox->cluster = (Cluster){0};
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_life, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stale_pid_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_long_path, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_closed_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_standby_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_wrong_programs, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
