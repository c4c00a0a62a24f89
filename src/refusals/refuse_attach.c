/* SPDX-License-Identifier: MIT */
/* What ATTACH PARTITION finds when it gives the partition what its parent has: generated columns,
 * collations, keys, triggers; and ALTER INDEX … ATTACH PARTITION. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/type_catalog.h"

static const char *
column_words(const RefusalCase *c, const SimColumn *column, const char *what)
{
    return arena_printf(c->arena, "column \"%s\" in child table must%s be a generated column",
                        column->name, what);
}

static bool
is_generated(const SimColumn *column)
{
    return column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL;
}

/* "default" is what a column has without COLLATE, where its type says nothing else. */
static const char *
collation_of(const SimColumn *column)
{
    return column->collation.name != NULL ? column->collation.name : "default";
}

static bool
collations_differ(const SimColumn *above, const SimColumn *own)
{
    bool is_plain = above->type_known && own->type_known &&
                    type_catalog_find(above->type.name) != NULL &&
                    strcmp(above->type.name.name, "name") != 0;
    return is_plain && strcmp(collation_of(above), collation_of(own)) != 0;
}

/* tablecmds.c, MergeAttributesIntoExisting() */
static const char *
refuse_column(const RefusalCase *c, const SimRelation *child, const SimColumn *above,
              const SimColumn *own)
{
    if (own == NULL)
        return NULL;
    if (collations_differ(above, own))
        return arena_printf(c->arena,
                            "child table \"%s\" has different collation for column \"%s\"",
                            child->name.name, above->name);
    if (is_generated(above) && !is_generated(own))
        return column_words(c, above, "");
    if (!is_generated(above) && is_generated(own) && c->pg_version >= 16)
        return column_words(c, above, " not");
    return NULL;
}

/* index.c, index_check_primary_key(): the parent's key is one more. */
static const char *
refuse_second_key(const RefusalCase *c, const SimRelation *parent, const SimRelation *child)
{
    const SimConstraint *above = relation_primary_key(parent);
    const SimConstraint *own = relation_primary_key(child);
    const SimRelation *model =
        above != NULL ? schema_relation_by_id(c->schema, above->index) : NULL;
    const SimRelation *index = own != NULL ? schema_relation_by_id(c->schema, own->index) : NULL;
    if (model == NULL || index == NULL || relation_index_matches(index, model))
        return NULL;
    return arena_printf(c->arena, "multiple primary keys for table \"%s\" are not allowed",
                        child->name.name);
}

/* tablecmds.c, FindTriggerIncompatibleWithInheritance() and CloneRowTriggersToPartition() */
static const char *
refuse_triggers(const RefusalCase *c, const SimRelation *parent, const SimRelation *child)
{
    foreach (attached, &child->attached) {
        const SimAttached *own = *attached;
        if (own->kind != SIM_TRIGGER)
            continue;
        if (own->for_each_row && own->has_transitions)
            return arena_printf(c->arena,
                                "trigger \"%s\" prevents table \"%s\" from becoming a partition",
                                own->name, child->name.name);
        const SimAttached *above = relation_find_attached(parent, SIM_TRIGGER, own->name);
        if (above != NULL && above->for_each_row)
            return arena_printf(c->arena, "trigger \"%s\" for relation \"%s\" already exists",
                                own->name, child->name.name);
    }
    return NULL;
}

static bool
has_unique_index(const RefusalCase *c, const SimRelation *table)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        if (schema_relation_by_id(c->schema, *id)->index.unique)
            return true;
    }
    return false;
}

/* tablecmds.c, ATExecAttachPartition() and what it calls */
const char *
refuse_attached_parts(const RefusalCase *c, const Op *op)
{
    const SimRelation *parent = c->target;
    const SimRelation *child = refusal_known(c, op->partition.partition);
    const char *refusal = NULL;
    if (parent == NULL || child == NULL)
        return NULL;
    foreach (above, &parent->columns) {
        if (refusal == NULL)
            refusal = refuse_column(c, child, above, relation_find_column(child, above->name));
    }
    if (refusal == NULL)
        refusal = refuse_second_key(c, parent, child);
    if (refusal == NULL)
        refusal = refuse_triggers(c, parent, child);
    if (refusal == NULL && child->kind == RELATION_FOREIGN_TABLE && has_unique_index(c, parent))
        refusal = arena_printf(
            c->arena, "cannot attach foreign table \"%s\" as partition of partitioned table \"%s\"",
            child->name.name, parent->name.name);
    return refusal;
}

/* ---- ALTER INDEX … ATTACH PARTITION */

static const SimConstraint *
constraint_of(const RefusalCase *c, const SimRelation *index)
{
    const SimRelation *table = schema_relation_by_id(c->schema, index->index.table);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        if (table->constraints.items[i].index == index->id)
            return &table->constraints.items[i];
    }
    return NULL;
}

static bool
has_other_part(const RefusalCase *c, const SimRelation *index, const SimRelation *part)
{
    RelationIdList siblings = schema_indexes_of(c->arena, c->schema, part->index.table);
    foreach (id, &siblings) {
        if (*id != part->id && schema_relation_by_id(c->schema, *id)->parent == index->id)
            return true;
    }
    return false;
}

/* Expressions, operator classes and collations are not looked at. */
static bool
certainly_differs(const SimRelation *a, const SimRelation *b)
{
    if (a->index.keys.count != b->index.keys.count || a->index.unique != b->index.unique)
        return true;
    for (size_t i = 0; i < a->index.keys.count; i++) {
        const char *x = a->index.keys.items[i].column, *y = b->index.keys.items[i].column;
        if (x != NULL && y != NULL && strcmp(x, y) != 0)
            return true;
    }
    return false;
}

/* tablecmds.c, ATExecAttachPartitionIdx() and validatePartitionedIndex() */
const char *
refuse_attach_index(const RefusalCase *c, const Op *op)
{
    const SimRelation *index = c->target;
    const SimRelation *part = refusal_known(c, op->partition.partition);
    if (index == NULL || part == NULL)
        return NULL;
    if (index->kind == RELATION_INDEX)
        return c->pg_version >= 15
                   ? arena_printf(c->arena,
                                  "ALTER action ATTACH PARTITION cannot be performed on relation "
                                  "\"%s\"",
                                  index->name.name)
                   : arena_printf(c->arena, "\"%s\" is not a table or partitioned index",
                                  index->name.name);
    const SimRelation *table = schema_relation_by_id(c->schema, part->index.table);
    if (part->parent == index->id || table == NULL || table->assumed)
        return NULL;
    bool is_key = constraint_of(c, index) != NULL && constraint_of(c, part) == NULL;
    if (part->parent == 0 && table->parent == index->index.table && table->is_partition &&
        !has_other_part(c, index, part) && !certainly_differs(index, part) && !is_key)
        return NULL;
    return arena_printf(c->arena, "cannot attach index \"%s\" as a partition of index \"%s\"",
                        part->name.name, index->name.name);
}
