/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"

static bool
is_same_key(const IndexKey *a, const IndexKey *b)
{
    return a->column != NULL && b->column != NULL && strcmp(a->column, b->column) == 0 &&
           text_equals_or_null(a->opclass.name, b->opclass.name) &&
           text_equals_or_null(a->collation.name, b->collation.name) &&
           a->descending == b->descending && a->nulls_first == b->nulls_first;
}

static bool
begins_with(const IndexKeyList *keys, const IndexKeyList *first)
{
    if (first->count > keys->count)
        return false;
    for (size_t i = 0; i < first->count; i++) {
        if (!is_same_key(&keys->items[i], &first->items[i]))
            return false;
    }
    return true;
}

static bool
is_tree(const char *method)
{
    return method == NULL || strcmp(method, "btree") == 0;
}

/* A unique one forbids something; only the other can be missed. */
static const char *
compare(const LintContext *ctx, const Op *op, const SimRelation *index)
{
    const IndexKeyList *keys = &op->create_index.keys;

    if (index->index.predicate != NULL || !is_tree(index->index.method) || !index->index.valid)
        return NULL;
    const char *name = sql_qualified(ctx->arena, index->name);
    if (!op->create_index.unique && begins_with(&index->index.keys, keys))
        return arena_printf(ctx->arena,
                            "%s of %s begins with the same columns: the new index "
                            "finds nothing that it does not find",
                            name, hazard_target(ctx, op));
    if (!index->index.unique && index->index.including.count == 0 &&
        begins_with(keys, &index->index.keys))
        return arena_printf(ctx->arena,
                            "the new index finds all that %s of %s finds: that one "
                            "only costs from now on",
                            name, hazard_target(ctx, op));
    return NULL;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->is_down || ctx->table == NULL || op->create_index.predicate != NULL ||
        !is_tree(op->create_index.method))
        return NULL;
    const RelationIdList indexes = schema_indexes_of(ctx->arena, ctx->schema, ctx->table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(ctx->schema, *id);
        const char *message = index != NULL ? compare(ctx, op, index) : NULL;
        if (message != NULL)
            return message;
    }
    return NULL;
}

const Rule rule_duplicate_index = {
    .id = "duplicate-index",
    .name = "two indexes of which one does all that the other does",
    .severity = SEVERITY_OFF,
    .on = {OP_CREATE_INDEX},
    .why = "Every index is written with every row and read by VACUUM; one whose columns another "
           "begins with answers no query that the other does not.",
    .instead = "Keep the longer one, or the unique one.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, region text, day date);\n"
             "CREATE INDEX orders_region_day_idx ON orders (region, day);",
    .bad = "CREATE INDEX CONCURRENTLY orders_region_idx ON orders (region);",
    .good = "CREATE INDEX CONCURRENTLY orders_day_idx ON orders (day);",
    .check = check,
};
