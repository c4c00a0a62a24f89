/* SPDX-License-Identifier: MIT */
/* What queries name that is not there, or that cannot be read so. */
#include <string.h>

#include "refusals/refuse_exists.h"

/* ---- columns (parse_relation.c, errorMissingColumn) */

/* The only relation of the whole query's FROM; NULL where there are others, or where not all its
 * columns are known. */
static const SimRelation *
only_source(const RefusalCase *c, const SqlQuery *query, const SqlSource **out)
{
    *out = NULL;
    foreach (source, &query->sources) {
        if (source->level == 0 && *out != NULL)
            return NULL;
        if (source->level == 0)
            *out = source;
    }
    if (*out == NULL || (*out)->relation.name == NULL || (*out)->result_of >= 0)
        return NULL;
    const SimRelation *found = refusal_known(c, (*out)->relation);
    bool has_columns = found != NULL && found->columns_known && found->index.table == 0 &&
                       found->kind != RELATION_SEQUENCE;
    return has_columns ? found : NULL;
}

/* The name of the table itself is its row. */
static const char *
missing_term(const RefusalCase *c, const SimRelation *table, const SqlSource *source,
             const QueryTerm *term)
{
    const char *name = term->column;
    const char *called = source->alias != NULL ? source->alias : table->name.name;
    if (name == NULL || term->level != 0)
        return NULL;
    if (term->qualifier != NULL)
        return strcmp(term->qualifier, called) == 0 && refusal_lacks_column(table, name)
                   ? arena_printf(c->arena, "column %s.%s does not exist", called, name)
                   : NULL;
    if (strcmp(name, table->name.name) == 0 ||
        (source->alias != NULL && strcmp(name, source->alias) == 0) ||
        !refusal_lacks_column(table, name))
        return NULL;
    return arena_printf(c->arena, "column \"%s\" does not exist", name);
}

static const char *
refuse_columns(const RefusalCase *c, const SqlQuery *query)
{
    const SqlSource *source;
    const SimRelation *table = only_source(c, query, &source);
    const char *refusal = NULL;
    if (table == NULL || c->in_code || c->saw_code)
        return NULL;
    foreach (output, &query->levels.items[0].outputs) {
        if (refusal == NULL && output->name != NULL)
            refusal = missing_term(c, table, source, &output->term);
    }
    foreach (condition, &query->conditions) {
        if (refusal == NULL && !condition->is_using)
            refusal = missing_term(c, table, source, &condition->left);
        if (refusal == NULL && !condition->is_using)
            refusal = missing_term(c, table, source, &condition->right);
    }
    return refusal;
}

/* ---- locked rows (execMain.c, CheckValidRowMarkRel) */

static const char *
refuse_locked_rows(const RefusalCase *c, const SqlQuery *query)
{
    foreach (source, &query->sources) {
        const SimRelation *found =
            source->use == SOURCE_ROWS_LOCKED && source->relation.name != NULL
                ? refusal_known(c, source->relation)
                : NULL;
        if (found != NULL &&
            (found->kind == RELATION_MATERIALIZED_VIEW || found->kind == RELATION_SEQUENCE))
            return arena_printf(c->arena, "cannot lock rows in %s \"%s\"",
                                relation_kind_words(found->kind), found->name.name);
    }
    return NULL;
}

/* ---- sequences and what is measured: names in strings (regproc.c, regclassin) */

static const char *
refuse_named(const RefusalCase *c, const SequenceUseList *uses)
{
    foreach (use, uses) {
        const QualifiedName name = use->sequence;
        const SimRelation *found = name.name != NULL ? refusal_known(c, name) : NULL;
        if (name.name != NULL && refusal_is_missing(c, name))
            return arena_printf(c->arena, "relation \"%s\" does not exist", name.name);
        if (found == NULL || use->measured != MEASURED_NOT || found->kind == RELATION_SEQUENCE)
            continue;
        return arena_printf(c->arena,
                            c->pg_version < 17 ? "\"%s\" is not a sequence"
                                               : "cannot open relation \"%s\"",
                            found->name.name);
    }
    return NULL;
}

const char *
refuse_query(const RefusalCase *c, const Op *op)
{
    const SqlQuery *query = op->data.query;
    const char *refusal = NULL;
    if (query != NULL && op->kind != OP_INSERT && op->kind != OP_MERGE)
        refusal = refuse_columns(c, query);
    if (refusal == NULL && query != NULL)
        refusal = refuse_locked_rows(c, query);
    if (refusal == NULL && op->data.phase == DATA_RUNS)
        refusal = refuse_named(c, &op->data.sequences);
    return refusal;
}

/* pg_proc.c, fmgr_sql_validator(): each query of the body is analyzed, but none is run. */
const char *
refuse_function_body(const RefusalCase *c, const Op *op)
{
    const char *checks = schema_setting(c->schema, "check_function_bodies");
    const Code *code = op->function.code;
    bool unchecked = checks != NULL && strcmp(checks, "on") != 0 && strcmp(checks, "true") != 0;
    const char *refusal = NULL;
    if (code == NULL || (unchecked && !op->function.is_atomic) || op->function.sets_search_path)
        return NULL;
    foreach (inner, &code->statements) {
        foreach (each, &inner->statement.ops) {
            bool is_analyzed = each->kind == OP_SELECT || each->kind == OP_INSERT ||
                               each->kind == OP_UPDATE || each->kind == OP_DELETE;
            if (!is_analyzed || refusal != NULL)
                continue;
            const RefusalCase inside =
                refusal_case_of(c, each, schema_find_relation(c->schema, each->target));
            refusal = refuse_existence(&inside, each);
        }
    }
    return refusal;
}

const char *
refuse_new_query(const RefusalCase *c, const Op *op)
{
    const SqlQuery *query = op->create_as.query;
    if (query == NULL || c->found != NULL)
        return NULL;
    return refuse_columns(c, query);
}
