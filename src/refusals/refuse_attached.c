/* SPDX-License-Identifier: MIT */
/* Triggers, rules and policies that are there already, that are not there, or that a relation of
 * this kind cannot have. */
#include <string.h>

#include "refusals/refuse_exists.h"

/* What it is called, and what its relation is called where it is missing and where it is present.
 */
static const char *const attached_words[][3] = {
    [SIM_TRIGGER] = {"trigger", "table",    "relation"},
    [SIM_RULE] = {"rule",    "relation", "relation"},
    [SIM_POLICY] = {"policy",  "table",    "table"   },
};

static SimAttachedKind
kind_of(OpKind kind)
{
    if (kind == OP_CREATE_RULE || kind == OP_DROP_RULE || kind == OP_ALTER_RULE ||
        kind == OP_SWITCH_RULE)
        return SIM_RULE;
    if (kind == OP_CREATE_POLICY || kind == OP_DROP_POLICY || kind == OP_ALTER_POLICY)
        return SIM_POLICY;
    return SIM_TRIGGER;
}

/* Those that the server makes itself are in no history. */
static bool
is_of_server(const char *name)
{
    return strncmp(name, "RI_ConstraintTrigger", 20) == 0 || strcmp(name, "_RETURN") == 0;
}

static const SimRelation *
known_table(const RefusalCase *c)
{
    const SimRelation *table = c->saw_code ? NULL : c->target;
    return table != NULL && table->columns_known ? table : NULL;
}

/* trigger.c, get_trigger_oid() and EnableDisableTrigger(); rewriteSupport.c, get_rewrite_oid();
 * policy.c, get_relation_policy_oid() */
const char *
refuse_attached_missing(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_table(c);
    const char *name = op->attached.name;
    const SimAttachedKind kind = kind_of(op->kind);
    if (table == NULL || name == NULL || op->if_exists || is_of_server(name) ||
        relation_find_attached(table, kind, name) != NULL)
        return NULL;
    return arena_printf(c->arena, "%s \"%s\" for %s \"%s\" does not exist", attached_words[kind][0],
                        name, attached_words[kind][1], table->name.name);
}

/* trigger.c, CreateTriggerFiringOn(); rewriteDefine.c, InsertRule(); policy.c, CreatePolicy() */
const char *
refuse_attached_present(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_table(c);
    const SimAttachedKind kind = kind_of(op->kind);
    if (table == NULL || op->if_exists ||
        relation_find_attached(table, kind, op->attached.name) == NULL)
        return NULL;
    return arena_printf(c->arena, "%s \"%s\" for %s \"%s\" already exists", attached_words[kind][0],
                        op->attached.name, attached_words[kind][2], table->name.name);
}

/* A partition has its triggers from the table above: dependency.c, findDependentObjects(), and
 * trigger.c, renametrig(), which lets them have names of their own before 15 */
const char *
refuse_trigger_of_parent(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_table(c);
    const SimAttached *trigger =
        table != NULL ? relation_find_attached(table, SIM_TRIGGER, op->attached.name) : NULL;
    const SimRelation *parent =
        table != NULL ? schema_relation_by_id(c->schema, table->parent) : NULL;
    if (trigger == NULL || !trigger->is_clone || parent == NULL)
        return NULL;
    if (op->kind == OP_DROP_TRIGGER)
        return arena_printf(
            c->arena,
            "cannot drop trigger %s on table %s because trigger %s on table %s requires it",
            trigger->name, table->name.name, trigger->name, parent->name.name);
    if (op->attached.new_name == NULL || c->pg_version < 15)
        return NULL;
    return arena_printf(c->arena, "cannot rename trigger \"%s\" on table \"%s\"", trigger->name,
                        table->name.name);
}

/* trigger.c, renametrig(); rewriteDefine.c, RenameRewriteRule(); policy.c, rename_policy() */
const char *
refuse_attached_renamed(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_table(c);
    const SimAttachedKind kind = kind_of(op->kind);
    const char *name = op->attached.new_name;
    if (table == NULL || name == NULL || relation_find_attached(table, kind, name) == NULL)
        return NULL;
    return arena_printf(c->arena, "%s \"%s\" for %s \"%s\" already exists", attached_words[kind][0],
                        name, attached_words[kind][2], table->name.name);
}

static const char *
refuse_trigger_on_view(const RefusalCase *c, const Op *op, const SimRelation *view)
{
    bool is_for_row = op->attached.for_each_row && op->attached.timing != TRIGGER_INSTEAD_OF;
    if (is_for_row || op->attached.events.on_truncate)
        return arena_printf(c->arena, "\"%s\" is a view", view->name.name);
    return NULL;
}

static const char *
refuse_transitions(const RefusalCase *c, const SimRelation *table)
{
    if (table->kind == RELATION_PARTITIONED_TABLE)
        return arena_printf(c->arena, "\"%s\" is a partitioned table", table->name.name);
    if (table->is_partition)
        return "ROW triggers with transition tables are not supported on partitions";
    if (table->parent != 0)
        return "ROW triggers with transition tables are not supported on inheritance children";
    return NULL;
}

/* trigger.c, CreateTriggerFiringOn() */
const char *
refuse_trigger_kind(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (op->attached.events.on_truncate && op->attached.for_each_row)
        return "TRUNCATE FOR EACH ROW triggers are not supported";
    if (op->attached.timing == TRIGGER_INSTEAD_OF && !op->attached.for_each_row)
        return "INSTEAD OF triggers must be FOR EACH ROW";
    if (table == NULL)
        return NULL;
    if (table->kind == RELATION_VIEW)
        return refuse_trigger_on_view(c, op, table);
    bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED_TABLE;
    if (op->attached.timing == TRIGGER_INSTEAD_OF && is_table)
        return arena_printf(c->arena, "\"%s\" is a table", table->name.name);
    if (op->attached.timing == TRIGGER_INSTEAD_OF && table->kind == RELATION_FOREIGN_TABLE)
        return arena_printf(c->arena, "\"%s\" is a foreign table", table->name.name);
    if (op->attached.has_transitions && op->attached.for_each_row &&
        refuse_transitions(c, table) != NULL)
        return refuse_transitions(c, table);
    if (is_table || table->kind == RELATION_FOREIGN_TABLE)
        return NULL;
    return c->pg_version < 15
               ? arena_printf(c->arena, "\"%s\" is not a table or view", table->name.name)
               : arena_printf(c->arena, "relation \"%s\" cannot have triggers", table->name.name);
}

/* trigger.c, CreateTriggerFiringOn() */
const char *
refuse_trigger_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = known_table(c);
    if (table == NULL)
        return NULL;
    foreach (column, &op->attached.events.columns) {
        if (relation_find_column(table, *column) == NULL)
            return arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist",
                                *column, table->name.name);
    }
    return NULL;
}

/* policy.c, RangeVarCallbackForPolicy() */
const char *
refuse_policy_kind(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    (void)op;
    bool is_table =
        table == NULL || table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED_TABLE;
    return is_table ? NULL : arena_printf(c->arena, "\"%s\" is not a table", table->name.name);
}

/* rewriteDefine.c, DefineQueryRewrite() */
const char *
refuse_rule_kind(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    (void)op;
    bool is_copy = table != NULL && table->kind == RELATION_MATERIALIZED_VIEW;
    return is_copy ? "rules on materialized views are not supported" : NULL;
}
