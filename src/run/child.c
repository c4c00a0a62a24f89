/* SPDX-License-Identifier: MIT */
#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define OUTPUT_KEPT ((size_t)4096)
#define CANNOT_RUN 127

static bool
become(const ChildUser *user)
{
    if (geteuid() != 0 || user->uid == 0)
        return true;
    return setgid(user->gid) == 0 && initgroups(user->name, user->gid) == 0 &&
           setuid(user->uid) == 0 && setuid(0) != 0;
}

/* PGDATA, PGPORT, PGOPTIONS and their like are about another server than this one. */
static void
forget_environment(void)
{
    static const char *const names[] = {
        "PGDATA",    "PGHOST",    "PGHOSTADDR", "PGPORT", "PGUSER", "PGDATABASE",  "PGPASSWORD",
        "PGOPTIONS", "PGSERVICE", "PGPASSFILE", "LC_ALL", "LANG",   "LC_MESSAGES", "POSTGRES_OPTS"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        unsetenv(names[i]);
}

/* What it is before it becomes another program. */
typedef struct ChildBirth {
    const ChildUser *user; /* NULL: we ourselves, here, in our environment … */
    const char *directory;
    const StringList *environment; /* … with this added */
    const char *const *arguments;
} ChildBirth;

static bool
settle(const ChildBirth *birth)
{
    if (birth->user != NULL) {
        if (!become(birth->user) || chdir(birth->directory) != 0)
            return false;
        umask(077);
        forget_environment();
        return true;
    }
    foreach (variable, birth->environment) {
        char *name = strdup(*variable);
        if (name == NULL || putenv(name) != 0)
            return false;
    }
    return true;
}

static void
be_child(const ChildBirth *birth, int output)
{
    const char *const *arguments = birth->arguments;
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    signal(SIGPIPE, SIG_DFL);
    int nothing = open("/dev/null", O_RDONLY);
    if (nothing < 0 || dup2(nothing, STDIN_FILENO) < 0 || dup2(output, STDOUT_FILENO) < 0 ||
        dup2(output, STDERR_FILENO) < 0)
        _exit(CANNOT_RUN);
    if (!settle(birth))
        _exit(CANNOT_RUN);
    char *copies[32];
    size_t count = 0;
    for (; arguments[count] != NULL && count < 31; count++)
        copies[count] = strdup(arguments[count]);
    copies[count] = NULL;
    if (copies[0] != NULL)
        execv(copies[0], copies);
    _exit(CANNOT_RUN);
}

/* The last bytes of what comes through the pipe, until everybody has closed it. */
static const char *
read_tail(Arena *arena, int input)
{
    char *tail = arena_alloc(arena, 2 * OUTPUT_KEPT + 1);
    size_t used = 0;
    for (;;) {
        if (used == 2 * OUTPUT_KEPT) {
            memmove(tail, tail + OUTPUT_KEPT, OUTPUT_KEPT);
            used = OUTPUT_KEPT;
        }
        ssize_t got = read(input, tail + used, 2 * OUTPUT_KEPT - used);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            break;
        used += (size_t)got;
    }
    tail[used] = '\0';
    return used > OUTPUT_KEPT ? tail + (used - OUTPUT_KEPT) : tail;
}

static int
wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return CANNOT_RUN;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool
give_birth(Arena *arena, const ChildBirth *birth, ChildResult *out, Error *err)
{
    const char *const *arguments = birth->arguments;
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return error_set(err, ERROR_USAGE, "cannot run %s: %s", arguments[0], strerror(errno));
    pid_t pid = fork();
    if (pid == 0)
        be_child(birth, ends[1]);
    int reason = errno;
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return error_set(err, ERROR_USAGE, "cannot run %s: %s", arguments[0], strerror(reason));
    }
    out->output = read_tail(arena, ends[0]);
    close(ends[0]);
    out->status = wait_for(pid);
    if (out->status == CANNOT_RUN)
        return error_set(err, ERROR_USAGE, "cannot run %s%s%s", arguments[0],
                         birth->user != NULL ? " as " : "",
                         birth->user != NULL ? birth->user->name : "");
    return true;
}

bool
child_run(Arena *arena, const ChildUser *user, const char *directory, const char *const *arguments,
          ChildResult *out, Error *err)
{
    const ChildBirth birth = {.user = user, .directory = directory, .arguments = arguments};
    return give_birth(arena, &birth, out, err);
}

bool
child_run_here(Arena *arena, const char *const *arguments, const StringList *environment,
               ChildResult *out, Error *err)
{
    const ChildBirth birth = {.environment = environment, .arguments = arguments};
    return give_birth(arena, &birth, out, err);
}

bool
child_can_run(const char *path, Error *err)
{
    struct stat file;
    if (stat(path, &file) != 0)
        return error_set(err, ERROR_USAGE, "%s: %s", path, strerror(errno));
    if (S_ISREG(file.st_mode) && access(path, X_OK) == 0)
        return true;
    (void)error_set(err, ERROR_USAGE, "%s is not a program", path);
    return error_hint(err, "Make it executable: chmod +x %s", path);
}

bool
child_can_enter(const ChildUser *user, const char *directory)
{
    pid_t pid = fork();
    if (pid == 0)
        _exit(become(user) && access(directory, R_OK | X_OK) == 0 ? 0 : 1);
    return pid > 0 && wait_for(pid) == 0;
}
