/* SPDX-License-Identifier: MIT */
/* tablecmds.c, ATAddForeignKeyConstraint() and what it calls. */
#include <string.h>

#include "refusals/refusal_check.h"

/* The table that refers, there already or about to be made. */
typedef struct Referrer {
    const char *name;
    Persistence persistence;
    const SimRelation *table;      /* NULL where it is new */
    const ColumnList *new_columns; /* of a new table, or the one that is added */
} Referrer;

/* ---- types */

typedef enum TypeGroup {
    GROUP_UNKNOWN,
    GROUP_INTEGER,
    GROUP_REAL, /* to which integers are cast silently, but not back */
    GROUP_STRING,
    GROUP_UUID,
    GROUP_BOOLEAN,
    GROUP_DATE,
    GROUP_BYTES
} TypeGroup;

static TypeGroup
group_of(const SqlType *type)
{
    static const struct {
        const char *name;
        TypeGroup group;
    } rows[] = {
        {"int2",        GROUP_INTEGER},
        {"int4",        GROUP_INTEGER},
        {"int8",        GROUP_INTEGER},
        {"numeric",     GROUP_REAL   },
        {"float4",      GROUP_REAL   },
        {"float8",      GROUP_REAL   },
        {"text",        GROUP_STRING },
        {"varchar",     GROUP_STRING },
        {"bpchar",      GROUP_STRING },
        {"uuid",        GROUP_UUID   },
        {"bool",        GROUP_BOOLEAN},
        {"date",        GROUP_DATE   },
        {"timestamp",   GROUP_DATE   },
        {"timestamptz", GROUP_DATE   },
        {"bytea",       GROUP_BYTES  },
    };
    bool built_in = type->name.schema == NULL || strcmp(type->name.schema, "pg_catalog") == 0;
    if (type->name.name == NULL || !built_in || type->array_dimensions > 0)
        return GROUP_UNKNOWN;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(type->name.name, rows[i].name) == 0)
            return rows[i].group;
    }
    return GROUP_UNKNOWN;
}

static bool
cannot_compare(const SqlType *key, const SqlType *referring)
{
    SqlType element = key->array_dimensions > 0 ? *key : *referring;
    const SqlType *other = key->array_dimensions > 0 ? referring : key;
    element.array_dimensions = 0;
    if ((key->array_dimensions > 0) != (referring->array_dimensions > 0))
        return group_of(&element) != GROUP_UNKNOWN && group_of(other) != GROUP_UNKNOWN;
    TypeGroup a = group_of(key);
    TypeGroup b = group_of(referring);
    if (a == GROUP_UNKNOWN || b == GROUP_UNKNOWN || a == b)
        return false;
    return a != GROUP_REAL || b != GROUP_INTEGER;
}

/* ---- the columns that refer */

static const SqlType *
column_type(const Referrer *referrer, const char *name)
{
    if (referrer->new_columns != NULL) {
        foreach (column, referrer->new_columns) {
            if (strcmp(column->name, name) == 0)
                return &column->type;
        }
    }
    const SimColumn *column =
        referrer->table != NULL ? relation_find_column(referrer->table, name) : NULL;
    return column != NULL && column->type_known ? &column->type : NULL;
}

static bool
lacks_column(const SimRelation *table, const char *name)
{
    return table != NULL && table->columns_known && relation_find_column(table, name) == NULL;
}

static const char *
refuse_types(const RefusalCase *c, const Referrer *referrer, const ConstraintDefinition *key,
             const SimRelation *referenced, const StringList *columns)
{
    for (size_t i = 0; i < columns->count; i++) {
        const SimColumn *target = relation_find_column(referenced, columns->items[i]);
        const SqlType *type = column_type(referrer, key->columns.items[i]);
        if (target == NULL || !target->type_known || type == NULL ||
            !cannot_compare(&target->type, type))
            continue;
        const char *name = key->name;
        if (name == NULL)
            name = sql_new_name(c->arena, referrer->name, key->columns.items[0], "fkey");
        return arena_printf(c->arena, "foreign key constraint \"%s\" cannot be implemented", name);
    }
    return NULL;
}

/* ---- the key that is referred to */

static bool
same_columns(const IndexKeyList *keys, const StringList *columns)
{
    if (keys->count != columns->count)
        return false;
    foreach (key, keys) {
        if (key->column == NULL || !string_list_has(columns, key->column))
            return false;
    }
    return true;
}

static const SimConstraint *
constraint_of(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint;
    }
    return NULL;
}

/* tablecmds.c, transformFkeyCheckAttrs() */
static const char *
refuse_key(const RefusalCase *c, const SimRelation *referenced, const StringList *columns)
{
    const char *deferrable = NULL;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, referenced->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        const SimConstraint *constraint = constraint_of(referenced, *id);
        if (!index->index.unique || !index->index.valid || index->index.predicate != NULL ||
            !same_columns(&index->index.keys, columns))
            continue;
        if (constraint == NULL || !constraint->deferrable)
            return NULL;
        deferrable = arena_printf(
            c->arena, "cannot use a deferrable unique constraint for referenced table \"%s\"",
            referenced->name.name);
    }
    if (deferrable != NULL)
        return deferrable;
    return arena_printf(
        c->arena, "there is no unique constraint matching given keys for referenced table \"%s\"",
        referenced->name.name);
}

static const char *
refuse_missing_column(const RefusalCase *c, const SimRelation *table, const StringList *columns)
{
    foreach (name, columns) {
        if (lacks_column(table, *name))
            return arena_printf(c->arena,
                                "column \"%s\" referenced in foreign key constraint does not exist",
                                *name);
    }
    return NULL;
}

static const char *
refuse_columns(const RefusalCase *c, const Referrer *referrer, const ConstraintDefinition *key,
               const SimRelation *referenced)
{
    StringList columns = key->referenced_columns;
    const char *refusal = NULL;
    if (referrer->new_columns == NULL)
        refusal = refuse_missing_column(c, referrer->table, &key->columns);
    if (refusal == NULL)
        refusal = refuse_missing_column(c, referenced, &columns);
    if (refusal != NULL || !referenced->columns_known)
        return refusal;
    const SimConstraint *primary = relation_primary_key(referenced);
    if (columns.count == 0 && primary == NULL)
        return arena_printf(c->arena, "there is no primary key for referenced table \"%s\"",
                            referenced->name.name);
    if (columns.count == 0)
        columns = primary->columns;
    else if (!key->without_overlaps && columns.count == key->columns.count)
        refusal = refuse_key(c, referenced, &columns);
    if (columns.count != key->columns.count)
        return "number of referencing and referenced columns for foreign key disagree";
    return refusal != NULL ? refusal : refuse_types(c, referrer, key, referenced, &columns);
}

/* ---- the whole */

static const char *
refuse_mixed_persistence(Persistence referring, Persistence referenced)
{
    switch (referring) {
    case PERSISTENCE_PERMANENT:
        return referenced == PERSISTENCE_PERMANENT
                   ? NULL
                   : "constraints on permanent tables may reference only permanent tables";
    case PERSISTENCE_UNLOGGED:
        return referenced != PERSISTENCE_TEMPORARY
                   ? NULL
                   : "constraints on unlogged tables may reference only permanent or unlogged "
                     "tables";
    case PERSISTENCE_TEMPORARY:
        return referenced == PERSISTENCE_TEMPORARY
                   ? NULL
                   : "constraints on temporary tables may reference only temporary tables";
    }
    return NULL;
}

static const char *
refuse_reference(const RefusalCase *c, const Referrer *referrer, const ConstraintDefinition *key)
{
    if (key->kind != CONSTRAINT_FOREIGN_KEY)
        return NULL;
    const SimRelation *referenced = refusal_known(c, key->referenced);
    if (referenced == NULL)
        return NULL;
    if (referenced->kind != RELATION_TABLE && referenced->kind != RELATION_PARTITIONED_TABLE)
        return arena_printf(c->arena, "referenced relation \"%s\" is not a table",
                            referenced->name.name);
    const char *refusal = refuse_mixed_persistence(referrer->persistence, referenced->persistence);
    return refusal != NULL ? refusal : refuse_columns(c, referrer, key, referenced);
}

static const char *
refuse_partitioned(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    const ConstraintDefinition *key = &op->add_constraint;
    if (table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    if (op->only)
        return arena_printf(
            c->arena,
            "cannot use ONLY for foreign key on partitioned table \"%s\" referencing relation "
            "\"%s\"",
            table->name.name, key->referenced.name);
    if (key->not_valid && c->pg_version < 18)
        return arena_printf(
            c->arena,
            "cannot add NOT VALID foreign key on partitioned table \"%s\" referencing relation "
            "\"%s\"",
            table->name.name, key->referenced.name);
    return NULL;
}

/* A generated column cannot be set to something else. */
static const char *
refuse_generated_columns(const RefusalCase *c, const SimRelation *table,
                         const ConstraintDefinition *key)
{
    bool sets_on_delete =
        key->on_delete == FOREIGN_KEY_SET_NULL || key->on_delete == FOREIGN_KEY_SET_DEFAULT;
    bool sets_on_update = key->on_update == FOREIGN_KEY_SET_NULL ||
                          key->on_update == FOREIGN_KEY_SET_DEFAULT ||
                          key->on_update == FOREIGN_KEY_CASCADE;
    foreach (name, &key->columns) {
        const SimColumn *column = relation_find_column(table, *name);
        bool generated = column != NULL && (column->generated == GENERATED_STORED ||
                                            column->generated == GENERATED_VIRTUAL);
        if (generated && (sets_on_delete || sets_on_update))
            return arena_printf(
                c->arena,
                "invalid %s action for foreign key constraint containing generated column",
                sets_on_update ? "ON UPDATE" : "ON DELETE");
    }
    return NULL;
}

const char *
refuse_add_foreign_key(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || op->add_constraint.kind != CONSTRAINT_FOREIGN_KEY)
        return NULL;
    if (table->kind == RELATION_FOREIGN_TABLE)
        return "foreign key constraints are not supported on foreign tables";
    const char *refusal = refuse_partitioned(c, op, table);
    if (refusal == NULL)
        refusal = refuse_generated_columns(c, table, &op->add_constraint);
    const Referrer referrer = {
        .name = table->name.name, .persistence = table->persistence, .table = table};
    return refusal != NULL ? refusal : refuse_reference(c, &referrer, &op->add_constraint);
}

const char *
refuse_foreign_key_of_new_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *refusal = NULL;
    if (table == NULL || c->adds_nothing)
        return NULL;
    ColumnDefinition column = op->add_column;
    const ColumnList columns = {&column, 1, 1};
    const Referrer referrer = {.name = table->name.name,
                               .persistence = table->persistence,
                               .table = table,
                               .new_columns = &columns};
    foreach (constraint, &op->add_column.constraints) {
        if (refusal == NULL)
            refusal = refuse_reference(c, &referrer, constraint);
    }
    return refusal;
}

const char *
refuse_foreign_key_of_new_table(const RefusalCase *c, const Op *op)
{
    const char *refusal = NULL;
    if (c->found != NULL)
        return NULL;
    const Referrer referrer = {.name = op->target.name,
                               .persistence = op->create_table.persistence,
                               .new_columns = &op->create_table.columns};
    foreach (column, &op->create_table.columns) {
        foreach (constraint, &column->constraints) {
            if (refusal == NULL)
                refusal = refuse_reference(c, &referrer, constraint);
        }
    }
    foreach (constraint, &op->create_table.constraints) {
        if (refusal == NULL)
            refusal = refuse_reference(c, &referrer, constraint);
    }
    return refusal;
}

/* ---- ALTER COLUMN TYPE makes the foreign keys of the column anew */

static const char *
refuse_pair(const RefusalCase *c, const SimConstraint *key, const char *changed,
            const StringList *changing, const SimRelation *other, const StringList *others,
            const SqlType *type)
{
    for (size_t i = 0; i < changing->count && i < others->count; i++) {
        const SimColumn *column = relation_find_column(other, others->items[i]);
        bool refers = changing == &key->columns;
        if (strcmp(changing->items[i], changed) != 0 || column == NULL || !column->type_known)
            continue;
        if (refers ? cannot_compare(&column->type, type) : cannot_compare(type, &column->type))
            return arena_printf(c->arena, "foreign key constraint \"%s\" cannot be implemented",
                                key->name);
    }
    return NULL;
}

static const char *
refuse_keys_to(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    const char *refusal = NULL;
    RelationIdList tables = schema_referencing(c->arena, c->schema, table->id);
    foreach (id, &tables) {
        const SimRelation *other = schema_relation_by_id(c->schema, *id);
        foreach (key, &other->constraints) {
            if (refusal == NULL && key->kind == CONSTRAINT_FOREIGN_KEY && other != table &&
                key->referenced == table->id)
                refusal = refuse_pair(c, key, op->alter_type.column, &key->referenced_columns,
                                      other, &key->columns, &op->alter_type.type);
        }
    }
    return refusal;
}

/* tablecmds.c, ATPostAlterTypeParse(); one that refers to its own table changes on both sides. */
const char *
refuse_type_of_key(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *refusal = NULL;
    if (table == NULL)
        return NULL;
    foreach (key, &table->constraints) {
        const SimRelation *other = key->kind == CONSTRAINT_FOREIGN_KEY
                                       ? schema_relation_by_id(c->schema, key->referenced)
                                       : NULL;
        if (refusal == NULL && other != NULL && other != table)
            refusal = refuse_pair(c, key, op->alter_type.column, &key->columns, other,
                                  &key->referenced_columns, &op->alter_type.type);
    }
    return refusal != NULL ? refusal : refuse_keys_to(c, op, table);
}
