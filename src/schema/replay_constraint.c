/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "schema/object_name.h"
#include "schema/replay_parts.h"

static void
set_columns_not_null(Schema *schema, SimRelation *table, const StringList *columns)
{
    foreach (name, columns)
        replay_column(schema, table, *name)->not_null = true;
}

static void
put_own_index(Schema *schema, SimRelation *table, const ConstraintDefinition *definition,
              SimConstraint *constraint)
{
    SimRelation model = {.kind = RELATION_INDEX};
    foreach (column, &definition->columns)
        LIST_APPEND(schema->arena, &model.index.keys, (IndexKey){.column = *column});
    model.index.including = definition->including;
    model.index.predicate = definition->expression;
    model.index.method = definition->kind == CONSTRAINT_EXCLUDE ? "gist" : "btree";
    model.index.unique = definition->kind != CONSTRAINT_EXCLUDE;
    model.index.valid = true;
    model.index.is_constraint = true;
    constraint->index = replay_put_index(schema, table, &model, constraint->name);
}

/* USING INDEX: the index takes the constraint's name, or gives it its own. */
static void
take_index(Schema *schema, const SimRelation *table, const ConstraintDefinition *definition,
           SimConstraint *constraint)
{
    QualifiedName name = {table->name.schema, definition->using_index};
    const SimRelation *found = schema_assume_relation(schema, name, RELATION_INDEX);
    if (definition->name == NULL)
        constraint->name = definition->using_index;
    else if (!text_equals(definition->name, definition->using_index))
        schema_move_relation(schema, found->id,
                             (QualifiedName){table->name.schema, definition->name});

    SimRelation *index = schema_edit(schema, found->id);
    index->index.table = table->id;
    index->index.unique = true;
    index->index.is_constraint = true;
    schema_store(schema, index);
    constraint->index = index->id;
    foreach (key, &index->index.keys) {
        if (key->column != NULL)
            LIST_APPEND(schema->arena, &constraint->columns, key->column);
    }
}

static void
put_reference(Schema *schema, const SimRelation *table, const ConstraintDefinition *definition,
              SimConstraint *constraint)
{
    const SimRelation *referenced = schema_find_relation(schema, definition->referenced);
    const QualifiedName name = referenced != NULL
                                   ? referenced->name
                                   : schema_resolve_missing(schema, definition->referenced);
    if (name_equals(name, table->name))
        referenced = table;
    else if (referenced == NULL)
        referenced = schema_assume_missing(schema, definition->referenced, RELATION_TABLE);
    constraint->referenced = referenced->id;
    constraint->referenced_name = referenced->name;
    constraint->referenced_columns = definition->referenced_columns;
    const SimConstraint *key = relation_primary_key(referenced);
    if (definition->referenced_columns.count == 0 && key != NULL)
        constraint->referenced_columns = key->columns;
    schema_link_reference(schema, table->id, referenced->id);
}

static void
put_parts(Schema *schema, SimRelation *table, const ConstraintDefinition *definition,
          SimConstraint *constraint)
{
    switch (definition->kind) {
    case CONSTRAINT_CHECK:
        break;
    case CONSTRAINT_NOT_NULL:
        if (constraint->valid)
            set_columns_not_null(schema, table, &definition->columns);
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_EXCLUDE:
        if (definition->using_index != NULL)
            take_index(schema, table, definition, constraint);
        else
            put_own_index(schema, table, definition, constraint);
        if (definition->kind == CONSTRAINT_PRIMARY_KEY)
            set_columns_not_null(schema, table, &constraint->columns);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        put_reference(schema, table, definition, constraint);
        break;
    }
}

static SimConstraint *
edit_constraint(Schema *schema, SimRelation *table, const char *name)
{
    const SimConstraint *found = name != NULL ? relation_find_constraint(table, name) : NULL;
    if (found == NULL)
        return NULL;
    size_t place = (size_t)(found - table->constraints.items);
    schema_own_constraints(schema, table);
    return &table->constraints.items[place];
}

void
replay_put_constraint(Schema *schema, SimRelation *table, const ConstraintDefinition *definition)
{
    SimConstraint constraint = {
        .kind = definition->kind,
        .name = definition->name,
        .columns = definition->columns,
        .expression = definition->expression,
        .valid = !definition->not_valid && !definition->not_enforced,
        .enforced = !definition->not_enforced,
        .no_inherit = definition->no_inherit,
        .on_delete = definition->on_delete,
        .on_update = definition->on_update,
        .initially_deferred = definition->initially_deferred,
        .deferrable = definition->deferrable,
    };
    constraint.columns.capacity = constraint.columns.count;
    if (constraint.name == NULL && definition->using_index == NULL)
        constraint.name = object_constraint_name(schema, table, definition);
    SimConstraint *present = edit_constraint(schema, table, constraint.name);
    if (present != NULL) {
        present->is_local = true;
        return;
    }
    put_parts(schema, table, definition, &constraint);
    LIST_APPEND(schema->arena, &table->constraints, constraint);
}

/* The columns of a new key are NOT NULL in the tables below too (parse_utilcmd.c,
 * transformIndexConstraint). */
static void
inherit_key_not_null(Schema *schema, SimRelation *table, RelationId parent)
{
    const SimConstraint *key = relation_primary_key(schema_relation_by_id(schema, parent));
    if (key != NULL && table->id != parent)
        set_columns_not_null(schema, table, &key->columns);
}

static void
add_below(Schema *schema, SimRelation *table, const ConstraintDefinition *definition)
{
    switch (definition->kind) {
    case CONSTRAINT_CHECK:
    case CONSTRAINT_NOT_NULL:
        if (!definition->no_inherit)
            replay_inherit_constraint(schema, table, definition);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        if (table->is_partition)
            replay_inherit_constraint(schema, table, definition);
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_EXCLUDE:
        if (table->is_partition)
            replay_partition_indexes(schema, table, schema_relation_by_id(schema, table->parent));
        break;
    }
}

void
replay_add_constraint(Schema *schema, const Op *op)
{
    const ConstraintDefinition *definition = &op->add_constraint;
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        if (id == family.items)
            replay_put_constraint(schema, table, definition);
        else
            add_below(schema, table, definition);
        if (definition->kind == CONSTRAINT_PRIMARY_KEY)
            inherit_key_not_null(schema, table, family.items[0]);
        schema_store(schema, table);
    }
}

void
replay_alter_constraint(Schema *schema, const Op *op)
{
    SimRelation *table = schema_edit(schema, replay_target(schema, op)->id);
    SimConstraint *constraint = edit_constraint(schema, table, op->add_constraint.name);
    if (constraint == NULL)
        return;
    if (op->add_constraint.not_enforced) {
        constraint->enforced = false;
        constraint->valid = false;
    }
    if (op->add_constraint.alters.deferrability) {
        constraint->deferrable = op->add_constraint.deferrable;
        constraint->initially_deferred = op->add_constraint.initially_deferred;
    }
    schema_store(schema, table);
}

void
replay_validate_constraint(Schema *schema, const Op *op)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        SimConstraint *constraint = edit_constraint(schema, table, op->constraint.name);
        if (constraint == NULL || !constraint->enforced)
            continue;
        constraint->valid = true;
        if (constraint->kind == CONSTRAINT_NOT_NULL)
            set_columns_not_null(schema, table, &constraint->columns);
        schema_store(schema, table);
    }
}

/* The parts of a partitioned index go with it, and the partitions' constraints with them. */
static void
remove_index(Schema *schema, const SimRelation *index)
{
    schema_remove_relation(schema, index);
    RelationIdList parts = schema_children_of(schema->arena, schema, index->id);
    foreach (id, &parts)
        replay_remove(schema, *id);
}

void
replay_remove_constraint(Schema *schema, SimRelation *table, const char *name)
{
    SimConstraint *gone = edit_constraint(schema, table, name);
    if (gone == NULL)
        return;
    const SimRelation *index = schema_relation_by_id(schema, gone->index);
    if (index != NULL)
        remove_index(schema, index);

    size_t place = (size_t)(gone - table->constraints.items);
    for (size_t i = place + 1; i < table->constraints.count; i++)
        table->constraints.items[i - 1] = table->constraints.items[i];
    table->constraints.count--;
}

/* From 18 on each NOT NULL is a constraint with a name; the columns remember only that it is there.
 */
static void
drop_not_null_by_name(Schema *schema, SimRelation *table, const char *name)
{
    schema_own_columns(schema, table);
    foreach (column, &table->columns) {
        const char *own = sql_new_name(schema->arena, table->name.name, column->name, "not_null");
        if (text_equals(own, name))
            column->not_null = false;
    }
}

static void
drop_constraint(Schema *schema, SimRelation *table, const char *name)
{
    const SimConstraint *constraint = edit_constraint(schema, table, name);
    if (constraint == NULL) {
        drop_not_null_by_name(schema, table, name);
        return;
    }
    if (constraint->kind == CONSTRAINT_NOT_NULL) {
        foreach (column, &constraint->columns)
            replay_column(schema, table, *column)->not_null = false;
    }
    replay_remove_constraint(schema, table, name);
}

/* Adds to `losing` the children that lose the constraint too. */
static void
drop_from_children(Schema *schema, const Op *op, RelationId parent, RelationIdList *losing)
{
    RelationIdList children = schema_children_of(schema->arena, schema, parent);
    foreach (id, &children) {
        SimRelation *child = schema_edit(schema, *id);
        SimConstraint *constraint = edit_constraint(schema, child, op->constraint.name);
        if (constraint == NULL ||
            replay_lets_go(op->only, &constraint->inherited, &constraint->is_local))
            LIST_APPEND(schema->arena, losing, *id);
        else
            schema_store(schema, child);
    }
}

/* tablecmds.c, dropconstraint_internal() */
void
replay_drop_constraint(Schema *schema, const Op *op)
{
    const char *name = op->constraint.name;
    RelationIdList losing = {0};
    RelationId target = replay_target(schema, op)->id;
    LIST_APPEND(schema->arena, &losing, target);
    if (op->cascade)
        replay_drop_users_of_constraint(schema, op);
    for (size_t i = 0; i < losing.count; i++) {
        SimRelation *table = schema_edit(schema, losing.items[i]);
        const SimConstraint *found = relation_find_constraint(table, name);
        bool inherits = found == NULL || !found->no_inherit;
        drop_constraint(schema, table, name);
        schema_store(schema, table);
        if (inherits)
            drop_from_children(schema, op, table->id, &losing);
    }
}
