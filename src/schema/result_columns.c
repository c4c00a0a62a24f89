/* SPDX-License-Identifier: MIT */
/* The columns of a query's result. */
#include "schema/dependents.h"

typedef struct Result {
    Arena *arena;
    const Schema *schema;
    const StringList *names; /* those that are given to the first columns */
    SimColumnList columns;
} Result;

static void
put_column(Result *r, const char *name, const SimColumn *source)
{
    size_t at = r->columns.count;
    SimColumn column = {.name = at < r->names->count ? r->names->items[at] : name};
    if (source != NULL) {
        column.type = source->type;
        column.collation = source->collation;
        column.type_known = source->type_known;
    }
    LIST_APPEND(r->arena, &r->columns, column);
}

/* The columns of a * one by one; false where they are not all known. */
static bool
put_star(Result *r, const ColumnUse *use)
{
    foreach (name, &use->among) {
        const SimRelation *source = schema_find_relation(r->schema, *name);
        if (source == NULL || !source->columns_known)
            return false;
        foreach (column, &source->columns)
            put_column(r, column->name, column);
    }
    return true;
}

static const SimColumn *
find_source(const Schema *schema, const ColumnUse *use)
{
    if (use == NULL)
        return NULL;
    foreach (name, &use->among) {
        const SimRelation *source = schema_find_relation(schema, *name);
        const SimColumn *column = source != NULL ? relation_find_column(source, use->name) : NULL;
        if (column != NULL || source == NULL || !source->columns_known)
            return column;
    }
    return NULL;
}

static bool
put_result_column(Result *r, const QueryColumn *column)
{
    if (column->use != NULL && column->use->name == NULL)
        return put_star(r, column->use);
    if (column->name == NULL && r->columns.count >= r->names->count)
        return false;
    SimColumn cast = {.type = column->type, .type_known = true};
    put_column(r, column->name,
               column->type.name.name != NULL ? &cast : find_source(r->schema, column->use));
    return true;
}

SimColumnList
schema_result_columns(Arena *arena, const Schema *schema, const QueryColumnList *result,
                      const StringList *names, bool *all_known)
{
    Result r = {.arena = arena, .schema = schema, .names = names};
    *all_known = result->count > 0;
    /* Behind a place that is not known the names of a list cannot be given any more. */
    for (size_t i = 0; *all_known && i < result->count; i++)
        *all_known = put_result_column(&r, &result->items[i]);
    for (size_t i = r.columns.count; i < names->count; i++)
        put_column(&r, names->items[i], NULL);
    return r.columns;
}
