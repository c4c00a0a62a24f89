/* SPDX-License-Identifier: MIT */
/* Triggers, rules and policies. */
#include <string.h>

#include "schema/replay_parts.h"

/* In the place of one of the same kind and name, if there is one; `in_place` NULL takes it away. */
static void
put_attached(Schema *schema, SimRelation *table, SimAttachedKind kind, const char *name,
             const SimAttached *in_place)
{
    SimAttachedList kept = {0};
    foreach (attached, &table->attached) {
        if ((*attached)->kind != kind || strcmp((*attached)->name, name) != 0)
            LIST_APPEND(schema->arena, &kept, *attached);
    }
    if (in_place != NULL)
        LIST_APPEND(schema->arena, &kept, in_place);
    table->attached = kept;
}

void
replay_remove_attached(Schema *schema, SimRelation *table, const SimAttached *attached)
{
    put_attached(schema, table, attached->kind, attached->name, NULL);
}

static SimAttached *
new_attached(Schema *schema, const Op *op, SimAttachedKind kind)
{
    SimAttached *attached = ARENA_NEW(schema->arena, SimAttached);
    attached->kind = kind;
    attached->name = op->attached.name;
    attached->uses = replay_uses(schema, op->attached.uses);
    attached->function = op->attached.function;
    attached->events = op->attached.events;
    attached->for_each_row = op->attached.for_each_row;
    attached->is_constraint = op->attached.is_constraint;
    attached->is_deferrable = op->attached.is_deferrable;
    attached->initially_deferred = op->attached.initially_deferred;
    attached->has_when = op->attached.has_when;
    attached->has_transitions = op->attached.has_transitions;
    return attached;
}

static void
create_attached(Schema *schema, const Op *op, const SimAttached *attached)
{
    SimRelation *table = schema_edit(schema, replay_target(schema, op)->id);
    put_attached(schema, table, attached->kind, attached->name, attached);
    schema_store(schema, table);
}

/* ---- triggers */

static const SimAttached *
clone_trigger(Schema *schema, const SimAttached *trigger)
{
    SimAttached *clone = arena_copy(schema->arena, trigger, sizeof *trigger);
    clone->is_clone = true;
    return clone;
}

void
replay_clone_triggers(Schema *schema, SimRelation *partition, const SimRelation *parent)
{
    foreach (attached, &parent->attached) {
        if ((*attached)->kind == SIM_TRIGGER && (*attached)->for_each_row)
            put_attached(schema, partition, SIM_TRIGGER, (*attached)->name,
                         clone_trigger(schema, *attached));
    }
}

static RelationIdList
partitions_of(Schema *schema, const SimRelation *table)
{
    if (table->kind != RELATION_PARTITIONED_TABLE)
        return (RelationIdList){0};
    return schema_descendants_of(schema->arena, schema, table->id);
}

void
replay_create_trigger(Schema *schema, const Op *op)
{
    SimAttached *trigger = new_attached(schema, op, SIM_TRIGGER);
    const SimFunction *function = schema_find_function(schema, op->attached.function);
    const SimRelation *from = schema_find_relation(schema, op->attached.from);
    LIST_APPEND(schema->arena, &trigger->uses.functions,
                function != NULL ? function->name : op->attached.function);
    if (from != NULL)
        LIST_APPEND(schema->arena, &trigger->uses.columns, (SimUse){from->id, NULL});
    create_attached(schema, op, trigger);
    if (!trigger->for_each_row)
        return;
    RelationIdList partitions = partitions_of(schema, replay_target(schema, op));
    foreach (id, &partitions) {
        SimRelation *partition = schema_edit(schema, *id);
        put_attached(schema, partition, SIM_TRIGGER, trigger->name, clone_trigger(schema, trigger));
        schema_store(schema, partition);
    }
}

/* ---- rules and policies */

void
replay_create_rule(Schema *schema, const Op *op)
{
    create_attached(schema, op, new_attached(schema, op, SIM_RULE));
}

void
replay_create_policy(Schema *schema, const Op *op)
{
    create_attached(schema, op, new_attached(schema, op, SIM_POLICY));
}

/* ---- ALTER and DROP */

static SimAttachedKind
kind_of(const Op *op)
{
    if (op->kind == OP_ALTER_TRIGGER || op->kind == OP_DROP_TRIGGER)
        return SIM_TRIGGER;
    return op->kind == OP_ALTER_RULE || op->kind == OP_DROP_RULE ? SIM_RULE : SIM_POLICY;
}

static void
change_attached(Schema *schema, RelationId id, const Op *op)
{
    SimAttachedKind kind = kind_of(op);
    const SimRelation *table = schema_relation_by_id(schema, id);
    const SimAttached *old = relation_find_attached(table, kind, op->attached.name);
    if (old == NULL)
        return;
    SimAttached *changed = arena_copy(schema->arena, old, sizeof *old);
    if (op->attached.new_name != NULL)
        changed->name = op->attached.new_name;
    if (op->attached.uses != NULL)
        changed->uses = replay_uses(schema, op->attached.uses);
    bool drops =
        op->kind == OP_DROP_TRIGGER || op->kind == OP_DROP_RULE || op->kind == OP_DROP_POLICY;
    SimRelation *copy = schema_edit(schema, id);
    put_attached(schema, copy, kind, old->name, drops ? NULL : changed);
    schema_store(schema, copy);
}

void
replay_alter_attached(Schema *schema, const Op *op)
{
    const SimRelation *table = replay_found(schema);
    if (table == NULL)
        return;
    RelationIdList partitions = {0};
    if (kind_of(op) == SIM_TRIGGER)
        partitions = partitions_of(schema, table);
    change_attached(schema, table->id, op);
    foreach (id, &partitions)
        change_attached(schema, *id, op);
}
