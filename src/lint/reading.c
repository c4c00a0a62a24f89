/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/called_code.h"
#include "lint/catalog_test.h"
#include "lint/op_target.h"
#include "lint/reading_parts.h"
#include "locks/lock_model.h"
#include "refusals/refusal.h"
#include "schema/replay.h"

/* The operation's target as whoever judges the operation sees it: `found`, or what is taken to
 * exist, or NULL. */
static const SimRelation *
assume_target(Reading *reading, const Op *op, const SimRelation *found)
{
    RelationKind kind;
    bool may_be_missing = (op->if_exists || op->target_if_exists) && reading->knows_all;
    if (found != NULL || may_be_missing || !op_target_kind(op, &kind))
        return found;
    /* By a name that the search path does not lead to, it is not found all the same. */
    schema_assume_missing(reading->schema, op->target, kind);
    return schema_find_relation(reading->schema, op->target);
}

static LockEffect
effect_on(const SimRelation *table, const LockEffectList *effects)
{
    foreach (effect, effects) {
        if (table != NULL && effect->relation_id == table->id)
            return *effect;
    }
    return (LockEffect){0};
}

static bool
has_no_effects(const Reading *reading, const Op *op)
{
    return !reading->reader->wants_all && lock_model_is_weak(op->kind);
}

static bool
is_left_out(const Reading *reading, const Statement *statement, const Op *op)
{
    const Reader *reader = reading->reader;
    if (!has_no_effects(reading, op))
        return false;
    return reader->looks_at == NULL ||
           (statement->labels.count == 0 && !reader->looks_at(reader->self, op));
}

static LockEffectList
find_effects(const Reading *reading, const Op *op, const SimRelation *target)
{
    if (has_no_effects(reading, op))
        return (LockEffectList){0};
    return lock_model_effects(reading->scratch, reading->schema, op, target, reading->pg_version,
                              reading->reader->wants_all);
}

static void
add_later_lock(Reading *reading, const Op *op, const SimRelation *target, const SimRelation *table)
{
    const LockEffectList effects = find_effects(reading, op, target);
    LockEffect own = {.relation_id = table->id, .level = effect_on(table, &effects).level};
    const LockEffectList one = {.items = &own, .count = 1};
    held_add(reading->arena, &reading->later, &one);
}

/* ALTER TABLE takes the strongest lock of all its subcommands at once: what those behind each one
 * take on the table of that one, from the last to the first. Behind one that takes the strongest
 * that there is, it does not matter what the others take. */
static void
find_later_locks(Reading *reading, const Statement *statement, const SimRelation *const *targets,
                 LockLevel *later)
{
    held_begin(&reading->later);
    for (size_t i = statement->ops.count; i > 0; i--) {
        const Op *op = &statement->ops.items[i - 1];
        const SimRelation *target = targets[i - 1];
        const SimRelation *table =
            has_no_effects(reading, op) ? NULL : lock_model_table(reading->schema, op, target);
        if (table == NULL)
            continue;
        later[i - 1] = held_level(&reading->later, table->id);
        if (i > 1 && later[i - 1] < LOCK_ACCESS_EXCLUSIVE)
            add_later_lock(reading, op, target, table);
    }
}

/*
 * For each operation, as they stand before the statement. NULL where there is only one, and for
 * statements that begin by making what the later operations work on (CREATE SCHEMA).
 */
static const LockLevel *
find_siblings(Reading *reading, const Statement *statement)
{
    RelationKind kind;
    size_t count = statement->ops.count;
    if (count < 2 || !op_target_kind(&statement->ops.items[0], &kind))
        return NULL;

    const SimRelation **targets = ARENA_ARRAY(reading->scratch, const SimRelation *, count);
    LockLevel *later = ARENA_ARRAY(reading->scratch, LockLevel, count);
    for (size_t i = 0; i < count; i++) {
        const Op *op = &statement->ops.items[i];
        targets[i] = assume_target(reading, op, schema_find_relation(reading->schema, op->target));
    }
    find_later_locks(reading, statement, targets, later);
    return later;
}

/* The operations before this one are among the held locks already. */
static LockLevel
held_beside(const Reading *reading, const SimRelation *table, LockLevel later)
{
    if (table == NULL)
        return LOCK_NONE;
    LockLevel level = held_level(&reading->held, table->id);
    return later > level ? later : level;
}

RefusalCase
reading_refusal_case(const Reading *reading, bool in_transaction)
{
    return (RefusalCase){.arena = reading->scratch,
                         .schema = reading->schema,
                         .pg_version = reading->pg_version,
                         .in_transaction = in_transaction,
                         .knows_all = reading->knows_all,
                         .saw_code = reading->doubt.saw_code,
                         .saw_extension = reading->doubt.saw_extension,
                         .saw_methods = reading->doubt.saw_methods};
}

static const char *
find_refusal(const Reading *reading, const Running *running, const Op *op,
             const SimRelation *target)
{
    if (!reading->reader->foresees ||
        (has_no_effects(reading, op) && running->statement->labels.count == 0))
        return NULL;
    RefusalCase refusal = reading_refusal_case(reading, running->segment->in_transaction);
    refusal.with_others =
        refusal.in_transaction && (running->segment->is_block || running->segment->count > 1);
    refusal.in_code = running->code != NULL;
    refusal.statement = running->statement;
    const char *refused = reading->schema_refusal;
    if (refused != NULL || op->guarded || running->guarded)
        return refused;
    refused = refusal_of_version(&refusal, running->statement);
    if (refused == NULL)
        refused = refusal_of_code(&refusal, running->statement);
    if (refused != NULL || reading->doubt.saw_unknown)
        return refused;
    return refusal_find(&refusal, op, target);
}

static bool
is_of_file(const Running *running)
{
    return running->text == running->file->source->text;
}

/* DROP TABLE IF EXISTS of what the history has never made is there for the day that it is run
 * again: as a rule, there is nothing to lock. */
static bool
is_precaution(const SimRelation *table, const Op *op)
{
    return op->kind == OP_DROP_TABLE && op->if_exists && table != NULL && table->assumed;
}

static void
show_op(Reading *reading, const Running *running, const Op *op, const SimRelation *target,
        LockLevel later, const char *unknown)
{
    if (is_left_out(reading, running->statement, op))
        return;
    const SimRelation *table = lock_model_table(reading->schema, op, target);
    const LockEffectList effects = find_effects(reading, op, target);
    const ReadOp seen = {
        .statement = running->statement,
        .number = running->number,
        .in_code = running->code != NULL,
        .text = running->text,
        .place = is_of_file(running) ? op->span : running->place,
        .op = op,
        .schema = reading->schema,
        .table = table,
        .effects = effects,
        .effect = effect_on(table, &effects),
        .held = &reading->held,
        .beside = held_beside(reading, table, later),
        .stopped = reading->stopped,
        .in_transaction = running->segment->in_transaction,
        .before = reading->before_transaction,
        .refusal = find_refusal(reading, running, op, target),
        .unknown = unknown,
    };
    if (reading->reader->see_op != NULL)
        reading->reader->see_op(reading->reader->self, running->file, &seen, reading->scratch);
    if (!is_precaution(table, op))
        held_add(reading->arena, &reading->held, &effects);
    held_control(reading->arena, &reading->held, op);
}

static void run_code(Reading *reading, const Running *outer, const Op *op, const Code *code);

static bool
runs_already(const Running *running, const Code *code)
{
    for (; running != NULL; running = running->outer) {
        if (running->code == code)
            return true;
    }
    return false;
}

/* Code may end the transaction where it runs outside of one (spi.c, SPI_commit). ALTER TABLE IF
 * EXISTS may find nothing. */
static bool
is_applied(const Reading *reading, const Running *running, const Op *op, const SimRelation *target)
{
    if (op->target_if_exists && reading->knows_all && target == NULL)
        return false;
    return op->kind != OP_TRANSACTION || running->code == NULL || !running->segment->in_transaction;
}

static void
read_op(Reading *reading, const Running *running, LockLevel later, size_t at)
{
    const Op *op = &running->statement->ops.items[at];
    const char *unknown = NULL;
    const SimRelation *target = schema_find_relation(reading->schema, op->target);
    const CodeList codes =
        called_code_of(reading->called, reading->scratch, reading->schema, op, target, &unknown);
    if (!reading->silent) {
        target = assume_target(reading, op, target);
        show_op(reading, running, op, target, later, unknown);
    }
    reading->doubt.gaps += op_may_drop_unknown(op, target);
    if (is_applied(reading, running, op, target))
        schema_apply(reading->schema, op, target);
    doubt_op(&reading->doubt, running->statement, op, op->guarded || running->guarded, unknown);
    foreach (code, &codes) {
        reading->doubt.gaps += (*code)->gives_up;
        if (!runs_already(running, *code))
            run_code(reading, running, op, *code);
    }
}

void
reading_ops(Reading *reading, const Running *running)
{
    const LockLevel *later = reading->silent ? NULL : find_siblings(reading, running->statement);
    for (size_t i = 0; i < running->statement->ops.count; i++)
        read_op(reading, running, later != NULL ? later[i] : LOCK_NONE, i);
}

/* Where a statement of code stands in the file: the whole statement around it where the file does
 * not have it byte by byte. */
static void
run_code(Reading *reading, const Running *outer, const Op *op, const Code *code)
{
    const char *text = code->text != NULL ? code->text : outer->text;
    const bool in_file = text == outer->file->source->text;
    const CatalogTest *asked = NULL;
    CatalogAnswer answer = CATALOG_UNSURE;
    foreach (inner, &code->statements) {
        /* Asked once, before the branch makes what it asked for. */
        if (inner->branch.test != NULL && inner->branch.test != asked)
            answer = catalog_test(reading->scratch, reading->schema, inner->branch.test,
                                  reading->knows_all && !reading->doubt.saw_unknown);
        asked = inner->branch.test;
        if (asked != NULL && answer == (inner->branch.runs_if_found ? CATALOG_LACKS : CATALOG_HAS))
            continue;
        const Running running = {
            .file = outer->file,
            .segment = outer->segment,
            .statement = &inner->statement,
            .number = outer->number,
            .text = inner->text != NULL ? inner->text : text,
            .place = in_file ? inner->place : outer->place,
            .guarded = outer->guarded || op->guarded,
            .code = code,
            .outer = outer,
        };
        reading_ops(reading, &running);
    }
}
