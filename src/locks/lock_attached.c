/* SPDX-License-Identifier: MIT */
/* Operations on triggers, rules and policies. */
#include "locks/lock_case.h"

/* Those to which the row triggers of a partitioned table are cloned. */
static RelationIdList
partitions_of(LockCase *c, const SimRelation *table)
{
    if (table->kind != RELATION_PARTITIONED_TABLE)
        return (RelationIdList){0};
    return schema_descendants_of(c->arena, c->schema, table->id);
}

static void
add_names(LockCase *c, const NameList *names, LockFactId fact)
{
    foreach (name, names)
        lock_case_add_named(c, *name, RELATION_TABLE, fact);
}

void
judge_create_trigger(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_create_trigger);
    if (c->op->attached.from.name != NULL)
        lock_case_add_named(c, c->op->attached.from, RELATION_TABLE, FACT_create_trigger_from);
    RelationIdList partitions = partitions_of(c, table);
    if (c->op->attached.for_each_row)
        lock_case_add_all(c, &partitions, FACT_create_trigger_child);
}

void
judge_create_rule(LockCase *c, const SimRelation *table)
{
    const SqlUses *uses = c->op->attached.uses;
    lock_case_add(c, table, FACT_create_rule);
    if (uses == NULL)
        return;
    add_names(c, &uses->relations, FACT_create_rule_reads);
    add_names(c, &uses->written, FACT_create_rule_writes);
}

void
judge_policy(LockCase *c, const SimRelation *table)
{
    bool creates = c->op->kind == OP_CREATE_POLICY;
    lock_case_add(c, table, creates ? FACT_create_policy : FACT_alter_policy);
    if (c->op->attached.uses != NULL)
        add_names(c, &c->op->attached.uses->relations,
                  creates ? FACT_create_policy_reads : FACT_alter_policy_reads);
}

typedef struct DropFacts {
    OpKind on;
    SimAttachedKind kind;
    LockFactId found;
    LockFactId none;
} DropFacts;

void
judge_drop_attached(LockCase *c, const SimRelation *table)
{
    static const DropFacts rows[] = {
        {OP_DROP_TRIGGER, SIM_TRIGGER, FACT_drop_trigger, FACT_drop_trigger_none},
        {OP_DROP_RULE,    SIM_RULE,    FACT_drop_rule,    FACT_drop_rule_none   },
        {OP_DROP_POLICY,  SIM_POLICY,  FACT_drop_policy,  FACT_drop_policy_none },
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].on != c->op->kind)
            continue;
        const SimAttached *found =
            relation_find_attached(table, rows[i].kind, c->op->attached.name);
        bool is_there = found != NULL || table->assumed || !c->op->if_exists;
        lock_case_add(c, table, is_there ? rows[i].found : rows[i].none);
        RelationIdList partitions = partitions_of(c, table);
        if (found != NULL && found->for_each_row)
            lock_case_add_all(c, &partitions, FACT_drop_trigger_child);
    }
}

void
judge_alter_trigger(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_alter_trigger);
    RelationIdList partitions = partitions_of(c, table);
    lock_case_add_all(c, &partitions, FACT_alter_trigger_child);
}

static bool
has_row_trigger(const SimRelation *table, const char *name)
{
    foreach (attached, &table->attached) {
        if ((*attached)->kind == SIM_TRIGGER && (*attached)->for_each_row &&
            (name == NULL ||
             name_equals((QualifiedName){NULL, name}, (QualifiedName){NULL, (*attached)->name})))
            return true;
    }
    return false;
}

/* The triggers of foreign keys are on the partitions too, on either side; from 15 on they know
 * those of the parent. */
static bool
has_key_trigger(LockCase *c, const SimRelation *table)
{
    if (c->op->attached.switches == SWITCH_SOME || c->version < 15)
        return false;
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
            return true;
    }
    return schema_referencing(c->arena, c->schema, table->id).count > 0;
}

void
judge_switch_trigger(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_switch_trigger);
    RelationIdList partitions = partitions_of(c, table);
    if (!c->op->only && (has_row_trigger(table, c->op->attached.name) || has_key_trigger(c, table)))
        lock_case_add_all(c, &partitions, FACT_switch_trigger_child);
}

void
judge_depends_on_extension(LockCase *c, const SimRelation *relation)
{
    bool is_trigger = c->op->attached.name != NULL;
    lock_case_add(c, relation,
                  is_trigger ? FACT_depends_on_extension_trigger : FACT_depends_on_extension);
}
