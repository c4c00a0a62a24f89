/* SPDX-License-Identifier: MIT */
#include "lint/explain.h"

#include <stdlib.h>

#include "lint/called_code.h"
#include "schema/dependents.h"
#include "schema/differ.h"

typedef struct Explainer {
    Arena *arena;
    ExplainResult *result;
    LineIndex *lines;             /* of the file at hand, the last one of the result */
    ExplainedStatement statement; /* the one at hand, while its operations are seen */
    KeptLockList kept;            /* by the transaction at hand */
    const HeldLocks *held;        /* the same as the reading knows it; NULL where the statement at
                                     hand gives nothing back */
    bool saw_rename;              /* in the transaction at hand */
} Explainer;

static ExplainedFile *
current_file(const Explainer *explainer)
{
    return &explainer->result->files.items[explainer->result->files.count - 1];
}

static void
begin_file(void *self, const ReadFile *file)
{
    Explainer *explainer = self;
    explainer->lines = source_lines(explainer->arena, file->source);
    LIST_APPEND(explainer->arena, &explainer->result->files,
                (ExplainedFile){.source = file->source, .direction = file->direction});
}

/* ---- effects */

static bool
is_same(const LockEffect *effect, uint32_t id, QualifiedName name)
{
    return effect->relation_id == id && (id != 0 || name_equals(effect->relation, name));
}

static int
work_of(const LockEffect *effect)
{
    return effect->rewrites ? 3 : effect->builds_index ? 2 : effect->scans ? 1 : 0;
}

/* The reason is that of the heavier work, and with equal work that of the stronger lock. */
static bool
outweighs(const LockEffect *effect, const LockEffect *other)
{
    int difference = work_of(effect) - work_of(other);
    return difference != 0 ? difference > 0 : effect->level > other->level;
}

static void
merge_effect(Arena *arena, LockEffect *into, const LockEffect *effect)
{
    if (outweighs(effect, into)) {
        into->reason = arena_strdup(arena, effect->reason);
        into->source = effect->source;
    }
    if (effect->level > into->level)
        into->level = effect->level;
    if (into->known && !effect->known)
        into->unknown = arena_strdup(arena, effect->unknown);
    into->known &= effect->known;
    into->rewrites |= effect->rewrites;
    into->scans |= effect->scans;
    into->builds_index |= effect->builds_index;
}

/* The effects of one operation are of different relations: only the first `before` are searched. */
static void
add_effect(Explainer *explainer, const LockEffect *effect, size_t before)
{
    LockEffectList *effects = &explainer->statement.effects;
    for (size_t i = 0; i < before; i++) {
        if (!is_same(&effects->items[i], effect->relation_id, effect->relation))
            continue;
        merge_effect(explainer->arena, &effects->items[i], effect);
        return;
    }
    LIST_APPEND(explainer->arena, effects, *effect);
    LockEffect *added = &effects->items[effects->count - 1];
    added->reason = arena_strdup(explainer->arena, effect->reason);
    added->unknown = arena_strdup(explainer->arena, effect->unknown);
}

/* ---- what is held */

/* A relation that the schema does not have is taken to stay locked. */
static void
give_back(Explainer *explainer, size_t number)
{
    foreach (lock, &explainer->kept) {
        bool is_held =
            lock->relation_id == 0 || held_level(explainer->held, lock->relation_id) >= lock->level;
        if (lock->until == 0 && !is_held)
            lock->until = number;
    }
    explainer->held = NULL;
}

static LockLevel
kept_level(const Explainer *explainer, const HeldLocks *held, const LockEffect *effect)
{
    if (effect->relation_id != 0)
        return held_level(held, effect->relation_id);
    LockLevel level = LOCK_NONE;
    foreach (lock, &explainer->kept) {
        if (lock->relation_id == 0 && name_equals(lock->relation, effect->relation))
            level = lock->level;
    }
    return level;
}

static void
keep_lock(Explainer *explainer, const ReadOp *seen, const LockEffect *effect)
{
    if (effect->level <= kept_level(explainer, seen->held, effect))
        return;
    KeptLock lock = {.relation = effect->relation,
                     .relation_id = effect->relation_id,
                     .kind = effect->kind,
                     .existed = effect->existed,
                     .level = effect->level,
                     .since = seen->number,
                     .since_line = line_index_position(explainer->lines, seen->place.start).line};
    LIST_APPEND(explainer->arena, &explainer->kept, lock);
}

/* ---- what is not known */

/* Why an operation may do more than its effects say; NULL where they are all. */
/* It is rewritten to what the rule says, which may be anything that a query can do
 * (rewriteHandler.c, RewriteQuery). COPY is not. */
static bool
is_ruled(const ReadOp *seen)
{
    if (seen->table == NULL || seen->op->kind == OP_COPY_FROM || seen->op->kind == OP_TRUNCATE)
        return false;
    foreach (attached, &seen->table->attached) {
        if ((*attached)->kind == SIM_RULE && called_code_fires(&(*attached)->events, seen->op))
            return true;
    }
    return false;
}

static const char *
find_doubt(const ReadOp *seen)
{
    if (seen->op->kind == OP_UNKNOWN)
        return "what the statement does cannot be told";
    if (seen->op->kind == OP_DROP_EXTENSION && seen->op->cascade &&
        !schema_knows_extension(seen->op->target.name))
        return "what belongs to the extension is not known";
    if (is_ruled(seen))
        return "a rule on the table does something else, or more";
    return seen->unknown;
}

static void
note_doubt(Explainer *explainer, const char *doubt)
{
    ExplainedStatement *statement = &explainer->statement;
    if (statement->unknown == NULL)
        statement->unknown = arena_strdup(explainer->arena, doubt);
    statement->known = false;
}

/* Until the transaction commits, all others know the relation, and wait for it, by the name that it
 * had before. */
static LockEffect
as_others_know_it(const Explainer *explainer, const ReadOp *seen, const LockEffect *effect)
{
    LockEffect known = *effect;
    if (!explainer->saw_rename || !effect->existed || effect->relation_id == 0)
        return known;
    const SimRelation *before = schema_relation_at(seen->schema, seen->before, effect->relation_id);
    if (before != NULL && !before->assumed)
        known.relation = before->name;
    return known;
}

static bool
renames(const Op *op)
{
    return op->kind == OP_RENAME_TABLE || op->kind == OP_RENAME_INDEX ||
           op->kind == OP_SET_SCHEMA || op->kind == OP_RENAME_SCHEMA;
}

/* ---- the reading */

static void
see_op(void *self, const ReadFile *file, const ReadOp *seen, Arena *scratch)
{
    (void)file;
    (void)scratch;
    Explainer *explainer = self;
    ExplainedStatement *statement = &explainer->statement;
    size_t before = statement->effects.count;
    foreach (effect, &seen->effects) {
        const LockEffect known = as_others_know_it(explainer, seen, effect);
        add_effect(explainer, &known, before);
        keep_lock(explainer, seen, &known);
        if (!effect->known)
            note_doubt(explainer, effect->unknown);
    }
    explainer->saw_rename |= renames(seen->op);
    if (statement->error == NULL && seen->refusal != NULL)
        statement->error = arena_strdup(explainer->arena, seen->refusal);
    if (seen->op->kind == OP_TRANSACTION)
        explainer->held = seen->held;
    const char *doubt = find_doubt(seen);
    if (doubt != NULL)
        note_doubt(explainer, doubt);
}

static void
add_statement(Explainer *explainer, ExplainedStatement statement)
{
    statement.line = line_index_position(explainer->lines, statement.span.start).line;
    statement.end_line = line_index_position(explainer->lines, statement.span.end).line;
    LIST_APPEND(explainer->arena, &current_file(explainer)->statements, statement);
}

static void
end_statement(void *self, const ReadFile *file, const Segment *segment, size_t index)
{
    Explainer *explainer = self;
    const Statement *read = &file->script->statements.items[index];
    ExplainedStatement statement = explainer->statement;
    explainer->statement = (ExplainedStatement){.known = true};
    statement.number = index + 1;
    statement.span = read->span;
    statement.kind = read->kind;
    statement.in_transaction = segment != NULL && segment->in_transaction;
    if (segment != NULL && segment->refusal != NULL)
        statement.error = segment->refusal;
    if (explainer->held != NULL)
        give_back(explainer, statement.number);
    add_statement(explainer, statement);
}

static void
end_segment(void *self, const ReadFile *file, const Segment *segment, Arena *scratch)
{
    (void)file;
    (void)scratch;
    Explainer *explainer = self;
    if (segment->in_transaction)
        LIST_APPEND(explainer->arena, &current_file(explainer)->transactions,
                    (ExplainedTransaction){.first = segment->first + 1,
                                           .last = segment->first + segment->count,
                                           .held = explainer->kept});
    explainer->kept = (KeptLockList){0};
    explainer->saw_rename = false;
}

static int
by_place(const void *left, const void *right)
{
    const ExplainedStatement *a = left;
    const ExplainedStatement *b = right;
    return (a->span.start > b->span.start) - (a->span.start < b->span.start);
}

static void
end_file(void *self, const ReadFile *file, Arena *scratch)
{
    Explainer *explainer = self;
    (void)scratch;
    if (file->script == NULL || file->script->errors.count == 0)
        return;
    foreach (error, &file->script->errors)
        add_statement(
            explainer,
            (ExplainedStatement){.number = read_file_statement_at(file->script, error->span.start),
                                 .span = error->span,
                                 .kind = EXPLAINED_UNPARSED,
                                 .unknown = "what the statement does cannot be told",
                                 .error = error->message});
    ExplainedFile *explained = current_file(explainer);
    qsort(explained->statements.items, explained->statements.count,
          sizeof *explained->statements.items, by_place);
}

void
explain_run(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files,
            ExplainResult *out)
{
    *out = (ExplainResult){.pg_version = options->pg_version};
    Explainer explainer = {.arena = arena, .result = out, .statement = {.known = true}};
    const Reader reader = {.self = &explainer,
                           .keeps = true,
                           .wants_all = true,
                           .foresees = true,
                           .begin_file = begin_file,
                           .see_op = see_op,
                           .end_statement = end_statement,
                           .end_segment = end_segment,
                           .end_file = end_file};
    out->schema_errors = reading_run(arena, options, files, &reader);
}
