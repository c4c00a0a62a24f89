/* SPDX-License-Identifier: MIT */
/* Publications, statistics objects, privileges and foreign servers. */
#include <string.h>

#include "refusals/refusal_check.h"

/* ---- publications */

static bool
is_member(const SimPublication *publication, RelationId table)
{
    foreach (id, &publication->tables) {
        if (*id == table)
            return true;
    }
    return false;
}

/* pg_publication.c, publication_add_relation() and publicationcmds.c, PublicationDropTables() */
const char *
refuse_publication(const RefusalCase *c, const Op *op)
{
    const SimPublication *publication = schema_find_publication(c->schema, op->target);
    if (publication == NULL)
        return NULL;
    foreach (name, &op->publication.tables) {
        const SimRelation *table = refusal_known(c, *name);
        if (table == NULL)
            return NULL;
        bool there = is_member(publication, table->id);
        if (op->publication.action == PUBLICATION_ADD && there)
            return arena_printf(c->arena, "relation \"%s\" is already member of publication \"%s\"",
                                table->name.name, publication->name.name);
        if (op->publication.action == PUBLICATION_DROP_TABLES && !there)
            return arena_printf(c->arena, "relation \"%s\" is not part of the publication",
                                table->name.name);
    }
    return NULL;
}

/* ---- statistics objects */

static const char *
twice(const StringList *names)
{
    foreach (name, names) {
        for (const char *const *other = names->items; other < name; other++) {
            if (strcmp(*other, *name) == 0)
                return *name;
        }
    }
    return NULL;
}

/* The first that a table certainly lacks. */
static const char *
missing_column(const RefusalCase *c, const SimRelation *table, const StringList *names)
{
    bool is_table = table->kind == RELATION_TABLE || table->kind == RELATION_PARTITIONED_TABLE;
    if (!is_table || !table->columns_known || c->saw_code)
        return NULL;
    foreach (name, names) {
        if (relation_find_column(table, *name) == NULL && !refusal_is_system_column(*name))
            return *name;
    }
    return NULL;
}

static const char *
missing_of_relation(const RefusalCase *c, const SimRelation *table, const StringList *names)
{
    const char *missing = missing_column(c, table, names);
    return missing == NULL
               ? NULL
               : arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist", missing,
                              table->name.name);
}

static const char *
unknown_kind(const StringList *kinds)
{
    static const char *const known[] = {"ndistinct", "dependencies", "mcv"};
    foreach (kind, kinds) {
        if (!TEXT_IS_ONE_OF(*kind, known))
            return *kind;
    }
    return NULL;
}

static const char *
refuse_statistics_list(const RefusalCase *c, const Op *op)
{
    const StringList *columns = &op->statistics.columns;
    const StringList *kinds = &op->statistics.kinds;
    bool one_expression = columns->count == 0 && op->statistics.expressions == 1;
    if (one_expression && kinds->count > 0)
        return "when building statistics on a single expression, statistics kinds may not be "
               "specified";
    if (unknown_kind(kinds) != NULL)
        return arena_printf(c->arena, "unrecognized statistics kind \"%s\"", unknown_kind(kinds));
    if (columns->count + (size_t)op->statistics.expressions < 2 && !one_expression)
        return "extended statistics require at least 2 columns";
    if (twice(columns) != NULL)
        return "duplicate column name in statistics definition";
    return NULL;
}

static const char *
refuse_statistics_columns(const RefusalCase *c, const Op *op, const SimRelation *relation)
{
    if (op->statistics.columns.count + (size_t)op->statistics.expressions > 8)
        return "cannot have more than 8 columns in statistics";
    foreach (column, &op->statistics.columns) {
        if (refusal_is_system_column(*column))
            return "statistics creation on system columns is not supported";
    }
    const char *missing = missing_column(c, relation, &op->statistics.columns);
    return missing == NULL ? NULL : arena_printf(c->arena, "column \"%s\" does not exist", missing);
}

/* statscmds.c, CreateStatistics() */
const char *
refuse_statistics(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    if (relation == NULL)
        return NULL;
    const char *name = relation->name.name;
    bool fits = relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED_TABLE ||
                relation->kind == RELATION_FOREIGN_TABLE ||
                relation->kind == RELATION_MATERIALIZED_VIEW;
    if (!fits && c->pg_version >= 15)
        return arena_printf(c->arena, "cannot define statistics for relation \"%s\"", name);
    if (!fits)
        return arena_printf(
            c->arena, "relation \"%s\" is not a table, foreign table, or materialized view", name);
    if (op->if_exists)
        return NULL;
    const char *refusal = refuse_statistics_columns(c, op, relation);
    return refusal != NULL ? refusal : refuse_statistics_list(c, op);
}

/* tablecmds.c, ATExecSetStatistics() and ATSimplePermissions() */
const char *
refuse_statistics_of_column(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    if (relation == NULL)
        return NULL;
    bool is_index =
        relation->kind == RELATION_INDEX || relation->kind == RELATION_PARTITIONED_INDEX;
    const char *name = relation->name.name;
    if (relation->kind == RELATION_VIEW || relation->kind == RELATION_SEQUENCE)
        return c->pg_version >= 15
                   ? arena_printf(c->arena,
                                  "ALTER action ALTER COLUMN ... SET STATISTICS cannot be "
                                  "performed on relation \"%s\"",
                                  name)
                   : arena_printf(c->arena,
                                  "\"%s\" is not a table, materialized view, index, partitioned "
                                  "index, or foreign table",
                                  name);
    if (op->column.column == NULL)
        return is_index ? NULL : "cannot refer to non-index column by number";
    const SimColumn *column = relation_find_column(relation, op->column.column);
    if (column == NULL || column->generated != GENERATED_VIRTUAL)
        return NULL;
    return arena_printf(c->arena, "cannot alter statistics on virtual generated column \"%s\"",
                        column->name);
}

/* ---- COMMENT and its like (objectaddress.c) */

/* get_relation_by_qualified_name() */
static const char *
refuse_about_kind(const RefusalCase *c, const SimRelation *relation, AboutKind kind)
{
    static const struct {
        const char *words;
        RelationKind kinds[2];
    } rows[] = {
        [ABOUT_TABLE] = {"a table",             {RELATION_TABLE, RELATION_PARTITIONED_TABLE}},
        [ABOUT_FOREIGN_TABLE] = {"a foreign table",
                         {RELATION_FOREIGN_TABLE, RELATION_FOREIGN_TABLE}                   },
        [ABOUT_VIEW] = {"a view",              {RELATION_VIEW, RELATION_VIEW}              },
        [ABOUT_MATERIALIZED_VIEW] = {"a materialized view",
                         {RELATION_MATERIALIZED_VIEW, RELATION_MATERIALIZED_VIEW}           },
        [ABOUT_INDEX] = {"an index",            {RELATION_INDEX, RELATION_PARTITIONED_INDEX}},
        [ABOUT_SEQUENCE] = {"a sequence",          {RELATION_SEQUENCE, RELATION_SEQUENCE}      },
    };
    if ((size_t)kind >= sizeof rows / sizeof *rows || relation->kind == rows[kind].kinds[0] ||
        relation->kind == rows[kind].kinds[1])
        return NULL;
    return arena_printf(c->arena, "\"%s\" is not %s", relation->name.name, rows[kind].words);
}

/* comment.c, CommentObject() and get_object_address_attribute() */
static const char *
refuse_about_column(const RefusalCase *c, const Op *op, const SimRelation *relation)
{
    bool has_columns = relation->kind != RELATION_INDEX &&
                       relation->kind != RELATION_PARTITIONED_INDEX &&
                       relation->kind != RELATION_SEQUENCE;
    if (has_columns) {
        const char *name = op->about.name;
        const StringList names = {&name, 1, 1};
        return missing_of_relation(c, relation, &names);
    }
    if (op->kind != OP_COMMENT)
        return NULL;
    if (c->pg_version >= 15)
        return arena_printf(c->arena, "cannot set comment on relation \"%s\"", relation->name.name);
    return arena_printf(
        c->arena,
        "\"%s\" is not a table, view, materialized view, composite type, or foreign table",
        relation->name.name);
}

/* get_object_address_relobject() */
static const char *
refuse_about_part(const RefusalCase *c, const Op *op, const SimRelation *relation)
{
    const char *name = op->about.name;
    const char *what = NULL;
    /* The names of NOT NULLs, which are constraints from 18 on, are not all known. */
    if (op->about.kind == ABOUT_CONSTRAINT && c->pg_version < 18)
        what = relation_find_constraint(relation, name) == NULL ? "constraint" : NULL;
    else if (op->about.kind == ABOUT_TRIGGER)
        what = relation_find_attached(relation, SIM_TRIGGER, name) == NULL ? "trigger" : NULL;
    else if (op->about.kind == ABOUT_POLICY)
        what = relation_find_attached(relation, SIM_POLICY, name) == NULL ? "policy" : NULL;
    bool is_table =
        relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED_TABLE;
    if (what == NULL || !is_table || !relation->columns_known || c->saw_code || !c->knows_all)
        return NULL;
    return arena_printf(c->arena, "%s \"%s\" for table \"%s\" does not exist", what, name,
                        relation->name.name);
}

const char *
refuse_about(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    if (relation == NULL || c->saw_code)
        return NULL;
    if (op->about.kind == ABOUT_COLUMN)
        return refuse_about_column(c, op, relation);
    return op->about.name != NULL ? refuse_about_part(c, op, relation)
                                  : refuse_about_kind(c, relation, op->about.kind);
}

/* aclchk.c, ExecGrant_Relation() */
const char *
refuse_grant(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    if (relation == NULL)
        return NULL;
    bool is_sequence = relation->kind == RELATION_SEQUENCE;
    if (relation->kind == RELATION_INDEX || relation->kind == RELATION_PARTITIONED_INDEX)
        return arena_printf(c->arena, "\"%s\" is an index", relation->name.name);
    if (op->grant.on_sequence && !is_sequence)
        return arena_printf(c->arena, "\"%s\" is not a sequence", relation->name.name);
    if (op->grant.of_other != NULL && !is_sequence)
        return arena_printf(c->arena, "invalid privilege type %s for table", op->grant.of_other);
    return missing_of_relation(c, relation, &op->grant.columns);
}

/* ---- VACUUM and ANALYZE (vacuum.c, ExecVacuum(); analyze.c, do_analyze_rel()) */

const char *
refuse_vacuum(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const StringList *columns = &op->vacuum.columns;
    if (op->vacuum.full && op->vacuum.parallel)
        return "VACUUM FULL cannot be performed in parallel";
    if (op->kind == OP_VACUUM && columns->count > 0 && !op->vacuum.analyzes)
        return "ANALYZE option must be specified when a column list is provided";
    if (op->vacuum.full && op->vacuum.all_pages)
        return "VACUUM option DISABLE_PAGE_SKIPPING cannot be used with FULL";
    if (table == NULL || columns->count == 0)
        return NULL;
    const char *missing = missing_of_relation(c, table, columns);
    if (missing == NULL && twice(columns) != NULL)
        return arena_printf(c->arena, "column \"%s\" of relation \"%s\" appears more than once",
                            twice(columns), table->name.name);
    return missing;
}

/* ---- foreign tables whose wrapper was made without a handler (foreign.c, GetFdwRoutine) */

static const char *
no_handler(const RefusalCase *c, const char *server)
{
    const SimServer *found = schema_find_server(c->schema, server);
    const SimWrapper *wrapper =
        found != NULL ? schema_find_wrapper(c->schema, found->wrapper) : NULL;
    if (wrapper == NULL || wrapper->has_handler)
        return NULL;
    return arena_printf(c->arena, "foreign-data wrapper \"%s\" has no handler", wrapper->name);
}

const char *
refuse_import(const RefusalCase *c, const Op *op)
{
    return no_handler(c, op->foreign.of);
}

/* Whether this operation asks the wrapper of a foreign table that is its target. */
const char *
refuse_foreign_target(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    (void)op;
    if (table == NULL || table->kind != RELATION_FOREIGN_TABLE || table->server == NULL)
        return NULL;
    return no_handler(c, table->server);
}

const char *
refuse_foreign_query(const RefusalCase *c, const Op *op)
{
    const char *refusal = refuse_foreign_target(c, op);
    if (op->data.query == NULL)
        return refusal;
    foreach (source, &op->data.query->sources) {
        const SimRelation *table = refusal_known(c, source->relation);
        if (refusal == NULL && table != NULL && table->server != NULL)
            refusal = no_handler(c, table->server);
    }
    return refusal;
}
