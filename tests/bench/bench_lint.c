/* SPDX-License-Identifier: MIT */
/*
 * How fast is the linter beside PostgreSQL's bare parser?
 *
 *     bench_lint [--rounds N] [--verbose] DIRECTORY…
 *
 * Every directory that holds .sql files is one history. The files are read once; then, in turn,
 * pg_query_raw_parse() runs over all of them, and the linter (parse, lower, replay, effects, rules)
 * over all histories. Then the same without the files that the bare parser rejects: it stops at
 * their first error, where the linter goes on. Medians of the rounds and their ratio are printed:
 * compare only numbers of one run.
 */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "lockstep/arena.h"

#include "lint/lint.h"
#include "source/discover.h"
#include "support/measure.h"

#include "bare_parser.h"

#define MAX_ROUNDS MEASURE_MOST

typedef struct History {
    const char *directory;
    DiscoveredFiles files;
} History;

typedef struct Bench {
    Arena *arena;
    StringList directories;
    LIST(History) histories;
    LIST(const SourceFile *) sources;
    bool verbose;
    size_t left_out; /* directories that are no history */
    size_t bytes;
    size_t statements;
    size_t findings;
    size_t rejected; /* files that the bare parser does not accept */
} Bench;

static Bench bench; /* nftw() hands nothing through */

static int
note_directory(const char *path, const struct stat *info, int type, struct FTW *place)
{
    (void)info;
    size_t length = strlen(path);
    if (type != FTW_F || length < 4 || strcmp(path + length - 4, ".sql") != 0)
        return 0;
    const char *directory = arena_strndup(bench.arena, path, (size_t)place->base - 1);
    StringList *known = &bench.directories;
    if (!string_list_has(known, directory))
        LIST_APPEND(bench.arena, known, directory);
    return 0;
}

static void
note_source(const SourceFile *source)
{
    if (source == NULL || source->broken != NULL)
        return;
    LIST_APPEND(bench.arena, &bench.sources, source);
    bench.bytes += source->length;
}

static void
load_history(const char *directory)
{
    History history = {.directory = directory};
    const DiscoverOptions options = {.max_bytes = SOURCE_MAX_BYTES};
    StringList paths = {0};
    LIST_APPEND(bench.arena, &paths, directory);
    discover_paths(bench.arena, &options, &paths, &history.files);
    if (history.files.problems.count > 0) {
        bench.left_out++;
        if (bench.verbose)
            printf("left out: %s\n", history.files.problems.items[0]->message);
        return;
    }
    LIST_APPEND(bench.arena, &bench.histories, history);
}

/* Whoever measures fewer files calls it again. */
static void
collect_sources(void)
{
    bench.sources.count = bench.bytes = 0;
    foreach (history, &bench.histories) {
        foreach (migration, &history->files.migrations) {
            note_source(migration->up);
            note_source(migration->down);
        }
    }
}

static SourceFile *
unless_rejected(SourceFile *source)
{
    if (source == NULL || (source->broken == NULL && bare_parse(source->text)))
        return source;
    return NULL;
}

static void
drop_rejected(void)
{
    foreach (history, &bench.histories) {
        foreach (migration, &history->files.migrations) {
            migration->up = unless_rejected(migration->up);
            migration->down = unless_rejected(migration->down);
        }
    }
}

static double
bare_round(void)
{
    double start = measure_now(CLOCK_PROCESS_CPUTIME_ID);
    bench.rejected = 0;
    foreach (source, &bench.sources) {
        if (!bare_parse((*source)->text))
            bench.rejected++;
    }
    return measure_now(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static double
lint_round(void)
{
    const LintOptions options = {.pg_version = 17, .today = "2026-01-01"};
    double start = measure_now(CLOCK_PROCESS_CPUTIME_ID);
    bench.statements = bench.findings = 0;
    Arena *arena = arena_new();
    foreach (history, &bench.histories) {
        ArenaMark mark = arena_mark(arena);
        LintResult result = {0};
        lint_run(arena, &options, &history->files, &result);
        bench.statements += result.statements;
        bench.findings += result.findings.count;
        arena_rewind(arena, mark);
    }
    arena_free(arena);
    return measure_now(CLOCK_PROCESS_CPUTIME_ID) - start;
}

static void
print_rate(const char *what, double seconds)
{
    printf("  %-22s %8.3f s  %9.0f files/s  %7.1f MB/s  %9.0f statements/s\n", what, seconds,
           (double)bench.sources.count / seconds, (double)bench.bytes / 1e6 / seconds,
           (double)bench.statements / seconds);
}

static void
measure(const char *what, size_t rounds)
{
    double bare[MAX_ROUNDS];
    double lint[MAX_ROUNDS];
    double ratio[MAX_ROUNDS];
    collect_sources();
    for (size_t i = 0; i < rounds; i++) {
        bare[i] = bare_round();
        lint[i] = lint_round();
        ratio[i] = lint[i] / bare[i];
    }
    printf("%s: %zu files, %.1f MB, %zu statements, %zu findings\n", what, bench.sources.count,
           (double)bench.bytes / 1e6, bench.statements, bench.findings);
    print_rate("bare parser", measure_median(bare, NULL, rounds));
    print_rate("lint", measure_median(lint, NULL, rounds));
    measure_sort(ratio, rounds);
    printf("  lint / bare parser     %8.2f    (median of %zu pairs; %.2f to %.2f)\n",
           ratio[rounds / 2], rounds, ratio[0], ratio[rounds - 1]);
}

static void
measure_both(size_t rounds)
{
    measure("all files", rounds);
    if (bench.rejected > 0) {
        printf("the bare parser stops at the first error of %zu files\n", bench.rejected);
        drop_rejected();
        measure("files that it accepts", rounds);
    }
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf("peak memory %.1f MB (all files are held in it)\n", (double)usage.ru_maxrss / 1024);
}

static bool
read_options(int argc, char **argv, size_t *rounds, int *first)
{
    int at = 1;
    for (; at < argc && strncmp(argv[at], "--", 2) == 0; at++) {
        if (strcmp(argv[at], "--verbose") == 0)
            bench.verbose = true;
        else if (strcmp(argv[at], "--rounds") == 0 && at + 1 < argc)
            *rounds = strtoul(argv[++at], NULL, 10);
        else
            return false;
    }
    *first = at;
    return at < argc && *rounds >= 1 && *rounds <= MAX_ROUNDS;
}

static bool
load(int count, char **directories)
{
    for (int i = 0; i < count; i++) {
        if (nftw(directories[i], note_directory, 32, FTW_PHYS) != 0) {
            perror(directories[i]);
            return false;
        }
    }
    foreach (directory, &bench.directories)
        load_history(*directory);
    printf("%zu histories; %zu directories left out, which are none%s\n", bench.histories.count,
           bench.left_out, bench.left_out > 0 && !bench.verbose ? " (--verbose says why)" : "");
    return true;
}

int
main(int argc, char **argv)
{
    size_t rounds = 9;
    int first;
    if (!read_options(argc, argv, &rounds, &first)) {
        fprintf(stderr, "usage: bench_lint [--rounds 1…%d] [--verbose] DIRECTORY…\n", MAX_ROUNDS);
        return 2;
    }
    bench.arena = arena_new();
    if (!load(argc - first, argv + first))
        return 2;
    if (bench.histories.count == 0) {
        fprintf(stderr, "bench_lint: no .sql files there\n");
        return 2;
    }
    measure_both(rounds);
    arena_free(bench.arena);
    return 0;
}
