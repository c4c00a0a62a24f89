/* SPDX-License-Identifier: MIT */
#include "support/fault_run.h"

#include <errno.h>
#include <fcntl.h>
#include <libpq-fe.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/temp_dir.h"
#include "support/test.h"
#include "support/test_cluster.h"

#define LONGEST_RUN_MS 120000
#define LOOK_EVERY_US 3000
#define MAX_WORDS 20

struct FaultRun {
    Arena *arena; /* until fault_run_begin() */
    Arena *kept;
    TempDir *directory;
    Cluster cluster;
    Saboteur saboteur;
    PGconn *look;
    const char *journal;
    const char *story;
    size_t number; /* of the journal */
};

static const char database[] = "faults";

/* ---- the server */

static pid_t
postmaster_of(const FaultRun *run)
{
    char path[512];
    char line[32] = "";
    snprintf(path, sizeof path, "%s/postmaster.pid", run->cluster.data_directory);
    FILE *file = fopen(path, "r");
    bool ok = file != NULL && fgets(line, sizeof line, file) != NULL;
    if (file != NULL && fclose(file) != 0)
        ok = false;
    if (!ok)
        fail_msg("%s", path);
    return (pid_t)strtol(line, NULL, 10);
}

static void
connect_to(FaultRun *run)
{
    for (int i = 0; i < 600; i++) {
        PQfinish(run->look);
        run->look = PQconnectdb(test_cluster_database(database, NULL));
        if (PQstatus(run->look) == CONNECTION_OK)
            return;
        usleep(50000);
    }
    fail_msg("the server does not come back: %s", PQerrorMessage(run->look));
}

static const char *
ask(FaultRun *run, const char *sql)
{
    PGresult *result = PQexec(run->look, sql);
    if (PQresultStatus(result) == PGRES_FATAL_ERROR && PQstatus(run->look) != CONNECTION_OK) {
        PQclear(result);
        connect_to(run);
        result = PQexec(run->look, sql);
    }
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK)
        fail_msg("%s: %s", sql, PQerrorMessage(run->look));
    bool is_empty = PQntuples(result) == 0;
    const char *answer = arena_strdup(run->arena, is_empty ? "" : PQgetvalue(result, 0, 0));
    PQclear(result);
    return answer;
}

/* Waits until it is gone, then starts it. */
static void
restart(FaultRun *run)
{
    Error err = {0};
    pid_t pid = run->cluster.pid;
    while (kill(pid, 0) == 0)
        usleep(LOOK_EVERY_US);
    ClusterOptions options = test_cluster_options();
    if (!cluster_open(run->kept, &options, &run->cluster, &err) ||
        !cluster_start(run->kept, &run->cluster, &err))
        fail_msg("%s\n%s", err.message, err.detail);
    run->cluster.pid = postmaster_of(run);
}

/* ---- the program */

static void
redirect(const char *path, int descriptor)
{
    int file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (file < 0 || dup2(file, descriptor) < 0)
        _exit(99);
}

static void
become_the_tool(FaultRun *run, const char *command)
{
    const char *url = arena_printf(run->arena, "host=%s port=5432 user=postgres dbname=%s",
                                   run->saboteur.directory, database);
    const char *fixed[] = {
        "--url",       url,      "--migrations",        temp_dir_path(run->directory, "migrations"),
        "--layout",    "flyway", "--journal",           run->journal,
        "--lock-wait", "20s",    "--statement-timeout", "4s",
        NULL};
    char *words[MAX_WORDS] = {arena_strdup(run->arena, LOCKSTEP_BINARY)};
    size_t count = 1;
    char *rest = arena_strdup(run->arena, command);
    for (char *word; (word = strtok_r(rest, " ", &rest)) != NULL;)
        words[count++] = word;
    for (size_t i = 0; fixed[i] != NULL; i++)
        words[count++] = arena_strdup(run->arena, fixed[i]);
    redirect("/dev/null", STDOUT_FILENO);
    redirect(temp_dir_path(run->directory, "messages"), STDERR_FILENO);
    run->saboteur.shared->fault.client = getpid();
    execv(words[0], words);
    _exit(99);
}

/* Its wait status; meanwhile a server that was stopped is started. */
static int
await_end(FaultRun *run, pid_t pid, const Fault *fault, bool *hung)
{
    int status = 0;
    bool restarted = fault->kind != FAULT_SERVER_STOP;
    int64_t began = duration_clock_ms();
    for (;;) {
        pid_t ended = waitpid(pid, &status, WNOHANG);
        if (!restarted && run->saboteur.shared->struck) {
            restarted = true;
            restart(run);
        }
        if (ended == pid)
            return status;
        if (duration_clock_ms() - began > LONGEST_RUN_MS) {
            *hung = true;
            kill(pid, SIGKILL);
        }
        usleep(LOOK_EVERY_US);
    }
}

FaultEnd
fault_run(FaultRun *run, const char *command, const Fault *fault)
{
    Fault armed = *fault;
    FaultEnd end = {0};
    armed.postmaster = run->cluster.pid;
    saboteur_arm(&run->saboteur, &armed);
    fflush(NULL);
    pid_t pid = fork();
    if (pid < 0)
        fail_msg("fork");
    if (pid == 0)
        become_the_tool(run, command);
    int status = await_end(run, pid, fault, &end.hung);
    const Sabotage *shared = run->saboteur.shared;
    end.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    end.struck = shared->struck;
    end.events = shared->events;
    end.commits = shared->commits;
    end.messages = arena_strdup(run->arena, temp_dir_read(run->directory, "messages"));
    run->story = arena_printf(
        run->arena,
        "%s  %s: %s (message %zu, COMMIT %zu%s, %d ms) at \"%s\", "
        "exit status %d\n",
        run->story, command, end.struck ? fault_words(fault->kind) : "undisturbed", fault->event,
        fault->commit, fault->answer ? "'s answer" : "", fault->delay_ms, shared->at, end.status);
    connect_to(run);
    return end;
}

bool
fault_run_needs_human(const FaultEnd *end)
{
    return strstr(end->messages, "UPDATE ") != NULL || strstr(end->messages, "repair") != NULL;
}

/* ---- the result */

const char *
fault_run_digest(FaultRun *run)
{
    return arena_strdup(run->number == 1 ? run->kept : run->arena, ask(run, fault_digest_query));
}

static bool
has_line(const char *text, const char *line, size_t length)
{
    for (; text != NULL; text = strchr(text, '\n')) {
        text += *text == '\n';
        if (strncmp(text, line, length) == 0 && (text[length] == '\n' || text[length] == '\0'))
            return true;
    }
    return false;
}

static const char *
add_lines(FaultRun *run, const char *so_far, const char *mark, const char *of, const char *other)
{
    while (*of != '\0') {
        size_t length = strcspn(of, "\n");
        if (!has_line(other, of, length))
            so_far = arena_printf(run->arena, "%s%s %.*s\n", so_far, mark, (int)length, of);
        of += length + (of[length] == '\n');
    }
    return so_far;
}

const char *
fault_run_difference(FaultRun *run, const char *wanted, const char *got)
{
    const char *lines = add_lines(run, "", "missing:", wanted, got);
    lines = add_lines(run, lines, "too much:", got, wanted);
    return lines[0] != '\0' ? lines : "the same lines, but not as many of each";
}

static const char *
ask_journal(FaultRun *run, sqlite3 *journal, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    if (sqlite3_prepare_v2(journal, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(journal));
    const char *answer = NULL;
    if (sqlite3_step(statement) == SQLITE_ROW && sqlite3_column_text(statement, 0) != NULL)
        answer = arena_strdup(run->arena, (const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return answer;
}

/* The last word on each version is that it is done, and no run is left that seems to go on. */
const char *
fault_run_journal_problem(FaultRun *run)
{
    sqlite3 *journal = NULL;
    if (sqlite3_open_v2(run->journal, &journal, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        fail_msg("%s", sqlite3_errmsg(journal));
    const char *problem = ask_journal(
        run, journal,
        "SELECT group_concat(version || ' ' || direction || ' ' || outcome, ', ') FROM ("
        "SELECT version, direction, outcome, max(rowid) FROM migration GROUP BY version, "
        "direction) WHERE outcome <> 'done'");
    if (problem == NULL)
        problem = ask_journal(run, journal,
                              "SELECT group_concat(id || ' ' || command || ' ' || outcome, ', ') "
                              "FROM run WHERE ended_at IS NULL OR outcome = 'running'");
    sqlite3_close(journal);
    return problem;
}

const char *
fault_run_story(FaultRun *run)
{
    return run->story;
}

const char *
fault_run_server(const FaultRun *run)
{
    return arena_printf(run->arena, "PostgreSQL %d", run->cluster.major);
}

/* ---- beginning and end */

static void
set_up_server(void)
{
    PGconn *connection = PQconnectdb(test_cluster_conninfo());
    /* A process that is killed takes nothing from the operating system's cache. */
    static const char *const statements[] = {"ALTER SYSTEM SET fsync = off",
                                             "ALTER SYSTEM SET synchronous_commit = on",
                                             "ALTER SYSTEM SET restart_after_crash = on",
                                             "SELECT pg_reload_conf()", "CREATE DATABASE faults"};
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++) {
        PGresult *result = PQexec(connection, statements[i]);
        if (PQresultStatus(result) == PGRES_FATAL_ERROR)
            fail_msg("%s", PQerrorMessage(connection));
        PQclear(result);
    }
    PQfinish(connection);
}

void
fault_run_begin(FaultRun *run)
{
    arena_free(run->arena);
    run->arena = arena_new();
    run->number++;
    run->story = "";
    run->journal = arena_strdup(
        run->arena,
        temp_dir_path(run->directory, arena_printf(run->arena, "journal-%zu.db", run->number)));
    (void)ask(run, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = "
                   "current_database() AND pid <> pg_backend_pid()");
    (void)ask(run, "SET client_min_messages = warning");
    (void)ask(run, "DROP SCHEMA IF EXISTS lockstep, app, public CASCADE");
    (void)ask(run, "CREATE SCHEMA public");
}

FaultRun *
fault_run_new(void)
{
    Arena *kept = arena_new();
    FaultRun *run = ARENA_NEW(kept, FaultRun);
    run->kept = kept;
    run->arena = arena_new();
    run->directory = temp_dir_new();
    run->cluster = *test_cluster();
    run->cluster.pid = postmaster_of(run);
    set_up_server();
    for (size_t i = 0; i < fault_file_count; i++)
        temp_dir_write(run->directory, arena_printf(kept, "migrations/%s", fault_files[i].name),
                       fault_files[i].text);
    run->saboteur = saboteur_start(run->cluster.socket_directory);
    connect_to(run);
    fault_run_begin(run);
    return run;
}

void
fault_run_free(FaultRun *run)
{
    saboteur_stop(&run->saboteur);
    PQfinish(run->look);
    temp_dir_free(run->directory);
    arena_free(run->arena);
    arena_free(run->kept);
}
