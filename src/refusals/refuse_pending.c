/* SPDX-License-Identifier: MIT */
/* tablecmds.c, CheckTableNotInUse(): constraint triggers of the table wait for the end of the
 * transaction. */
#include "refusals/refuse_exists.h"

#define ALTER "ALTER TABLE"

/* The command as the server names it; NULL for what does not ask. */
static const char *const commands[OP_KIND_COUNT] = {
    [OP_DROP_TABLE] = "DROP TABLE",
    [OP_TRUNCATE] = "TRUNCATE",
    [OP_CREATE_INDEX] = "CREATE INDEX",
    [OP_CLUSTER] = "CLUSTER",

    [OP_SET_OWNER] = ALTER,
    [OP_ADD_COLUMN] = ALTER,
    [OP_DROP_COLUMN] = ALTER,
    [OP_ALTER_COLUMN_TYPE] = ALTER,
    [OP_SET_NOT_NULL] = ALTER,
    [OP_DROP_NOT_NULL] = ALTER,
    [OP_SET_DEFAULT] = ALTER,
    [OP_DROP_DEFAULT] = ALTER,
    [OP_SET_EXPRESSION] = ALTER,
    [OP_DROP_EXPRESSION] = ALTER,
    [OP_ADD_IDENTITY] = ALTER,
    [OP_SET_IDENTITY] = ALTER,
    [OP_DROP_IDENTITY] = ALTER,
    [OP_SET_STATISTICS] = ALTER,
    [OP_SET_COLUMN_OPTIONS] = ALTER,
    [OP_SET_STORAGE] = ALTER,
    [OP_SET_COMPRESSION] = ALTER,
    [OP_ADD_CONSTRAINT] = ALTER,
    [OP_ALTER_CONSTRAINT] = ALTER,
    [OP_VALIDATE_CONSTRAINT] = ALTER,
    [OP_DROP_CONSTRAINT] = ALTER,
    [OP_ATTACH_PARTITION] = ALTER,
    [OP_DETACH_PARTITION] = ALTER,
    [OP_INHERIT] = ALTER,
    [OP_NO_INHERIT] = ALTER,
    [OP_SET_LOGGED] = ALTER,
    [OP_SET_UNLOGGED] = ALTER,
    [OP_SET_TABLESPACE] = ALTER,
    [OP_SET_ACCESS_METHOD] = ALTER,
    [OP_SET_TABLE_OPTIONS] = ALTER,
    [OP_CLUSTER_ON] = ALTER,
    [OP_REPLICA_IDENTITY] = ALTER,
    [OP_SWITCH_TRIGGER] = ALTER,
    [OP_SWITCH_RULE] = ALTER,
    [OP_SWITCH_ROW_SECURITY] = ALTER,
};

const char *
refuse_pending_events(const RefusalCase *c, const Op *op)
{
    const char *command = commands[op->kind];
    const SimRelation *table = command != NULL && !c->saw_code ? c->target : NULL;
    if (table == NULL || !schema_has_pending_events(c->schema, table))
        return NULL;
    return arena_printf(c->arena, "cannot %s \"%s\" because it has pending trigger events", command,
                        table->name.name);
}
