/* SPDX-License-Identifier: MIT */
/* How many rows a write may touch, as far as its text tells. */
#include <string.h>

#include "lower.h"
#include "walk.h"

/* A query that nests deeper is no condition that somebody wrote. */
enum { DEPTH = 200 };

/* What a condition is looked at for. */
typedef struct Extent {
    Lower *lower;
    const RangeVar *target;
    Op *op;
} Extent;

static void note_limit(Extent *extent, const Node *count);
/* Of one column, as far as they are whole numbers. */
typedef struct ColumnBounds {
    const char *column;
    bool has_low;
    bool has_high;
    int64_t low;
    int64_t high;
} ColumnBounds;

static void add_fixed(Extent *extent, const Node *node, int depth);
static void add_tables(Extent *extent, Node *query);
static void look_for_limit(Extent *extent, Node *where);
static bool is_true(Lower *lower, const Node *node);

void
lower_extent(Lower *lower, Node *node, Op *op)
{
    const bool is_update = IsA(node, UpdateStmt);
    const UpdateStmt *update = (const UpdateStmt *)node;
    const DeleteStmt *delete = (const DeleteStmt *)node;
    Node *where = is_update ? update->whereClause : delete->whereClause;
    Extent extent = {lower, is_update ? update->relation : delete->relation, op};

    if ((is_update ? update->fromClause : delete->usingClause) != NIL)
        add_tables(&extent, node);
    if (where == NULL)
        return;
    op->data.is_always_true = is_true(lower, where);
    add_fixed(&extent, where, 0);
    look_for_limit(&extent, where);
}

void
lower_extent_of_insert(Lower *lower, const InsertStmt *insert, Op *op)
{
    const SelectStmt *select = (const SelectStmt *)insert->selectStmt;
    Extent extent = {lower, insert->relation, op};

    if (select == NULL || !IsA(insert->selectStmt, SelectStmt) || select->valuesLists != NIL)
        return;
    if (select->fromClause == NIL && select->op == SETOP_NONE)
        return;
    note_limit(&extent, select->limitCount);
    add_tables(&extent, (Node *)(uintptr_t)insert);
}

static void
visit_table(void *context, Node *node, const WalkScope *scope)
{
    Extent *extent = context;
    const RangeVar *table = (const RangeVar *)node;

    if (!IsA(node, RangeVar) || table == extent->target ||
        (table->schemaname == NULL && walk_scope_has(scope, table->relname)))
        return;
    LIST_APPEND(extent->lower->arena, &extent->op->data.from,
                node_relation_name(extent->lower->arena, table));
}

static void
add_tables(Extent *extent, Node *query)
{
    walk_tree(extent->lower->scratch, query, extent->lower->scope, visit_table, extent);
}

static void
visit_limit(void *context, Node *node, const WalkScope *scope)
{
    Extent *extent = context;

    (void)scope;
    if (IsA(node, SelectStmt))
        note_limit(extent, ((const SelectStmt *)node)->limitCount);
}

/* LIMIT ALL, which is LIMIT NULL, bounds nothing. */
static void
note_limit(Extent *extent, const Node *count)
{
    Op *op = extent->op;

    if (count == NULL || (IsA(count, A_Const) && ((const A_Const *)count)->isnull))
        return;
    const SqlValue value = lower_value(extent->lower, count);
    const int64_t rows = value.is_integer && value.integer > 0 ? value.integer : 0;
    op->data.is_limited = true;
    if (rows > 0 && (op->data.limit == 0 || rows < op->data.limit))
        op->data.limit = rows;
}

static void
look_for_limit(Extent *extent, Node *where)
{
    walk_tree(extent->lower->scratch, where, extent->lower->scope, visit_limit, extent);
}

/* ---- WHERE */

static bool
is_fixed_value(const Node *node)
{
    if (node != NULL && IsA(node, List)) {
        EACH_NODE (Node, item, (const List *)node) {
            if (!is_fixed_value(item))
                return false;
        }
        return true;
    }
    while (node != NULL && IsA(node, TypeCast))
        node = (const Node *)((const TypeCast *)node)->arg;
    return node != NULL && IsA(node, A_Const);
}

/* The target's column that the expression is, or NULL. */
static const char *
own_column(const Extent *extent, const Node *node)
{
    if (node == NULL || !IsA(node, ColumnRef))
        return NULL;
    const List *fields = ((const ColumnRef *)node)->fields;
    const char *name = node_last_string(fields);
    if (list_length(fields) == 1)
        return name;
    const Node *qualifier = list_nth(fields, list_length(fields) - 2);
    const RangeVar *target = extent->target;
    const char *called = target->alias != NULL ? target->alias->aliasname : extent->target->relname;
    bool is_own = IsA(qualifier, String) && strcmp(node_string(qualifier), called) == 0;
    return is_own ? name : NULL;
}

static void
note_range(Extent *extent, const char *column, int64_t count)
{
    if (extent->op->data.ranged != NULL && extent->op->data.range <= count)
        return;
    extent->op->data.ranged = arena_strdup(extent->lower->arena, column);
    extent->op->data.range = count;
}

static void
add_equal(Extent *extent, const A_Expr *expr)
{
    const char *symbol = node_last_string(expr->name);
    bool is_equal = (expr->kind == AEXPR_OP || expr->kind == AEXPR_IN) && symbol != NULL &&
                    strcmp(symbol, "=") == 0;
    const Node *column = expr->lexpr;
    const Node *value = expr->rexpr;

    if (is_equal && is_fixed_value(column)) {
        column = expr->rexpr;
        value = expr->lexpr;
    }
    const char *name = own_column(extent, column);
    if (is_equal && name != NULL && is_fixed_value(value))
        LIST_APPEND(extent->lower->arena, &extent->op->data.fixed,
                    arena_strdup(extent->lower->arena, name));
}

/* BETWEEN 1 AND 1000 */
static void
add_range(Extent *extent, const A_Expr *expr)
{
    const List *bounds = (const List *)expr->rexpr;
    const char *name = own_column(extent, expr->lexpr);

    if (name == NULL || expr->rexpr == NULL || !IsA(expr->rexpr, List) || list_length(bounds) != 2)
        return;
    const SqlValue low = lower_value(extent->lower, linitial(bounds));
    const SqlValue high = lower_value(extent->lower, lsecond(bounds));
    if (low.is_integer && high.is_integer && low.integer <= high.integer)
        note_range(extent, name, high.integer - low.integer + 1);
}

/* id > 1000 AND id <= 2000: one of them, in either order. */
static void
add_bound(Extent *extent, const A_Expr *expr, ColumnBounds *bounds)
{
    const char *symbol = node_last_string(expr->name);
    const char *name = own_column(extent, expr->lexpr);
    const SqlValue value = lower_value(extent->lower, expr->rexpr);

    if (expr->kind != AEXPR_OP || symbol == NULL || strchr("<>", symbol[0]) == NULL ||
        strcmp(symbol, "<>") == 0 || name == NULL || !value.is_integer)
        return;
    if (bounds->column == NULL)
        bounds->column = name;
    if (strcmp(bounds->column, name) != 0)
        return;
    const bool is_upper = symbol[0] == '<';
    *(is_upper ? &bounds->has_high : &bounds->has_low) = true;
    const int64_t edge = symbol[1] == '=' ? value.integer : value.integer + (is_upper ? -1 : 1);
    *(is_upper ? &bounds->high : &bounds->low) = edge;
}

static void
add_bounds(Extent *extent, const List *conditions)
{
    ColumnBounds bounds = {0};

    EACH_NODE (Node, condition, conditions) {
        if (IsA(condition, A_Expr))
            add_bound(extent, (const A_Expr *)condition, &bounds);
    }
    if (bounds.has_low && bounds.has_high && bounds.low <= bounds.high)
        note_range(extent, bounds.column, bounds.high - bounds.low + 1);
}

static void
add_fixed(Extent *extent, const Node *node, int depth)
{
    if (depth > DEPTH)
        return;
    if (IsA(node, BoolExpr) && ((const BoolExpr *)node)->boolop == AND_EXPR) {
        EACH_NODE (Node, arg, ((const BoolExpr *)node)->args)
            add_fixed(extent, arg, depth + 1);
        add_bounds(extent, ((const BoolExpr *)node)->args);
    } else if (IsA(node, A_Expr)) {
        add_equal(extent, (const A_Expr *)node);
        if (((const A_Expr *)node)->kind == AEXPR_BETWEEN)
            add_range(extent, (const A_Expr *)node);
    }
}

static bool
is_same_constant(Lower *lower, const A_Const *left, const A_Const *right)
{
    if (left->isnull || right->isnull || nodeTag(&left->val) != nodeTag(&right->val))
        return false;
    const char *a = node_constant_text(lower->scratch, (const Node *)left);
    const char *b = node_constant_text(lower->scratch, (const Node *)right);
    return a != NULL && b != NULL && strcmp(a, b) == 0;
}

/* true, true::boolean, 1 = 1, 'a' = 'a' */
static bool
is_true(Lower *lower, const Node *node)
{
    const A_Expr *expr = (const A_Expr *)node;

    if (IsA(node, A_Expr)) {
        const char *symbol = node_last_string(expr->name);
        if (expr->kind != AEXPR_OP || symbol == NULL || strcmp(symbol, "=") != 0 ||
            expr->lexpr == NULL || !IsA(expr->lexpr, A_Const) || !IsA(expr->rexpr, A_Const))
            return false;
        return is_same_constant(lower, (const A_Const *)expr->lexpr, (const A_Const *)expr->rexpr);
    }
    while (IsA(node, TypeCast))
        node = (const Node *)((const TypeCast *)node)->arg;
    if (node == NULL || !IsA(node, A_Const) || ((const A_Const *)node)->isnull)
        return false;
    const A_Const *constant = (const A_Const *)node;
    return IsA(&constant->val, Boolean) && constant->val.boolval.boolval;
}
