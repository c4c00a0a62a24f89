/* SPDX-License-Identifier: MIT */
/* What DROP and TRUNCATE refuse because something else needs what goes. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/dependents.h"

/* ---- what things are called (objectaddress.c, getObjectDescription) */

static const char *
kind_word(RelationKind kind)
{
    switch (kind) {
    case RELATION_PARTITIONED_TABLE:
        return "table";
    case RELATION_PARTITIONED_INDEX:
        return "index";
    case RELATION_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_VIEW:
    case RELATION_INDEX:
    case RELATION_SEQUENCE:
        return relation_kind_words(kind);
    }
    return "table";
}

/* With its schema only where the search path does not find it. */
static const char *
visible_name(const RefusalCase *c, const SimRelation *relation)
{
    QualifiedName bare = {NULL, relation->name.name};
    bool visible = schema_find_relation(c->schema, bare) == relation;
    return sql_qualified(c->arena, visible ? bare : relation->name);
}

static const char *
relation_words(const RefusalCase *c, const SimRelation *relation)
{
    return arena_printf(c->arena, "%s %s", kind_word(relation->kind), visible_name(c, relation));
}

static const char *
words_of(const RefusalCase *c, const Dependent *root)
{
    const SimRelation *relation = schema_relation_by_id(c->schema, root->relation);
    switch (root->kind) {
    case DEPENDENT_RELATION:
        return relation_words(c, relation);
    case DEPENDENT_COLUMN:
    case DEPENDENT_DEFAULT:
        return arena_printf(c->arena, "column %s of %s", root->name, relation_words(c, relation));
    case DEPENDENT_CONSTRAINT:
        return arena_printf(c->arena, "constraint %s on %s", root->name,
                            relation_words(c, relation));
    case DEPENDENT_ATTACHED:
        return arena_printf(c->arena, "%s on %s", root->attached->name,
                            relation_words(c, relation));
    case DEPENDENT_FUNCTION:
        return arena_printf(c->arena, "function %s()", root->object.name);
    case DEPENDENT_TYPE:
        return arena_printf(c->arena, "type %s", root->object.name);
    case DEPENDENT_SCHEMA:
        return arena_printf(c->arena, "schema %s", root->object.name);
    case DEPENDENT_EXTENSION:
        return arena_printf(c->arena, "extension %s", root->object.name);
    case DEPENDENT_SERVER:
        return arena_printf(c->arena, "server %s", root->object.name);
    case DEPENDENT_WRAPPER:
        return arena_printf(c->arena, "foreign-data wrapper %s", root->object.name);
    case DEPENDENT_COLLATION:
        return arena_printf(c->arena, "collation %s", root->object.name);
    case DEPENDENT_PUBLISHED:
        return arena_printf(c->arena, "publication of %s in publication %s",
                            relation_words(c, relation), root->object.name);
    }
    return NULL;
}

/* ---- what depends on it */

static bool
is_drop_of_objects(OpKind kind)
{
    return kind == OP_DROP_TABLE || kind == OP_DROP_VIEW || kind == OP_DROP_MATERIALIZED_VIEW ||
           kind == OP_DROP_SEQUENCE || kind == OP_DROP_INDEX || kind == OP_DROP_TYPE ||
           kind == OP_DROP_FUNCTION || kind == OP_DROP_SCHEMA || kind == OP_DROP_EXTENSION ||
           kind == OP_DROP_OBJECT || kind == OP_DROP_OWNED;
}

/* A DROP of several objects drops them together. */
static DependentList
dropped_together(const RefusalCase *c, const Op *op)
{
    DependentList roots = schema_dropped(c->arena, c->schema, op, c->found);
    if (!is_drop_of_objects(op->kind) || c->statement == NULL)
        return roots;
    foreach (other, &c->statement->ops) {
        DependentList more = {0};
        if (other != op && other->kind == op->kind)
            more = schema_dropped(c->arena, c->schema, other,
                                  schema_find_relation(c->schema, other->target));
        foreach (root, &more)
            LIST_APPEND(c->arena, &roots, *root);
    }
    return roots;
}

/* Of a relation that is only taken to exist it is not known whether it still does. */
static bool
is_certain(const RefusalCase *c, const Dependent *dependent)
{
    const SimRelation *relation = schema_relation_by_id(c->schema, dependent->relation);
    return relation == NULL || !relation->assumed;
}

/* dependency.c, reportDependentObjects() */
const char *
refuse_drop_with_dependents(const RefusalCase *c, const Op *op)
{
    if (op->cascade)
        return NULL;
    DependentList roots = dropped_together(c, op);
    if (roots.count == 0)
        return NULL;
    DependentList all = schema_dependents(c->schema, &roots, c->pg_version);
    foreach (dependent, &all) {
        if (dependent->automatic || !is_certain(c, dependent))
            continue;
        bool several = is_drop_of_objects(op->kind) && roots.count > 1;
        if (several)
            return "cannot drop desired object(s) because other objects depend on them";
        return arena_printf(c->arena, "cannot drop %s because other objects depend on it",
                            words_of(c, &roots.items[0]));
    }
    return NULL;
}

/* ---- what it is a part of */

static const SimConstraint *
constraint_of(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint;
    }
    return NULL;
}

/* Whether the statement names this relation too. */
static bool
drops_too(const RefusalCase *c, const Op *op, const SimRelation *relation)
{
    for (size_t i = 0; c->statement != NULL && i < c->statement->ops.count; i++) {
        const Op *other = &c->statement->ops.items[i];
        if (other->kind == op->kind && schema_find_relation(c->schema, other->target) == relation)
            return true;
    }
    return false;
}

/* dependency.c, findDependentObjects(): an internal part goes only with its whole, which may be
 * dropped by the same statement. */
const char *
refuse_drop_of_part(const RefusalCase *c, const Op *op)
{
    const SimRelation *part = c->target;
    if (part == NULL)
        return NULL;
    const SimRelation *table = schema_relation_by_id(
        c->schema, part->index.table != 0 ? part->index.table : part->owner_table);
    if (table == NULL)
        return NULL;
    const SimRelation *whole = schema_relation_by_id(c->schema, part->parent);
    if (part->index.table != 0 && whole != NULL && !drops_too(c, op, whole))
        return arena_printf(c->arena, "cannot drop %s because %s requires it",
                            relation_words(c, part), relation_words(c, whole));
    const SimConstraint *constraint = constraint_of(table, part->id);
    if (part->index.table != 0 && constraint != NULL)
        return arena_printf(c->arena, "cannot drop %s because constraint %s on %s requires it",
                            relation_words(c, part), constraint->name, relation_words(c, table));
    const SimColumn *column =
        part->owner_column != NULL ? relation_find_column(table, part->owner_column) : NULL;
    if (column != NULL && column_is_identity(column))
        return arena_printf(c->arena, "cannot drop %s because column %s of %s requires it",
                            relation_words(c, part), column->name, relation_words(c, table));
    return NULL;
}

/* ---- TRUNCATE */

static RelationIdList
truncated_together(const RefusalCase *c, const Op *op)
{
    RelationIdList all = {0};
    const Op *end = op + 1;
    if (c->statement != NULL) {
        op = c->statement->ops.items;
        end = op + c->statement->ops.count;
    }
    for (; op < end; op++) {
        const SimRelation *table =
            op->kind == OP_TRUNCATE ? schema_find_relation(c->schema, op->target) : NULL;
        if (table == NULL)
            continue;
        RelationIdList below = {0};
        if (!op->only)
            below = schema_descendants_of(c->arena, c->schema, table->id);
        LIST_APPEND(c->arena, &all, table->id);
        foreach (id, &below)
            LIST_APPEND(c->arena, &all, *id);
    }
    return all;
}

static bool
refers_to(const SimRelation *table, RelationId referenced)
{
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == referenced &&
            constraint->enforced)
            return true;
    }
    return false;
}

static bool
has_id(const RelationIdList *ids, RelationId id)
{
    foreach (known, ids) {
        if (*known == id)
            return true;
    }
    return false;
}

/* A foreign key to a partitioned table is one to each of its partitions. */
static bool
is_referenced_from_outside(const RefusalCase *c, const SimRelation *table,
                           const RelationIdList *truncated)
{
    while (table != NULL) {
        RelationIdList referencing = schema_referencing(c->arena, c->schema, table->id);
        foreach (id, &referencing) {
            const SimRelation *other = schema_relation_by_id(c->schema, *id);
            if (!has_id(truncated, *id) && !other->assumed && refers_to(other, table->id))
                return true;
        }
        table = table->is_partition ? schema_relation_by_id(c->schema, table->parent) : NULL;
    }
    return false;
}

/* tablecmds.c, ExecuteTruncate(); heap.c, heap_truncate_check_FKs() */
const char *
refuse_truncate(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->target;
    if (op->only && target != NULL && target->kind == RELATION_PARTITIONED_TABLE)
        return "cannot truncate only a partitioned table";
    if (op->cascade)
        return NULL;
    RelationIdList all = truncated_together(c, op);
    foreach (id, &all) {
        if (is_referenced_from_outside(c, schema_relation_by_id(c->schema, *id), &all))
            return "cannot truncate a table referenced in a foreign key constraint";
    }
    return NULL;
}
