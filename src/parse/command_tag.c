/* SPDX-License-Identifier: MIT */
#include "command_tag.h"

typedef struct ObjectTags {
    const char *alter;
    const char *drop;
} ObjectTags;

#define TAGS(constant, words) [OBJECT_##constant] = {"ALTER " words, "DROP " words}
static const ObjectTags object_tags[] = {
    TAGS(ACCESS_METHOD, "ACCESS METHOD"),
    TAGS(AGGREGATE, "AGGREGATE"),
    TAGS(AMOP, "OPERATOR FAMILY"),
    TAGS(AMPROC, "OPERATOR FAMILY"),
    TAGS(ATTRIBUTE, "TYPE"),
    TAGS(CAST, "CAST"),
    TAGS(COLUMN, "TABLE"),
    TAGS(COLLATION, "COLLATION"),
    TAGS(CONVERSION, "CONVERSION"),
    TAGS(DATABASE, "DATABASE"),
    TAGS(DEFAULT, "TABLE"),
    TAGS(DEFACL, "DEFAULT PRIVILEGES"),
    TAGS(DOMAIN, "DOMAIN"),
    TAGS(DOMCONSTRAINT, "DOMAIN"),
    TAGS(EVENT_TRIGGER, "EVENT TRIGGER"),
    TAGS(EXTENSION, "EXTENSION"),
    TAGS(FDW, "FOREIGN DATA WRAPPER"),
    TAGS(FOREIGN_SERVER, "SERVER"),
    TAGS(FOREIGN_TABLE, "FOREIGN TABLE"),
    TAGS(FUNCTION, "FUNCTION"),
    TAGS(INDEX, "INDEX"),
    TAGS(LANGUAGE, "LANGUAGE"),
    TAGS(LARGEOBJECT, "LARGE OBJECT"),
    TAGS(MATVIEW, "MATERIALIZED VIEW"),
    TAGS(OPCLASS, "OPERATOR CLASS"),
    TAGS(OPERATOR, "OPERATOR"),
    TAGS(OPFAMILY, "OPERATOR FAMILY"),
    TAGS(PARAMETER_ACL, "PARAMETER"),
    TAGS(POLICY, "POLICY"),
    TAGS(PROCEDURE, "PROCEDURE"),
    TAGS(PUBLICATION, "PUBLICATION"),
    TAGS(PUBLICATION_NAMESPACE, "PUBLICATION"),
    TAGS(PUBLICATION_REL, "PUBLICATION"),
    TAGS(ROLE, "ROLE"),
    TAGS(ROUTINE, "ROUTINE"),
    TAGS(RULE, "RULE"),
    TAGS(SCHEMA, "SCHEMA"),
    TAGS(SEQUENCE, "SEQUENCE"),
    TAGS(SUBSCRIPTION, "SUBSCRIPTION"),
    TAGS(STATISTIC_EXT, "STATISTICS"),
    TAGS(TABCONSTRAINT, "TABLE"),
    TAGS(TABLE, "TABLE"),
    TAGS(TABLESPACE, "TABLESPACE"),
    TAGS(TRANSFORM, "TRANSFORM"),
    TAGS(TRIGGER, "TRIGGER"),
    TAGS(TSCONFIGURATION, "TEXT SEARCH CONFIGURATION"),
    TAGS(TSDICTIONARY, "TEXT SEARCH DICTIONARY"),
    TAGS(TSPARSER, "TEXT SEARCH PARSER"),
    TAGS(TSTEMPLATE, "TEXT SEARCH TEMPLATE"),
    TAGS(TYPE, "TYPE"),
    TAGS(USER_MAPPING, "USER MAPPING"),
    TAGS(VIEW, "VIEW"),
};
#undef TAGS

static ObjectTags tags_of(ObjectType type);

const char *
command_tag_of_object(const Node *node)
{
    switch (nodeTag(node)) {
    case T_DropStmt:
        return tags_of(((const DropStmt *)node)->removeType).drop;
    case T_AlterTableStmt:
        return tags_of(((const AlterTableStmt *)node)->objtype).alter;
    case T_RenameStmt: {
        const RenameStmt *rename = (const RenameStmt *)node;
        bool of_part =
            rename->renameType == OBJECT_COLUMN || rename->renameType == OBJECT_ATTRIBUTE;
        return tags_of(of_part ? rename->relationType : rename->renameType).alter;
    }
    case T_AlterObjectSchemaStmt:
        return tags_of(((const AlterObjectSchemaStmt *)node)->objectType).alter;
    case T_AlterOwnerStmt:
        return tags_of(((const AlterOwnerStmt *)node)->objectType).alter;
    case T_AlterObjectDependsStmt:
        return tags_of(((const AlterObjectDependsStmt *)node)->objectType).alter;
    case T_AlterFunctionStmt:
        return tags_of(((const AlterFunctionStmt *)node)->objtype).alter;
    case T_AlterTableMoveAllStmt:
        return tags_of(((const AlterTableMoveAllStmt *)node)->objtype).alter;
    default:
        return NULL;
    }
}

static ObjectTags
tags_of(ObjectType type)
{
    ObjectTags none = {NULL, NULL};

    return (size_t)type < sizeof object_tags / sizeof object_tags[0] ? object_tags[type] : none;
}

const char *
command_tag_of_transaction(const TransactionStmt *transaction)
{
    static const char *const tags[] = {
        [TRANS_STMT_BEGIN] = "BEGIN",
        [TRANS_STMT_START] = "START TRANSACTION",
        [TRANS_STMT_COMMIT] = "COMMIT",
        [TRANS_STMT_ROLLBACK] = "ROLLBACK",
        [TRANS_STMT_SAVEPOINT] = "SAVEPOINT",
        [TRANS_STMT_RELEASE] = "RELEASE",
        [TRANS_STMT_ROLLBACK_TO] = "ROLLBACK",
        [TRANS_STMT_PREPARE] = "PREPARE TRANSACTION",
        [TRANS_STMT_COMMIT_PREPARED] = "COMMIT PREPARED",
        [TRANS_STMT_ROLLBACK_PREPARED] = "ROLLBACK PREPARED",
    };

    return tags[transaction->kind];
}
