/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "schema/object_name.h"
#include "schema/replay_parts.h"

const SimRelation *
replay_found(const Schema *schema)
{
    return schema_relation_by_id(schema, schema->target);
}

const SimRelation *
replay_target(Schema *schema, const Op *op)
{
    const SimRelation *found = replay_found(schema);
    if (found != NULL)
        return found;
    found = schema_assume_relation(schema, op->target, RELATION_TABLE);
    schema->target = found != NULL ? found->id : 0;
    return found;
}

RelationIdList
replay_family(Schema *schema, const Op *op)
{
    RelationIdList family = {0};
    RelationId target = replay_target(schema, op)->id;
    LIST_APPEND(schema->arena, &family, target);
    if (op->only)
        return family;
    RelationIdList below = schema_descendants_of(schema->arena, schema, target);
    foreach (id, &below)
        LIST_APPEND(schema->arena, &family, *id);
    return family;
}

/* To be changed. */
static SimColumn *
own_column(Schema *schema, SimRelation *table, const char *name)
{
    const SimColumn *found = relation_find_column(table, name);
    return found != NULL ? schema_own_column(schema, table, found) : NULL;
}

SimColumn *
replay_column(Schema *schema, SimRelation *table, const char *name)
{
    SimColumn *found = own_column(schema, table, name);
    if (found != NULL)
        return found;
    assert(table->columns.items != NULL || table->columns.capacity == 0);
    return schema_append_column(schema, table, (SimColumn){.name = name});
}

/* ---- serial and identity */

static RelationId
sequence_of(const Schema *schema, const SqlExpr *value)
{
    if (value == NULL || value->sequences.count == 0)
        return 0;
    const SimRelation *sequence = schema_find_relation(schema, value->sequences.items[0]);
    return sequence != NULL && sequence->kind == RELATION_SEQUENCE ? sequence->id : 0;
}

static RelationId
own_sequence(Schema *schema, const SimRelation *table, const SimColumn *column)
{
    const char *name = object_sequence_name(schema, table, column->name);
    SimRelation *sequence =
        schema_new_relation(schema, (QualifiedName){table->name.schema, name}, RELATION_SEQUENCE);
    sequence->owner_table = table->id;
    sequence->owner_column = column->name;
    schema_store(schema, sequence);
    return sequence->id;
}

static const SqlExpr *
serial_default(Schema *schema, const SimRelation *table, const char *column)
{
    SqlExpr *call = ARENA_NEW(schema->arena, SqlExpr);
    const char *sequence = object_sequence_name(schema, table, column);
    const char *literal = sql_literal(
        schema->arena, sql_qualified(schema->arena, (QualifiedName){table->name.schema, sequence}));
    call->text = arena_printf(schema->arena, "nextval(%s::regclass)", literal);
    LIST_APPEND(schema->arena, &call->functions, (QualifiedName){NULL, "nextval"});
    LIST_APPEND(schema->arena, &call->sequences, (QualifiedName){table->name.schema, sequence});
    return call;
}

static bool
is_identity(GeneratedKind kind)
{
    return kind == GENERATED_IDENTITY_ALWAYS || kind == GENERATED_IDENTITY_BY_DEFAULT;
}

/* ---- ADD COLUMN */

/* A partition's or typed table's column options have no type: they change the column that is there.
 */
static SimColumn *
define_column(Schema *schema, SimRelation *table, const ColumnDefinition *definition)
{
    SimColumn *column = replay_column(schema, table, definition->name);
    const SerialType *serial = serial_type_of(&definition->type);
    if (definition->type.name.name != NULL) {
        column->type = definition->type;
        column->type_known = true;
        column->is_local = true;
    }
    if (definition->collation.name != NULL)
        column->collation = definition->collation;
    column->not_null |= definition->not_null;
    if (definition->default_value != NULL) {
        column->default_value = definition->default_value;
        column->sequence = sequence_of(schema, definition->default_value);
    }
    if (definition->generated != GENERATED_NOT)
        column->generated = definition->generated;
    if (definition->generated_as != NULL)
        column->default_value = definition->generated_as;
    if (serial != NULL) {
        column->type.name = (QualifiedName){"pg_catalog", serial->base};
        column->not_null = true;
    }
    return column;
}

static void
number_column(Schema *schema, const SimRelation *table, SimColumn *column,
              const ColumnDefinition *definition)
{
    if (serial_type_of(&definition->type) != NULL) {
        column->default_value = serial_default(schema, table, definition->name);
        column->sequence = own_sequence(schema, table, column);
    } else if (is_identity(definition->generated)) {
        (void)own_sequence(schema, table, column);
    }
}

/* heap.c, CheckAttributeNamesTypes(): no table has more (MaxHeapAttributeNumber). Each new column
 * is compared with those that are there. */
enum { MOST_COLUMNS = 1600 };

void
replay_put_column(Schema *schema, SimRelation *table, const ColumnDefinition *definition)
{
    if (table->columns.count >= MOST_COLUMNS)
        return;
    number_column(schema, table, define_column(schema, table, definition), definition);
    foreach (constraint, &definition->constraints)
        replay_put_constraint(schema, table, constraint);
}

/* Keys and foreign keys come to partitions only; the sequence is that of the table above. */
static void
inherit_new_column(Schema *schema, SimRelation *table, const ColumnDefinition *definition,
                   RelationId above)
{
    const SimColumn *model =
        relation_find_column(schema_relation_by_id(schema, above), definition->name);
    SimColumn *column = define_column(schema, table, definition);
    column->inherited = 1;
    column->is_local = false;
    if (model != NULL) {
        column->default_value = model->default_value;
        column->sequence = model->sequence;
        column->null_in = model->null_in;
    }
    foreach (constraint, &definition->constraints) {
        if (constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_NOT_NULL ||
            (constraint->kind == CONSTRAINT_FOREIGN_KEY && table->is_partition))
            replay_inherit_constraint(schema, table, constraint);
    }
    if (table->is_partition)
        replay_partition_indexes(schema, table, schema_relation_by_id(schema, table->parent));
}

static bool
is_null_at_first(const Schema *schema, const SimColumn *column)
{
    const SqlExpr *value = column->default_value;
    return column->generated == GENERATED_NOT && (value == NULL || value->is_null_constant) &&
           schema_find_domain(schema, column->type.name) == NULL;
}

static void
put_new_column(Schema *schema, SimRelation *table, const ColumnDefinition *definition)
{
    replay_put_column(schema, table, definition);
    SimColumn *column = own_column(schema, table, definition->name);
    if (column != NULL && is_null_at_first(schema, column))
        column->null_in = schema->transaction;
}

void
replay_add_column(Schema *schema, const Op *op)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        bool is_target = id == family.items;
        SimRelation *table = schema_edit(schema, *id);
        SimColumn *present = own_column(schema, table, op->add_column.name);
        if (is_target && present != NULL)
            return;
        if (is_target)
            put_new_column(schema, table, &op->add_column);
        else if (present != NULL)
            replay_count_parent(present);
        else
            inherit_new_column(schema, table, &op->add_column, family.items[0]);
        schema_store(schema, table);
    }
}

/* ---- DROP COLUMN */

void
replay_remove_column(Schema *schema, SimRelation *table, const char *name)
{
    SimColumn *gone = own_column(schema, table, name);
    if (gone == NULL)
        return;
    for (SimColumn *next = gone + 1; next < table->columns.items + table->columns.count; next++)
        next[-1] = *next;
    table->columns.count--;
}

void
replay_remove_default(Schema *schema, SimRelation *table, const char *name)
{
    SimColumn *column = own_column(schema, table, name);
    if (column == NULL)
        return;
    column->default_value = NULL;
    column->sequence = 0;
}

static void
drop_sequences_of(Schema *schema, const SimRelation *table, const char *column)
{
    RelationIdList sequences = schema_sequences_of(schema->arena, schema, table->id);
    foreach (id, &sequences) {
        const SimRelation *sequence = schema_relation_by_id(schema, *id);
        if (sequence->owner_column != NULL && text_equals(sequence->owner_column, column))
            schema_remove_relation(schema, sequence);
    }
}

/* Adds to `losing` the children that lose the column too. */
static void
drop_from_children(Schema *schema, const Op *op, RelationId parent, RelationIdList *losing)
{
    RelationIdList children = schema_children_of(schema->arena, schema, parent);
    foreach (id, &children) {
        SimRelation *child = schema_edit(schema, *id);
        SimColumn *column = own_column(schema, child, op->column.column);
        if (column == NULL || replay_lets_go(op->only, &column->inherited, &column->is_local))
            LIST_APPEND(schema->arena, losing, *id);
        else
            schema_store(schema, child);
    }
}

/* tablecmds.c, ATExecDropColumn() */
void
replay_drop_column(Schema *schema, const Op *op)
{
    RelationIdList losing = {0};
    DependentList roots = {0};
    RelationId target = replay_target(schema, op)->id;
    LIST_APPEND(schema->arena, &losing, target);
    for (size_t i = 0; i < losing.count; i++) {
        drop_from_children(schema, op, losing.items[i], &losing);
        LIST_APPEND(schema->arena, &roots,
                    (Dependent){.kind = DEPENDENT_COLUMN,
                                .relation = losing.items[i],
                                .name = op->column.column});
    }
    replay_drop_all(schema, &roots);
}

/* ---- ALTER COLUMN */

typedef void ColumnChange(Schema *schema, SimRelation *table, SimColumn *column, const Op *op);

static void
change_column(Schema *schema, const Op *op, const char *name, ColumnChange *change)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        SimRelation *table = schema_edit(schema, *id);
        change(schema, table, replay_column(schema, table, name), op);
        schema_store(schema, table);
    }
}

static void
change_type(Schema *schema, SimRelation *table, SimColumn *column, const Op *op)
{
    (void)schema;
    (void)table;
    column->type = op->alter_type.type;
    column->type_known = true;
    if (op->alter_type.using != NULL)
        column->null_in = 0;
    column->collation = op->alter_type.collation;
}

void
replay_alter_column_type(Schema *schema, const Op *op)
{
    change_column(schema, op, op->alter_type.column, change_type);
}

static void
set_not_null(Schema *schema, SimRelation *table, SimColumn *column, const Op *op)
{
    (void)schema;
    (void)table;
    column->not_null = op->kind == OP_SET_NOT_NULL;
}

void
replay_set_not_null(Schema *schema, const Op *op)
{
    change_column(schema, op, op->column.column, set_not_null);
}

static void
set_default(Schema *schema, SimRelation *table, SimColumn *column, const Op *op)
{
    (void)table;
    column->default_value = op->kind == OP_DROP_DEFAULT ? NULL : op->column.value;
    if (op->kind != OP_SET_EXPRESSION)
        column->sequence = sequence_of(schema, column->default_value);
}

void
replay_set_default(Schema *schema, const Op *op)
{
    change_column(schema, op, op->column.column, set_default);
}

static void
drop_expression(Schema *schema, SimRelation *table, SimColumn *column, const Op *op)
{
    (void)schema;
    (void)table;
    (void)op;
    column->generated = GENERATED_NOT;
    column->default_value = NULL;
}

void
replay_drop_expression(Schema *schema, const Op *op)
{
    change_column(schema, op, op->column.column, drop_expression);
}

/* Partitions share the identity of their table, and its sequence (since 17); tables that inherit do
 * not. */
static void
change_identity(Schema *schema, const Op *op, GeneratedKind generated)
{
    RelationIdList family = replay_family(schema, op);
    foreach (id, &family) {
        bool is_target = id == family.items;
        SimRelation *table = schema_edit(schema, *id);
        if (!is_target && !table->is_partition)
            continue;
        SimColumn *column = replay_column(schema, table, op->column.column);
        column->generated = generated;
        column->not_null |= generated != GENERATED_NOT;
        if (is_target && generated != GENERATED_NOT)
            (void)own_sequence(schema, table, column);
        else if (is_target)
            drop_sequences_of(schema, table, column->name);
        schema_store(schema, table);
    }
}

void
replay_add_identity(Schema *schema, const Op *op)
{
    change_identity(schema, op, GENERATED_IDENTITY_BY_DEFAULT);
}

void
replay_drop_identity(Schema *schema, const Op *op)
{
    change_identity(schema, op, GENERATED_NOT);
}
