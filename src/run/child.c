/* SPDX-License-Identifier: MIT */
#include "run/child.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"
#include "db/interrupt.h"

#define GRACE_MS 5000
#define LISTEN_MS 100
#define END_MS 10
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
    int64_t within_ms; /* 0: no limit */
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
    (void)setpgid(0, 0);
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

/* One that runs, while it is listened to. */
typedef struct Listening {
    pid_t pid;
    int input; /* -1: everybody has closed it */
    char *tail;
    size_t used;
    bool has_ended;
    int status;      /* as waitpid() has it */
    bool may_stop;   /* it has a group of its own … */
    int64_t end_ms;  /* … and has to end by then; 0: whenever */
    int64_t kill_ms; /* it was told to end, and is ended then; 0: it was not */
    int signals;     /* that were passed on */
    bool timed_out;
} Listening;

/* Keeps the last bytes of what comes. */
static void
listen_once(Listening *listening)
{
    if (listening->used == 2 * OUTPUT_KEPT) {
        memmove(listening->tail, listening->tail + OUTPUT_KEPT, OUTPUT_KEPT);
        listening->used = OUTPUT_KEPT;
    }
    ssize_t got = read(listening->input, listening->tail + listening->used,
                       2 * OUTPUT_KEPT - listening->used);
    if (got > 0)
        listening->used += (size_t)got;
    else if (got == 0 || errno != EINTR)
        listening->input = -1;
}

/* In time, then by force; what is left of its group after that is nobody's to wait for. */
static void
stop_where_due(Listening *listening)
{
    int64_t now = duration_clock_ms();
    int signals = interrupt_count();
    bool is_late = listening->end_ms != 0 && now >= listening->end_ms;
    bool is_told = signals > listening->signals;
    if (!listening->may_stop || (!is_late && !is_told && listening->kill_ms == 0))
        return;
    listening->signals = signals;
    if (listening->kill_ms == 0) {
        listening->timed_out = is_late;
        listening->kill_ms = now + GRACE_MS;
        (void)kill(-listening->pid, SIGTERM);
    } else if (is_told || now >= listening->kill_ms) {
        (void)kill(-listening->pid, SIGKILL);
        listening->input = -1;
    }
}

/* What cannot be asked for has no status of its own, and none that is taken for success. */
static void
look_for_end(Listening *listening)
{
    const pid_t ended = waitpid(listening->pid, &listening->status, WNOHANG);
    const bool is_unknown = ended < 0 && errno != EINTR;
    if (is_unknown)
        listening->status = W_EXITCODE(CANNOT_RUN, 0);
    listening->has_ended = ended > 0 || is_unknown;
}

static void
listen_to_the_end(Listening *listening)
{
    listening->signals = interrupt_count();
    while (!listening->has_ended || listening->input >= 0) {
        int wait_ms = listening->input >= 0 ? LISTEN_MS : END_MS;
        if (interrupt_wait(listening->input, POLLIN, wait_ms) > 0)
            listen_once(listening);
        if (!listening->has_ended)
            look_for_end(listening);
        stop_where_due(listening);
    }
    listening->tail[listening->used] = '\0';
}

static int
exit_status(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static int
wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0)
        if (errno != EINTR)
            return CANNOT_RUN;
    return exit_status(status);
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
    int64_t end_ms = birth->within_ms > 0 ? duration_clock_ms() + birth->within_ms : 0;
    Listening listening = {.pid = pid,
                           .input = ends[0],
                           .tail = arena_alloc(arena, 2 * OUTPUT_KEPT + 1),
                           .may_stop = birth->user == NULL,
                           .end_ms = end_ms};
    if (listening.may_stop)
        (void)setpgid(pid, pid); /* which the child does too: whoever is first */
    listen_to_the_end(&listening);
    close(ends[0]);
    size_t cut = listening.used > OUTPUT_KEPT ? listening.used - OUTPUT_KEPT : 0;
    *out = (ChildResult){.status = exit_status(listening.status),
                         .output = listening.tail + cut,
                         .timed_out = listening.timed_out};
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
               int64_t within_ms, ChildResult *out, Error *err)
{
    const ChildBirth birth = {
        .environment = environment, .arguments = arguments, .within_ms = within_ms};
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
