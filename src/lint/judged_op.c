/* SPDX-License-Identifier: MIT */
#include "lint/judged_op.h"

#include "lockstep/call.h"

#include "schema/differ.h"

static bool
is_new(const Schema *schema, const SimRelation *table)
{
    return table != NULL &&
           (relation_is_new(schema, table) || table->persistence == PERSISTENCE_TEMPORARY);
}

static bool
blocks_work(const LockEffect *effect)
{
    return lock_effect_works(effect) && lock_blocks_writes(effect->level);
}

static bool
some_block(const LockEffectList *effects)
{
    foreach (effect, effects) {
        if (blocks_work(effect))
            return true;
    }
    return false;
}

/* For most operations, the first question is the last one. */
const LockEffect *
judged_blocking(const ReadOp *seen)
{
    if (!some_block(&seen->effects))
        return NULL;
    const bool table_is_new = is_new(seen->schema, seen->table);
    if (!table_is_new && blocks_work(&seen->effect))
        return &seen->effect;
    foreach (effect, &seen->effects) {
        const bool is_nobodys = table_is_new && name_equals(effect->relation, seen->table->name);
        if (!is_nobodys && effect->existed && relation_kind_has_rows(effect->kind) &&
            blocks_work(effect))
            return effect;
    }
    return NULL;
}

/* NULL where the operation names none that was there before. */
static const char *
named_column(const Op *op)
{
    if (op->kind == OP_DROP_COLUMN)
        return op->column.column;
    if (op->kind == OP_RENAME_COLUMN)
        return op->rename.old_name;
    return op->kind == OP_ALTER_COLUMN_TYPE ? op->alter_type.column : NULL;
}

static bool
has_other_type(const SimColumn *column, const SimRelation *now)
{
    const SimColumn *other = relation_find_column(now, column->name);
    return other != NULL && (!name_equals(column->type.name, other->type.name) ||
                             column->type.modifiers[0] != other->type.modifiers[0]);
}

static bool
names_object(OpKind kind)
{
    return kind == OP_CREATE_FUNCTION || kind == OP_DROP_FUNCTION || kind == OP_RENAME_FUNCTION ||
           kind == OP_DROP_TYPE || kind == OP_RENAME_TYPE || kind == OP_RENAME_ENUM_VALUE;
}

static const SimFunction *
named_function(const ReadOp *seen)
{
    const OpKind kind = seen->op->kind;
    if (kind != OP_CREATE_FUNCTION && kind != OP_DROP_FUNCTION && kind != OP_RENAME_FUNCTION)
        return NULL;
    const SimFunction *first = schema_find_function(seen->schema, seen->op->target);
    return call_find(first, &seen->op->function.signature);
}

/* Of what has no relation in the simulated schema, nothing is known. */
static bool
is_own(const ReadFile *file, const ReadOp *seen)
{
    const bool is_down = file->direction == DIRECTION_DOWN;
    const SimRelation *table = seen->table;
    if (seen->op->kind == OP_DROP_SCHEMA && !is_down)
        return schema_made_schema_since(seen->schema, file->before_up, seen->op->target.name);
    if (table == NULL && !is_down && names_object(seen->op->kind))
        return schema_made_since(seen->schema, file->before_up, seen->op->target);
    if (table == NULL || table->assumed)
        return is_down;
    const SimRelation *before = schema_relation_at(seen->schema, file->before_up, table->id);
    const char *name = named_column(seen->op);
    if (before == NULL || before->assumed || name == NULL)
        return before == NULL || (is_down && before->assumed);
    const SimColumn *column = relation_find_column(before, name);
    if (column == NULL || seen->op->kind != OP_ALTER_COLUMN_TYPE)
        return column == NULL && before->columns_known;
    return has_other_type(column, table);
}

const char *
judged_text(const ReadFile *file, const ReadOp *seen)
{
    bool is_file = seen->text == file->source->text;
    return is_file && file->script->filled != NULL ? file->script->filled : seen->text;
}

/* Looked for only where somebody may ask. */
static const SimRelation *
table_before(const ReadFile *file, const ReadOp *seen)
{
    const OpKind kind = seen->op->kind;
    const bool is_asked = seen->statement->ops.count > 1 || kind == OP_RENAME_COLUMN ||
                          kind == OP_DROP_DEFAULT || kind == OP_SET_NOT_NULL;
    const bool is_known = is_asked && seen->table != NULL;
    return is_known ? schema_relation_at(seen->schema, file->before, seen->table->id) : NULL;
}

static bool
is_elsewhere(const ReadFile *file, const ReadOp *seen)
{
    const Span whole = file->script->statements.items[seen->number - 1].span;
    return seen->in_code && seen->place.start == whole.start && seen->place.end == whole.end;
}

void
judged_op_make(JudgedOp *judged, const LintContext *common, const ReadFile *file, size_t source,
               const ReadOp *seen)
{
    *judged = (JudgedOp){.ctx = *common,
                         .file = file,
                         .op = seen->op,
                         .source = source,
                         .number = seen->number,
                         .place = seen->place,
                         .in_code = seen->in_code,
                         .is_elsewhere = is_elsewhere(file, seen),
                         .held = seen->held};
    judged->ctx.schema = seen->schema;
    judged->ctx.source = judged_text(file, seen);
    judged->ctx.is_down = file->direction == DIRECTION_DOWN;
    judged->ctx.is_own = is_own(file, seen);
    judged->ctx.in_transaction = seen->in_transaction;
    judged->ctx.statement = seen->statement;
    judged->ctx.found = seen->table;
    judged->ctx.function = named_function(seen);
    judged->ctx.table_before = table_before(file, seen);
    judged->ctx.table_is_new = is_new(seen->schema, seen->table);
}
