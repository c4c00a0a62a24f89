/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

/* The first table that it reads whose rows were there before, or NULL. */
static const char *
find_source(const LintContext *ctx, const Op *op)
{
    foreach (name, &op->data.from) {
        const SimRelation *source = schema_find_relation(ctx->schema, *name);
        bool is_new = source != NULL && relation_is_new(ctx->schema, source);
        bool is_temporary = source != NULL && source->persistence == PERSISTENCE_TEMPORARY;
        if (!is_new && !is_temporary &&
            (name->schema == NULL || name->schema[0] != 'p' || name->schema[1] != 'g' ||
             name->schema[2] != '_'))
            return sql_qualified(ctx->arena, source != NULL ? source->name : *name);
    }
    return NULL;
}

static const char *
check_insert(const LintContext *ctx, const Op *op)
{
    const char *source = find_source(ctx, op);

    if (source == NULL || ctx->table->persistence == PERSISTENCE_TEMPORARY)
        return NULL;
    return arena_printf(ctx->arena,
                        "copies rows of %s into %s in one transaction: for as long as that takes, "
                        "nothing that VACUUM could clean anywhere in the database is cleaned, and "
                        "a failure near the end loses all of it",
                        source, hazard_target(ctx, op));
}

static const char *
check_limit(const LintContext *ctx, const Op *op)
{
    if (op->data.limit <= ctx->number || !hazard_is_in_use(ctx))
        return NULL;
    return arena_printf(ctx->arena,
                        "a LIMIT of %lld lets more than %lld rows be written to %s in one "
                        "transaction",
                        (long long)op->data.limit, (long long)ctx->number, hazard_target(ctx, op));
}

static bool
concerns(const Op *op)
{
    const bool copies = op->kind != OP_INSERT || op->data.from.count > 0;

    return op->data.phase == DATA_RUNS && (op->data.is_limited || copies);
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    const bool is_everything = !op->data.has_where || op->data.is_always_true;

    if (ctx->table == NULL)
        return NULL;
    if (op->data.is_limited)
        return check_limit(ctx, op);
    if (op->kind == OP_INSERT)
        return check_insert(ctx, op);
    if (!hazard_is_in_use(ctx) || (is_everything && op->data.from.count == 0) ||
        hazard_has_key_in(ctx, ctx->table, &op->data.fixed) ||
        hazard_is_short_range(ctx, ctx->table, op, ctx->number) ||
        (!ctx->table->columns_known && op->data.fixed.count > 0))
        return NULL;
    return arena_printf(ctx->arena,
                        "every row of %s that it finds is %s in one transaction: `up` sends it as "
                        "one statement, each row stays locked until the transaction ends, and "
                        "writers of the application wait for it",
                        hazard_target(ctx, op), op->kind == OP_DELETE ? "deleted" : "written");
}

const Rule rule_unbatched_write = {
    .id = "unbatched-write",
    .name = "rows of a populated table are changed or copied in one go",
    .severity = SEVERITY_WARNING,
    .on = {OP_UPDATE, OP_DELETE, OP_INSERT},
    .concerns = concerns,
    .number = {.name = "rows",
           .what = "rows that a LIMIT or a range of the key may hold in one statement",
           .initial = 50000,
           .least = 1,
           .most = 1000000000},
    .why = "One statement is one transaction, whatever its size: locks on all rows, dead versions "
           "that VACUUM cannot clean, a burst of WAL for the replicas, and all is lost if it fails "
           "near the end.",
    .instead = "Work in ranges of the key, each in a transaction of its own, with a LIMIT or a "
               "BETWEEN, and let replicas catch up between them.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, state text, region text);\n"
             "INSERT INTO orders SELECT n, 'new' FROM generate_series(1, 100) AS n;",
    .bad = "UPDATE orders SET region = 'north' WHERE region IS NULL;",
    .good = "UPDATE orders SET region = 'north'\n"
            "    WHERE id IN (SELECT id FROM orders WHERE region IS NULL ORDER BY id LIMIT 1000);",
    .check = check,
};
