/* SPDX-License-Identifier: MIT */
#include "lint/askable.h"

#include <string.h>

#include "schema/differ.h"

typedef struct Asked {
    const LintContext *ctx;
    SchemaMark mark;
    const SimRelation *before; /* the table at the mark; NULL: the history had not shown it yet */
} Asked;

static const SimRelation *
relation_before(const Asked *asked, const SimRelation *now)
{
    const SimRelation *before = schema_relation_at(asked->ctx->schema, asked->mark, now->id);
    return before != NULL && name_equals(before->name, now->name) ? before : NULL;
}

static bool
is_added_beside(const Asked *asked, const char *column)
{
    foreach (op, &asked->ctx->statement->ops) {
        if (op->kind == OP_ADD_COLUMN && strcmp(op->add_column.name, column) == 0)
            return true;
    }
    return false;
}

/* One that stands in neither may be there all the same. Of a table that nobody has shown before
 * the file, a column's type is known where the file has added it. */
static bool
has_column(const Asked *asked, const char *column)
{
    const SimColumn *now = relation_find_column(asked->ctx->table, column);
    if (is_added_beside(asked, column))
        return false;
    if (now == NULL)
        return true;
    return asked->before != NULL ? relation_find_column(asked->before, column) != NULL
                                 : !now->type_known;
}

static bool
has_columns(const Asked *asked, const StringList *columns)
{
    foreach (column, columns) {
        if (!has_column(asked, *column))
            return false;
    }
    return true;
}

static bool
has_columns_of(const Asked *asked, const SqlExpr *expression)
{
    return expression == NULL || has_columns(asked, &expression->columns);
}

static bool
has_keys(const Asked *asked, const IndexKeyList *keys)
{
    foreach (key, keys) {
        if (!has_columns_of(asked, key->expression) ||
            (key->column != NULL && !has_column(asked, key->column)))
            return false;
    }
    return true;
}

static bool
has_relation(const Asked *asked, QualifiedName name)
{
    const SimRelation *now =
        name.name != NULL ? schema_find_relation(asked->ctx->schema, name) : NULL;
    return now == NULL || now->assumed || relation_before(asked, now) != NULL;
}

static bool
has_added(const Asked *asked, const ConstraintDefinition *added)
{
    return has_columns(asked, &added->columns) && has_columns_of(asked, added->expression) &&
           has_keys(asked, &added->excluded) && has_relation(asked, added->referenced);
}

static bool
has_validated(const Asked *asked, const char *name)
{
    const SimConstraint *found = relation_find_constraint(asked->ctx->table, name);
    return found == NULL ||
           (has_columns(asked, &found->columns) && has_columns_of(asked, found->expression) &&
            has_relation(asked, found->referenced_name));
}

static bool
has_all(const Asked *asked, const Op *op)
{
    if (op->kind == OP_ADD_CONSTRAINT)
        return has_added(asked, &op->add_constraint);
    if (op->kind == OP_VALIDATE_CONSTRAINT)
        return has_validated(asked, op->constraint.name);
    if (op->kind == OP_CREATE_INDEX)
        return has_keys(asked, &op->create_index.keys) &&
               has_columns_of(asked, op->create_index.predicate);
    if (op->kind == OP_SET_NOT_NULL)
        return has_column(asked, op->column.column);
    return op->kind != OP_ALTER_COLUMN_TYPE || has_column(asked, op->alter_type.column);
}

bool
askable_before(const LintContext *ctx, const Op *op, SchemaMark before)
{
    Asked asked = {.ctx = ctx, .mark = before};
    if (ctx->table == NULL)
        return false;
    asked.before = relation_before(&asked, ctx->table);
    return (asked.before != NULL || ctx->table->assumed) && has_all(&asked, op);
}
