/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "base/parallel.h"
#include "lint/linter.h"

/* Less text than this is judged before another thread has begun. */
#define LEAST_BYTES_TO_SHARE ((size_t)128 * 1024)

/* One of the threads; a linter is made when its first history comes. */
typedef struct Worker {
    Arena *scratch;
    ArenaMark begin;
    Linter *linter;
} Worker;

typedef struct PlannedHistory {
    HistorySpan span;
    size_t number; /* in the order of the files */
    size_t bytes;
} PlannedHistory;

typedef LIST(PlannedHistory) Plan;

typedef struct Run {
    const LintOptions *options;
    const DiscoveredFiles *files;
    Plan plan;
    LintResult *parts; /* by number */
    Worker *workers;
} Run;

static size_t
bytes_of(const MigrationList *migrations, HistorySpan span)
{
    size_t bytes = 0;
    for (size_t i = span.first; i < span.end; i++) {
        const Migration *migration = &migrations->items[i];
        bytes += migration->up != NULL ? migration->up->length : 0;
        bytes += migration->down != NULL ? migration->down->length : 0;
    }
    return bytes;
}

/* The large ones first: at the end, nobody waits for a single one that began late. */
static int
by_size(const void *left, const void *right)
{
    const PlannedHistory *a = left;
    const PlannedHistory *b = right;
    if (a->bytes != b->bytes)
        return a->bytes > b->bytes ? -1 : 1;
    return a->number < b->number ? -1 : 1;
}

/* Returns how many bytes there are in all. */
static size_t
make_plan(Arena *arena, Run *run)
{
    const HistorySpanList spans = reading_histories(arena, &run->files->migrations);
    size_t bytes = 0;
    foreach (span, &spans) {
        const PlannedHistory planned = {
            .span = *span,
            .number = run->plan.count,
            .bytes = bytes_of(&run->files->migrations, *span),
        };
        LIST_APPEND(arena, &run->plan, planned);
        bytes += planned.bytes;
    }
    if (run->plan.count > 1)
        qsort(run->plan.items, run->plan.count, sizeof *run->plan.items, by_size);
    return bytes;
}

static void
judge_one(void *self, Arena *arena, size_t worker, size_t piece)
{
    Run *run = self;
    Worker *at = &run->workers[worker];
    const PlannedHistory *planned = &run->plan.items[piece];
    if (at->linter == NULL) {
        at->scratch = arena_new();
        at->begin = arena_mark(at->scratch);
        at->linter = linter_new(arena, run->options);
    }
    run->parts[planned->number] = linter_judge(at->linter, at->scratch, run->files, planned->span);
    arena_rewind(at->scratch, at->begin);
}

static void
add_part(Arena *arena, const LintResult *part, LintResult *out)
{
    const size_t before = out->sources.count;
    foreach (source, &part->sources) {
        LIST_APPEND(arena, &out->sources, *source);
        out->sources.items[out->sources.count - 1].on_disk += out->files;
    }
    foreach (finding, &part->findings) {
        LIST_APPEND(arena, &out->findings, *finding);
        out->findings.items[out->findings.count - 1].file += before;
    }
    out->files += part->files;
    out->statements += part->statements;
}

/* Makes room for all of them at once. */
static void
add_parts(Arena *arena, const Run *run, LintResult *out)
{
    size_t sources = 0;
    size_t findings = 0;
    for (size_t i = 0; i < run->plan.count; i++) {
        sources += run->parts[i].sources.count;
        findings += run->parts[i].findings.count;
    }
    out->sources.items = arena_reserve(arena, sources * sizeof *out->sources.items);
    out->sources.capacity = sources;
    out->findings.items = arena_reserve(arena, findings * sizeof *out->findings.items);
    out->findings.capacity = findings;
    for (size_t i = 0; i < run->plan.count; i++)
        add_part(arena, &run->parts[i], out);
}

static void
judge_all(Arena *arena, Run *run, size_t workers)
{
    run->workers = ARENA_ARRAY(arena, Worker, workers);
    run->parts = ARENA_ARRAY(arena, LintResult, run->plan.count);
    parallel_run(arena, workers, run->plan.count, judge_one, run);
    for (size_t i = 0; i < workers; i++)
        arena_free(run->workers[i].scratch);
}

static void
apply_policy(Arena *arena, const LintOptions *options, LintResult *result)
{
    StringList paths = {0};
    foreach (source, &result->sources)
        LIST_APPEND(arena, &paths, source->file->path);
    policy_apply(options->policy, &paths, &result->findings);
}

static void
index_lines(Arena *arena, LintResult *result)
{
    foreach (finding, &result->findings) {
        LintSource *source = &result->sources.items[finding->file];
        if (source->lines == NULL)
            source->lines = source_lines(arena, source->file);
    }
}

void
lint_recount(LintResult *result)
{
    memset(result->count, 0, sizeof result->count);
    result->suppressed = 0;
    result->in_baseline = 0;
    foreach (finding, &result->findings) {
        result->in_baseline += finding->in_baseline;
        if (finding->suppressed != NULL)
            result->suppressed++;
        else
            result->count[finding->severity]++;
    }
}

void
lint_run(Arena *arena, const LintOptions *options, const DiscoveredFiles *files, LintResult *out)
{
    *out = (LintResult){.pg_version = options->pg_version};
    Run run = {.options = options, .files = files};
    const bool is_small = make_plan(arena, &run) < LEAST_BYTES_TO_SHARE;
    size_t workers = options->jobs > 0 ? options->jobs : is_small ? 1 : parallel_processors();
    workers = workers < run.plan.count ? workers : run.plan.count;
    judge_all(arena, &run, workers);
    add_parts(arena, &run, out);
    out->schema_errors = run.parts[0].schema_errors;
    apply_policy(arena, options, out);
    index_lines(arena, out);
    lint_recount(out);
}
