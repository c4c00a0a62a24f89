/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/connection.h"
#include "cli/json.h"

typedef struct Action {
    const char *name;
    bool (*run)(Invocation *invocation, Cluster *cluster, Error *err);
    bool takes_arguments;
} Action;

static void
write_json(const Invocation *invocation, const Cluster *cluster)
{
    json_t *result = json_result();
    json_put_bool(result, "exists", cluster->exists);
    json_put_bool(result, "is_running", cluster->is_running);
    json_put(result, "pid", cluster->is_running ? json_integer(cluster->pid) : NULL);
    json_put_number(result, "server_major", cluster->major);
    json_put_text(result, "directory", cluster->directory);
    json_put_text(result, "socket_directory", cluster->socket_directory);
    json_put_text(result, "log", cluster->log_path);
    json_put_text(result, "user", cluster->user);
    json_put_text(result, "conninfo", cluster->conninfo);
    json_write(invocation->out, result);
}

static bool
show(Invocation *invocation, Cluster *cluster, Error *err)
{
    (void)err;
    FILE *out = invocation->out;
    if (invocation->settings->format == FORMAT_JSON) {
        write_json(invocation, cluster);
        return true;
    }
    if (!cluster->exists) {
        fprintf(out, "there is no sandbox; PostgreSQL %d from %s would run it\n", cluster->major,
                cluster->bin_directory);
        return true;
    }
    fprintf(out, "the sandbox %s\n", cluster->is_running ? "runs" : "is stopped");
    fprintf(out, "  server     PostgreSQL %d", cluster->major);
    if (cluster->is_running)
        fprintf(out, ", pid %ld", (long)cluster->pid);
    fprintf(out, "\n  files      %s\n  log        %s\n", cluster->directory, cluster->log_path);
    fprintf(out, "  connect    %s\n", cluster->conninfo);
    if (cluster->note != NULL)
        fprintf(out, "  note       %s\n", cluster->note);
    return true;
}

static bool
start(Invocation *invocation, Cluster *cluster, Error *err)
{
    return connection_start_sandbox(invocation, cluster, err) && show(invocation, cluster, err);
}

static bool
stop(Invocation *invocation, Cluster *cluster, Error *err)
{
    bool was_running = cluster->is_running;
    if (!cluster_stop(invocation->arena, cluster, err))
        return error_context(err, "sandbox");
    if (invocation->settings->format == FORMAT_JSON)
        write_json(invocation, cluster);
    else
        fprintf(invocation->out, "the sandbox %s\n",
                was_running ? "is stopped; its data stays" : "was not running");
    return true;
}

static bool
reset(Invocation *invocation, Cluster *cluster, Error *err)
{
    bool existed = cluster->exists;
    if (!cluster_destroy(invocation->arena, cluster, err))
        return error_context(err, "sandbox");
    if (invocation->settings->format == FORMAT_JSON)
        write_json(invocation, cluster);
    else
        fprintf(invocation->out, "%s\n",
                existed ? "the sandbox and its data are gone" : "there was no sandbox");
    return true;
}

/* psql takes our place: the terminal, the signals and the exit status are its own. */
static bool
psql(Invocation *invocation, Cluster *cluster, Error *err)
{
    Arena *arena = invocation->arena;
    /* The server programs may be installed without the client, which then is somewhere on PATH. */
    const char *program = cluster_program(arena, cluster, "psql");
    if (program == NULL)
        program = "psql";
    if (!connection_start_sandbox(invocation, cluster, err))
        return false;

    LIST(char *) words = {0};
    LIST_APPEND(arena, &words, arena_strdup(arena, program));
    LIST_APPEND(arena, &words, arena_printf(arena, "--dbname=%s", cluster->conninfo));
    for (size_t i = 1; i < invocation->arguments.count; i++)
        LIST_APPEND(arena, &words, arena_strdup(arena, invocation->arguments.items[i]));
    LIST_APPEND(arena, &words, NULL);
    (void)fflush(NULL);
    (void)execvp(program, words.items);
    (void)error_set(err, ERROR_USAGE, "cannot run %s: %s", program, file_errno_words(errno));
    return error_hint(err, "Install the PostgreSQL client.");
}

static const Action actions[] = {
    {"start",  start, false},
    {"stop",   stop,  false},
    {"status", show,  false},
    {"psql",   psql,  true },
    {"reset",  reset, false},
};

#define ACTION_COUNT (sizeof actions / sizeof *actions)

static bool
unknown_action(const char *name, Error *err)
{
    const char *names[ACTION_COUNT];
    for (size_t i = 0; i < ACTION_COUNT; i++)
        names[i] = actions[i].name;
    (void)error_set(err, ERROR_USAGE, "sandbox has no action %s", name);
    const char *nearest = nearest_word(name, names, ACTION_COUNT);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return error_hint(err, "Run `lockstep help sandbox`.");
}

bool
cmd_sandbox(Invocation *invocation, Error *err)
{
    const StringList *words = &invocation->arguments;
    const Action *action = NULL;
    for (size_t i = 0; i < ACTION_COUNT; i++) {
        if (strcmp(actions[i].name, words->items[0]) == 0)
            action = &actions[i];
    }
    if (action == NULL)
        return unknown_action(words->items[0], err);
    if (words->count > 1 && !action->takes_arguments)
        return error_set(err, ERROR_USAGE, "sandbox %s does not take the argument \"%s\"",
                         action->name, words->items[1]);
    Cluster cluster;
    return connection_open_sandbox(invocation, &cluster, err) &&
           action->run(invocation, &cluster, err);
}
