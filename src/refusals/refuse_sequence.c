/* SPDX-License-Identifier: MIT */
/* What CREATE SEQUENCE and ALTER SEQUENCE refuse. */
#include <string.h>

#include "refusals/refusal_type.h"
#include "schema/type_catalog.h"

/* sequence.c, init_params() */
const char *
refuse_sequence_type(const RefusalCase *c, const Op *op)
{
    const SqlType *type = &op->sequence.type;
    if (type->name.name == NULL || refusal_may_be_identity(type))
        return NULL;
    /* A type that is not known may not exist at all, which is another error. */
    bool is_own = schema_find_domain(c->schema, type->name) != NULL ||
                  schema_find_enum(c->schema, type->name) != NULL;
    if (!is_own && type_catalog_find(type->name) == NULL)
        return NULL;
    return "sequence type must be smallint, integer, or bigint";
}

static bool
is_identity_sequence(const RefusalCase *c, const SimRelation *sequence)
{
    const SimRelation *table = schema_relation_by_id(c->schema, sequence->owner_table);
    if (table == NULL || sequence->owner_column == NULL)
        return false;
    const SimColumn *column = relation_find_column(table, sequence->owner_column);
    return column != NULL && column_is_identity(column);
}

/* sequence.c, process_owned_by() */
const char *
refuse_alter_sequence(const RefusalCase *c, const Op *op)
{
    const SimRelation *sequence = c->target;
    if (sequence == NULL || sequence->kind != RELATION_SEQUENCE)
        return NULL;
    bool changes_owner = op->sequence.owned_by_none || op->sequence.owned_by.name != NULL;
    if (changes_owner && is_identity_sequence(c, sequence))
        return "cannot change ownership of identity sequence";
    return NULL;
}

/* tablecmds.c, ATExecChangeOwner() and AlterTableNamespace(): it goes where its table goes. */
const char *
refuse_owned_sequence(const RefusalCase *c, const Op *op)
{
    const SimRelation *sequence = c->target;
    const SimRelation *table = sequence != NULL && sequence->kind == RELATION_SEQUENCE
                                   ? schema_relation_by_id(c->schema, sequence->owner_table)
                                   : NULL;
    if (table == NULL || c->saw_code)
        return NULL;
    if (op->kind == OP_SET_SCHEMA)
        return "cannot move an owned sequence into another schema";
    const char *owner = relation_owner(table);
    if (op->assigned.name == NULL || owner == NULL || strcmp(op->assigned.name, owner) == 0)
        return NULL;
    return arena_printf(c->arena, "cannot change owner of sequence \"%s\"", sequence->name.name);
}

/* tablecmds.c, AlterTableNamespace(); catalog/namespace.c, CheckSetNamespace() */
const char *
refuse_move(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->target;
    const char *schema = op->rename.new_name;
    if (target == NULL || schema == NULL)
        return NULL;
    if (target->kind == RELATION_INDEX || target->kind == RELATION_PARTITIONED_INDEX)
        return c->pg_version >= 15
                   ? arena_printf(c->arena, "cannot change schema of index \"%s\"",
                                  target->name.name)
                   : arena_printf(c->arena,
                                  "\"%s\" is not a table, view, materialized view, sequence, or "
                                  "foreign table",
                                  target->name.name);
    return strncmp(schema, "pg_temp", 7) == 0
               ? "cannot move objects into or out of temporary schemas"
               : NULL;
}

/* sequence.c, process_owned_by() */
const char *
refuse_sequence_owner(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = refusal_known(c, op->sequence.owned_by);
    const char *column = op->sequence.owned_column;
    bool skipped = op->kind == OP_CREATE_SEQUENCE && c->found != NULL;
    if (table == NULL || column == NULL || c->saw_code || skipped)
        return NULL;
    bool has_columns = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED_TABLE ||
                       table->kind == RELATION_FOREIGN_TABLE || table->kind == RELATION_VIEW;
    if (!has_columns || !table->columns_known || relation_find_column(table, column) != NULL)
        return NULL;
    return arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist", column,
                        table->name.name);
}
