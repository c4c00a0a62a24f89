/* SPDX-License-Identifier: MIT */
#include "run/cluster.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/file.h"
#include "run/child.h"
#include "run/cluster_place.h"

#define SUPERUSER "postgres"
#define SMALL_FILE 4096
#define STARTS_AFTER_A_KILL 12

static ChildUser
user_of(const Cluster *cluster)
{
    return (ChildUser){.uid = cluster->uid, .gid = cluster->gid, .name = cluster->user};
}

static const char *
read_small(Arena *arena, const char *directory, const char *name)
{
    FileBytes bytes;
    Error ignored;
    if (!file_read(arena, file_join(arena, directory, name), SMALL_FILE, &bytes, &ignored))
        return NULL;
    return bytes.bytes;
}

/* A pid file may be left by a server that was killed: only one that answers runs. */
static bool
answers(const Cluster *cluster)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    int length = snprintf(address.sun_path, sizeof address.sun_path, "%s/.s.PGSQL.5432",
                          cluster->socket_directory);
    if (length < 0 || (size_t)length >= sizeof address.sun_path)
        return false;
    int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor < 0)
        return false;
    bool ok = connect(descriptor, (const struct sockaddr *)&address, sizeof address) == 0;
    close(descriptor);
    return ok;
}

static void
look_at_state(Arena *arena, Cluster *cluster)
{
    cluster->exists = read_small(arena, cluster->data_directory, "PG_VERSION") != NULL;
    cluster->is_running = cluster->exists && answers(cluster);
    cluster->pid = 0;
    const char *pid =
        cluster->is_running ? read_small(arena, cluster->data_directory, "postmaster.pid") : NULL;
    if (pid != NULL)
        cluster->pid = (pid_t)strtol(pid, NULL, 10);
}

/* A value of a connection string. */
static const char *
quoted(Arena *arena, const char *value)
{
    char *text = arena_alloc(arena, 2 * strlen(value) + 3);
    size_t used = 0;
    text[used++] = '\'';
    for (const char *at = value; *at != '\0'; at++) {
        if (*at == '\'' || *at == '\\')
            text[used++] = '\\';
        text[used++] = *at;
    }
    text[used] = '\'';
    return text;
}

bool
cluster_open(Arena *arena, const ClusterOptions *options, Cluster *out, Error *err)
{
    *out = (Cluster){0};
    const char *project = options->project != NULL ? options->project : ".";
    ChildUser user;
    if (!cluster_choose_user(arena, project, &user, err) ||
        !cluster_choose_places(arena, project, &user, out, err))
        return false;
    out->user = user.name;
    out->uid = user.uid;
    out->gid = user.gid;
    const char *version = read_small(arena, out->data_directory, "PG_VERSION");
    int major = version != NULL ? (int)strtol(version, NULL, 10) : 0;
    if (!cluster_find_programs(arena, &user, options->bin_directory, major, out, err))
        return false;
    out->conninfo = arena_printf(arena, "host=%s port=5432 user=" SUPERUSER " dbname=postgres",
                                 quoted(arena, out->socket_directory));
    look_at_state(arena, out);
    return true;
}

/* ---- making it */

/* Ours alone, also where the parent belongs to everybody, as /tmp does. */
static bool
make_private_directory(const Cluster *cluster, const char *path, Error *err)
{
    struct stat found;
    if (mkdir(path, 0700) != 0 && errno != EEXIST)
        return error_set(err, ERROR_USAGE, "cannot make %s: %s", path, file_errno_words(errno));
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    bool ok = directory >= 0 && fstat(directory, &found) == 0 &&
              (found.st_uid == cluster->uid || found.st_uid == geteuid()) &&
              (geteuid() != 0 || fchown(directory, cluster->uid, cluster->gid) == 0) &&
              fchmod(directory, 0700) == 0;
    if (directory >= 0)
        close(directory);
    if (ok)
        return true;
    error_set(err, ERROR_USAGE, "the directory %s belongs to somebody else", path);
    return error_hint(err, "Remove it, or move the project to another path.");
}

/* The project may be under version control; what is in here is not. */
static bool
keep_out_of_version_control(Arena *arena, const char *dot_directory, Error *err)
{
    const char *path = file_join(arena, dot_directory, ".gitignore");
    return access(path, F_OK) == 0 || file_write(path, "*\n", 2, 0644, err);
}

static bool
make_directories(Arena *arena, const Cluster *cluster, Error *err)
{
    const char *parent = file_directory(arena, cluster->directory);
    bool in_project = strcmp(file_name(parent), ".lockstep") == 0;
    if (in_project) {
        if (!file_make_directories(parent, 0755, err) ||
            !keep_out_of_version_control(arena, parent, err))
            return false;
    } else if (!make_private_directory(cluster, parent, err)) {
        return false;
    }
    if (!make_private_directory(cluster, cluster->directory, err))
        return false;
    const char *socket_parent = file_directory(arena, cluster->socket_directory);
    if (strcmp(socket_parent, cluster->directory) != 0 &&
        !make_private_directory(cluster, socket_parent, err))
        return false;
    return make_private_directory(cluster, cluster->socket_directory, err);
}

static bool
run_program(Arena *arena, const Cluster *cluster, const char *const *arguments, const char *what,
            Error *err)
{
    ChildUser user = user_of(cluster);
    ChildResult result;
    if (!child_run(arena, &user, cluster->directory, arguments, &result, err))
        return error_context(err, "%s", what);
    if (result.status == 0)
        return true;
    error_set(err, ERROR_USAGE, "%s failed: %s ended with status %d", what, file_name(arguments[0]),
              result.status);
    error_detail(err, "%s", result.output);
    return error_hint(err, "Look into %s.", cluster->log_path);
}

static bool
has_locale(const char *name)
{
    locale_t found = newlocale(LC_ALL_MASK, name, (locale_t)0);
    if (found == (locale_t)0)
        return false;
    freelocale(found);
    return true;
}

static bool
initialise(Arena *arena, const Cluster *cluster, Error *err)
{
    const char *locale = has_locale("C.UTF-8") ? "--locale=C.UTF-8" : "--locale=C";
    const char *arguments[] = {file_join(arena, cluster->bin_directory, "initdb"),
                               "-D",
                               cluster->data_directory,
                               "-U",
                               SUPERUSER,
                               "-A",
                               "trust",
                               "-E",
                               "UTF8",
                               locale,
                               "--no-sync",
                               "--no-instructions",
                               NULL};
    return run_program(arena, cluster, arguments, "making the sandbox", err);
}

/* Written at each start: the project may have been moved. What a user wants otherwise, ALTER SYSTEM
 * keeps. */
static bool
configure(Arena *arena, const Cluster *cluster, Error *err)
{
    const char *path = file_join(arena, cluster->data_directory, "postgresql.conf");
    const char *text = arena_printf(arena,
                                    "# Written by lockstep at each start.\n"
                                    "listen_addresses = ''\n"
                                    "port = 5432\n"
                                    "unix_socket_directories = '%s'\n"
                                    "unix_socket_permissions = 0700\n"
                                    "wal_level = replica\n"
                                    "fsync = off\n"
                                    "synchronous_commit = off\n"
                                    "full_page_writes = off\n"
                                    "shared_buffers = 32MB\n"
                                    "max_connections = 50\n"
                                    "max_prepared_transactions = 10\n"
                                    "dynamic_shared_memory_type = posix\n"
                                    "timezone = 'UTC'\n"
                                    "log_timezone = 'UTC'\n"
                                    "lc_messages = 'C'\n",
                                    cluster->socket_directory);
    if (!file_write(path, text, strlen(text), 0600, err))
        return false;
    if (geteuid() == 0 && chown(path, cluster->uid, cluster->gid) != 0)
        return error_set(err, ERROR_USAGE, "cannot give %s to %s: %s", path, cluster->user,
                         file_errno_words(errno));
    return true;
}

static int
remove_entry(const char *path, const struct stat *found, int kind, struct FTW *position)
{
    (void)found;
    (void)kind;
    (void)position;
    return remove(path);
}

/* What could not be removed is still there, and the caller looks. */
static void
remove_tree(const char *path)
{
    (void)nftw(path, remove_entry, 32, FTW_DEPTH | FTW_PHYS);
}

/* A process that is gone, or dead and not yet reaped, as happens where process 1 does not reap. */
static bool
is_dead(Arena *arena, pid_t pid)
{
    const char *directory = arena_printf(arena, "/proc/%d", (int)pid);
    FileBytes bytes;
    Error ignored;
    if (kill(pid, 0) != 0 && errno == ESRCH)
        return true;
    if (!file_read(arena, file_join(arena, directory, "stat"), SMALL_FILE, &bytes, &ignored))
        return false;
    const char *name_end = strrchr(bytes.bytes, ')');
    return name_end != NULL && strncmp(name_end, ") Z", 3) == 0;
}

/* The server would take a dead process for a living one. Whether one of its children lives on it
 * finds out by itself. */
static void
forget_dead_server(Arena *arena, const Cluster *cluster)
{
    const char *pid = read_small(arena, cluster->data_directory, "postmaster.pid");
    if (pid != NULL && is_dead(arena, (pid_t)strtol(pid, NULL, 10)))
        (void)unlink(file_join(arena, cluster->data_directory, "postmaster.pid"));
}

static bool
start_server(Arena *arena, const Cluster *cluster, Error *err)
{
    const char *arguments[] = {file_join(arena, cluster->bin_directory, "pg_ctl"),
                               "-D",
                               cluster->data_directory,
                               "-l",
                               cluster->log_path,
                               "-w",
                               "-t",
                               "60",
                               "-s",
                               "start",
                               NULL};
    bool was_killed = read_small(arena, cluster->data_directory, "postmaster.pid") != NULL;
    forget_dead_server(arena, cluster);
    /* The children of a server that was killed need a moment to notice. */
    for (int i = 0; was_killed && i < STARTS_AFTER_A_KILL; i++) {
        if (run_program(arena, cluster, arguments, "starting the sandbox", err))
            return true;
        usleep(250000);
    }
    return run_program(arena, cluster, arguments, "starting the sandbox", err);
}

bool
cluster_start(Arena *arena, Cluster *cluster, Error *err)
{
    look_at_state(arena, cluster);
    if (cluster->is_running)
        return true;
    if (!make_directories(arena, cluster, err))
        return false;
    if (!cluster->exists && !initialise(arena, cluster, err)) {
        remove_tree(cluster->data_directory);
        return false;
    }
    if (!configure(arena, cluster, err) || !start_server(arena, cluster, err))
        return false;
    look_at_state(arena, cluster);
    return cluster->is_running ||
           error_set(err, ERROR_USAGE, "the sandbox was started but does not answer");
}

bool
cluster_stop(Arena *arena, Cluster *cluster, Error *err)
{
    look_at_state(arena, cluster);
    const char *pid =
        cluster->exists ? read_small(arena, cluster->data_directory, "postmaster.pid") : NULL;
    if (pid == NULL || !cluster->is_running)
        return true;
    const char *arguments[] = {file_join(arena, cluster->bin_directory, "pg_ctl"),
                               "-D",
                               cluster->data_directory,
                               "-m",
                               "fast",
                               "-w",
                               "-s",
                               "stop",
                               NULL};
    bool ok = run_program(arena, cluster, arguments, "stopping the sandbox", err);
    look_at_state(arena, cluster);
    return ok;
}

/* The directory that all sandboxes of a user share, when the last one goes. */
static void
remove_elsewhere(Arena *arena, const char *directory)
{
    const char *parent = file_directory(arena, directory);
    if (strncmp(file_name(parent), "lockstep-", 9) == 0)
        (void)rmdir(parent);
}

bool
cluster_destroy(Arena *arena, Cluster *cluster, Error *err)
{
    if (!cluster_stop(arena, cluster, err))
        return false;
    remove_tree(cluster->directory);
    remove_tree(cluster->socket_directory);
    remove_elsewhere(arena, cluster->directory);
    remove_elsewhere(arena, cluster->socket_directory);
    look_at_state(arena, cluster);
    if (access(cluster->directory, F_OK) == 0)
        return error_set(err, ERROR_USAGE, "%s could not be removed", cluster->directory);
    return true;
}

const char *
cluster_program(Arena *arena, const Cluster *cluster, const char *name)
{
    const char *path = file_join(arena, cluster->bin_directory, name);
    return access(path, X_OK) == 0 ? path : NULL;
}
