/* SPDX-License-Identifier: MIT */
/* UNIQUE, PRIMARY KEY, EXCLUDE and unique indexes. */
#include <string.h>

#include "refusals/refusal_check.h"

/* ---- partitioned tables */

static bool
has_key_column(const StringList *columns, const IndexKey *key)
{
    return key->column != NULL && string_list_has(columns, key->column);
}

/* indexcmds.c, DefineIndex() */
static const char *
refuse_key_beside_partition_key(const RefusalCase *c, const SplitKey *split, ConstraintKind kind,
                                const StringList *columns)
{
    static const char *const words[] = {[CONSTRAINT_UNIQUE] = "UNIQUE",
                                        [CONSTRAINT_PRIMARY_KEY] = "PRIMARY KEY",
                                        [CONSTRAINT_EXCLUDE] = "EXCLUDE"};
    if (kind == CONSTRAINT_EXCLUDE && c->pg_version < 17)
        return "exclusion constraints are not supported on partitioned tables";
    foreach (key, &split->keys) {
        if (key->column == NULL)
            return arena_printf(c->arena, "unsupported %s constraint with partition key definition",
                                words[kind]);
        if (!has_key_column(columns, key))
            return "unique constraint on partitioned table must include all partitioning columns";
    }
    return NULL;
}

/* Each partition that is partitioned gets its part of the key. */
static const char *
refuse_key_in_tree(const RefusalCase *c, const SimRelation *table, ConstraintKind kind,
                   const StringList *columns, bool only)
{
    const char *refusal = refuse_key_beside_partition_key(c, &table->partition_key, kind, columns);
    RelationIdList below = {0};
    if (!only && refusal == NULL)
        below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below) {
        const SimRelation *part = schema_relation_by_id(c->schema, *id);
        if (refusal == NULL && part->kind == RELATION_PARTITIONED_TABLE)
            refusal = refuse_key_beside_partition_key(c, &part->partition_key, kind, columns);
        if (refusal == NULL && part->kind == RELATION_FOREIGN_TABLE)
            refusal =
                arena_printf(c->arena, "cannot create unique index on partitioned table \"%s\"",
                             table->name.name);
    }
    return refusal;
}

static bool
is_key(ConstraintKind kind)
{
    return kind == CONSTRAINT_UNIQUE || kind == CONSTRAINT_PRIMARY_KEY ||
           kind == CONSTRAINT_EXCLUDE;
}

static const char *
refuse_keys(const RefusalCase *c, const SplitKey *split, const ConstraintList *constraints)
{
    const char *refusal = NULL;
    foreach (constraint, constraints) {
        if (refusal == NULL && is_key(constraint->kind))
            refusal =
                refuse_key_beside_partition_key(c, split, constraint->kind, &constraint->columns);
    }
    return refusal;
}

const char *
refuse_key_of_new_table(const RefusalCase *c, const Op *op)
{
    const SplitKey *split = &op->create_table.partition_key;
    if (!op->create_table.is_partitioned || c->found != NULL)
        return NULL;
    const char *refusal = refuse_keys(c, split, &op->create_table.constraints);
    foreach (column, &op->create_table.columns) {
        if (refusal == NULL)
            refusal = refuse_keys(c, split, &column->constraints);
    }
    const SimRelation *parent = refusal_known(c, op->create_table.partition_of);
    if (refusal != NULL || parent == NULL)
        return refusal;
    foreach (constraint, &parent->constraints) {
        if (refusal == NULL && is_key(constraint->kind))
            refusal =
                refuse_key_beside_partition_key(c, split, constraint->kind, &constraint->columns);
    }
    return refusal;
}

const char *
refuse_key_of_new_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || c->adds_nothing)
        return NULL;
    foreach (constraint, &op->add_column.constraints) {
        if (constraint->kind == CONSTRAINT_PRIMARY_KEY && relation_primary_key(table) != NULL)
            return arena_printf(c->arena, "multiple primary keys for table \"%s\" are not allowed",
                                table->name.name);
    }
    if (table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    return refuse_keys(c, &table->partition_key, &op->add_column.constraints);
}

const char *
refuse_unique_index_on_partitioned(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (!op->create_index.unique || table == NULL || table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    StringList columns = {0};
    foreach (key, &op->create_index.keys) {
        if (key->column != NULL)
            LIST_APPEND(c->arena, &columns, key->column);
    }
    return refuse_key_in_tree(c, table, CONSTRAINT_UNIQUE, &columns, op->only);
}

/* ---- USING INDEX */

static bool
has_suffix(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && text_equals(text + length - tail, suffix);
}

static bool
same_collation(const SimRelation *table, const IndexKey *key)
{
    const SimColumn *column = relation_find_column(table, key->column);
    return column == NULL || key->collation.name == NULL ||
           (column->collation.name != NULL &&
            text_equals(column->collation.name, key->collation.name));
}

/* An operator class by another name may still be the default one. */
static bool
sorts_by_default(const SimRelation *table, const IndexKey *key)
{
    bool other_class = key->opclass.name != NULL && has_suffix(key->opclass.name, "_pattern_ops");
    return !key->descending && !key->nulls_first && !other_class && same_collation(table, key);
}

static const char *
refuse_index_kind(const RefusalCase *c, const SimRelation *table, const SimRelation *index)
{
    const char *name = index->name.name;
    bool has_expression = false;
    foreach (key, &index->index.keys)
        has_expression |= key->column == NULL;
    if (!index->index.unique)
        return arena_printf(c->arena, "\"%s\" is not a unique index", name);
    if (has_expression)
        return arena_printf(c->arena, "index \"%s\" contains expressions", name);
    if (index->index.predicate != NULL)
        return arena_printf(c->arena, "\"%s\" is a partial index", name);
    if (!text_equals(index->index.method, "btree"))
        return arena_printf(c->arena, "index \"%s\" is not a btree", name);
    foreach (key, &index->index.keys) {
        if (!sorts_by_default(table, key))
            return arena_printf(
                c->arena, "index \"%s\" column number %d does not have default sorting behavior",
                name, (int)(key - index->index.keys.items) + 1);
    }
    return NULL;
}

/* parse_utilcmd.c, transformIndexConstraint() */
static const char *
refuse_index(const RefusalCase *c, const SimRelation *table, const char *name)
{
    const SimRelation *index =
        schema_find_relation(c->schema, (QualifiedName){table->name.schema, name});
    if (index == NULL)
        return c->knows_all ? arena_printf(c->arena, "index \"%s\" does not exist", name) : NULL;
    if (index->assumed ||
        (index->kind != RELATION_INDEX && index->kind != RELATION_PARTITIONED_INDEX))
        return NULL;
    if (index->index.is_constraint)
        return arena_printf(c->arena, "index \"%s\" is already associated with a constraint", name);
    if (index->index.table != table->id)
        return arena_printf(c->arena, "index \"%s\" does not belong to table \"%s\"", name,
                            table->name.name);
    if (!index->index.valid)
        return arena_printf(c->arena, "index \"%s\" is not valid", name);
    return refuse_index_kind(c, table, index);
}

static bool
is_not_null(const SimRelation *table, const char *name)
{
    const SimColumn *column = relation_find_column(table, name);
    return column == NULL || column->not_null;
}

static const char *
refuse_nullable_below(const RefusalCase *c, const SimRelation *table, const SimRelation *child,
                      const StringList *columns)
{
    foreach (name, columns) {
        if (is_not_null(child, *name))
            continue;
        if (c->pg_version >= 18)
            return arena_printf(c->arena, "column \"%s\" of table \"%s\" is not marked NOT NULL",
                                *name, child->name.name);
        if (table->kind == RELATION_PARTITIONED_TABLE && !is_not_null(table, *name))
            return "constraint must be added to child tables too";
    }
    return NULL;
}

/* ONLY: the key's columns have to be NOT NULL below already (tablecmds.c, ATPrepAddPrimaryKey()
 * from 18 on, ATExecCheckNotNull() before). */
static const char *
refuse_only_key(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    const char *refusal = NULL;
    if (!op->only || op->add_constraint.kind != CONSTRAINT_PRIMARY_KEY)
        return NULL;
    RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
    foreach (id, &children) {
        if (refusal == NULL)
            refusal = refuse_nullable_below(c, table, schema_relation_by_id(c->schema, *id),
                                            &op->add_constraint.columns);
    }
    return refusal;
}

/* tablecmds.c, ATExecAddIndexConstraint(); index.c, index_check_primary_key() */
const char *
refuse_add_key(const RefusalCase *c, const Op *op)
{
    const ConstraintDefinition *constraint = &op->add_constraint;
    const SimRelation *table = c->target;
    const char *refusal = NULL;
    if (table == NULL || !is_key(constraint->kind))
        return NULL;
    bool partitioned = table->kind == RELATION_PARTITIONED_TABLE;
    if (constraint->using_index != NULL)
        refusal = refuse_index(c, table, constraint->using_index);
    if (refusal == NULL && partitioned && constraint->using_index != NULL)
        refusal = "ALTER TABLE / ADD CONSTRAINT USING INDEX is not supported on partitioned tables";
    if (refusal == NULL && constraint->kind == CONSTRAINT_PRIMARY_KEY &&
        relation_primary_key(table) != NULL)
        refusal = arena_printf(c->arena, "multiple primary keys for table \"%s\" are not allowed",
                               table->name.name);
    if (refusal == NULL && partitioned)
        refusal = refuse_key_in_tree(c, table, constraint->kind, &constraint->columns, op->only);
    return refusal != NULL ? refusal : refuse_only_key(c, op, table);
}

/* ---- virtual columns have no values to be kept anywhere */

static bool
is_virtual(const SimRelation *table, const char *name)
{
    const SimColumn *column = name != NULL ? relation_find_column(table, name) : NULL;
    return column != NULL && column->generated == GENERATED_VIRTUAL;
}

/* indexcmds.c, DefineIndex(); tablecmds.c, ATAddForeignKeyConstraint() */
const char *
refuse_virtual_key(const RefusalCase *c, const Op *op)
{
    static const char *const words[] = {
        [CONSTRAINT_UNIQUE] = "unique constraints",
        [CONSTRAINT_PRIMARY_KEY] = "primary keys",
        [CONSTRAINT_FOREIGN_KEY] = "foreign key constraints",
    };
    const ConstraintKind kind = op->add_constraint.kind;
    const SimRelation *table = c->target;
    if (table == NULL || (kind != CONSTRAINT_UNIQUE && kind != CONSTRAINT_PRIMARY_KEY &&
                          kind != CONSTRAINT_FOREIGN_KEY))
        return NULL;
    foreach (name, &op->add_constraint.columns) {
        if (is_virtual(table, *name))
            return arena_printf(c->arena, "%s on virtual generated columns are not supported",
                                words[kind]);
    }
    return NULL;
}

const char *
refuse_virtual_index(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL)
        return NULL;
    foreach (key, &op->create_index.keys) {
        if (is_virtual(table, key->column))
            return "indexes on virtual generated columns are not supported";
    }
    return NULL;
}
