/* SPDX-License-Identifier: MIT */
/*
 * Whole processes side by side, from start to exit, with the same arguments.
 *
 *     bench_processes [--rounds N] [--list FILE] "COMMAND" "COMMAND"…
 *
 * Each COMMAND is words with blanks between; the paths that FILE lists, one a line, follow them.
 * The commands run in turn, round by round, what they print is thrown away. Medians of wall and CPU
 * time and the peak memory are printed, and ratios to the first command, each of one round:
 * compare only numbers of one run.
 *
 *     bare_files --accepted $(find DIRECTORY -name '*.sql') > accepted
 *     bench_processes --list accepted bare_files 'lockstep lint' 'squawk --reporter gcc'
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "lockstep/arena.h"
#include "lockstep/list.h"

#include "base/file.h"
#include "support/measure.h"

#define MAX_ROUNDS MEASURE_MOST
#define MAX_LIST ((size_t)64 << 20)

extern char **environ;

typedef LIST(char *) Words;

typedef struct Contestant {
    const char *name;
    Words words; /* the last one is NULL */
    double wall[MAX_ROUNDS];
    double cpu[MAX_ROUNDS];
    double peak; /* megabytes */
    int status;
} Contestant;

typedef LIST(Contestant *) Contestants;

static double
seconds_of(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static void
add_words(Arena *arena, Words *words, const char *text, const char *separators)
{
    char *rest = arena_strdup(arena, text);
    for (char *word; (word = strtok_r(rest, separators, &rest)) != NULL;)
        LIST_APPEND(arena, words, word);
}

static bool
run_once(Contestant *one, size_t round)
{
    posix_spawn_file_actions_t actions;
    struct rusage usage;
    pid_t pid;
    double start = measure_now(CLOCK_MONOTONIC);
    if (posix_spawn_file_actions_init(&actions) != 0)
        return false;
    bool started =
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0 &&
        posix_spawnp(&pid, one->words.items[0], &actions, NULL, one->words.items, environ) == 0;
    posix_spawn_file_actions_destroy(&actions);
    if (!started || wait4(pid, &one->status, 0, &usage) != pid)
        return false;
    one->wall[round] = measure_now(CLOCK_MONOTONIC) - start;
    one->cpu[round] = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime);
    one->peak = (double)usage.ru_maxrss / 1024;
    return true;
}

static void
print_result(const Contestant *one, const Contestant *first, size_t rounds)
{
    printf("%-28.28s %9.1f ms %9.1f ms %8.1f MB %8.2f %8.2f   ", one->name,
           1000 * measure_median(one->wall, NULL, rounds),
           1000 * measure_median(one->cpu, NULL, rounds), one->peak,
           measure_median(one->wall, first->wall, rounds),
           measure_median(one->cpu, first->cpu, rounds));
    if (WIFEXITED(one->status))
        printf("exit %d\n", WEXITSTATUS(one->status));
    else
        printf("signal %d\n", WTERMSIG(one->status));
}

static int
run_all(Contestants *all, size_t rounds)
{
    for (size_t round = 0; round < rounds; round++) {
        foreach (one, all) {
            if (!run_once(*one, round)) {
                fprintf(stderr, "bench_processes: cannot run %s\n", (*one)->name);
                return 1;
            }
        }
    }
    printf("%-28s %12s %12s %11s %8s %8s\n", "", "wall", "CPU", "memory", "x wall", "x CPU");
    foreach (one, all)
        print_result(*one, all->items[0], rounds);
    return 0;
}

static bool
read_options(int argc, char **argv, size_t *rounds, const char **list, int *first)
{
    int at = 1;
    for (; at + 1 < argc && strncmp(argv[at], "--", 2) == 0; at += 2) {
        if (strcmp(argv[at], "--rounds") == 0)
            *rounds = strtoul(argv[at + 1], NULL, 10);
        else if (strcmp(argv[at], "--list") == 0)
            *list = argv[at + 1];
        else
            return false;
    }
    *first = at;
    return at < argc && *rounds >= 1 && *rounds <= MAX_ROUNDS;
}

int
main(int argc, char **argv)
{
    size_t rounds = 9;
    const char *list = NULL;
    int first;
    if (!read_options(argc, argv, &rounds, &list, &first)) {
        fprintf(stderr, "usage: bench_processes [--rounds 1…%d] [--list FILE] \"COMMAND\"…\n",
                MAX_ROUNDS);
        return 2;
    }
    Arena *arena = arena_new();
    FileBytes paths = {0};
    Error err = {0};
    if (list != NULL && !file_read(arena, list, MAX_LIST, &paths, &err)) {
        fprintf(stderr, "bench_processes: %s\n", err.message);
        return 2;
    }
    Contestants all = {0};
    for (int i = first; i < argc; i++) {
        Contestant *one = arena_alloc(arena, sizeof *one);
        one->name = argv[i];
        add_words(arena, &one->words, argv[i], " ");
        if (paths.length > 0)
            add_words(arena, &one->words, paths.bytes, "\n");
        LIST_APPEND(arena, &one->words, NULL);
        LIST_APPEND(arena, &all, one);
    }
    int status = run_all(&all, rounds);
    arena_free(arena);
    return status;
}
