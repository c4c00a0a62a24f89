/* SPDX-License-Identifier: MIT */
/* Comparisons of columns with constants, and the bounds of partitions. */
#include <string.h>

#include "lower.h"

static const struct {
    const char *symbol;
    LimitKind kind;
    LimitKind turned;  /* the constant stands on the left */
    LimitKind negated; /* LIMIT_EQUAL: has none */
} operators[] = {
    {"<",  LIMIT_LESS,             LIMIT_GREATER,          LIMIT_GREATER_OR_EQUAL},
    {"<=", LIMIT_LESS_OR_EQUAL,    LIMIT_GREATER_OR_EQUAL, LIMIT_GREATER         },
    {"=",  LIMIT_EQUAL,            LIMIT_EQUAL,            LIMIT_EQUAL           },
    {">=", LIMIT_GREATER_OR_EQUAL, LIMIT_LESS_OR_EQUAL,    LIMIT_LESS            },
    {">",  LIMIT_GREATER,          LIMIT_LESS,             LIMIT_LESS_OR_EQUAL   },
};

static void find_in_comparison(Lower *lower, const A_Expr *expr, bool negated, SqlLimitList *out);
static void add_limit(Lower *lower, const Node *column, const Node *constant, LimitKind kind,
                      SqlLimitList *out);

/* predtest.c, predicate_implied_by() takes an AND apart; what is under an OR is left out. The last
 * part of each is gone on with in place: conditions are nested deeply to the right only. */
void
lower_limits(Lower *lower, const Node *node, bool negated, SqlLimitList *out)
{
    while (node != NULL && IsA(node, BoolExpr)) {
        const BoolExpr *expr = (const BoolExpr *)node;
        if (expr->boolop == NOT_EXPR)
            negated = !negated;
        else if (expr->boolop != (negated ? OR_EXPR : AND_EXPR))
            return;
        for (int i = 0; i + 1 < list_length(expr->args); i++)
            lower_limits(lower, list_nth(expr->args, i), negated, out);
        node = llast(expr->args);
    }
    if (node != NULL && IsA(node, A_Expr))
        find_in_comparison(lower, (const A_Expr *)node, negated, out);
}

static void
find_in_comparison(Lower *lower, const A_Expr *expr, bool negated, SqlLimitList *out)
{
    const char *symbol = node_last_string(expr->name);

    if (expr->kind == AEXPR_BETWEEN && !negated && list_length((const List *)expr->rexpr) == 2) {
        const List *ends = (const List *)expr->rexpr;
        add_limit(lower, expr->lexpr, linitial(ends), LIMIT_GREATER_OR_EQUAL, out);
        add_limit(lower, expr->lexpr, lsecond(ends), LIMIT_LESS_OR_EQUAL, out);
    }
    if (expr->kind != AEXPR_OP || symbol == NULL || expr->lexpr == NULL)
        return;
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        LimitKind kind = negated ? operators[i].negated : operators[i].kind;
        if (strcmp(symbol, operators[i].symbol) != 0 ||
            (negated && operators[i].kind == LIMIT_EQUAL))
            continue;
        add_limit(lower, expr->lexpr, expr->rexpr, kind, out);
        for (size_t other = 0; other < sizeof operators / sizeof *operators; other++) {
            if (operators[other].kind == kind)
                add_limit(lower, expr->rexpr, expr->lexpr, operators[other].turned, out);
        }
    }
}

static void
add_limit(Lower *lower, const Node *column, const Node *constant, LimitKind kind, SqlLimitList *out)
{
    SqlValue value = lower_value(lower, constant);

    if (column == NULL || !IsA(column, ColumnRef) || value.text == NULL)
        return;
    const char *name = node_last_string(((const ColumnRef *)column)->fields);
    if (name != NULL)
        LIST_APPEND(lower->arena, out, (SqlLimit){arena_strdup(lower->arena, name), kind, value});
}

/* A literal with a cast is the literal: of another type, it proves nothing or is an error. */
SqlValue
lower_value(Lower *lower, const Node *node)
{
    bool negative = false;

    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    if (node != NULL && IsA(node, A_Expr)) {
        const A_Expr *expr = (const A_Expr *)node;
        const char *sign = node_last_string(expr->name);
        if (expr->kind != AEXPR_OP || expr->lexpr != NULL || sign == NULL || strcmp(sign, "-") != 0)
            return (SqlValue){0};
        negative = true;
        node = expr->rexpr;
    }
    if (node == NULL || !IsA(node, A_Const) || ((const A_Const *)node)->isnull)
        return (SqlValue){0};
    const A_Const *constant = (const A_Const *)node;
    if (IsA(&constant->val, Integer)) {
        int64_t integer = constant->val.ival.ival;
        integer = negative ? -integer : integer;
        return (SqlValue){arena_printf(lower->arena, "%lld", (long long)integer), true, integer};
    }
    if (IsA(&constant->val, Float))
        return (SqlValue){.text = arena_printf(lower->arena, "%s%s", negative ? "-" : "",
                                               constant->val.fval.fval)};
    if (IsA(&constant->val, Boolean) && !negative)
        return (SqlValue){.text = constant->val.boolval.boolval ? "true" : "false"};
    if (IsA(&constant->val, String) && !negative)
        return (SqlValue){.text = arena_strdup(lower->arena, constant->val.sval.sval)};
    return (SqlValue){0};
}

static bool
is_null(const Node *node)
{
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    return node != NULL && IsA(node, A_Const) && ((const A_Const *)node)->isnull;
}

/* MINVALUE and MAXVALUE are column references until the server has looked at them
 * (parse_utilcmd.c, transformPartitionRangeBounds). */
static BoundDatum
bound_datum(Lower *lower, const Node *node, bool is_range)
{
    SqlValue value = lower_value(lower, node);

    if (value.text != NULL)
        return (BoundDatum){DATUM_VALUE, value};
    if (is_null(node))
        return (BoundDatum){.kind = DATUM_NULL};
    if (node == NULL || !IsA(node, ColumnRef))
        return (BoundDatum){.kind = DATUM_UNKNOWN};
    const List *fields = ((const ColumnRef *)node)->fields;
    const char *name = list_length(fields) == 1 ? node_last_string(fields) : NULL;
    if (is_range && name != NULL && strcmp(name, "minvalue") == 0)
        return (BoundDatum){.kind = DATUM_MINVALUE};
    if (is_range && name != NULL && strcmp(name, "maxvalue") == 0)
        return (BoundDatum){.kind = DATUM_MAXVALUE};
    return (BoundDatum){.kind = DATUM_COLUMN};
}

static void
add_data(Lower *lower, const List *nodes, bool is_range, BoundDatumList *out)
{
    EACH_NODE (Node, node, nodes)
        LIST_APPEND(lower->arena, out, bound_datum(lower, node, is_range));
}

void
lower_bound_values(Lower *lower, const PartitionBoundSpec *bound, PartitionBound *out)
{
    bool is_range = bound->strategy == PARTITION_STRATEGY_RANGE;
    bool is_list = bound->strategy == PARTITION_STRATEGY_LIST;

    out->strategy = is_range ? SPLIT_RANGE : (is_list ? SPLIT_LIST : SPLIT_HASH);
    add_data(lower, is_range ? bound->lowerdatums : bound->listdatums, is_range, &out->from);
    add_data(lower, bound->upperdatums, is_range, &out->to);
    out->modulus = bound->modulus;
    out->remainder = bound->remainder;
}
