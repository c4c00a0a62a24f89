/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"

/* Tables and views are named by applications; indexes and sequences hardly are. */
static bool
is_read_by_name(const SimRelation *relation)
{
    return relation != NULL &&
           (relation_kind_has_rows(relation->kind) || relation->kind == RELATION_VIEW);
}

static const SimRelation *
find_renamed(const LintContext *ctx, const Op *op)
{
    const QualifiedName old = schema_resolve(ctx->schema, op->target);
    const QualifiedName now = op->kind == OP_SET_SCHEMA
                                  ? (QualifiedName){op->rename.new_name, old.name}
                                  : (QualifiedName){old.schema, op->rename.new_name};
    return schema_find_relation(ctx->schema, now);
}

static const char *
check_relation(const LintContext *ctx, const Op *op)
{
    if (schema_find_relation(ctx->schema, op->target) != NULL ||
        !is_read_by_name(find_renamed(ctx, op)))
        return NULL;
    const char *old = sql_qualified(ctx->arena, op->target);
    return arena_printf(ctx->arena,
                        "statements of the running application that say %s fail until its new "
                        "release is everywhere: no view of that name takes its place",
                        old);
}

/* A table that is itself renamed in the file is found by its old name only if a view has that. */
static const char *
check_column(const LintContext *ctx, const Op *op)
{
    const SimRelation *table = schema_find_relation(ctx->schema, op->target);

    if (op->rename.old_name == NULL || strcmp(op->rename.old_name, op->rename.new_name) == 0)
        return NULL;
    if (table != NULL && (table->kind == RELATION_INDEX || table->kind == RELATION_SEQUENCE ||
                          relation_find_column(table, op->rename.old_name) != NULL))
        return NULL;
    return arena_printf(ctx->arena,
                        "statements of the running application that say %s.%s fail until its new "
                        "release is everywhere",
                        sql_qualified(ctx->arena, op->target),
                        sql_ident(ctx->arena, op->rename.old_name));
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table_is_new || ctx->is_own || ctx->is_down)
        return NULL;
    if (op->kind == OP_RENAME_COLUMN)
        return check_column(ctx, op);
    if (op->kind == OP_RENAME_SCHEMA)
        return arena_printf(ctx->arena,
                            "statements of the running application that name anything in schema "
                            "%s fail until its new release is everywhere",
                            sql_ident(ctx->arena, op->target.name));
    return check_relation(ctx, op);
}

const Rule rule_rename_breaks_clients = {
    .id = "rename-breaks-clients",
    .name = "a rename takes the name away that the running application uses",
    .severity = SEVERITY_WARNING,
    .on = {OP_RENAME_TABLE, OP_RENAME_COLUMN, OP_SET_SCHEMA, OP_RENAME_SCHEMA},
    .when = RULE_AFTER_FILE,
    .why = "Old and new code run side by side during every deploy, and each knows only one of the "
           "names. Going back to the old release fails the same way.",
    .instead = "For a table, rename it and create a view of the old name in the same transaction; "
               "for a column, add the new one, write both, and drop the old one later.",
    .given = "CREATE TABLE clients (id bigint PRIMARY KEY, mail text);",
    .bad = "ALTER TABLE clients RENAME TO customers;",
    .good = "ALTER TABLE clients RENAME TO customers;\n"
            "CREATE VIEW clients AS SELECT id, mail FROM customers;",
    .check = check,
};
