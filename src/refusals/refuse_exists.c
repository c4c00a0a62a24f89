/* SPDX-License-Identifier: MIT */
/*
 * What is not there, is there already, or is something else than the statement takes it for:
 * relations. Their columns and constraints are in refuse_members.c.
 *
 * Composite types are not in the simulated schema: where one may be meant, nothing is claimed.
 */
#include "refusals/refuse_exists.h"

#include <string.h>

#include "refusals/refusal_check.h"

#define KIND(kind) (1U << RELATION_##kind)
#define TABLES (KIND(TABLE) | KIND(PARTITIONED_TABLE) | KIND(FOREIGN_TABLE))
#define INDEXES (KIND(INDEX) | KIND(PARTITIONED_INDEX))
#define ANYTHING (~0U)

static const char *const op_kind_words[] = {
#define OP(constant, words) words,
#include "lockstep/op_kinds.def"
#undef OP
};

/* What the target of an operation has to be. */
typedef struct TargetRow {
    unsigned kinds;     /* 0: it names no relation, or a new one */
    const char *missed; /* what the server calls one that is missing; NULL: "relation" */
    const char *words;  /* completes "… is not"; NULL: see wrong_kind() */
} TargetRow;

static const TargetRow targets[OP_KIND_COUNT] = {
    /* tablecmds.c, DropErrorMsgNonExistent() and DropErrorMsgWrongType() */
    [OP_DROP_TABLE] = {TABLES,                                     "table",             "a table"            },
    [OP_DROP_VIEW] = {KIND(VIEW),                                 "view",              "a view"             },
    [OP_DROP_MATERIALIZED_VIEW] = {KIND(MATERIALIZED_VIEW),                    "materialized view",
                       "a materialized view"                                                                 },
    [OP_DROP_INDEX] = {INDEXES,                                    "index",             "an index"           },
    [OP_DROP_SEQUENCE] = {KIND(SEQUENCE),                             "sequence",          "a sequence"         },

    /* tablecmds.c, truncate_check_rel(); namespace.c, RangeVarGetRelidExtended() for all */
    [OP_TRUNCATE] = {TABLES,                                     NULL,                "a table"            },
    [OP_LOCK_TABLE] = {TABLES | KIND(VIEW),                        NULL,                NULL                 },
    [OP_REINDEX] = {TABLES | INDEXES | KIND(MATERIALIZED_VIEW), NULL,                NULL                 },
    [OP_REFRESH_MATERIALIZED_VIEW] = {KIND(MATERIALIZED_VIEW),                    NULL,                "a materialized view"},
    [OP_CREATE_INDEX] = {TABLES | KIND(MATERIALIZED_VIEW),           NULL,                NULL                 },
    [OP_ALTER_SEQUENCE] = {KIND(SEQUENCE),                             NULL,                "a sequence"         },

    /* tablecmds.c, ATSimplePermissions() */
    [OP_ADD_COLUMN] = {TABLES,                                     NULL,                NULL                 },
    [OP_DROP_COLUMN] = {TABLES,                                     NULL,                NULL                 },
    [OP_ALTER_COLUMN_TYPE] = {TABLES,                                     NULL,                NULL                 },
    [OP_SET_NOT_NULL] = {TABLES,                                     NULL,                NULL                 },
    [OP_DROP_NOT_NULL] = {TABLES,                                     NULL,                NULL                 },
    [OP_SET_EXPRESSION] = {TABLES,                                     NULL,                NULL                 },
    [OP_DROP_EXPRESSION] = {TABLES,                                     NULL,                NULL                 },
    [OP_ADD_CONSTRAINT] = {TABLES,                                     NULL,                NULL                 },
    [OP_VALIDATE_CONSTRAINT] = {TABLES,                                     NULL,                NULL                 },
    [OP_DROP_CONSTRAINT] = {TABLES,                                     NULL,                NULL                 },
    [OP_ALTER_CONSTRAINT] = {TABLES,                                     NULL,                NULL                 },
    [OP_ATTACH_PARTITION] = {TABLES,                                     NULL,                NULL                 },
    [OP_DETACH_PARTITION] = {TABLES,                                     NULL,                NULL                 },
    [OP_INHERIT] = {TABLES,                                     NULL,                NULL                 },
    [OP_NO_INHERIT] = {TABLES,                                     NULL,                NULL                 },
    [OP_SWITCH_ROW_SECURITY] = {TABLES,                                     NULL,                NULL                 },
    [OP_SET_DEFAULT] = {TABLES | KIND(VIEW),                        NULL,                NULL                 },
    [OP_DROP_DEFAULT] = {TABLES | KIND(VIEW),                        NULL,                NULL                 },

    [OP_RENAME_TABLE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_RENAME_COLUMN] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_RENAME_CONSTRAINT] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_RENAME_INDEX] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_SCHEMA] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_OWNER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ADD_IDENTITY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_IDENTITY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_DROP_IDENTITY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_STATISTICS] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_STORAGE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_LOGGED] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_UNLOGGED] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_TABLE_OPTIONS] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CLUSTER_ON] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_REPLICA_IDENTITY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SWITCH_TRIGGER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CREATE_TRIGGER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_DROP_TRIGGER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CREATE_RULE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_DROP_RULE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CREATE_POLICY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_DROP_POLICY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_INDEX_OPTIONS] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ATTACH_INDEX] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ALTER_INDEX_OTHER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_TABLESPACE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_ACCESS_METHOD] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_COMPRESSION] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SET_COLUMN_OPTIONS] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_SWITCH_RULE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ALTER_TRIGGER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ALTER_RULE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ALTER_POLICY] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_OF_TYPE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ALTER_TABLE_OTHER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_VACUUM] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_ANALYZE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CLUSTER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_COMMENT] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_EXTENSION_MEMBER] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_CREATE_STATISTICS] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_GRANT] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_INSERT] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_UPDATE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_DELETE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_MERGE] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_COPY_FROM] = {ANYTHING,                                   NULL,                NULL                 },
    [OP_COPY_TO] = {ANYTHING,                                   NULL,                NULL                 },
};

/* ---- names */

static bool
is_of_system(const char *name)
{
    return strncmp(name, "pg_", 3) == 0 || strcmp(name, "information_schema") == 0;
}

/* Names of the server's own relations, which no history makes. */
static bool
may_be_of_system(const RefusalCase *c, QualifiedName name)
{
    if (name.schema != NULL)
        return is_of_system(name.schema);
    const char *path = schema_setting(c->schema, "search_path");
    return is_of_system(name.name) || (path != NULL && strstr(path, "information_schema") != NULL);
}

static bool
knows_relations(const RefusalCase *c)
{
    return c->knows_all && !c->saw_code && !c->saw_extension;
}

/* Where the history does not show all that there is. A search path may lead elsewhere. */
static bool
is_gone(const RefusalCase *c, QualifiedName name)
{
    return !c->saw_code && !c->saw_extension &&
           (name.schema != NULL || schema_setting(c->schema, "search_path") == NULL) &&
           schema_was_dropped(c->schema, name);
}

bool
refusal_is_missing(const RefusalCase *c, QualifiedName name)
{
    return knows_relations(c) && name.name != NULL && refusal_known(c, name) == NULL &&
           !may_be_of_system(c, name);
}

/* What has the name that a new relation would get; NULL where nothing is known to have it. */
static const SimRelation *
find_holder(const RefusalCase *c, QualifiedName name, Persistence persistence)
{
    if (name.name == NULL || c->saw_code)
        return NULL;
    return refusal_known(c, schema_new_name(c->schema, name, persistence));
}

static const char *
written(const RefusalCase *c, QualifiedName name)
{
    if (name.schema == NULL)
        return name.name;
    return arena_printf(c->arena, "%s.%s", name.schema, name.name);
}

static const char *
missing_words(const RefusalCase *c, const char *what, QualifiedName name)
{
    return arena_printf(c->arena, "%s \"%s\" does not exist", what, written(c, name));
}

/* ---- the target */

static const char *
wrong_kind(const RefusalCase *c, const Op *op, const TargetRow *row, const SimRelation *target)
{
    if (row->words != NULL)
        return arena_printf(c->arena, "\"%s\" is not %s", target->name.name, row->words);
    return arena_printf(c->arena, "\"%s\" is a %s: %s is not for it", target->name.name,
                        relation_kind_words(target->kind), op_kind_words[op->kind]);
}

static TargetRow
row_of(const Op *op)
{
    TargetRow row = targets[op->kind];
    if (op->kind == OP_REINDEX) {
        row.kinds = op->reindex.is_index ? INDEXES : row.kinds & ~INDEXES;
        row.words = op->reindex.is_index ? "an index" : "a table or materialized view";
    } else if (op->kind == OP_DROP_TABLE && op->word == TARGET_WORD_FOREIGN_TABLE) {
        row = (TargetRow){KIND(FOREIGN_TABLE), "foreign table", "a foreign table"};
    } else if (op->kind == OP_DROP_TABLE) {
        row.kinds &= ~KIND(FOREIGN_TABLE);
    } else if (row.kinds == 0 && op->word != TARGET_WORD_ANY) {
        row.kinds = ANYTHING;
    }
    return row;
}

/* tablecmds.c, RangeVarCallbackForAlterRelation() */
static const char *
refuse_word(const RefusalCase *c, const Op *op, const SimRelation *target)
{
    static const TargetRow words[] = {
        [TARGET_WORD_ANY] = {ANYTHING,                NULL, NULL                 },
        [TARGET_WORD_VIEW] = {KIND(VIEW),              NULL, "a view"             },
        [TARGET_WORD_MATERIALIZED_VIEW] = {KIND(MATERIALIZED_VIEW), NULL, "a materialized view"},
        [TARGET_WORD_SEQUENCE] = {KIND(SEQUENCE),          NULL, "a sequence"         },
        [TARGET_WORD_FOREIGN_TABLE] = {KIND(FOREIGN_TABLE),     NULL, "a foreign table"    },
        [TARGET_WORD_INDEX] = {INDEXES,                 NULL, "an index"           },
    };
    const TargetRow *row = &words[op->word];
    return (row->kinds & (1U << target->kind)) != 0 ? NULL : wrong_kind(c, op, row, target);
}

/* IF EXISTS, IF NOT EXISTS or OR REPLACE speaks of something of the target, not of the target. */
static bool
is_about_member(OpKind kind)
{
    return kind == OP_CREATE_INDEX || kind == OP_CREATE_TRIGGER || kind == OP_CREATE_RULE ||
           kind == OP_CREATE_STATISTICS || kind == OP_ADD_COLUMN || kind == OP_DROP_COLUMN ||
           kind == OP_DROP_CONSTRAINT || kind == OP_DROP_EXPRESSION || kind == OP_DROP_IDENTITY;
}

static const char *
refuse_one_target(const RefusalCase *c, const Op *op, const SimRelation *target)
{
    const TargetRow row = row_of(op);
    if (row.kinds == 0 || op->target.name == NULL)
        return NULL;
    bool of_column = (op->kind == OP_COMMENT || op->kind == OP_EXTENSION_MEMBER) &&
                     op->about.kind == ABOUT_COLUMN;
    bool may_be_missing =
        (op->if_exists && !is_about_member(op->kind)) || op->target_if_exists || of_column;
    if (target == NULL && (knows_relations(c) || is_gone(c, op->target)) &&
        !may_be_of_system(c, op->target))
        return may_be_missing
                   ? NULL
                   : missing_words(c, row.missed != NULL ? row.missed : "relation", op->target);
    if (target == NULL || c->saw_code)
        return NULL;
    if ((row.kinds & (1U << target->kind)) == 0)
        return wrong_kind(c, op, &row, target);
    return refuse_word(c, op, target);
}

static bool
drops_several(const RefusalCase *c, const Op *op)
{
    bool drops = op->kind == OP_DROP_TABLE || op->kind == OP_DROP_VIEW ||
                 op->kind == OP_DROP_MATERIALIZED_VIEW || op->kind == OP_DROP_INDEX ||
                 op->kind == OP_DROP_SEQUENCE;
    return drops && c->statement != NULL && c->statement->ops.count > 1;
}

/* The server finds all that a DROP names before it drops one (tablecmds.c, RemoveRelations), and
 * here the first may have taken along what the next names. */
static const char *
refuse_target(const RefusalCase *c, const Op *op)
{
    if (!drops_several(c, op))
        return refuse_one_target(c, op, c->target);
    const char *refusal = NULL;
    if (op != c->statement->ops.items)
        return NULL;
    foreach (each, &c->statement->ops) {
        if (refusal == NULL && each->kind == op->kind)
            refusal = refuse_one_target(c, each, refusal_known(c, each->target));
    }
    return refusal;
}

/* ---- other relations that it names */

static const char *
refuse_missing(const RefusalCase *c, QualifiedName name)
{
    return refusal_is_missing(c, name) ? missing_words(c, "relation", name) : NULL;
}

static const char *
refuse_missing_names(const RefusalCase *c, const NameList *names)
{
    foreach (name, names) {
        const char *refusal = refuse_missing(c, *name);
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

/* `own` is the table that the constraint stands in: it may refer to itself while it is made. */
static const char *
refuse_referenced(const RefusalCase *c, const ConstraintDefinition *constraint, QualifiedName own)
{
    if (constraint->kind != CONSTRAINT_FOREIGN_KEY || name_equals(constraint->referenced, own))
        return NULL;
    return refuse_missing(c, constraint->referenced);
}

static const char *
refuse_all_referenced(const RefusalCase *c, const ConstraintList *constraints, QualifiedName own)
{
    foreach (constraint, constraints) {
        const char *refusal = refuse_referenced(c, constraint, own);
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

/* A name without its schema may be that of the new table with one. */
static QualifiedName
own_name(const Op *op, const ConstraintDefinition *constraint)
{
    bool same = constraint->referenced.name != NULL && op->target.name != NULL &&
                strcmp(constraint->referenced.name, op->target.name) == 0;
    return same ? constraint->referenced : op->target;
}

static const char *
refuse_table_references(const RefusalCase *c, const Op *op)
{
    const char *refusal = NULL;
    foreach (column, &op->create_table.columns) {
        foreach (constraint, &column->constraints) {
            if (refusal == NULL)
                refusal = refuse_referenced(c, constraint, own_name(op, constraint));
        }
    }
    foreach (constraint, &op->create_table.constraints) {
        if (refusal == NULL)
            refusal = refuse_referenced(c, constraint, own_name(op, constraint));
    }
    if (refusal == NULL)
        refusal = refuse_missing_names(c, &op->create_table.inherits);
    if (refusal == NULL)
        refusal = refuse_missing_names(c, &op->create_table.like);
    if (refusal == NULL && op->create_table.partition_of.name != NULL)
        refusal = refuse_missing(c, op->create_table.partition_of);
    return refusal;
}

static const char *
refuse_missing_sources(const RefusalCase *c, const SqlQuery *query)
{
    for (size_t i = 0; query != NULL && i < query->sources.count; i++) {
        const QualifiedName name = query->sources.items[i].relation;
        const char *refusal = name.name != NULL ? refuse_missing(c, name) : NULL;
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

static const char *
refuse_others(const RefusalCase *c, const Op *op)
{
    const char *refusal = NULL;
    if (op->kind == OP_CREATE_TABLE)
        refusal = refuse_table_references(c, op);
    else if (op->kind == OP_ADD_COLUMN)
        refusal = refuse_all_referenced(c, &op->add_column.constraints, op->target);
    else if (op->kind == OP_ADD_CONSTRAINT)
        refusal = refuse_referenced(c, &op->add_constraint, op->target);
    else if (op->kind == OP_CREATE_TABLE_AS || op->kind == OP_CREATE_VIEW ||
             op->kind == OP_CREATE_MATERIALIZED_VIEW)
        refusal = refuse_missing_sources(c, op->create_as.query);
    else if (op->kind == OP_SELECT || op->kind == OP_INSERT || op->kind == OP_UPDATE ||
             op->kind == OP_DELETE || op->kind == OP_MERGE || op->kind == OP_COPY_TO)
        refusal = refuse_missing_sources(c, op->data.query);
    else if (op->kind == OP_ATTACH_PARTITION || op->kind == OP_DETACH_PARTITION ||
             op->kind == OP_INHERIT || op->kind == OP_NO_INHERIT)
        refusal = refuse_missing(c, op->partition.partition);
    return refusal;
}

/* ---- new relations */

static const char *
taken_words(const RefusalCase *c, const SimRelation *holder)
{
    return holder == NULL
               ? NULL
               : arena_printf(c->arena, "relation \"%s\" already exists", holder->name.name);
}

/* heap.c, heap_create_with_catalog(); view.c, DefineVirtualRelation() for OR REPLACE */
static const char *
refuse_new(const RefusalCase *c, const Op *op, Persistence persistence)
{
    const SimRelation *holder = find_holder(c, op->target, persistence);
    if (holder == NULL)
        return NULL;
    if (op->kind == OP_CREATE_VIEW && op->if_exists)
        return holder->kind == RELATION_VIEW
                   ? NULL
                   : arena_printf(c->arena, "\"%s\" is not a view", holder->name.name);
    return op->if_exists ? NULL : taken_words(c, holder);
}

/* An index lives in the schema of its table. */
static const char *
refuse_new_beside(const RefusalCase *c, const char *name)
{
    const SimRelation *table = c->target;
    if (table == NULL || name == NULL || c->saw_code)
        return NULL;
    return taken_words(c, refusal_known(c, (QualifiedName){table->name.schema, name}));
}

static const char *
refuse_new_key(const RefusalCase *c, const Op *op)
{
    const ConstraintDefinition *key = &op->add_constraint;
    bool makes_index = key->using_index == NULL &&
                       (key->kind == CONSTRAINT_UNIQUE || key->kind == CONSTRAINT_PRIMARY_KEY ||
                        key->kind == CONSTRAINT_EXCLUDE);
    return makes_index ? refuse_new_beside(c, key->name) : NULL;
}

/* namespace.c, RangeVarGetAndCheckCreationNamespace(); tablecmds.c, AlterTableNamespaceInternal()
 */
static const char *
refuse_moved(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->target;
    if (target == NULL || op->rename.new_name == NULL || c->saw_code)
        return NULL;
    QualifiedName name = {target->name.schema, op->rename.new_name};
    if (op->kind == OP_SET_SCHEMA)
        name = (QualifiedName){op->rename.new_name, target->name.name};
    const SimRelation *holder = refusal_known(c, name);
    return holder == target && op->kind == OP_SET_SCHEMA ? NULL : taken_words(c, holder);
}

static const char *
refuse_taken(const RefusalCase *c, const Op *op)
{
    if (op->kind == OP_CREATE_TABLE)
        return refuse_new(c, op, op->create_table.persistence);
    if (op->kind == OP_CREATE_TABLE_AS || op->kind == OP_CREATE_VIEW ||
        op->kind == OP_CREATE_MATERIALIZED_VIEW)
        return refuse_new(c, op, op->create_as.persistence);
    if (op->kind == OP_CREATE_SEQUENCE && !op->sequence.is_temporary)
        return refuse_new(c, op, PERSISTENCE_PERMANENT);
    if (op->kind == OP_CREATE_INDEX && !op->if_exists)
        return refuse_new_beside(c, op->create_index.name);
    if (op->kind == OP_ADD_CONSTRAINT)
        return refuse_new_key(c, op);
    if (op->kind == OP_RENAME_TABLE || op->kind == OP_RENAME_INDEX || op->kind == OP_SET_SCHEMA)
        return refuse_moved(c, op);
    return NULL;
}

const char *
refuse_existence(const RefusalCase *c, const Op *op)
{
    const char *refusal = refuse_target(c, op);
    if (refusal == NULL)
        refusal = refuse_taken(c, op);
    if (refusal == NULL)
        refusal = refuse_members(c, op);
    if (refusal == NULL)
        refusal = refuse_others(c, op);
    return refusal;
}
