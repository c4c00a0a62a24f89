/* SPDX-License-Identifier: MIT */
/* PostgreSQL: tablecmds.c, ATExecAttachPartition(), ATExecDetachPartition(), ATExecAddInherit(). */
#include <string.h>

#include "locks/lock_case.h"

/* Whether a valid CHECK of the table mentions every column of the key and rules out NULL in it:
   then it is taken to be the bounds, which the history shows only as text. A CHECK of something
   else on the same columns is the one case that this gets wrong. */
bool
lock_proves_bounds(const SimRelation *parent, const SimRelation *table)
{
    if (parent->partition_key.keys.count == 0)
        return false;
    foreach (key, &parent->partition_key.keys) {
        const char *const *column = &key->column;
        bool mentioned = false;
        if (*column == NULL)
            return false;
        foreach (constraint, &table->constraints)
            mentioned |= constraint->kind == CONSTRAINT_CHECK && constraint->valid &&
                         constraint->expression != NULL &&
                         string_list_has(&constraint->expression->columns, *column);
        const SimColumn *own = relation_find_column(table, *column);
        if (!mentioned || !((own != NULL && own->not_null) || lock_proves_not_null(table, *column)))
            return false;
    }
    return true;
}

static bool
lacks_index(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    RelationIdList wanted = schema_indexes_of(c->arena, c->schema, parent->id);
    RelationIdList present = schema_indexes_of(c->arena, c->schema, partition->id);
    foreach (id, &wanted) {
        bool found = false;
        foreach (own, &present)
            found |= relation_index_matches(schema_relation_by_id(c->schema, *own),
                                            schema_relation_by_id(c->schema, *id));
        if (!found)
            return true;
    }
    return false;
}

static bool
has_equal_reference(const SimRelation *partition, const SimConstraint *wanted)
{
    foreach (constraint, &partition->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            constraint->referenced == wanted->referenced &&
            constraint->columns.count == wanted->columns.count &&
            strcmp(constraint->columns.items[0], wanted->columns.items[0]) == 0)
            return true;
    }
    return false;
}

static void
judge_attach_references(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    foreach (constraint, &parent->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
            lock_case_add_id(c, constraint->referenced,
                             has_equal_reference(partition, constraint)
                                 ? FACT_attach_referenced_merged
                                 : FACT_attach_referenced);
    }
    RelationIdList referencing = lock_case_role(c, parent, ROLE_REFERENCING);
    lock_case_add_all(c, &referencing, FACT_attach_referencing_14);
    lock_case_add_all(c, &referencing, FACT_attach_referencing_15);
}

void
judge_attach(LockCase *c, const SimRelation *parent)
{
    QualifiedName name = c->op->partition.partition;
    const SimRelation *partition = schema_find_relation(c->schema, name);
    lock_case_add(c, parent, FACT_attach_parent);
    bool proven = partition != NULL && lock_proves_bounds(parent, partition);
    lock_case_add_named(c, name, RELATION_TABLE,
                        proven ? FACT_attach_partition_proven : FACT_attach_partition_scan);
    const SimRelation *other =
        schema_relation_by_id(c->schema, lock_case_default_partition(c, parent->id));
    if (other != NULL)
        lock_case_add(c, other,
                      lock_proves_bounds(parent, other) ? FACT_attach_default_partition_proven
                                                        : FACT_attach_default_partition);
    if (partition == NULL)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, partition->id);
    lock_case_add_all(c, &below,
                      proven ? FACT_attach_partition_proven : FACT_attach_partition_scan);
    if (lacks_index(c, parent, partition))
        lock_case_add(c, partition, FACT_attach_partition_index);
    judge_attach_references(c, parent, partition);
}

void
judge_detach(LockCase *c, const SimRelation *parent)
{
    QualifiedName name = c->op->partition.partition;
    bool concurrently = c->op->concurrently || c->op->partition.finalize;
    lock_case_add(c, parent, concurrently ? FACT_detach_parent_concurrently : FACT_detach_parent);
    lock_case_add_named(c, name, RELATION_TABLE, FACT_detach_partition);
    if (!concurrently)
        lock_case_add_id(c, lock_case_default_partition(c, parent->id),
                         FACT_detach_default_partition);
    RelationIdList referenced = lock_case_role(c, parent, ROLE_REFERENCED);
    lock_case_add_all(c, &referenced, FACT_detach_referenced);
    RelationIdList referencing = lock_case_role(c, parent, ROLE_REFERENCING);
    lock_case_add_all(c, &referencing, FACT_detach_referencing);
}

void
judge_inherit(LockCase *c, const SimRelation *table)
{
    bool adds = c->op->kind == OP_INHERIT;
    lock_case_add(c, table, adds ? FACT_inherit : FACT_no_inherit);
    lock_case_add_named(c, c->op->partition.partition, RELATION_TABLE,
                        adds ? FACT_inherit_parent : FACT_no_inherit_parent);
}
