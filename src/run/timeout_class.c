/* SPDX-License-Identifier: MIT */
#include "run/timeout_class.h"

#include <stdlib.h>

#include "lint/reading.h"
#include "locks/lock_model.h"
#include "run/work.h"

#define OLDEST_MODEL 14
#define NEWEST_MODEL 18

const char *
timeout_kind_words(TimeoutKind kind)
{
    switch (kind) {
    case TIMEOUT_NONE:
        return "none";
    case TIMEOUT_DATA:
        return "data";
    case TIMEOUT_CONCURRENT:
        return "concurrent";
    case TIMEOUT_STRONG:
        return "strong";
    }
    abort();
}

/* The reading of all works of a run, in their order, as one history. */
typedef struct Classifier {
    Arena *arena;
    WorkList *works;
    size_t next;          /* work of the file that begins next */
    uint32_t outside;     /* number of the last transaction before the file at hand */
    TimeoutClass at_hand; /* of the statement that is read */
    bool has_rows;        /* the relation that it names: a table says more than its index */
    bool is_concurrent;
} Classifier;

static void
begin_file(void *self, const ReadFile *file)
{
    Classifier *classifier = self;
    classifier->next++;
    classifier->outside = schema_transaction(file->schema);
}

/* Others know it: it was there before the file, or is taken to have been. */
static bool
is_known_to_others(const Classifier *classifier, const ReadOp *seen, const LockEffect *effect)
{
    if (!effect->existed || effect->relation_id == 0)
        return effect->existed;
    const SimRelation *relation = schema_relation_by_id(seen->schema, effect->relation_id);
    return relation == NULL || relation->assumed || relation->created_in <= classifier->outside;
}

/* Its locks, strong as the last of them may be, are taken when nobody is in the way any more. */
static bool
is_concurrent(const Op *op)
{
    return op->concurrently || op->kind == OP_ANALYZE ||
           (op->kind == OP_VACUUM && !op->vacuum.full);
}

static void
raise_to(TimeoutClass *class, TimeoutKind kind)
{
    if (kind > class->kind)
        class->kind = kind;
}

/* Nobody writes to a materialized view. */
static bool
blocks_application(const LockEffect *effect)
{
    return effect->kind == RELATION_MATERIALIZED_VIEW ? lock_blocks_reads(effect->level)
                                                      : lock_blocks_writes(effect->level);
}

static void
add_effect(Classifier *classifier, const ReadOp *seen, const LockEffect *effect)
{
    TimeoutClass *class = &classifier->at_hand;
    if (!is_known_to_others(classifier, seen, effect))
        return;
    if (!blocks_application(effect)) {
        raise_to(class, TIMEOUT_DATA);
        return;
    }
    raise_to(class, TIMEOUT_STRONG);
    bool has_rows = relation_kind_has_rows(effect->kind);
    if (has_rows == classifier->has_rows ? effect->level <= class->level : !has_rows)
        return;
    classifier->has_rows = has_rows;
    class->level = effect->level;
    class->relation = sql_qualified(classifier->arena, effect->relation);
}

static void
see_op(void *self, const ReadFile *file, const ReadOp *seen, Arena *scratch)
{
    (void)file;
    (void)scratch;
    Classifier *classifier = self;
    TimeoutClass *class = &classifier->at_hand;
    foreach (effect, &seen->effects)
        add_effect(classifier, seen, effect);
    classifier->is_concurrent |= is_concurrent(seen->op) && !seen->in_transaction;
    if (lock_model_is_weak(seen->op->kind))
        raise_to(class, TIMEOUT_DATA);
    if (seen->op->kind != OP_UNKNOWN && seen->unknown == NULL)
        return;
    class->is_unsure = true;
    if (!lock_model_is_weak(seen->op->kind))
        raise_to(class, TIMEOUT_STRONG);
}

static void
end_statement(void *self, const ReadFile *file, const Segment *segment, size_t index)
{
    (void)file;
    (void)segment;
    Classifier *classifier = self;
    if (classifier->is_concurrent)
        classifier->at_hand = (TimeoutClass){.kind = TIMEOUT_CONCURRENT};
    classifier->works->items[classifier->next - 1].classes[index] = classifier->at_hand;
    classifier->at_hand = (TimeoutClass){0};
    classifier->has_rows = classifier->is_concurrent = false;
}

/* Each text as the way forward of a migration: what is read in the order of the run. */
static DiscoveredFiles
texts_of(Arena *arena, const WorkList *works)
{
    DiscoveredFiles files = {0};
    foreach (work, works) {
        SourceFile *source = ARENA_NEW(arena, SourceFile);
        *source = (SourceFile){.path = work->path,
                               .text = work->text,
                               .length = work->length,
                               .lines_before = work->lines_before,
                               .no_transaction = work->no_transaction};
        Migration migration = {.version = work->item->version,
                               .version_text = work->item->version_text,
                               .name = work->item->name,
                               .up = source};
        LIST_APPEND(arena, &files.migrations, migration);
        LIST_APPEND(arena, &files.reported_up, true);
        LIST_APPEND(arena, &files.reported_down, false);
    }
    return files;
}

void
work_classify(Arena *arena, WorkList *works, int server_major)
{
    if (works->count == 0)
        return;
    foreach (work, works)
        work->classes = ARENA_ARRAY(arena, TimeoutClass, work->script->statements.count);
    Arena *scratch = arena_new();
    const DiscoveredFiles files = texts_of(scratch, works);
    Classifier classifier = {.arena = arena, .works = works};
    const Reader reader = {.self = &classifier,
                           .wants_all = true,
                           .begin_file = begin_file,
                           .see_op = see_op,
                           .end_statement = end_statement};
    int version = server_major < OLDEST_MODEL   ? OLDEST_MODEL
                  : server_major > NEWEST_MODEL ? NEWEST_MODEL
                                                : server_major;
    (void)reading_run(scratch, &(ReadingOptions){.pg_version = version}, &files, &reader);
    arena_free(scratch);
}
