/* SPDX-License-Identifier: MIT */
/* Constants, and the bounds of partitions. */
#include <string.h>

#include "lower.h"

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
