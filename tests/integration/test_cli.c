/* SPDX-License-Identifier: MIT */
/* The program as people start it: exit status, standard output, messages. */
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/runner.h"
#include "support/socket.h"
#include "support/test.h"

#define MAX_WORDS 12

/* What the program said; lives as long as the runner. */
typedef struct Reply {
    int status; /* of the exit; 128 + signal where one ended it */
    const char *out;
    const char *messages;
} Reply;

static void
redirect(const char *path, int descriptor)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
}

static void
become_the_tool(Runner *runner, const char *line)
{
    char *words[MAX_WORDS + 2] = {arena_strdup(runner->arena, LOCKSTEP_BINARY)};
    for (int count = 1; *line != '\0' && count <= MAX_WORDS; count++) {
        size_t length = strcspn(line, " ");
        words[count] = arena_strndup(runner->arena, line, length);
        line += length + (line[length] == ' ');
    }
    redirect(temp_dir_path(runner->directory, "out"), STDOUT_FILENO);
    redirect(temp_dir_path(runner->directory, "messages"), STDERR_FILENO);
    if (chdir(temp_dir_root(runner->directory)) != 0)
        _exit(99);
    setenv("DATABASE_URL", runner->options.conninfo, 1);
    setenv("LOCKSTEP_JOURNAL", runner->options.journal_path, 1);
    execv(words[0], words);
    _exit(99);
}

static pid_t
begin(Runner *runner, const char *line)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        become_the_tool(runner, line);
    return pid;
}

static Reply
end(Runner *runner, pid_t pid)
{
    Reply reply = {.status = runner_join(pid)};
    reply.out = temp_dir_read(runner->directory, "out");
    reply.messages = temp_dir_read(runner->directory, "messages");
    return reply;
}

static Reply
tool(Runner *runner, const char *line)
{
    return end(runner, begin(runner, line));
}

static void
assert_says(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("this does not say \"%s\":\n%s", part, text);
}

/* The caller lets go of it with json_decref(). */
static json_t *
parsed(const Reply *reply)
{
    json_error_t problem;
    json_t *result = json_loads(reply->out, 0, &problem);
    if (result == NULL)
        fail_msg("%s: %s", problem.text, reply->out);
    assert_int_equal(json_integer_value(json_object_get(result, "schema_version")), 1);
    return result;
}

static void
write_two(Runner *runner)
{
    runner_write(runner, "1_people.up.sql", "CREATE TABLE people (id int PRIMARY KEY);\n");
    runner_write(runner, "1_people.down.sql", "DROP TABLE people;\n");
    runner_write(runner, "2_names.up.sql", "ALTER TABLE people ADD COLUMN name text;\n");
    runner_write(runner, "2_names.down.sql", "ALTER TABLE people DROP COLUMN name;\n");
}

static void
there_and_back(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    Reply reply = tool(runner, "up");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "applied 2 migrations in ");
    assert_says(reply.messages, "2 migrations to run\nrestore marker lockstep-");
    assert_says(reply.messages, "1/2 up 1_people: 1 statement\nok up 1_people (");
    assert_null(strchr(reply.messages, '\033'));

    reply = tool(runner, "status --exit-code");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "\n1        people  applied  ");
    assert_says(reply.out, "\n2 applied, 0 pending\n");
    assert_string_equal(reply.messages, "");

    reply = tool(runner, "down --quiet");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "reverted 1 migration in ");
    assert_string_equal(reply.messages, "");

    reply = tool(runner, "status --exit-code");
    assert_int_equal(reply.status, 8);
    assert_says(reply.out, "\n2        names   pending\n");

    reply = tool(runner, "history -n 1");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "  down  2        names  done ");
    assert_null(strstr(reply.out, "people"));
}

static void
a_program_can_read_it(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    Reply reply = tool(runner, "up -n 1 --format json");
    json_t *up = parsed(&reply);
    json_t *migrations = json_object_get(up, "migrations");
    assert_int_equal(json_array_size(migrations), 1);
    const char *version = NULL;
    int done = 0;
    assert_int_equal(json_unpack(json_array_get(migrations, 0), "{s:s, s:b}", "version", &version,
                                 "done", &done),
                     0);
    assert_string_equal(version, "1");
    assert_true(done);
    assert_int_equal(json_integer_value(json_object_get(up, "pending_after")), 1);
    assert_true(json_is_null(json_object_get(up, "error")));
    const char *marker = json_string_value(json_object_get(json_object_get(up, "marker"), "name"));
    assert_non_null(marker);
    json_decref(up);

    reply = tool(runner, "status --format json");
    json_t *status = parsed(&reply);
    json_t *summary = json_object_get(status, "summary");
    assert_int_equal(json_integer_value(json_object_get(summary, "applied")), 1);
    assert_int_equal(json_integer_value(json_object_get(summary, "pending")), 1);
    assert_int_equal(json_array_size(json_object_get(status, "migrations")), 2);
    json_decref(status);

    reply = tool(runner, "history --format json");
    json_t *history = parsed(&reply);
    json_t *attempts = json_object_get(history, "attempts");
    assert_int_equal(json_array_size(attempts), 1);
    assert_true(json_is_object(json_object_get(json_array_get(attempts, 0), "marker")));
    json_decref(history);
}

static void
a_failure_is_told_in_all_ways(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    runner_write(runner, "3_bad.up.sql", "SELECT 1/0;\n");
    Reply reply = tool(runner, "up --format json");
    assert_int_equal(reply.status, 5);
    assert_says(reply.messages, "3_bad.up.sql:1:1: division by zero (SQLSTATE 22012)");
    assert_says(reply.messages, "applied 2 of 3 migrations\n");
    json_t *up = parsed(&reply);
    json_t *error = json_object_get(up, "error");
    assert_int_equal(json_integer_value(json_object_get(error, "exit_status")), 5);
    assert_string_equal(json_string_value(json_object_get(error, "sqlstate")), "22012");
    json_decref(up);
    assert_says(tool(runner, "history").out, "3_bad: failed, SQLSTATE 22012");
}

static void
drift_is_shown(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    assert_int_equal(tool(runner, "up").status, 0);
    runner_write(runner, "1_people.up.sql", "CREATE TABLE people (id bigint PRIMARY KEY);\n");
    runner_write(runner, "3_more.up.sql", "SELECT 1;\n");
    Reply reply = tool(runner, "status --exit-code");
    assert_int_equal(reply.status, 7);
    assert_says(reply.out, "\n1        people  changed  ");
    assert_says(reply.out, "1 applied file changed since it was applied");
    assert_int_equal(tool(runner, "status").status, 0);
    assert_int_equal(tool(runner, "up").status, 7);
    reply = tool(runner, "verify");
    assert_int_equal(reply.status, 7);
    assert_says(reply.out, "file-changed: 1_people has changed since it was applied\n    to do: ");
    assert_says(reply.out, "\n1 problem\n");
    reply = tool(runner, "verify --format json");
    json_t *verify = parsed(&reply);
    assert_true(json_is_false(json_object_get(verify, "agrees")));
    assert_int_equal(json_array_size(json_object_get(verify, "problems")), 1);
    json_decref(verify);
}

static void
redo_and_goto_say_what_they_do(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    Reply reply = tool(runner, "goto 2");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "applied 2 migrations in ");
    reply = tool(runner, "verify");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "\nfiles, history and catalog agree: 2 applied, 0 pending\n");
    reply = tool(runner, "redo --dry-run");
    assert_says(reply.out, "would be run, in this order:\n\n  line  statement ");
    assert_says(reply.out, "\ndown 2_names\n  in one transaction");
    assert_says(reply.out, "\nup 2_names\n  in one transaction");
    reply = tool(runner, "redo -n 2");
    assert_int_equal(reply.status, 0);
    assert_says(reply.messages,
                "4 steps to run:\n  down 2_names\n  down 1_people\n  up   1_people\n"
                "  up   2_names\n");
    assert_says(reply.out, "reverted 2 migrations and applied 2 migrations in ");
    reply = tool(runner, "goto 0");
    assert_says(reply.out, "reverted 2 migrations in ");
    reply = tool(runner, "goto 0");
    assert_says(reply.out, "nothing to do: the database is at 0 already; 2 pending\n");
}

/* The events' names in their order, "run_started planned …"; each line is an object. */
static const char *
events(Runner *runner, const char *lines)
{
    const char *names = "";
    while (*lines != '\0') {
        size_t length = strcspn(lines, "\n");
        json_error_t problem;
        json_t *event = json_loadb(lines, length, 0, &problem);
        if (event == NULL)
            fail_msg("%s: %.*s", problem.text, (int)length, lines);
        assert_true(json_is_string(json_object_get(event, "time")));
        assert_true(json_is_string(json_object_get(event, "run")));
        names = arena_printf(runner->arena, "%s%s%s", names, names[0] != '\0' ? " " : "",
                             json_string_value(json_object_get(event, "event")));
        json_decref(event);
        lines += length + (lines[length] == '\n');
    }
    return names;
}

static void
events_for_programs(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    runner_write(runner, "3_bad.up.sql", "SELECT 1/0;\n");
    Reply reply = tool(runner, "up -n 1 --log-format json");
    assert_int_equal(reply.status, 0);
    assert_string_equal(events(runner, reply.messages),
                        "run_started planned marker_taken migration_started statement_started "
                        "statement_finished migration_finished run_finished");
    assert_says(reply.out, "applied 1 migration in ");
    /* The error is an event like the others: no other line stands between them. */
    reply = tool(runner, "up --log-format json");
    assert_int_equal(reply.status, 5);
    assert_non_null(strstr(events(runner, reply.messages), "migration_finished run_finished"));
    assert_says(reply.messages, "\"sqlstate\":\"22012\"");
    assert_int_equal(remove(temp_dir_path(runner->directory, "migrations/2_names.down.sql")), 0);
    reply = tool(runner, "down --log-format json");
    assert_says(reply.messages, "\"file\":null,\"from_history\":true");
    /* Without a run, there is an error to be read all the same. */
    reply = tool(runner, "up --to 77 --log-format json");
    assert_int_equal(reply.status, 2);
    assert_string_equal(events(runner, reply.messages), "run_started run_finished");
}

static void
lines_of_psql_are_left_out_and_told(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_dump.up.sql",
                 "\\restrict k3y\nCREATE TABLE a (x int);\nCOPY a (x) FROM stdin;\n7\n\\.\n"
                 "\\unrestrict k3y\n");
    Reply reply = tool(runner, "up");
    assert_int_equal(reply.status, 0);
    assert_says(
        reply.messages,
        "note: migrations/1_dump.up.sql:1:1: \\restrict (and 1 line more) is for psql alone");
    assert_string_equal(runner_ask(runner, "SELECT x FROM a"), "7");
}

static void
variables_are_put_in_where_asked_for(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_a.up.sql", "CREATE TABLE ${TABLE} (note text DEFAULT '${OTHER}');\n");
    runner_write(runner, "1_a.down.sql", "DROP TABLE ${TABLE};\n");
    Reply reply = tool(runner, "up --substitute TABLE");
    assert_int_equal(reply.status, 2);
    assert_says(reply.messages, "the variable TABLE has no value\n");
    assert_int_equal(tool(runner, "up --substitute TABLE --set TABEL=x").status, 2);
    assert_int_equal(tool(runner, "up --substitute TABLE --set TABLE=first").status, 0);
    assert_string_equal(runner_ask(runner, "SELECT pg_get_expr(adbin, adrelid) FROM pg_attrdef "
                                           "WHERE adrelid = 'first'::regclass"),
                        "'${OTHER}'::text");
    /* Another value is no other file; what was made is taken back. */
    assert_int_equal(tool(runner, "status --exit-code --substitute TABLE --set TABLE=x").status, 0);
    assert_int_equal(tool(runner, "status --exit-code").status, 0);
    assert_string_equal(runner_ask(runner, "SELECT down_sql FROM lockstep.history"),
                        "DROP TABLE first;\n");
    runner_write(runner, "2_b.up.sql", "SELECT '${TABLE}', nothing;\n");
    reply = tool(runner, "up --substitute TABLE --set TABLE=a_long_name");
    assert_int_equal(reply.status, 5);
    assert_says(reply.messages, "2_b.up.sql:1:20: ");
    reply = tool(runner, "lint --substitute TABLE --set TABLE=first migrations");
    assert_null(strstr(reply.out, "TABLE}"));
}

static void
what_is_decided_by_hand(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    Reply reply = tool(runner, "baseline 1");
    assert_int_equal(reply.status, 0);
    assert_says(reply.messages, "this will be done:\n  record 1_people as applied\n");
    assert_says(reply.out, "1 of 1 change done\n");
    assert_says(tool(runner, "history").out, "  baseline  1        people  done ");
    reply = tool(runner, "baseline 2");
    assert_int_equal(reply.status, 9);
    assert_says(reply.messages, "the history has 1 row already");
    runner_write(runner, "1_people.up.sql", "SELECT 1;\n");
    reply = tool(runner, "repair --accept 1");
    assert_int_equal(reply.status, 9);
    assert_says(reply.messages, "nobody can be asked whether this is right");
    reply = tool(runner, "repair --accept 1 --yes --format json");
    assert_int_equal(reply.status, 0);
    json_t *repair = parsed(&reply);
    json_t *change = json_array_get(json_object_get(repair, "changes"), 0);
    assert_string_equal(json_string_value(json_object_get(change, "kind")), "accept");
    assert_true(json_is_true(json_object_get(change, "done")));
    json_decref(repair);
    assert_int_equal(tool(runner, "status --exit-code").status, 8);
    assert_says(tool(runner, "repair").out, "there is nothing to do\n");
}

static void
a_dry_run_writes_nothing(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    Reply reply = tool(runner, "up --dry-run");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "would be applied, in this order:\n\n"
                           "  line  statement     lock              on             lock timeout\n"
                           "1_people\n  in one transaction, max-hold 10s\n"
                           "     1  CREATE TABLE                                   250ms to 2s\n");
    assert_says(reply.out, "\n2 migrations; nothing was written\n");
    (void)temp_dir_write(runner->directory, "b.sql", "SELECT 1;\n");
    (void)temp_dir_write(runner->directory, "c.sql", "SELECT 1;\n");
    assert_int_equal(chmod(temp_dir_write(runner->directory, "a.sh", "#!/bin/sh\nexit 1\n"), 0755),
                     0);
    reply = tool(runner, "up --dry-run --after-run command:a.sh --before-run sql:b.sql,sql:c.sql");
    assert_int_equal(reply.status, 0);
    assert_says(reply.out, "\n\nwith these hooks:\n"
                           "  before-run   sql:b.sql\n"
                           "  before-run   sql:c.sql\n"
                           "  after-run    command:a.sh\n\n"
                           "2 migrations; nothing was written\n");
    assert_string_equal(runner_ask(runner, "SELECT to_regnamespace('lockstep')"), "NULL");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('people')"), "NULL");
}

static void
a_password_goes_nowhere(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    runner->options.conninfo =
        arena_printf(runner->arena, "%s password=hunter2", runner->options.conninfo);
    const char *lines[] = {"up --verbose --format json",
                           "status --format json",
                           "history --format json",
                           "down --verbose",
                           "up --to 77",
                           "up --history-schema pg_hunter"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        Reply reply = tool(runner, lines[i]);
        assert_null(strstr(reply.out, "hunter2"));
        assert_null(strstr(reply.messages, "hunter2"));
    }
}

static void
an_interrupt_says_what_is_left(void **state)
{
    Runner *runner = *state;
    runner_write(runner, "1_slow.up.sql", "CREATE TABLE slow (id int);\nSELECT pg_sleep(60);\n");
    pid_t pid = begin(runner, "up");
    runner_wait(runner,
                "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'SELECT pg_sleep%' AND "
                "state = 'active'",
                "1");
    assert_int_equal(kill(pid, SIGINT), 0);
    Reply reply = end(runner, pid);
    assert_int_equal(reply.status, 130);
    assert_says(reply.messages, "applied 0 of 1 migration\n");
    assert_says(reply.messages, "detail: nothing is half done: what was under way was rolled back");
    assert_says(reply.messages, "hint: Run `lockstep up` again");
    assert_string_equal(runner_ask(runner, "SELECT to_regclass('slow')"), "NULL");
}

static void
who_is_in_the_way_is_named(void **state)
{
    Runner *runner = *state;
    write_two(runner);
    assert_int_equal(tool(runner, "up -n 1").status, 0);
    PGconn *other = runner_connect(runner);
    (void)runner_ask_on(runner, other, "BEGIN");
    (void)runner_ask_on(runner, other, "SELECT count(*) FROM people");
    Reply reply = tool(runner, "up --lock-timeout 200ms --lock-budget 1s");
    PQfinish(other);
    assert_int_equal(reply.status, 4);
    assert_says(reply.messages, "retry: attempt 1 of 2_names was taken back\n");
    assert_says(reply.messages, "idle in transaction");
    assert_says(reply.messages, "its statement: SELECT count(*) FROM people");
    assert_string_equal(runner_history(runner), "1 up done, 2 up failed");
}

/* The server takes connections and says nothing; the limit for it is 30 s. */
static void
what_is_wrong_here_is_not_kept_for_the_server(void **state)
{
    static const char *const commands[] = {"status", "verify", "up", "down", "repair", "goto 1"};
    Runner *runner = *state;
    char silent[] = "/tmp/lockstep-silent-XXXXXX";
    int listener = socket_listen(silent);
    int64_t began = duration_clock_ms();
    runner_write(runner, "1_people.up.sql", "SELECT 1;\n");
    assert_int_equal(symlink("nowhere", temp_dir_path(runner->directory, "migrations/2_b.up.sql")),
                     0);
    const char *url =
        arena_printf(runner->arena, " --url postgresql:///x?host=%s --connect-timeout 30s", silent);
    for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
        Reply reply = tool(runner, arena_printf(runner->arena, "%s%s", commands[i], url));
        assert_int_equal(reply.status, 2);
        assert_says(reply.messages, "cannot read migrations/2_b.up.sql");
        reply =
            tool(runner, arena_printf(runner->arena, "%s%s --migrations none", commands[i], url));
        assert_says(reply.messages, "cannot read the directory none");
    }
    assert_says(tool(runner, arena_printf(runner->arena, "lint%s none", url)).messages,
                "cannot read none");
    assert_true(duration_clock_ms() - began < 20000);
    close(listener);
    socket_remove(silent);
}

#define WITH_RUNNER(test) cmocka_unit_test_setup_teardown(test, runner_set_up, runner_tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_RUNNER(there_and_back),
        WITH_RUNNER(a_program_can_read_it),
        WITH_RUNNER(a_failure_is_told_in_all_ways),
        WITH_RUNNER(drift_is_shown),
        WITH_RUNNER(redo_and_goto_say_what_they_do),
        WITH_RUNNER(events_for_programs),
        WITH_RUNNER(lines_of_psql_are_left_out_and_told),
        WITH_RUNNER(variables_are_put_in_where_asked_for),
        WITH_RUNNER(what_is_decided_by_hand),
        WITH_RUNNER(a_dry_run_writes_nothing),
        WITH_RUNNER(a_password_goes_nowhere),
        WITH_RUNNER(an_interrupt_says_what_is_left),
        WITH_RUNNER(who_is_in_the_way_is_named),
        WITH_RUNNER(what_is_wrong_here_is_not_kept_for_the_server),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
