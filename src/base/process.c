/* SPDX-License-Identifier: MIT */
#include "base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "lockstep/list.h"
#include "lockstep/text.h"

#include "base/file.h"

#define WORDS_KEPT ((size_t)1024)
#define ROOM ((size_t)16384)

extern char **environ;

static bool
is_left_out(const char *variable, const char *const *without)
{
    for (; *without != NULL; without++) {
        const size_t length = strlen(*without);
        if (strncmp(variable, *without, length) == 0 && variable[length] == '=')
            return true;
    }
    return false;
}

static char **
environment_without(Arena *arena, const char *const *without)
{
    LIST(char *) kept = {0};
    for (size_t i = 0; environ[i] != NULL; i++) {
        if (!is_left_out(environ[i], without))
            LIST_APPEND(arena, &kept, environ[i]);
    }
    LIST_APPEND(arena, &kept, NULL);
    return kept.items;
}

static char **
copy_arguments(Arena *arena, const char *const *arguments)
{
    LIST(char *) copies = {0};
    for (size_t i = 0; arguments[i] != NULL; i++)
        LIST_APPEND(arena, &copies, arena_strdup(arena, arguments[i]));
    LIST_APPEND(arena, &copies, NULL);
    return copies.items;
}

/* The signals are as a program expects them. 0, or an errno value. */
static int
prepare(posix_spawn_file_actions_t *actions, posix_spawnattr_t *attributes, int output, int words)
{
    sigset_t none;
    sigset_t usual;
    sigemptyset(&none);
    sigemptyset(&usual);
    sigaddset(&usual, SIGPIPE);
    int failed = 0;
    if ((failed = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY,
                                                   0)) != 0 ||
        (failed = posix_spawn_file_actions_adddup2(actions, output, STDOUT_FILENO)) != 0 ||
        (failed = posix_spawn_file_actions_adddup2(actions, words, STDERR_FILENO)) != 0 ||
        (failed = posix_spawnattr_setsigmask(attributes, &none)) != 0 ||
        (failed = posix_spawnattr_setsigdefault(attributes, &usual)) != 0)
        return failed;
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
}

/* 0, or an errno value. What is open here is closed there: every descriptor of ours is O_CLOEXEC.
 */
static int
spawn(Arena *arena, const char *const *arguments, const char *const *without, int output, int words,
      pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int failed = posix_spawn_file_actions_init(&actions);
    if (failed != 0)
        return failed;
    failed = posix_spawnattr_init(&attributes);
    if (failed == 0) {
        char **copies = copy_arguments(arena, arguments);
        failed = prepare(&actions, &attributes, output, words);
        if (failed == 0)
            failed = posix_spawnp(pid, copies[0], &actions, &attributes, copies,
                                  environment_without(arena, without));
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    return failed;
}

static bool
read_all(Arena *arena, int input, ProcessResult *out)
{
    char *text = NULL;
    FILE *kept = open_memstream(&text, &out->length);
    bool is_whole = kept != NULL;
    char room[ROOM];
    for (ssize_t got; is_whole && (got = read(input, room, sizeof room)) != 0;) {
        if (got > 0)
            is_whole = fwrite(room, 1, (size_t)got, kept) == (size_t)got;
        else
            is_whole = errno == EINTR;
    }
    is_whole = kept != NULL && fclose(kept) == 0 && is_whole;
    if (is_whole)
        out->output = arena_strndup(arena, text, out->length);
    free(text);
    return is_whole;
}

static const char *
read_words(Arena *arena, int file)
{
    char *words = arena_alloc(arena, WORDS_KEPT + 1);
    ssize_t got = pread(file, words, WORDS_KEPT, 0);
    size_t length = got > 0 ? (size_t)got : 0;
    while (length > 0 && text_is_space(words[length - 1]))
        length--;
    words[length] = '\0';
    return words;
}

static int
wait_for(pid_t pid)
{
    int status = 0;
    while (waitpid(pid, &status, 0) < 0) {
        if (errno != EINTR)
            return 127;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

static bool
cannot_run(const char *const *arguments, int reason, Error *err)
{
    return error_set(err, ERROR_USAGE, "cannot run %s: %s", arguments[0], file_errno_words(reason));
}

bool
process_run(Arena *arena, const char *const *arguments, const char *const *without,
            ProcessResult *out, Error *err)
{
    int ends[2];
    const int words = memfd_create("stderr", MFD_CLOEXEC);
    if (words < 0)
        return cannot_run(arguments, errno, err);
    if (pipe2(ends, O_CLOEXEC) != 0) {
        const int reason = errno;
        close(words);
        return cannot_run(arguments, reason, err);
    }
    pid_t pid = 0;
    int failed = spawn(arena, arguments, without, ends[1], words, &pid);
    close(ends[1]);
    if (failed == 0) {
        failed = read_all(arena, ends[0], out) ? 0 : EIO;
        out->status = wait_for(pid);
        out->words = read_words(arena, words);
    }
    close(ends[0]);
    close(words);
    return failed == 0 || cannot_run(arguments, failed, err);
}
