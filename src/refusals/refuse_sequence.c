/* SPDX-License-Identifier: MIT */
/* What CREATE SEQUENCE and ALTER SEQUENCE refuse. */
#include <string.h>

#include "refusals/refusal_check.h"

static bool
is_sequence_type(const SqlType *type)
{
    static const char *const names[] = {"int2", "int4", "int8"};
    if (type->array_dimensions > 0)
        return false;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (strcmp(type->name.name, names[i]) == 0)
            return true;
    }
    return false;
}

/* sequence.c, init_params() */
const char *
refuse_sequence_type(const RefusalCase *c, const Op *op)
{
    const SqlType *type = &op->sequence.type;
    (void)c;
    if (type->name.name == NULL || is_sequence_type(type))
        return NULL;
    /* A domain over one of them has another OID, but an unknown type gives another error. */
    if (type->name.schema == NULL || strcmp(type->name.schema, "pg_catalog") != 0)
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

/* sequence.c, process_owned_by(); before 15, tablecmds.c, ATSimplePermissions() */
const char *
refuse_alter_sequence(const RefusalCase *c, const Op *op)
{
    const SimRelation *sequence = schema_find_relation(c->schema, op->target);
    if (sequence == NULL || sequence->kind != RELATION_SEQUENCE || sequence->assumed)
        return NULL;
    if (op->sequence.sets_persistence && c->pg_version < 15)
        return arena_printf(c->arena, "\"%s\" is not a table", sequence->name.name);
    bool changes_owner = op->sequence.owned_by_none || op->sequence.owned_by.name != NULL;
    if (changes_owner && is_identity_sequence(c, sequence))
        return "cannot change ownership of identity sequence";
    return NULL;
}
