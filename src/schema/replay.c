/* SPDX-License-Identifier: MIT */
#include "schema/replay.h"

#include "schema/replay_parts.h"

/* What is not here changes nothing that the catalog keeps. */
static ReplayFunction *const replay_functions[OP_KIND_COUNT] = {
    [OP_CREATE_TABLE] = replay_create_table,
    [OP_CREATE_TABLE_AS] = replay_create_table_as,
    [OP_DROP_TABLE] = replay_drop,
    [OP_RENAME_TABLE] = replay_rename_relation,
    [OP_SET_SCHEMA] = replay_set_schema,

    [OP_ADD_COLUMN] = replay_add_column,
    [OP_DROP_COLUMN] = replay_drop_column,
    [OP_RENAME_COLUMN] = replay_rename_column,
    [OP_ALTER_COLUMN_TYPE] = replay_alter_column_type,
    [OP_SET_NOT_NULL] = replay_set_not_null,
    [OP_DROP_NOT_NULL] = replay_set_not_null,
    [OP_SET_DEFAULT] = replay_set_default,
    [OP_DROP_DEFAULT] = replay_set_default,
    [OP_SET_EXPRESSION] = replay_set_default,
    [OP_DROP_EXPRESSION] = replay_drop_expression,
    [OP_ADD_IDENTITY] = replay_add_identity,
    [OP_DROP_IDENTITY] = replay_drop_identity,

    [OP_ADD_CONSTRAINT] = replay_add_constraint,
    [OP_ALTER_CONSTRAINT] = replay_alter_constraint,
    [OP_VALIDATE_CONSTRAINT] = replay_validate_constraint,
    [OP_DROP_CONSTRAINT] = replay_drop_constraint,
    [OP_RENAME_CONSTRAINT] = replay_rename_constraint,

    [OP_ATTACH_PARTITION] = replay_attach_partition,
    [OP_DETACH_PARTITION] = replay_detach_partition,
    [OP_INHERIT] = replay_inherit,
    [OP_NO_INHERIT] = replay_no_inherit,

    [OP_SET_OWNER] = replay_set_owner,
    [OP_SET_TABLESPACE] = replay_set_tablespace,
    [OP_SET_ACCESS_METHOD] = replay_set_access_method,
    [OP_MOVE_ALL] = replay_move_all,
    [OP_CLUSTER_ON] = replay_mark_index,
    [OP_CLUSTER] = replay_mark_index,
    [OP_REPLICA_IDENTITY] = replay_mark_index,
    [OP_PUBLICATION] = replay_publication,
    [OP_CREATE_WRAPPER] = replay_create_wrapper,
    [OP_CREATE_SERVER] = replay_create_server,
    [OP_CREATE_STATISTICS] = replay_create_statistics,
    [OP_DROP_STATISTICS] = replay_drop_statistics,
    [OP_REASSIGN_OWNED] = replay_reassign_owned,
    [OP_DROP_OWNED] = replay_drop,
    [OP_SET_LOGGED] = replay_set_logged,
    [OP_SET_UNLOGGED] = replay_set_unlogged,

    [OP_CREATE_INDEX] = replay_create_index,
    [OP_DROP_INDEX] = replay_drop,
    [OP_RENAME_INDEX] = replay_rename_relation,
    [OP_ATTACH_INDEX] = replay_attach_index,
    [OP_SET_INDEX_VALIDITY] = replay_set_index_validity,

    [OP_CREATE_VIEW] = replay_create_view,
    [OP_DROP_VIEW] = replay_drop,
    [OP_CREATE_MATERIALIZED_VIEW] = replay_create_materialized_view,
    [OP_DROP_MATERIALIZED_VIEW] = replay_drop,
    [OP_CREATE_SEQUENCE] = replay_create_sequence,
    [OP_ALTER_SEQUENCE] = replay_alter_sequence,
    [OP_DROP_SEQUENCE] = replay_drop,

    [OP_CREATE_TRIGGER] = replay_create_trigger,
    [OP_DROP_TRIGGER] = replay_alter_attached,
    [OP_ALTER_TRIGGER] = replay_alter_attached,
    [OP_CREATE_RULE] = replay_create_rule,
    [OP_DROP_RULE] = replay_alter_attached,
    [OP_ALTER_RULE] = replay_alter_attached,
    [OP_CREATE_POLICY] = replay_create_policy,
    [OP_ALTER_POLICY] = replay_alter_attached,
    [OP_DROP_POLICY] = replay_alter_attached,

    [OP_CREATE_ENUM] = replay_create_enum,
    [OP_ADD_ENUM_VALUE] = replay_add_enum_value,
    [OP_RENAME_ENUM_VALUE] = replay_rename_enum_value,
    [OP_CREATE_DOMAIN] = replay_create_domain,
    [OP_ALTER_DOMAIN] = replay_alter_domain,
    [OP_CREATE_TYPE] = replay_create_type,
    [OP_ALTER_ATTRIBUTE] = replay_alter_attribute,
    [OP_OF_TYPE] = replay_of_type,
    [OP_RENAME_TYPE] = replay_rename_type,
    [OP_DROP_TYPE] = replay_drop,
    [OP_CREATE_CAST] = replay_create_cast,
    [OP_CREATE_FUNCTION] = replay_create_function,
    [OP_DROP_FUNCTION] = replay_drop,
    [OP_RENAME_FUNCTION] = replay_rename_function,
    [OP_CREATE_SCHEMA] = replay_create_schema,
    [OP_CREATE_EXTENSION] = replay_create_extension,
    [OP_DROP_OBJECT] = replay_drop,
    [OP_DROP_SCHEMA] = replay_drop,
    [OP_DROP_EXTENSION] = replay_drop,
    [OP_RENAME_SCHEMA] = replay_rename_schema,

    [OP_UPDATE] = replay_written,
    [OP_DELETE] = replay_written,
    [OP_MERGE] = replay_written,
    [OP_COPY_FROM] = replay_written,
    [OP_TRUNCATE] = replay_truncate,
    [OP_VACUUM] = replay_vacuum,

    [OP_SET_VARIABLE] = replay_set_variable,
    [OP_SET_SESSION_DEFAULT] = replay_set_session_default,
    [OP_SET_CONSTRAINTS] = replay_set_constraints,
    [OP_INSERT] = replay_insert,
    [OP_SWITCH_TRIGGER] = replay_switch_trigger,
    [OP_REFRESH_MATERIALIZED_VIEW] = replay_refresh,
    [OP_TRANSACTION] = replay_transaction,
};

Schema *
schema_new(Arena *arena)
{
    Schema *schema = ARENA_NEW(arena, Schema);
    schema->arena = arena;
    schema->last_dependents = ARENA_NEW(arena, LastDependents);
    schema->names = ARENA_NEW(arena, KnownNames);
    schema->transaction = 1;
    return schema;
}

void
schema_apply(Schema *schema, const Op *op, const SimRelation *target)
{
    ReplayFunction *function = replay_functions[op->kind];
    schema->target = target != NULL ? target->id : 0;
    if (function != NULL)
        function(schema, op);
    /* Data, session and transaction are the last ones of op_kinds.def. */
    if (op->kind < OP_SELECT)
        schema->changed_in = schema->transaction;

    /* Outside of a transaction block each statement is a transaction. */
    if (!schema->in_transaction)
        schema->transaction++;
}

const SimRelation *
schema_assume_relation(Schema *schema, QualifiedName name, RelationKind kind)
{
    const SimRelation *found = schema_find_relation(schema, name);
    return found != NULL ? found : schema_assume_missing(schema, name, kind);
}

const SimRelation *
schema_assume_missing(Schema *schema, QualifiedName name, RelationKind kind)
{
    if (name.name == NULL)
        return NULL;
    SimRelation *relation = schema_new_relation(schema, schema_resolve_missing(schema, name), kind);
    relation->assumed = true;
    relation->columns_known = false;
    relation->created_in = 0;
    schema_store(schema, relation);
    return relation;
}

SchemaMark
schema_mark(const Schema *schema)
{
    return schema->changes.count;
}

void
schema_rewind(Schema *schema, SchemaMark mark)
{
    schema_undo(schema, mark);
    schema->transaction++;
}
