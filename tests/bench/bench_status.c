/* SPDX-License-Identifier: MIT */
/*
 * How long commands that only look take on a long history, on a server of its own.
 *
 *     bench_status [--migrations N] [--rounds N]
 *
 * N migrations with their ways back (10,000) are recorded as applied; then `status` and `history`
 * are run in turn. Printed are, of each, the best and the median wall time, and the
 * processor time of the best round: on a machine that does other things too, that one is the
 * command's own.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "lockstep/arena.h"

#include "support/temp_dir.h"
#include "support/test_cluster.h"

#define MAX_ROUNDS 99

extern char **environ;

typedef struct Timing {
    double wall; /* seconds */
    double processor;
} Timing;

static double
seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

static Timing
run_once(const char *command)
{
    char shell[] = "sh";
    char option[] = "-c";
    char *line = strdup(command);
    char *words[] = {shell, option, line, NULL};
    struct timespec start;
    struct timespec end;
    struct rusage used;
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status = 0;
    clock_gettime(CLOCK_MONOTONIC, &start);
    if (posix_spawn_file_actions_init(&actions) != 0 ||
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) != 0 ||
        posix_spawn(&pid, "/bin/sh", &actions, NULL, words, environ) != 0 ||
        wait4(pid, &status, 0, &used) != pid || status != 0) {
        fprintf(stderr, "this failed: %s\n", command);
        exit(1);
    }
    clock_gettime(CLOCK_MONOTONIC, &end);
    posix_spawn_file_actions_destroy(&actions);
    free(line);
    return (Timing){.wall = (double)(end.tv_sec - start.tv_sec) +
                            (double)(end.tv_nsec - start.tv_nsec) / 1e9,
                    .processor = seconds(used.ru_utime) + seconds(used.ru_stime)};
}

static int
by_wall(const void *left, const void *right)
{
    const Timing *a = left;
    const Timing *b = right;
    return (a->wall > b->wall) - (a->wall < b->wall);
}

static void
measure(Arena *arena, const char *name, const char *directory, size_t rounds)
{
    Timing all[MAX_ROUNDS];
    const char *command = arena_printf(arena, "exec %s %s", LOCKSTEP_BINARY, name);
    if (directory != NULL)
        command = arena_printf(arena, "%s --migrations %s", command, directory);
    for (size_t i = 0; i < rounds; i++)
        all[i] = run_once(command);
    qsort(all, rounds, sizeof *all, by_wall);
    printf("%-8s  best %6.1f ms  median %6.1f ms  processor %6.1f ms\n", name, all[0].wall * 1e3,
           all[rounds / 2].wall * 1e3, all[0].processor * 1e3);
}

static const char *
write_migrations(Arena *arena, TempDir *files, size_t count)
{
    for (size_t i = 1; i <= count; i++) {
        temp_dir_write(files, arena_printf(arena, "m/%05zu_t.up.sql", i),
                       arena_printf(arena, "CREATE TABLE t%zu (id bigint PRIMARY KEY);\n", i));
        temp_dir_write(files, arena_printf(arena, "m/%05zu_t.down.sql", i),
                       arena_printf(arena, "DROP TABLE t%zu;\n", i));
    }
    return temp_dir_path(files, "m");
}

int
main(int argc, char **argv)
{
    size_t migrations = 10000;
    size_t rounds = 11;
    for (int i = 1; i + 1 < argc; i += 2) {
        if (strcmp(argv[i], "--migrations") == 0)
            migrations = strtoul(argv[i + 1], NULL, 10);
        else if (strcmp(argv[i], "--rounds") == 0)
            rounds = strtoul(argv[i + 1], NULL, 10);
    }
    if (rounds < 1 || rounds > MAX_ROUNDS || migrations < 1) {
        fprintf(stderr, "usage: bench_status [--migrations N] [--rounds N]\n");
        return 2;
    }
    Arena *arena = arena_new();
    TempDir *files = temp_dir_new();
    const char *directory = write_migrations(arena, files, migrations);
    setenv("DATABASE_URL", test_cluster_conninfo(), 1);
    (void)run_once(arena_printf(arena, "exec %s baseline --quiet --migrations %s --journal %s %zu",
                                LOCKSTEP_BINARY, directory, temp_dir_path(files, "journal.db"),
                                migrations));
    printf("%zu migrations\n", migrations);
    measure(arena, "status", directory, rounds);
    measure(arena, "history", NULL, rounds);
    temp_dir_free(files);
    arena_free(arena);
    return 0;
}
