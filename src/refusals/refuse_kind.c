/* SPDX-License-Identifier: MIT */
/* ALTER TABLE and its like on a relation of a kind that cannot be altered so (tablecmds.c,
 * ATSimplePermissions). */
#include "refusals/refusal_check.h"

enum {
    TABLE = 1 << RELATION_TABLE,
    PARTITIONED = 1 << RELATION_PARTITIONED_TABLE,
    FOREIGN = 1 << RELATION_FOREIGN_TABLE,
    COPY = 1 << RELATION_MATERIALIZED_VIEW,
    VIEW = 1 << RELATION_VIEW,
    INDEX = 1 << RELATION_INDEX,
    PARTITIONED_INDEX = 1 << RELATION_PARTITIONED_INDEX,
    SEQUENCE = 1 << RELATION_SEQUENCE,
    ANY_TABLE = TABLE | PARTITIONED,
    ALL_VERSIONS = 99
};

typedef struct KindRow {
    OpKind on;
    const char *action; /* tablecmds.c, alter_table_type_to_string() */
    int kinds;          /* that it works on */
    int until;          /* the last version of the row */
} KindRow;

static const KindRow rows[] = {
    {OP_ADD_COLUMN,          "ADD COLUMN",                       ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_DROP_COLUMN,         "DROP COLUMN",                      ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_ALTER_COLUMN_TYPE,   "ALTER COLUMN ... SET DATA TYPE",   ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_SET_NOT_NULL,        "ALTER COLUMN ... SET NOT NULL",    ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_DROP_NOT_NULL,       "ALTER COLUMN ... DROP NOT NULL",   ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_SET_DEFAULT,         "ALTER COLUMN ... SET DEFAULT",     ANY_TABLE | FOREIGN | VIEW,                   ALL_VERSIONS},
    {OP_DROP_DEFAULT,        "ALTER COLUMN ... SET DEFAULT",     ANY_TABLE | FOREIGN | VIEW,                   ALL_VERSIONS},
    {OP_SET_STORAGE,         "ALTER COLUMN ... SET STORAGE",     ANY_TABLE | FOREIGN | COPY,                   ALL_VERSIONS},
    {OP_SET_COMPRESSION,     "ALTER COLUMN ... SET COMPRESSION", ANY_TABLE | COPY,                             ALL_VERSIONS},
    {OP_ADD_CONSTRAINT,      "ADD CONSTRAINT",                   ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_VALIDATE_CONSTRAINT, "VALIDATE CONSTRAINT",              ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_DROP_CONSTRAINT,     "DROP CONSTRAINT",                  ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_SET_LOGGED,          "SET LOGGED",                       ANY_TABLE | SEQUENCE,                         17          },
    {OP_SET_LOGGED,          "SET LOGGED",                       TABLE | SEQUENCE,                             ALL_VERSIONS},
    {OP_SET_UNLOGGED,        "SET UNLOGGED",                     ANY_TABLE | SEQUENCE,                         17          },
    {OP_SET_UNLOGGED,        "SET UNLOGGED",                     TABLE | SEQUENCE,                             ALL_VERSIONS},
    {OP_SET_ACCESS_METHOD,   "SET ACCESS METHOD",                ANY_TABLE | COPY,                             ALL_VERSIONS},
    {OP_SET_TABLESPACE,      "SET TABLESPACE",                   ANY_TABLE | COPY | INDEX | PARTITIONED_INDEX,
     ALL_VERSIONS                                                                                                          },
    {OP_SET_TABLE_OPTIONS,   "SET",                              ANY_TABLE | VIEW | COPY | INDEX,              ALL_VERSIONS},
    {OP_SET_INDEX_OPTIONS,   "SET",                              ANY_TABLE | VIEW | COPY | INDEX,              ALL_VERSIONS},
    {OP_CLUSTER_ON,          "CLUSTER ON",                       ANY_TABLE | COPY,                             ALL_VERSIONS},
    {OP_REPLICA_IDENTITY,    "REPLICA IDENTITY",                 ANY_TABLE | COPY,                             ALL_VERSIONS},
    {OP_SWITCH_ROW_SECURITY, "ENABLE or DISABLE ROW SECURITY",   ANY_TABLE,                                    ALL_VERSIONS},
    {OP_SWITCH_TRIGGER,      "ENABLE or DISABLE TRIGGER",        ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
    {OP_SWITCH_RULE,         "ENABLE or DISABLE RULE",           ANY_TABLE,                                    ALL_VERSIONS},
    {OP_INHERIT,             "INHERIT",                          ANY_TABLE | FOREIGN,                          ALL_VERSIONS},
};

static const KindRow *
find_row(const RefusalCase *c, OpKind kind)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (rows[i].on == kind && c->pg_version <= rows[i].until)
            return &rows[i];
    }
    return NULL;
}

static const char *
action_words(const Op *op, const KindRow *row)
{
    if (op->kind == OP_CLUSTER_ON && op->attached.name == NULL)
        return "SET WITHOUT CLUSTER";
    bool resets = (op->kind == OP_SET_TABLE_OPTIONS || op->kind == OP_SET_INDEX_OPTIONS) &&
                  op->storage.is_reset;
    return resets ? "RESET" : row->action;
}

/* "table, view, or index": what 14 says instead of naming the action (tablecmds.c,
 * ATWrongRelkindError). */
static const char *
kind_list(const RefusalCase *c, int kinds)
{
    static const RelationKind order[] = {
        RELATION_TABLE,
        RELATION_VIEW,
        RELATION_MATERIALIZED_VIEW,
        RELATION_INDEX,
        RELATION_PARTITIONED_INDEX,
        RELATION_FOREIGN_TABLE,
    };
    StringList words = {0};
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        if ((kinds & (1 << order[i])) != 0)
            LIST_APPEND(c->arena, &words, relation_kind_words(order[i]));
    }
    const char *list = words.items[0];
    for (size_t i = 1; i < words.count; i++) {
        bool is_last = i + 1 == words.count;
        list = arena_printf(c->arena, "%s%s%s", list,
                            !is_last          ? ", "
                            : words.count > 2 ? ", or "
                                              : " or ",
                            words.items[i]);
    }
    return list;
}

const char *
refuse_kind(const RefusalCase *c, const Op *op)
{
    const KindRow *row = find_row(c, op->kind);
    const SimRelation *relation = c->target;
    if (row == NULL || relation == NULL || (row->kinds & (1 << relation->kind)) != 0)
        return NULL;
    if (c->pg_version >= 15)
        return arena_printf(c->arena, "ALTER action %s cannot be performed on relation \"%s\"",
                            action_words(op, row), relation->name.name);
    return arena_printf(c->arena, "\"%s\" is not a %s", relation->name.name,
                        kind_list(c, row->kinds));
}
