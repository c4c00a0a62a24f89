/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/call.h"
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

    /* What the file has called so itself, the application knows by another name. */
    if (ctx->table_before != NULL &&
        !name_equals(ctx->table_before->name, schema_resolve(ctx->schema, op->target)))
        return NULL;
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
check_function(const LintContext *ctx, const Op *op)
{
    const SimFunction *old = ctx->function;

    if (old != NULL &&
        (old->signature.for_triggers ||
         call_is_taken(schema_find_function(ctx->schema, old->name), &old->signature)))
        return NULL;
    return arena_printf(ctx->arena,
                        "calls of %s by the running application fail until its new release is "
                        "everywhere: no function of that name takes its place",
                        sql_qualified(ctx->arena, old != NULL ? old->name : op->target));
}

static const char *
check_label(const LintContext *ctx, const Op *op)
{
    const SimEnum *type = schema_find_enum(ctx->schema, op->target);
    const char *old = op->enumeration.other;

    if (type != NULL && string_list_has(&type->values, old))
        return NULL;
    return arena_printf(ctx->arena,
                        "statements of the running application that write or compare with %s fail "
                        "until its new release is everywhere, and rows that it reads hold a value "
                        "of %s that it does not know",
                        sql_literal(ctx->arena, old), sql_qualified(ctx->arena, op->target));
}

static bool
has_type(const Schema *schema, QualifiedName name)
{
    return schema_find_enum(schema, name) != NULL || schema_find_domain(schema, name) != NULL ||
           schema_find_composite(schema, name) != NULL;
}

static const char *
check_type(const LintContext *ctx, const Op *op)
{
    if (has_type(ctx->schema, op->target))
        return NULL;
    return arena_printf(ctx->arena,
                        "casts to %s in statements of the running application fail until its new "
                        "release is everywhere",
                        sql_qualified(ctx->arena, op->target));
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table_is_new || ctx->is_own || ctx->is_down)
        return NULL;
    if (op->kind == OP_RENAME_FUNCTION)
        return check_function(ctx, op);
    if (op->kind == OP_RENAME_ENUM_VALUE)
        return check_label(ctx, op);
    if (op->kind == OP_RENAME_TYPE)
        return check_type(ctx, op);
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
    .on = {OP_RENAME_TABLE, OP_RENAME_COLUMN, OP_SET_SCHEMA, OP_RENAME_SCHEMA, OP_RENAME_FUNCTION,
           OP_RENAME_TYPE, OP_RENAME_ENUM_VALUE},
    .when = RULE_AFTER_FILE,
    .why = "Old and new code run side by side during every deploy, and each knows only one of the "
           "names. Going back to the old release fails the same way.",
    .instead = "For a table, rename it and create a view of the old name in the same transaction; "
               "for a column, add the new one, write both, and drop the old one later; for a "
               "function, leave one of the old name that calls the new one.",
    .given = "CREATE TABLE clients (id bigint PRIMARY KEY, mail text);",
    .bad = "ALTER TABLE clients RENAME TO customers;",
    .good = "ALTER TABLE clients RENAME TO customers;\n"
            "CREATE VIEW clients AS SELECT id, mail FROM customers;",
    .check = check,
};
