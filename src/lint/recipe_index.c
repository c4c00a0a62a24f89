/* SPDX-License-Identifier: MIT */
/* Indexes and the constraints that stand on them, built beside the traffic. */
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

#include "lint/hollow.h"
#include "schema/proof.h"

static bool
is_partitioned(const SimRelation *relation)
{
    return relation != NULL && relation->kind == RELATION_PARTITIONED_TABLE;
}

static void
build_on_table(const LintContext *ctx, QualifiedName table, const IndexPlan *plan, const char *name,
               Rewrite *out)
{
    rewrite_outside(out, "CREATE %sINDEX CONCURRENTLY %s%s%sON %s %s;",
                    plan->unique ? "UNIQUE " : "", plan->if_not_exists ? "IF NOT EXISTS " : "",
                    name != NULL ? sql_ident(ctx->arena, name) : "", name != NULL ? " " : "",
                    sql_qualified(ctx->arena, table), plan->tail);
}

/* CONCURRENTLY is an error on a partitioned table: an index on it alone, then one on each
 * partition, attached. Its depth is that of the partitions. */
static void
build_on_partitioned(const LintContext *ctx, QualifiedName table, const SimRelation *relation,
                     const IndexPlan *plan, const char *name, Rewrite *out)
{
    const RelationIdList children = schema_children_of(ctx->arena, ctx->schema, relation->id);
    const char *index = sql_qualified(ctx->arena, (QualifiedName){table.schema, name});

    rewrite_step(out, "CREATE %sINDEX %s%s ON ONLY %s %s;", plan->unique ? "UNIQUE " : "",
                 plan->if_not_exists ? "IF NOT EXISTS " : "", sql_ident(ctx->arena, name),
                 sql_qualified(ctx->arena, table), plan->tail);

    if (children.count == 0)
        rewrite_outside(out,
                        "-- Then for each partition that there is, which the history does not "
                        "show:\n"
                        "-- CREATE %sINDEX CONCURRENTLY ... ON ... %s;\n"
                        "-- ALTER INDEX %s ATTACH PARTITION ...;",
                        plan->unique ? "UNIQUE " : "", plan->tail, index);
    foreach (id, &children) {
        const SimRelation *child = schema_relation_by_id(ctx->schema, *id);
        if (child == NULL || child->kind == RELATION_FOREIGN_TABLE)
            continue;
        const char *own = recipe_new_name(ctx, child->name, &plan->columns, plan->label);
        if (is_partitioned(child))
            build_on_partitioned(ctx, child->name, child, plan, own, out);
        else
            build_on_table(ctx, child->name, plan, own, out);
        rewrite_step(out, "ALTER INDEX %s ATTACH PARTITION %s;", index,
                     sql_qualified(ctx->arena, (QualifiedName){child->name.schema, own}));
    }
}

void
recipe_build_index(const LintContext *ctx, QualifiedName table, const IndexPlan *plan, Rewrite *out)
{
    if (!is_partitioned(ctx->table)) {
        build_on_table(ctx, table, plan, plan->name, out);
        return;
    }
    const char *name =
        plan->name != NULL ? plan->name : recipe_new_name(ctx, table, &plan->columns, plan->label);
    build_on_partitioned(ctx, table, ctx->table, plan, name, out);
}

/* A UNIQUE or PRIMARY KEY constraint in the making. */
typedef struct KeyPlan {
    IndexPlan index;
    const ConstraintDefinition *definition;
    bool columns_are_set;
    StringList columns;
    const char *words;           /* "PRIMARY KEY" */
    const char *definition_text; /* "UNIQUE (a, b) INCLUDE (c)" */
    const char *deferrable;      /* " DEFERRABLE INITIALLY DEFERRED", or "" */
    const char *replaced;        /* "DROP CONSTRAINT a, ", or "" */
} KeyPlan;

/* WITH (…) and TABLESPACE of the constraint, in the order in which CREATE INDEX wants them. */
static const char *
storage_clauses(const LintContext *ctx, const ConstraintDefinition *key)
{
    const Span with = slice_find(ctx->source, key->span, "with");
    const Span options = slice_next(ctx->source, slice_after(key->span, with));
    const Span tablespace = slice_find(ctx->source, key->span, "tablespace");
    const Span name = slice_next(ctx->source, slice_after(key->span, tablespace));
    const char *text = "";

    if (with.start < with.end)
        text = arena_printf(ctx->arena, " WITH %s", slice_text(ctx->arena, ctx->source, options));
    if (tablespace.start < tablespace.end)
        text = arena_printf(ctx->arena, "%s TABLESPACE %s", text,
                            slice_text(ctx->arena, ctx->source, name));
    return text;
}

/* USING INDEX names no columns: they are those of the index. */
static StringList
key_columns(const LintContext *ctx, const Op *op, const ConstraintDefinition *key)
{
    StringList columns = key->columns;
    if (key->using_index == NULL)
        return columns;

    const SimRelation *index =
        schema_find_relation(ctx->schema, (QualifiedName){op->target.schema, key->using_index});
    if (index != NULL)
        foreach (part, &index->index.keys)
            if (part->column != NULL)
                LIST_APPEND(ctx->arena, &columns, part->column);
    return columns;
}

static KeyPlan
plan_key(const LintContext *ctx, const Op *op, const ConstraintDefinition *key)
{
    Arena *arena = ctx->arena;
    const char *columns = sql_ident_list(arena, key->columns.items, key->columns.count);
    const char *including =
        key->including.count == 0
            ? ""
            : arena_printf(arena, " INCLUDE (%s)",
                           sql_ident_list(arena, key->including.items, key->including.count));
    KeyPlan plan = {
        .index = {.unique = true,
                  .name = recipe_constraint_name(ctx, op, key),
                  .label = key->kind == CONSTRAINT_PRIMARY_KEY ? "pkey" : "key"},
        .definition = key,
        .words = key->kind == CONSTRAINT_PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE",
        .deferrable = key->initially_deferred ? " DEFERRABLE INITIALLY DEFERRED"
                      : key->deferrable       ? " DEFERRABLE"
                                              : "",
    };
    const char *distinct = key->nulls_not_distinct ? " NULLS NOT DISTINCT" : "";

    plan.columns = key_columns(ctx, op, key);
    plan.index.tail =
        arena_printf(arena, "(%s)%s%s%s", columns, including, distinct, storage_clauses(ctx, key));
    plan.definition_text =
        arena_printf(arena, "%s%s (%s)%s", plan.words, distinct, columns, including);
    if (key->kind == CONSTRAINT_UNIQUE) {
        foreach (column, &key->columns)
            LIST_APPEND(arena, &plan.index.columns, *column);
        foreach (column, &key->including)
            LIST_APPEND(arena, &plan.index.columns, *column);
    }
    return plan;
}

/* By a subcommand of the same statement, which the key comes behind. */
static bool
is_set_beside(const LintContext *ctx, const char *column)
{
    foreach (op, &ctx->statement->ops) {
        if (op->kind == OP_SET_NOT_NULL && text_equals(op->column.column, column))
            return true;
        if (op->kind == OP_ADD_COLUMN && op->add_column.not_null &&
            text_equals(op->add_column.name, column))
            return true;
    }
    return false;
}

static bool
may_be_null(const LintContext *ctx, const SimRelation *relation, const char *column)
{
    const SimColumn *found = relation == NULL ? NULL : relation_find_column(relation, column);
    return (found == NULL || !found->not_null) &&
           (relation == NULL || !proof_of_not_null(ctx->schema, relation, column)) &&
           !is_set_beside(ctx, column);
}

/* While the constraint that it replaces is there, so is the index of that name; it gets the name
 * with the constraint. */
static const char *
index_name(const LintContext *ctx, const KeyPlan *plan, const char *name)
{
    return plan->replaced[0] != '\0' ? sql_new_name(ctx->arena, name, NULL, "new") : name;
}

static void
add_key_to_table(const LintContext *ctx, QualifiedName target, const SimRelation *relation,
                 const KeyPlan *plan, const char *raw_name, Rewrite *out)
{
    const char *table = sql_qualified(ctx->arena, target);
    const char *name = sql_ident(ctx->arena, raw_name);
    const char *index = plan->definition->using_index != NULL ? plan->definition->using_index
                                                              : index_name(ctx, plan, raw_name);

    /* USING INDEX reads the whole table under ACCESS EXCLUSIVE to prove what is not proved yet. */
    if (plan->definition->kind == CONSTRAINT_PRIMARY_KEY && !plan->columns_are_set)
        foreach (column, &plan->columns)
            if (may_be_null(ctx, relation, *column))
                recipe_set_not_null(ctx, target, *column, out);

    if (plan->definition->using_index == NULL)
        build_on_table(ctx, target, &plan->index, index, out);
    rewrite_step(out, "ALTER TABLE %s %sADD CONSTRAINT %s %s USING INDEX %s%s;", table,
                 plan->replaced, name, plan->words, sql_ident(ctx->arena, index), plan->deferrable);
}

/* Partitions first: the constraint of the parent alone is brief then, and valid when the last index
 * is attached. */
static void
add_key_to_partitioned(const LintContext *ctx, QualifiedName target, const SimRelation *relation,
                       const KeyPlan *plan, const char *name, Rewrite *out)
{
    Arena *arena = ctx->arena;
    const RelationIdList children = schema_children_of(arena, ctx->schema, relation->id);
    const char *index = sql_qualified(arena, (QualifiedName){target.schema, name});
    StringList attach = {0};

    foreach (id, &children) {
        const SimRelation *child = schema_relation_by_id(ctx->schema, *id);
        if (child == NULL)
            continue;
        const char *own =
            recipe_new_name(ctx, child->name, &plan->index.columns, plan->index.label);
        if (is_partitioned(child))
            add_key_to_partitioned(ctx, child->name, child, plan, own, out);
        else
            add_key_to_table(ctx, child->name, child, plan, own, out);
        LIST_APPEND(arena, &attach, sql_qualified(arena, (QualifiedName){child->name.schema, own}));
    }

    rewrite_step(out, "ALTER TABLE ONLY %s ADD CONSTRAINT %s %s%s;", sql_qualified(arena, target),
                 sql_ident(arena, name), plan->definition_text, plan->deferrable);
    foreach (own, &attach)
        rewrite_step(out, "ALTER INDEX %s ATTACH PARTITION %s;", index, *own);
}

void
recipe_add_key(const LintContext *ctx, const Op *op, const ConstraintDefinition *key,
               bool columns_are_set, const char *replaced, Rewrite *out)
{
    /* Such a key stands on a GiST index, which cannot be adopted; and of partitions that nobody
     * knows, none can be proved. */
    if (key->without_overlaps ||
        (ctx->table != NULL && hollow_table(ctx->arena, ctx->schema, ctx->table)))
        return;

    KeyPlan plan = plan_key(ctx, op, key);
    plan.columns_are_set = columns_are_set;
    plan.replaced = replaced;
    if (is_partitioned(ctx->table))
        add_key_to_partitioned(ctx, op->target, ctx->table, &plan, plan.index.name, out);
    else
        add_key_to_table(ctx, op->target, ctx->table, &plan, plan.index.name, out);
}
