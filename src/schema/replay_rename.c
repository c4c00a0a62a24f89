/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/formula.h"
#include "schema/replay_parts.h"

static bool
same(const char *a, const char *b)
{
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* ---- relations */

static void
rename_constraint_of_index(Schema *schema, const SimRelation *index, const char *old_name,
                           const char *new_name)
{
    if (!index->index.is_constraint || schema_relation_by_id(schema, index->index.table) == NULL)
        return;
    SimRelation *table = schema_edit(schema, index->index.table);
    schema_own_constraints(schema, table);
    foreach (constraint, &table->constraints) {
        if (same(constraint->name, old_name))
            constraint->name = new_name;
    }
    schema_store(schema, table);
}

void
replay_rename_relation(Schema *schema, const Op *op)
{
    const SimRelation *old = replay_found(schema);
    if (old == NULL && op->if_exists)
        return;
    if (old == NULL)
        old = schema_assume_relation(schema, op->target,
                                     op->kind == OP_RENAME_INDEX ? RELATION_INDEX : RELATION_TABLE);
    QualifiedName name = {old->name.schema, op->rename.new_name};
    if (schema_name_get(schema, NAMES_RELATION, name) != NULL)
        return;
    schema_move_relation(schema, old->id, name);
    rename_constraint_of_index(schema, old, old->name.name, op->rename.new_name);
}

/* ---- columns */

static void
rename_in_list(Schema *schema, StringList *list, const Op *op)
{
    if (!string_list_has(list, op->rename.old_name))
        return;
    StringList renamed = {0};
    foreach (name, list)
        LIST_APPEND(schema->arena, &renamed,
                    same(*name, op->rename.old_name) ? op->rename.new_name : *name);
    *list = renamed;
}

static const SqlExpr *
rename_in_expression(Schema *schema, const SqlExpr *expression, const Op *op)
{
    if (expression == NULL || !string_list_has(&expression->columns, op->rename.old_name))
        return expression;
    SqlExpr *renamed = arena_copy(schema->arena, expression, sizeof *expression);
    rename_in_list(schema, &renamed->columns, op);
    renamed->formula = formula_rename(schema->arena, expression->formula, op->rename.old_name,
                                      op->rename.new_name);
    return renamed;
}

static void
rename_in_constraints(Schema *schema, SimRelation *table, const Op *op)
{
    schema_own_constraints(schema, table);
    foreach (constraint, &table->constraints) {
        rename_in_list(schema, &constraint->columns, op);
        constraint->expression = rename_in_expression(schema, constraint->expression, op);
        if (constraint->referenced == table->id)
            rename_in_list(schema, &constraint->referenced_columns, op);
    }
}

/* Of an index or of a partitioned table, borrowed. */
static void
rename_in_keys(Schema *schema, IndexKeyList *keys, const Op *op)
{
    IndexKeyList renamed = {0};
    foreach (key, keys) {
        IndexKey copy = *key;
        if (same(copy.column, op->rename.old_name))
            copy.column = op->rename.new_name;
        copy.expression = rename_in_expression(schema, copy.expression, op);
        LIST_APPEND(schema->arena, &renamed, copy);
    }
    *keys = renamed;
}

static void
rename_in_indexes(Schema *schema, RelationId table, const Op *op)
{
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, table);
    foreach (id, &indexes) {
        SimRelation *index = schema_edit(schema, *id);
        rename_in_keys(schema, &index->index.keys, op);
        rename_in_list(schema, &index->index.including, op);
        index->index.predicate = rename_in_expression(schema, index->index.predicate, op);
        schema_store(schema, index);
    }
}

static void
rename_in_references(Schema *schema, RelationId table, const Op *op)
{
    RelationIdList tables = schema_referencing(schema->arena, schema, table);
    foreach (id, &tables) {
        if (*id == table)
            continue;
        SimRelation *other = schema_edit(schema, *id);
        schema_own_constraints(schema, other);
        foreach (constraint, &other->constraints) {
            if (constraint->referenced == table)
                rename_in_list(schema, &constraint->referenced_columns, op);
        }
        schema_store(schema, other);
    }
}

static void
rename_owner_column(Schema *schema, RelationId table, const Op *op)
{
    RelationIdList sequences = schema_sequences_of(schema->arena, schema, table);
    foreach (id, &sequences) {
        SimRelation *sequence = schema_edit(schema, *id);
        if (same(sequence->owner_column, op->rename.old_name))
            sequence->owner_column = op->rename.new_name;
        schema_store(schema, sequence);
    }
}

void
replay_rename_column(Schema *schema, const Op *op)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        replay_column(schema, table, op->rename.old_name)->name = op->rename.new_name;
        rename_in_keys(schema, &table->partition_key.keys, op);
        rename_in_constraints(schema, table, op);
        schema_store(schema, table);
        rename_in_indexes(schema, *id, op);
        rename_in_references(schema, *id, op);
        rename_owner_column(schema, *id, op);
        replay_rename_uses(schema, *id, op->rename.old_name, op->rename.new_name);
    }
}

/* ---- constraints */

void
replay_rename_constraint(Schema *schema, const Op *op)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        schema_own_constraints(schema, table);
        foreach (constraint, &table->constraints) {
            if (!same(constraint->name, op->rename.old_name))
                continue;
            constraint->name = op->rename.new_name;
            if (schema_relation_by_id(schema, constraint->index) != NULL)
                schema_move_relation(schema, constraint->index,
                                     (QualifiedName){table->name.schema, op->rename.new_name});
        }
        schema_store(schema, table);
    }
}

/* ---- types */

static void
rename_to(QualifiedName *name, const Op *op)
{
    if (op->rename.new_name != NULL)
        name->name = op->rename.new_name;
    if (op->rename.new_schema != NULL)
        name->schema = op->rename.new_schema;
}

/* Columns know their type by name: those of the renamed one are told the new name. */
static void
rename_in_tables(Schema *schema, QualifiedName old, const Op *op)
{
    RelationIdList tables = schema_tables_with_type(schema->arena, schema, old);
    foreach (id, &tables) {
        SimRelation *table = schema_edit(schema, *id);
        schema_own_columns(schema, table);
        foreach (column, &table->columns) {
            if (same(column->type.name.name, old.name))
                rename_to(&column->type.name, op);
        }
        if (same(table->of_type.name, old.name))
            rename_to(&table->of_type, op);
        schema_store(schema, table);
    }
}

void
replay_rename_type(Schema *schema, const Op *op)
{
    const SimDomain *domain = schema_find_domain(schema, op->target);
    const SimEnum *type = schema_find_enum(schema, op->target);
    const SimComposite *composite = schema_find_composite(schema, op->target);
    if (domain != NULL) {
        SimDomain *copy = arena_copy(schema->arena, domain, sizeof *domain);
        rename_to(&copy->name, op);
        schema_name_set(schema, NAMES_DOMAIN, domain->name, NULL);
        schema_name_set(schema, NAMES_DOMAIN, copy->name, copy);
    }
    if (type != NULL) {
        SimEnum *copy = arena_copy(schema->arena, type, sizeof *type);
        rename_to(&copy->name, op);
        schema_name_set(schema, NAMES_ENUM, type->name, NULL);
        schema_name_set(schema, NAMES_ENUM, copy->name, copy);
    }
    if (composite != NULL) {
        SimComposite *copy = arena_copy(schema->arena, composite, sizeof *composite);
        rename_to(&copy->name, op);
        schema_name_set(schema, NAMES_COMPOSITE, composite->name, NULL);
        schema_name_set(schema, NAMES_COMPOSITE, copy->name, copy);
    }
    rename_in_tables(schema, op->target, op);
}

/* ---- schemas */

static void
move_all(Schema *schema, const RelationIdList *ids, const char *to)
{
    foreach (id, ids) {
        const SimRelation *relation = schema_relation_by_id(schema, *id);
        schema_move_relation(schema, *id, (QualifiedName){to, relation->name.name});
    }
}

void
replay_set_schema(Schema *schema, const Op *op)
{
    const SimRelation *relation = replay_found(schema);
    if (relation == NULL || op->rename.new_name == NULL)
        return;
    RelationIdList indexes = schema_indexes_of(schema->arena, schema, relation->id);
    RelationIdList sequences = schema_sequences_of(schema->arena, schema, relation->id);
    RelationIdList self = {.items = &(RelationId){relation->id}, .count = 1};
    move_all(schema, &self, op->rename.new_name);
    move_all(schema, &indexes, op->rename.new_name);
    move_all(schema, &sequences, op->rename.new_name);
}

/* What a name of a schema stands for, but for relations; each begins with its name. */
static size_t
size_of_object(NameSpace space)
{
    static const size_t sizes[NAME_SPACE_COUNT] = {
        [NAMES_DOMAIN] = sizeof(SimDomain),         [NAMES_ENUM] = sizeof(SimEnum),
        [NAMES_COMPOSITE] = sizeof(SimComposite),   [NAMES_FUNCTION] = sizeof(SimFunction),
        [NAMES_STATISTICS] = sizeof(SimStatistics),
    };
    return sizes[space];
}

static void
move_object(Schema *schema, const NameSlot *slot, const char *to)
{
    const size_t size = size_of_object(slot->key.space);
    if (size == 0 || slot->value == NULL)
        return;
    const QualifiedName name = {to, slot->key.name};
    void *moved = arena_copy(schema->arena, slot->value, size);
    *(QualifiedName *)moved = name;
    schema_name_set(schema, slot->key.space, (QualifiedName){slot->key.schema, slot->key.name},
                    NULL);
    schema_name_set(schema, slot->key.space, name, moved);
}

void
replay_rename_schema(Schema *schema, const Op *op)
{
    for (size_t i = 0; i < schema->relations.count; i++) {
        const SimRelation *relation = schema->relations.items[i]->current;
        if (relation != NULL && same(relation->name.schema, op->target.name))
            schema_move_relation(schema, relation->id,
                                 (QualifiedName){op->rename.new_name, relation->name.name});
    }
    const NameSlotList *members = schema_members(schema, op->target.name);
    for (size_t i = 0; members != NULL && i < members->count; i++)
        move_object(schema, members->items[i], op->rename.new_name);
    schema_name_set(schema, NAMES_SCHEMA, op->target, NULL);
    schema_name_set(schema, NAMES_SCHEMA, (QualifiedName){NULL, op->rename.new_name}, op);
}
