/* SPDX-License-Identifier: MIT */
#include "lower.h"

#include <string.h>

#include "command_tag.h"
#include "syntax_version.h"

/* One statement node of the raw grammar. */
typedef struct StatementRow {
    const char *kind; /* the command tag; NULL where it depends on more than the node's tag */
    void (*lower)(Lower *lower, Node *node);
    const char *outside_why; /* where the server never accepts it in a transaction block */
} StatementRow;

static const StatementRow rows[] = {
    /* tables */
    [T_CreateStmt] = {"CREATE TABLE",                    lower_create_table,         NULL               },
    [T_CreateForeignTableStmt] = {"CREATE FOREIGN TABLE",            lower_create_foreign_table, NULL               },
    [T_AlterTableStmt] = {NULL,                              lower_alter_table,          NULL               },
    [T_AlterTableMoveAllStmt] = {NULL,                              lower_move_all,             NULL               },
    [T_IndexStmt] = {"CREATE INDEX",                    lower_create_index,         NULL               },
    [T_ReindexStmt] = {"REINDEX",                         lower_reindex,              NULL               },
    [T_TruncateStmt] = {"TRUNCATE TABLE",                  lower_truncate,             NULL               },
    [T_LockStmt] = {"LOCK TABLE",                      lower_lock,                 NULL               },
    [T_ImportForeignSchemaStmt] = {"IMPORT FOREIGN SCHEMA",           lower_import_foreign,       NULL               },

    /* views, sequences, what hangs on tables */
    [T_ViewStmt] = {"CREATE VIEW",                     lower_create_view,          NULL               },
    [T_CreateTableAsStmt] = {NULL,                              lower_create_table_as,      NULL               },
    [T_RefreshMatViewStmt] = {"REFRESH MATERIALIZED VIEW",       lower_refresh,              NULL               },
    [T_CreateSeqStmt] = {"CREATE SEQUENCE",                 lower_create_sequence,      NULL               },
    [T_AlterSeqStmt] = {"ALTER SEQUENCE",                  lower_alter_sequence,       NULL               },
    [T_CreateTrigStmt] = {"CREATE TRIGGER",                  lower_create_trigger,       NULL               },
    [T_RuleStmt] = {"CREATE RULE",                     lower_create_rule,          NULL               },
    [T_CreatePolicyStmt] = {"CREATE POLICY",                   lower_create_policy,        NULL               },
    [T_AlterPolicyStmt] = {"ALTER POLICY",                    lower_alter_policy,         NULL               },
    [T_CreateStatsStmt] = {"CREATE STATISTICS",               lower_create_statistics,    NULL               },
    [T_CreatePublicationStmt] = {"CREATE PUBLICATION",              lower_create_publication,   NULL               },
    [T_AlterPublicationStmt] = {"ALTER PUBLICATION",               lower_alter_publication,    NULL               },

    /* types, functions, schemas */
    [T_CreateEnumStmt] = {"CREATE TYPE",                     lower_create_enum,          NULL               },
    [T_AlterEnumStmt] = {"ALTER TYPE",                      lower_alter_enum,           NULL               },
    [T_CreateDomainStmt] = {"CREATE DOMAIN",                   lower_create_domain,        NULL               },
    [T_AlterDomainStmt] = {"ALTER DOMAIN",                    lower_alter_domain,         NULL               },
    [T_CompositeTypeStmt] = {"CREATE TYPE",                     lower_create_composite,     NULL               },
    [T_CreateRangeStmt] = {"CREATE TYPE",                     lower_create_range,         NULL               },
    [T_DefineStmt] = {NULL,                              lower_define,               NULL               },
    [T_CreateFunctionStmt] = {NULL,                              lower_create_function,      NULL               },
    [T_CreateSchemaStmt] = {"CREATE SCHEMA",                   lower_create_schema,        NULL               },
    [T_AlterTypeStmt] = {"ALTER TYPE",                      lower_no_relation,          NULL               },
    [T_AlterFunctionStmt] = {NULL,                              lower_no_relation,          NULL               },
    [T_AlterOperatorStmt] = {"ALTER OPERATOR",                  lower_no_relation,          NULL               },
    [T_AlterOpFamilyStmt] = {"ALTER OPERATOR FAMILY",           lower_no_relation,          NULL               },
    [T_AlterStatsStmt] = {"ALTER STATISTICS",                lower_no_relation,          NULL               },
    [T_AlterCollationStmt] = {"ALTER COLLATION",                 lower_no_relation,          NULL               },
    [T_AlterTSDictionaryStmt] = {"ALTER TEXT SEARCH DICTIONARY",    lower_no_relation,          NULL               },
    [T_AlterTSConfigurationStmt] = {"ALTER TEXT SEARCH CONFIGURATION", lower_no_relation,          NULL               },
    [T_CreateOpClassStmt] = {"CREATE OPERATOR CLASS",           lower_no_relation,          NULL               },
    [T_CreateOpFamilyStmt] = {"CREATE OPERATOR FAMILY",          lower_no_relation,          NULL               },
    [T_CreateCastStmt] = {"CREATE CAST",                     lower_create_cast,          NULL               },
    [T_CreateConversionStmt] = {"CREATE CONVERSION",               lower_no_relation,          NULL               },
    [T_CreateTransformStmt] = {"CREATE TRANSFORM",                lower_no_relation,          NULL               },
    [T_CreatePLangStmt] = {"CREATE LANGUAGE",                 lower_no_relation,          NULL               },
    [T_CreateAmStmt] = {"CREATE ACCESS METHOD",            lower_no_relation,          NULL               },

    /* objects of any kind */
    [T_DropStmt] = {NULL,                              lower_drop,                 NULL               },
    [T_RenameStmt] = {NULL,                              lower_rename,               NULL               },
    [T_AlterObjectSchemaStmt] = {NULL,                              lower_set_schema,           NULL               },
    [T_AlterOwnerStmt] = {NULL,                              lower_no_relation,          NULL               },
    [T_AlterObjectDependsStmt] = {NULL,                              lower_depends,              NULL               },
    [T_CommentStmt] = {"COMMENT",                         lower_comment,              NULL               },
    [T_SecLabelStmt] = {"SECURITY LABEL",                  lower_security_label,       NULL               },
    [T_GrantStmt] = {NULL,                              lower_grant,                NULL               },

    /* data */
    [T_SelectStmt] = {"SELECT",                          lower_select,               NULL               },
    [T_InsertStmt] = {"INSERT",                          lower_insert,               NULL               },
    [T_UpdateStmt] = {"UPDATE",                          lower_update,               NULL               },
    [T_DeleteStmt] = {"DELETE",                          lower_delete,               NULL               },
    [T_MergeStmt] = {"MERGE",                           lower_merge,                NULL               },
    [T_CopyStmt] = {"COPY",                            lower_copy,                 NULL               },
    [T_ExplainStmt] = {"EXPLAIN",                         lower_explain,              NULL               },
    [T_DeclareCursorStmt] = {"DECLARE CURSOR",                  lower_declare_cursor,       NULL               },
    [T_FetchStmt] = {"FETCH",                           lower_fetch,                NULL               },
    [T_ClosePortalStmt] = {"CLOSE CURSOR",                    lower_no_relation,          NULL               },
    [T_PrepareStmt] = {"PREPARE",                         lower_prepare,              NULL               },
    [T_ExecuteStmt] = {"EXECUTE",                         lower_execute,              NULL               },
    [T_DeallocateStmt] = {"DEALLOCATE",                      lower_deallocate,           NULL               },
    [T_DoStmt] = {"DO",                              lower_do,                   NULL               },
    [T_CallStmt] = {"CALL",                            lower_call,                 NULL               },

    /* session, transaction, maintenance */
    [T_VariableSetStmt] = {NULL,                              lower_set,                  NULL               },
    [T_VariableShowStmt] = {"SHOW",                            lower_no_relation,          NULL               },
    [T_ConstraintsSetStmt] = {"SET CONSTRAINTS",                 lower_set_constraints,      NULL               },
    [T_TransactionStmt] = {NULL,                              lower_transaction,          NULL               },
    [T_VacuumStmt] = {NULL,                              lower_vacuum,               NULL               },
    [T_ClusterStmt] = {"CLUSTER",                         lower_cluster,              NULL               },
    [T_CheckPointStmt] = {"CHECKPOINT",                      lower_no_relation,          NULL               },
    [T_DiscardStmt] = {"DISCARD",                         lower_discard,              NULL               },
    [T_NotifyStmt] = {"NOTIFY",                          lower_no_relation,          NULL               },
    [T_ListenStmt] = {"LISTEN",                          lower_no_relation,          NULL               },
    [T_UnlistenStmt] = {"UNLISTEN",                        lower_no_relation,          NULL               },
    [T_LoadStmt] = {"LOAD",                            lower_no_relation,          NULL               },

    /* roles */
    [T_CreateRoleStmt] = {"CREATE ROLE",                     lower_no_relation,          NULL               },
    [T_AlterRoleStmt] = {"ALTER ROLE",                      lower_no_relation,          NULL               },
    [T_AlterRoleSetStmt] = {"ALTER ROLE",                      lower_alter_role_set,       NULL               },
    [T_DropRoleStmt] = {"DROP ROLE",                       lower_no_relation,          NULL               },
    [T_GrantRoleStmt] = {"GRANT ROLE",                      lower_no_relation,          NULL               },
    [T_AlterDefaultPrivilegesStmt] = {"ALTER DEFAULT PRIVILEGES",        lower_no_relation,          NULL               },
    [T_ReassignOwnedStmt] = {"REASSIGN OWNED",                  lower_reassign_owned,       NULL               },
    [T_DropOwnedStmt] = {"DROP OWNED",                      lower_drop_owned,           NULL               },

    /* the database and the server */
    [T_CreateExtensionStmt] = {"CREATE EXTENSION",                lower_create_extension,     NULL               },
    [T_AlterExtensionStmt] = {"ALTER EXTENSION",                 lower_no_relation,          NULL               },
    [T_AlterExtensionContentsStmt] = {"ALTER EXTENSION",                 lower_extension_member,     NULL               },
    [T_CreateEventTrigStmt] = {"CREATE EVENT TRIGGER",            lower_no_relation,          NULL               },
    [T_AlterEventTrigStmt] = {"ALTER EVENT TRIGGER",             lower_no_relation,          NULL               },
    [T_CreateFdwStmt] = {"CREATE FOREIGN DATA WRAPPER",     lower_create_wrapper,       NULL               },
    [T_AlterFdwStmt] = {"ALTER FOREIGN DATA WRAPPER",      lower_alter_wrapper,        NULL               },
    [T_CreateForeignServerStmt] = {"CREATE SERVER",                   lower_create_server,        NULL               },
    [T_AlterForeignServerStmt] = {"ALTER SERVER",                    lower_no_relation,          NULL               },
    [T_CreateUserMappingStmt] = {"CREATE USER MAPPING",             lower_no_relation,          NULL               },
    [T_AlterUserMappingStmt] = {"ALTER USER MAPPING",              lower_no_relation,          NULL               },
    [T_DropUserMappingStmt] = {"DROP USER MAPPING",               lower_no_relation,          NULL               },
    [T_AlterDatabaseStmt] = {"ALTER DATABASE",                  lower_alter_database,       NULL               },
    [T_AlterDatabaseRefreshCollStmt] = {"ALTER DATABASE",                  lower_no_relation,          NULL               },
    [T_AlterDatabaseSetStmt] = {"ALTER DATABASE",                  lower_alter_database_set,   NULL               },
    [T_AlterTableSpaceOptionsStmt] = {"ALTER TABLESPACE",                lower_no_relation,          NULL               },
    [T_CreateSubscriptionStmt] = {"CREATE SUBSCRIPTION",             lower_create_subscription,  NULL               },
    [T_AlterSubscriptionStmt] = {"ALTER SUBSCRIPTION",              lower_alter_subscription,   NULL               },
    [T_CreatedbStmt] = {"CREATE DATABASE",                 lower_no_relation,          "CREATE DATABASE"  },
    [T_DropdbStmt] = {"DROP DATABASE",                   lower_no_relation,          "DROP DATABASE"    },
    [T_CreateTableSpaceStmt] = {"CREATE TABLESPACE",               lower_no_relation,          "CREATE TABLESPACE"},
    [T_DropTableSpaceStmt] = {"DROP TABLESPACE",                 lower_no_relation,          "DROP TABLESPACE"  },
    [T_AlterSystemStmt] = {"ALTER SYSTEM",                    lower_no_relation,          "ALTER SYSTEM"     },
    [T_DropSubscriptionStmt] = {"DROP SUBSCRIPTION",               lower_no_relation,          "DROP SUBSCRIPTION"},
};

static const StatementRow *find_row(const Node *node);
static const char *find_kind(const StatementRow *row, const Node *node);
static const char *define_kind(const DefineStmt *define);

void
lower_statement(Lower *lower, Node *node)
{
    const StatementRow *row = find_row(node);
    const char *kind = find_kind(row, node);

    lower->statement->kind = kind == NULL ? "???" : kind;
    lower->statement->use = TRANSACTION_USE_ANY;
    if (row != NULL && row->outside_why != NULL)
        lower_outside(lower, row->outside_why);
    lower_node(lower, node);
    if (lower->adds_labels != NULL && *lower->adds_labels)
        lower_labels(lower, node);
    if (lower->depth == PARSE_WHOLE)
        syntax_version_numbers(lower, node);
    if (lower->statement->ops.count == 0)
        lower_add_plain(lower, OP_UNKNOWN);
}

void
lower_node(Lower *lower, Node *node)
{
    const StatementRow *row = find_row(node);

    syntax_version_node(lower, node);
    if (row == NULL)
        lower_unknown(lower, node);
    else
        row->lower(lower, node);
}

static const StatementRow *
find_row(const Node *node)
{
    size_t tag = (size_t)nodeTag(node);

    return tag < sizeof rows / sizeof rows[0] && rows[tag].lower != NULL ? &rows[tag] : NULL;
}

static const char *
find_kind(const StatementRow *row, const Node *node)
{
    if (row != NULL && row->kind != NULL)
        return row->kind;
    switch (nodeTag(node)) {
    case T_TransactionStmt:
        return command_tag_of_transaction((const TransactionStmt *)node);
    case T_CreateTableAsStmt:
        return ((const CreateTableAsStmt *)node)->objtype == OBJECT_MATVIEW
                   ? "CREATE MATERIALIZED VIEW"
                   : "CREATE TABLE AS";
    case T_CreateFunctionStmt:
        return ((const CreateFunctionStmt *)node)->is_procedure ? "CREATE PROCEDURE"
                                                                : "CREATE FUNCTION";
    case T_GrantStmt:
        return ((const GrantStmt *)node)->is_grant ? "GRANT" : "REVOKE";
    case T_VacuumStmt:
        return ((const VacuumStmt *)node)->is_vacuumcmd ? "VACUUM" : "ANALYZE";
    case T_VariableSetStmt:
        return ((const VariableSetStmt *)node)->kind == VAR_RESET ||
                       ((const VariableSetStmt *)node)->kind == VAR_RESET_ALL
                   ? "RESET"
                   : "SET";
    case T_DefineStmt:
        return define_kind((const DefineStmt *)node);
    default:
        return command_tag_of_object(node);
    }
}

static const char *
define_kind(const DefineStmt *define)
{
    switch (define->kind) {
    case OBJECT_AGGREGATE:
        return "CREATE AGGREGATE";
    case OBJECT_OPERATOR:
        return "CREATE OPERATOR";
    case OBJECT_COLLATION:
        return "CREATE COLLATION";
    case OBJECT_TSPARSER:
        return "CREATE TEXT SEARCH PARSER";
    case OBJECT_TSDICTIONARY:
        return "CREATE TEXT SEARCH DICTIONARY";
    case OBJECT_TSTEMPLATE:
        return "CREATE TEXT SEARCH TEMPLATE";
    case OBJECT_TSCONFIGURATION:
        return "CREATE TEXT SEARCH CONFIGURATION";
    default: /* the server's own enumeration */
        return "CREATE TYPE";
    }
}

void
lower_no_relation(Lower *lower, Node *node)
{
    (void)node;
    lower_add_plain(lower, OP_NO_RELATION);
}

void
lower_unknown(Lower *lower, Node *node)
{
    (void)node;
    lower_add_plain(lower, OP_UNKNOWN);
}

Op
lower_op(const Lower *lower, OpKind kind)
{
    Op op = {.kind = kind, .span = lower->statement->span};

    return op;
}

/* Most statements have one operation, which is large. */
static Op *
new_op(Lower *lower)
{
    OpList *ops = &lower->statement->ops;

    if (ops->items == NULL)
        *ops = (OpList){arena_reserve(lower->arena, sizeof(Op)), 0, 1};
    else if (ops->count == ops->capacity)
        ops->items = arena_grow(lower->arena, ops->items, ops->count, &ops->capacity, sizeof(Op));
    return &ops->items[ops->count++];
}

void
lower_add(Lower *lower, const Op *op)
{
    *new_op(lower) = *op;
}

Op *
lower_new_op(Lower *lower, OpKind kind)
{
    Op *op = new_op(lower);

    memset(op, 0, sizeof *op);
    op->kind = kind;
    op->span = lower->statement->span;
    return op;
}

void
lower_add_plain(Lower *lower, OpKind kind)
{
    lower_add_on(lower, kind, NULL);
}

void
lower_add_on(Lower *lower, OpKind kind, const RangeVar *relation)
{
    lower_new_op(lower, kind)->target = node_relation_name(lower->arena, relation);
}

void
lower_outside(Lower *lower, const char *why)
{
    lower->statement->use = TRANSACTION_USE_OUTSIDE;
    lower->statement->outside_why = why;
}

size_t
lower_offset(const Lower *lower, int location)
{
    return location < 0 ? lower->statement->span.start : lower->base + (size_t)location;
}
