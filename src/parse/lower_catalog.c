/* SPDX-License-Identifier: MIT */
/* Changes that are written straight into the server's catalogs, because no command makes them. */
#include <string.h>

#include "lower.h"

static bool marks_index(Lower *lower, const UpdateStmt *update, Op *op);
static bool named_index(Lower *lower, const Node *condition, QualifiedName *out);

/* UPDATE pg_index SET indisvalid = … WHERE indexrelid = 'NAME'::regclass: what an index is after a
 * CREATE INDEX CONCURRENTLY that failed. */
void
lower_catalog_update(Lower *lower, const UpdateStmt *update)
{
    const RangeVar *catalog = update->relation;

    if (strcmp(catalog->relname, "pg_index") != 0 ||
        (catalog->schemaname != NULL && strcmp(catalog->schemaname, "pg_catalog") != 0))
        return;
    Op op = lower_op(lower, OP_SET_INDEX_VALIDITY);
    if (marks_index(lower, update, &op))
        lower_add(lower, &op);
}

static bool
marks_index(Lower *lower, const UpdateStmt *update, Op *op)
{
    EACH_NODE (ResTarget, target, update->targetList) {
        const char *value = node_constant_text(lower->scratch, target->val);
        if (target->name == NULL || strcmp(target->name, "indisvalid") != 0 || value == NULL)
            continue;
        op->index_state.valid = value[0] == 't' || value[0] == 'T';
        return named_index(lower, update->whereClause, &op->target);
    }
    return false;
}

static bool
named_index(Lower *lower, const Node *condition, QualifiedName *out)
{
    if (condition == NULL || !IsA(condition, A_Expr))
        return false;
    const A_Expr *equal = (const A_Expr *)condition;
    const char *operator= node_last_string(equal->name);
    const char *name = node_constant_text(lower->scratch, equal->rexpr);
    if (equal->kind != AEXPR_OP || operator== NULL || strcmp(operator, "=") != 0 || name == NULL ||
        equal->lexpr == NULL || !IsA(equal->lexpr, ColumnRef))
        return false;
    const char *column = node_last_string(((const ColumnRef *)equal->lexpr)->fields);
    if (column == NULL || strcmp(column, "indexrelid") != 0)
        return false;
    *out = lower_written_name(lower->arena, name);
    return out->name != NULL;
}
