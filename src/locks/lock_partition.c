/* SPDX-License-Identifier: MIT */
/* PostgreSQL: tablecmds.c, ATExecAttachPartition(), ATExecDetachPartition(), ATExecAddInherit(). */
#include <string.h>

#include "locks/lock_bound.h"
#include "locks/lock_case.h"
#include "schema/bound_formula.h"

static const SimConstraint *
constraint_of(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint;
    }
    return NULL;
}

/* tablecmds.c, AttachPartitionEnsureIndexes(): before 17 any constraint was good enough. */
static bool
has_kind(LockCase *c, const SimConstraint *own, ConstraintKind wanted)
{
    return own != NULL && (c->version < 17 || own->kind == wanted);
}

RelationId
lock_find_part(LockCase *c, const SimRelation *partition, const SimRelation *model,
               const ConstraintKind *wanted, LockFactId compared)
{
    RelationIdList present = schema_indexes_of(c->arena, c->schema, partition->id);
    foreach (id, &present) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        if (index->parent != 0)
            continue;
        lock_case_add(c, index, compared);
        const SimConstraint *own = constraint_of(partition, *id);
        if (relation_index_matches(index, model) && (wanted == NULL || has_kind(c, own, *wanted)))
            return *id;
    }
    return 0;
}

/* tablecmds.c, AttachPartitionEnsureIndexes() passes over those that are not valid; indexcmds.c,
 * DefineIndex() does not. */
static bool
has_part(LockCase *c, const SimRelation *partition, const SimRelation *model,
         const ConstraintKind *wanted)
{
    RelationId found = lock_find_part(c, partition, model, wanted, FACT_attach_own_index);
    return found != 0 && schema_relation_by_id(c->schema, found)->index.valid;
}

/* The partitions of the new partition get their parts of what it lacks. */
static void
judge_parts_below(LockCase *c, const SimRelation *partition, const SimRelation *model,
                  const ConstraintKind *wanted)
{
    RelationIdList below = schema_descendants_of(c->arena, c->schema, partition->id);
    foreach (id, &below) {
        const SimRelation *leaf = schema_relation_by_id(c->schema, *id);
        if (lock_find_part(c, leaf, model, wanted, FACT_attach_index_below) == 0)
            lock_case_add(c, leaf, FACT_attach_partition_index);
    }
}

static bool
lacks_index(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    bool lacks = false;
    RelationIdList wanted = schema_indexes_of(c->arena, c->schema, parent->id);
    RelationIdList present = schema_indexes_of(c->arena, c->schema, partition->id);
    lock_case_add_all(c, &wanted, FACT_attach_parent_index);
    lock_case_add_all(c, &present, FACT_attach_own_index);
    foreach (id, &wanted) {
        const SimConstraint *constraint = constraint_of(parent, *id);
        const SimRelation *model = schema_relation_by_id(c->schema, *id);
        const ConstraintKind *kind = constraint != NULL ? &constraint->kind : NULL;
        if (has_part(c, partition, model, kind))
            continue;
        lacks = true;
        judge_parts_below(c, partition, model, kind);
    }
    return lacks;
}

static const SimConstraint *
equal_reference(const SimRelation *partition, const SimConstraint *wanted)
{
    foreach (constraint, &partition->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
            constraint->referenced == wanted->referenced &&
            constraint->columns.count == wanted->columns.count &&
            strcmp(constraint->columns.items[0], wanted->columns.items[0]) == 0)
            return constraint;
    }
    return NULL;
}

static void
check_references(LockCase *c, const SimRelation *partition)
{
    RelationIdList below = schema_descendants_of(c->arena, c->schema, partition->id);
    lock_case_add(c, partition, FACT_attach_partition_reference);
    lock_case_add_all(c, &below, FACT_attach_partition_reference);
}

static void
judge_attach_references(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    foreach (constraint, &parent->constraints) {
        if (constraint->kind != CONSTRAINT_FOREIGN_KEY)
            continue;
        const SimConstraint *own = equal_reference(partition, constraint);
        /* One that is not valid is merged since 18, and validated then. */
        bool merged = own != NULL && (own->valid || c->version >= 18);
        if (merged)
            lock_case_add_id(c, constraint->referenced, FACT_attach_referenced_merged);
        if (merged && own->valid)
            continue;
        check_references(c, partition);
        lock_case_add_id(c, constraint->referenced, FACT_attach_referenced);
        lock_case_add_query_indexes(c, schema_relation_by_id(c->schema, constraint->referenced));
    }
    RelationIdList referencing = lock_case_role(c, parent, ROLE_REFERENCING);
    lock_case_add_all(c, &referencing, FACT_attach_referencing_14);
    lock_case_add_all(c, &referencing, FACT_attach_referencing_15);
}

static void
judge_attached_rows(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    if (partition == NULL) {
        lock_case_add_named(c, c->op->partition.partition, RELATION_TABLE,
                            FACT_attach_partition_scan);
        return;
    }
    const RowCheck check = {
        .wanted = bound_formula_with_above(c->arena, c->schema, parent, &c->op->partition.bound),
        .below = BELOW_ALWAYS,
        .proven = FACT_attach_partition_proven,
        .scanned = FACT_attach_partition_scan,
    };
    lock_case_check_rows(c, partition, &check);
}

static void
judge_above(LockCase *c, const SimRelation *parent)
{
    enum { DEPTH_LIMIT = 50 };
    for (int depth = 0; parent != NULL && parent->is_partition && depth < DEPTH_LIMIT; depth++) {
        lock_case_add_id(c, parent->parent, FACT_attach_above);
        parent = schema_relation_by_id(c->schema, parent->parent);
    }
}

/* A CHECK may spare the reading, and a DEFAULT partition would be read too. */
static void
doubt_attached(LockCase *c, const SimRelation *parent, const SimRelation *partition)
{
    if (partition == NULL || partition->columns_known || lock_case_effect(c, partition) == NULL ||
        !lock_case_effect(c, partition)->scans)
        return;
    const char *of_parent = parent->assumed
                                ? arena_printf(c->arena,
                                               ", and whether %s has a DEFAULT partition, which "
                                               "would be read too, are",
                                               sql_qualified(c->arena, parent->name))
                                : " is";
    lock_case_doubt(c, partition,
                    arena_printf(c->arena,
                                 "whether a CHECK on %s proves the bound%s not in the history",
                                 sql_qualified(c->arena, partition->name), of_parent));
}

void
judge_attach(LockCase *c, const SimRelation *parent)
{
    QualifiedName name = c->op->partition.partition;
    const SimRelation *partition = schema_find_relation(c->schema, name);
    lock_case_add(c, parent, FACT_attach_parent);
    judge_attached_rows(c, parent, partition);
    judge_above(c, parent);
    lock_case_check_default(c, parent, &c->op->partition.bound,
                            (RowCheck){.below = BELOW_UNLESS_PROVEN,
                                       .proven = FACT_attach_default_partition_proven,
                                       .scanned = FACT_attach_default_partition});
    doubt_attached(c, parent, partition);
    if (partition == NULL)
        return;
    if (lacks_index(c, parent, partition))
        lock_case_add(c, partition, FACT_attach_partition_index);
    judge_attach_references(c, parent, partition);
}

static void
judge_detached(LockCase *c, const SimRelation *partition)
{
    RelationIdList below = schema_descendants_of(c->arena, c->schema, partition->id);
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, partition->id);
    lock_case_add_all(c, &below, FACT_detach_partition);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        if (index->parent != 0)
            lock_case_add(c, index, FACT_detach_partition_index);
    }
}

void
judge_detach(LockCase *c, const SimRelation *parent)
{
    QualifiedName name = c->op->partition.partition;
    bool concurrently = c->op->concurrently || c->op->partition.finalize;
    lock_case_add(c, parent, concurrently ? FACT_detach_parent_concurrently : FACT_detach_parent);
    const SimRelation *partition =
        lock_case_add_named(c, name, RELATION_TABLE, FACT_detach_partition);
    if (partition != NULL)
        judge_detached(c, partition);
    if (!concurrently)
        lock_case_add_id(c, lock_case_default_partition(c, parent->id),
                         FACT_detach_default_partition);
    RelationIdList referenced = lock_case_role(c, parent, ROLE_REFERENCED);
    lock_case_add_all(c, &referenced, FACT_detach_referenced);
    RelationIdList referencing = lock_case_role(c, parent, ROLE_REFERENCING);
    foreach (id, &referencing) {
        const SimRelation *other = schema_relation_by_id(c->schema, *id);
        lock_case_add(c, other,
                      concurrently ? FACT_detach_referencing_concurrently
                                   : FACT_detach_referencing);
        lock_case_add_query_indexes(c, other);
    }
}

void
judge_inherit(LockCase *c, const SimRelation *table)
{
    bool adds = c->op->kind == OP_INHERIT;
    lock_case_add(c, table, adds ? FACT_inherit : FACT_no_inherit);
    lock_case_add_named(c, c->op->partition.partition, RELATION_TABLE,
                        adds ? FACT_inherit_parent : FACT_no_inherit_parent);
}
