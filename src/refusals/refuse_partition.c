/* SPDX-License-Identifier: MIT */
/* ATTACH and DETACH PARTITION, INHERIT and NO INHERIT, and tables that are made below others. */
#include <string.h>

#include "refusals/refusal_check.h"

/* ---- what a child must be like */

static const char *
refuse_column(const RefusalCase *c, const SimRelation *child, const SimColumn *above,
              const SimColumn *own)
{
    const char *name = child->name.name;
    if (own == NULL)
        return child->columns_known
                   ? arena_printf(c->arena, "child table is missing column \"%s\"", above->name)
                   : NULL;
    if (refusal_types_differ(above, own))
        return arena_printf(c->arena, "child table \"%s\" has different type for column \"%s\"",
                            name, above->name);
    if (above->not_null && !own->not_null && c->pg_version < 18)
        return arena_printf(c->arena, "column \"%s\" in child table must be marked NOT NULL",
                            above->name);
    if (above->not_null && !own->not_null)
        return arena_printf(c->arena, "column \"%s\" in child table \"%s\" must be marked NOT NULL",
                            above->name, name);
    return NULL;
}

/* tablecmds.c, MergeConstraintsIntoExisting() */
static const char *
refuse_check(const RefusalCase *c, const SimRelation *child, const SimConstraint *above)
{
    if (above->kind != CONSTRAINT_CHECK || above->no_inherit)
        return NULL;
    const SimConstraint *own = relation_find_constraint(child, above->name);
    if (own == NULL)
        return child->columns_known
                   ? arena_printf(c->arena, "child table is missing constraint \"%s\"", above->name)
                   : NULL;
    if (own->kind == CONSTRAINT_CHECK && own->no_inherit)
        return arena_printf(
            c->arena,
            "constraint \"%s\" conflicts with non-inherited constraint on child table \"%s\"",
            above->name, child->name.name);
    if (own->kind == CONSTRAINT_CHECK && above->valid && own->enforced && !own->valid)
        return arena_printf(
            c->arena, "constraint \"%s\" conflicts with NOT VALID constraint on child table \"%s\"",
            above->name, child->name.name);
    return NULL;
}

/* tablecmds.c, CreateInheritance() */
static const char *
refuse_inheritance(const RefusalCase *c, const SimRelation *parent, const SimRelation *child)
{
    const char *refusal = NULL;
    foreach (column, &parent->columns) {
        if (refusal == NULL)
            refusal = refuse_column(c, child, column, relation_find_column(child, column->name));
    }
    foreach (constraint, &parent->constraints) {
        if (refusal == NULL)
            refusal = refuse_check(c, child, constraint);
    }
    return refusal;
}

static const char *
refuse_circle(const RefusalCase *c, const SimRelation *parent, const SimRelation *child)
{
    RelationIdList below = schema_descendants_of(c->arena, c->schema, child->id);
    bool circular = parent->id == child->id;
    foreach (id, &below)
        circular |= *id == parent->id;
    return circular ? "circular inheritance not allowed" : NULL;
}

/* ---- ATTACH PARTITION */

static const char *
refuse_not_partitioned(const RefusalCase *c, const SimRelation *table, const char *action)
{
    if (table->kind != RELATION_TABLE)
        return NULL;
    if (c->pg_version < 18)
        return arena_printf(c->arena, "table \"%s\" is not partitioned", table->name.name);
    return arena_printf(c->arena, "ALTER action %s cannot be performed on relation \"%s\"", action,
                        table->name.name);
}

static const char *
refuse_mixed_temporary(const RefusalCase *c, const SimRelation *parent, Persistence persistence)
{
    bool above = parent->persistence == PERSISTENCE_TEMPORARY;
    bool below = persistence == PERSISTENCE_TEMPORARY;
    if (above == below)
        return NULL;
    return arena_printf(
        c->arena,
        above ? "cannot attach a permanent relation as partition of temporary relation \"%s\""
              : "cannot attach a temporary relation as partition of permanent relation \"%s\"",
        parent->name.name);
}

static const char *
refuse_partition_kind(const RefusalCase *c, const SimRelation *child)
{
    if (child->is_partition)
        return arena_printf(c->arena, "\"%s\" is already a partition", child->name.name);
    if (child->is_typed)
        return "cannot attach a typed table as partition";
    if (child->parent != 0)
        return "cannot attach inheritance child as partition";
    if (child->kind == RELATION_TABLE && refusal_has_children(c, child))
        return "cannot attach inheritance parent as partition";
    return NULL;
}

static const char *
refuse_more_columns(const RefusalCase *c, const SimRelation *parent, const SimRelation *child)
{
    if (!parent->columns_known)
        return NULL;
    foreach (column, &child->columns) {
        bool is_identity = column->generated == GENERATED_IDENTITY_ALWAYS ||
                           column->generated == GENERATED_IDENTITY_BY_DEFAULT;
        if (is_identity && c->pg_version >= 17)
            return arena_printf(c->arena,
                                "table \"%s\" being attached contains an identity column \"%s\"",
                                child->name.name, column->name);
        if (relation_find_column(parent, column->name) == NULL)
            return arena_printf(c->arena,
                                "table \"%s\" contains column \"%s\" not found in parent \"%s\"",
                                child->name.name, column->name, parent->name.name);
    }
    return NULL;
}

/* tablecmds.c, ATExecAttachPartition() */
const char *
refuse_attach(const RefusalCase *c, const Op *op)
{
    const SimRelation *parent = c->target;
    const SimRelation *child = refusal_known(c, op->partition.partition);
    const char *refusal =
        parent != NULL ? refuse_not_partitioned(c, parent, "ATTACH PARTITION") : NULL;
    if (refusal != NULL || parent == NULL || child == NULL)
        return refusal;
    refusal = refuse_partition_kind(c, child);
    if (refusal == NULL)
        refusal = refuse_circle(c, parent, child);
    if (refusal == NULL)
        refusal = refuse_mixed_temporary(c, parent, child->persistence);
    if (refusal == NULL)
        refusal = refuse_more_columns(c, parent, child);
    if (refusal == NULL)
        refusal = refuse_inheritance(c, parent, child);
    return refusal;
}

/* ---- DETACH PARTITION */

static bool
has_default_partition(const RefusalCase *c, const SimRelation *parent)
{
    RelationIdList partitions = schema_children_of(c->arena, c->schema, parent->id);
    foreach (id, &partitions) {
        if (schema_relation_by_id(c->schema, *id)->is_default_partition)
            return true;
    }
    return false;
}

/* tablecmds.c, ATExecDetachPartition() and ATExecDetachPartitionFinalize(). That a DETACH
 * CONCURRENTLY was broken off is nothing that a history shows. */
const char *
refuse_detach(const RefusalCase *c, const Op *op)
{
    const SimRelation *parent = c->target;
    const SimRelation *child = refusal_known(c, op->partition.partition);
    const char *refusal =
        parent != NULL ? refuse_not_partitioned(c, parent, "DETACH PARTITION") : NULL;
    if (refusal != NULL || parent == NULL)
        return refusal;
    if (op->concurrently && has_default_partition(c, parent))
        return "cannot detach partitions concurrently when a default partition exists";
    if (child == NULL)
        return NULL;
    if (child->parent != parent->id)
        return arena_printf(c->arena, "relation \"%s\" is not a partition of relation \"%s\"",
                            child->name.name, parent->name.name);
    if (op->partition.finalize)
        return arena_printf(c->arena, "cannot complete detaching partition \"%s\"",
                            child->name.name);
    return NULL;
}

/* ---- INHERIT and NO INHERIT */

static const char *
refuse_parent(const RefusalCase *c, const SimRelation *parent)
{
    if (parent->kind == RELATION_PARTITIONED_TABLE)
        return arena_printf(c->arena, "cannot inherit from partitioned table \"%s\"",
                            parent->name.name);
    return NULL;
}

static const char *
refuse_change_of_parents(const SimRelation *child)
{
    if (child->is_partition)
        return "cannot change inheritance of a partition";
    return NULL;
}

/* tablecmds.c, ATPrepAddInherit() and ATExecAddInherit() */
const char *
refuse_inherit(const RefusalCase *c, const Op *op)
{
    const SimRelation *child = c->target;
    const SimRelation *parent = refusal_known(c, op->partition.partition);
    if (child == NULL)
        return NULL;
    if (child->is_typed)
        return "cannot change inheritance of typed table";
    if (child->is_partition)
        return "cannot change inheritance of a partition";
    if (child->kind == RELATION_PARTITIONED_TABLE)
        return "cannot change inheritance of partitioned table";
    if (parent == NULL)
        return NULL;
    if (parent->persistence == PERSISTENCE_TEMPORARY && child->persistence != PERSISTENCE_TEMPORARY)
        return arena_printf(c->arena, "cannot inherit from temporary relation \"%s\"",
                            parent->name.name);
    const char *refusal = refuse_parent(c, parent);
    if (refusal == NULL && parent->is_partition)
        refusal = "cannot inherit from a partition";
    if (refusal == NULL && relation_has_parent(child, parent->id))
        refusal = arena_printf(c->arena, "relation \"%s\" would be inherited from more than once",
                               parent->name.name);
    if (refusal == NULL)
        refusal = refuse_circle(c, parent, child);
    return refusal != NULL ? refusal : refuse_inheritance(c, parent, child);
}

/* tablecmds.c, ATExecDropInherit() */
const char *
refuse_no_inherit(const RefusalCase *c, const Op *op)
{
    const SimRelation *child = c->target;
    const SimRelation *parent = refusal_known(c, op->partition.partition);
    const char *refusal = child != NULL ? refuse_change_of_parents(child) : NULL;
    if (refusal != NULL || child == NULL || parent == NULL ||
        relation_has_parent(child, parent->id))
        return refusal;
    return arena_printf(c->arena, "relation \"%s\" is not a parent of relation \"%s\"",
                        parent->name.name, child->name.name);
}

/* ---- CREATE TABLE */

static const char *
refuse_partition_of(const RefusalCase *c, const Op *op)
{
    const SimRelation *parent = refusal_known(c, op->create_table.partition_of);
    if (parent == NULL)
        return NULL;
    if (parent->kind != RELATION_PARTITIONED_TABLE)
        return arena_printf(c->arena, "\"%s\" is not partitioned", parent->name.name);
    bool above = parent->persistence == PERSISTENCE_TEMPORARY;
    bool below = op->create_table.persistence == PERSISTENCE_TEMPORARY;
    if (above == below)
        return NULL;
    return arena_printf(
        c->arena,
        above ? "cannot create a permanent relation as partition of temporary relation \"%s\""
              : "cannot create a temporary relation as partition of permanent relation \"%s\"",
        parent->name.name);
}

static const char *
refuse_parents(const RefusalCase *c, const Op *op)
{
    foreach (name, &op->create_table.inherits) {
        const SimRelation *parent = refusal_known(c, *name);
        const char *refusal = parent != NULL ? refuse_parent(c, parent) : NULL;
        if (refusal == NULL && parent != NULL && parent->is_partition)
            refusal =
                arena_printf(c->arena, "cannot inherit from partition \"%s\"", parent->name.name);
        if (refusal == NULL && parent != NULL && parent->persistence == PERSISTENCE_TEMPORARY &&
            op->create_table.persistence != PERSISTENCE_TEMPORARY)
            refusal = arena_printf(c->arena, "cannot inherit from temporary relation \"%s\"",
                                   parent->name.name);
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

/* tablecmds.c, DefineRelation() and MergeAttributes() */
const char *
refuse_create_below(const RefusalCase *c, const Op *op)
{
    if (c->found != NULL)
        return NULL;
    if (op->create_table.is_partitioned && c->pg_version >= 18 &&
        op->create_table.persistence == PERSISTENCE_UNLOGGED)
        return "partitioned tables cannot be unlogged";
    if (op->create_table.is_partitioned && op->create_table.inherits.count > 0)
        return "cannot create partitioned table as inheritance child";
    if (op->create_table.partition_key.strategy == SPLIT_LIST &&
        op->create_table.partition_key.keys.count > 1)
        return "cannot use \"list\" partition strategy with more than one column";
    const char *refusal = refuse_partition_of(c, op);
    return refusal != NULL ? refusal : refuse_parents(c, op);
}

/* parse_utilcmd.c, transformTableLikeClause() */
const char *
refuse_like(const RefusalCase *c, const Op *op)
{
    if (c->found != NULL)
        return NULL;
    foreach (name, &op->create_table.like) {
        const SimRelation *model = refusal_known(c, *name);
        if (model == NULL || (model->kind != RELATION_SEQUENCE && model->kind != RELATION_INDEX &&
                              model->kind != RELATION_PARTITIONED_INDEX))
            continue;
        return c->pg_version >= 15
                   ? arena_printf(c->arena, "relation \"%s\" is invalid in LIKE clause",
                                  model->name.name)
                   : arena_printf(c->arena,
                                  "\"%s\" is not a table, view, materialized view, composite type, "
                                  "or foreign table",
                                  model->name.name);
    }
    return NULL;
}
