/* SPDX-License-Identifier: MIT */
/* Where and how a relation is stored, and whose it is. */
#include <string.h>

#include "locks/lock_case.h"

/* reloptions.c, the lock modes of boolRelOpts, intRelOpts and enumRelOpts */
static bool
is_hard_of_index(const char *option)
{
    static const char *const names[] = {"fastupdate", "gin_pending_list_limit", "autosummarize",
                                        "pages_per_range", "buffering"};
    return TEXT_IS_ONE_OF(option, names);
}

static void
judge_index_options(LockCase *c, const SimRelation *target)
{
    LockFactId fact = FACT_set_index_options;
    foreach (option, &c->op->storage.options) {
        if (is_hard_of_index(option->name))
            fact = FACT_set_index_options_hard;
    }
    lock_case_add(c, target, fact);
}

void
judge_options(LockCase *c, const SimRelation *target)
{
    LockFactId fact =
        target->kind == RELATION_VIEW ? FACT_set_view_options : FACT_set_table_options;
    if (c->op->kind == OP_SET_INDEX_OPTIONS || target->kind == RELATION_INDEX) {
        judge_index_options(c, target);
        return;
    }
    /* reloptions.c, AlterTableGetRelOptionsLockLevel(): "toast." in front makes no difference. */
    foreach (option, &c->op->storage.options) {
        if (strcmp(option->name, "user_catalog_table") == 0)
            fact = FACT_set_user_catalog_table;
    }
    lock_case_add(c, target, fact);
}

void
judge_set_owner(LockCase *c, const SimRelation *target)
{
    const char *owner =
        c->op->assigned.name != NULL ? c->op->assigned.name : relation_owner(&(SimRelation){0});
    if (!target->assumed && strcmp(relation_owner(target), owner) == 0) {
        lock_case_add(c, target, FACT_set_owner_already);
        return;
    }
    lock_case_add(c, target, FACT_set_owner);
    RelationIdList indexes = lock_case_role(c, target, ROLE_INDEX);
    lock_case_add_all(c, &indexes, FACT_set_owner_index);
    RelationIdList sequences = lock_case_role(c, target, ROLE_SEQUENCE);
    lock_case_add_all(c, &sequences, FACT_set_owner_sequence);
}

void
judge_set_tablespace(LockCase *c, const SimRelation *target)
{
    bool already = !target->assumed && relation_is_in_tablespace(target, c->op->assigned.name);
    lock_case_add(c, target, already ? FACT_set_tablespace_already : FACT_set_tablespace);
}

static const char *
or_heap(const char *method)
{
    return method != NULL ? method : "heap";
}

void
judge_set_access_method(LockCase *c, const SimRelation *target)
{
    const char *method = c->op->assigned.name;
    if (method == NULL)
        method = schema_setting(c->schema, "default_table_access_method");
    bool already = !target->assumed && strcmp(or_heap(target->access_method), or_heap(method)) == 0;
    lock_case_add(c, target, already ? FACT_set_access_method_already : FACT_set_access_method);
}

/* ---- commands that name an index of the table */

static void
add_named_index(LockCase *c, const SimRelation *table, LockFactId fact)
{
    const SimRelation *index =
        schema_find_relation(c->schema, (QualifiedName){table->name.schema, c->op->attached.name});
    if (c->op->attached.name != NULL && index != NULL)
        lock_case_add(c, index, fact);
}

void
judge_cluster_on(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_cluster_on);
    add_named_index(c, table, FACT_cluster_on_index);
}

void
judge_replica_identity(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_replica_identity);
    add_named_index(c, table, FACT_replica_identity_index);
}

/* ---- ALL IN TABLESPACE */

static bool
is_of_kind(const SimRelation *relation, RelationKind kind)
{
    switch (relation->kind) {
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
        return kind == RELATION_TABLE;
    case RELATION_INDEX:
    case RELATION_PARTITIONED_INDEX:
        return kind == RELATION_INDEX;
    case RELATION_MATERIALIZED_VIEW:
        return kind == RELATION_MATERIALIZED_VIEW;
    case RELATION_FOREIGN_TABLE:
    case RELATION_VIEW:
    case RELATION_SEQUENCE:
        return false;
    }
    return false;
}

void
judge_move_all(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    const StringList *owners = &c->op->move_all.owners;
    RelationIdList all = {0};
    if (strcmp(c->op->move_all.from, c->op->move_all.to) != 0)
        all = schema_relations_in(c->arena, c->schema, NULL);
    foreach (id, &all) {
        const SimRelation *relation = schema_relation_by_id(c->schema, *id);
        if (is_of_kind(relation, c->op->move_all.kind) &&
            relation_is_in_tablespace(relation, c->op->move_all.from) &&
            (owners->count == 0 || string_list_has(owners, relation_owner(relation))))
            lock_case_add(c, relation, FACT_move_all);
    }
}
