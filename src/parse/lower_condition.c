/* SPDX-License-Identifier: MIT */
/* What narrows the rows of a query: conditions under AND, orders, and which columns its result has.
 */
#include <stdint.h>
#include <string.h>

#include "query_walk.h"

static void add_condition(QueryWalk *walk, int level, const Node *node);
static void add_operator(QueryWalk *walk, int level, const A_Expr *expr);
static void add_sublink(QueryWalk *walk, int level, const SubLink *link);
static void add_alternatives(QueryWalk *walk, int level, const List *args);
static void add_result(QueryWalk *walk, int at, const SelectStmt *select);
static QueryTerm term_of(QueryWalk *walk, int level, const Node *node);

/* Conditions under AND; only so deep that the stack cannot grow without bounds. */
static void
add_conditions(QueryWalk *walk, int level, const Node *node, int depth)
{
    if (node == NULL || depth > QUERY_DEPTH)
        return;
    if (IsA(node, BoolExpr) && ((const BoolExpr *)node)->boolop == AND_EXPR) {
        EACH_NODE (Node, arg, ((const BoolExpr *)node)->args)
            add_conditions(walk, level, arg, depth + 1);
        return;
    }
    add_condition(walk, level, node);
}

void
query_walk_conditions(QueryWalk *walk)
{
    foreach (frame, &walk->frames) {
        int level = (int)(frame - walk->frames.items);
        foreach (quals, &frame->quals)
            add_conditions(walk, level, *quals, 0);
        if (IsA(frame->node, SelectStmt))
            add_result(walk, level, (const SelectStmt *)frame->node);
    }
}

/* Nothing of a FULL JOIN is narrowed by its condition. */
void
query_walk_join(QueryWalk *walk, int level, const JoinExpr *join)
{
    if (join->jointype == JOIN_FULL)
        return;
    if (join->quals != NULL)
        LIST_APPEND(walk->lower->scratch, &walk->frames.items[level].quals, join->quals);
    EACH_NODE (String, column, join->usingClause) {
        QueryTerm term = {.level = level,
                          .column = arena_strdup(walk->lower->arena, node_string(column)),
                          .result_of = -1};
        LIST_APPEND(walk->lower->scratch, &walk->query.conditions,
                    (QueryCondition){.left = term, .right = term, .is_using = true});
    }
}

QueryPlace
query_walk_place(const SubLink *link)
{
    switch (link->subLinkType) {
    case EXISTS_SUBLINK:
        return QUERY_EXISTS;
    case ANY_SUBLINK:
        return QUERY_IN;
    default: /* the server's own enumeration */
        return QUERY_EXPRESSION;
    }
}

bool
query_walk_is_null(const Node *constant)
{
    return IsA(constant, A_Const) && ((const A_Const *)constant)->isnull;
}

/* ---- conditions */

static void
put_condition(QueryWalk *walk, QueryTerm left, Comparison comparison, QueryTerm right,
              const StringList *values)
{
    QueryCondition condition = {.left = left, .comparison = comparison, .right = right};

    if (left.column == NULL && right.column == NULL)
        return;
    if (values != NULL)
        condition.values = *values;
    LIST_APPEND(walk->lower->scratch, &walk->query.conditions, condition);
}

static void
add_condition(QueryWalk *walk, int level, const Node *node)
{
    static const QueryTerm value = {.result_of = -1};

    if (IsA(node, A_Expr)) {
        add_operator(walk, level, (const A_Expr *)node);
    } else if (IsA(node, SubLink)) {
        add_sublink(walk, level, (const SubLink *)node);
    } else if (IsA(node, NullTest)) {
        const NullTest *test = (const NullTest *)node;
        if (test->nulltesttype == IS_NULL)
            put_condition(walk, term_of(walk, level, (const Node *)test->arg), COMPARISON_IS_NULL,
                          value, NULL);
    } else if (IsA(node, CurrentOfExpr)) {
        walk->query.levels.items[level].never = true;
    } else if (IsA(node, BoolExpr)) {
        if (((const BoolExpr *)node)->boolop == OR_EXPR)
            add_alternatives(walk, level, ((const BoolExpr *)node)->args);
    } else {
        while (IsA(node, TypeCast))
            node = ((const TypeCast *)node)->arg;
        bool is_false = IsA(node, A_Const) && !((const A_Const *)node)->isnull &&
                        IsA(&((const A_Const *)node)->val, Boolean) &&
                        !((const A_Const *)node)->val.boolval.boolval;
        walk->query.levels.items[level].never |= is_false || query_walk_is_null(node);
    }
}

static bool
find_comparison(const List *name, Comparison *out)
{
    static const struct {
        const char *name;
        Comparison comparison;
    } rows[] = {
        {"=",  COMPARISON_EQUAL        },
        {"<",  COMPARISON_LESS         },
        {"<=", COMPARISON_LESS_EQUAL   },
        {">",  COMPARISON_GREATER      },
        {">=", COMPARISON_GREATER_EQUAL},
    };
    const char *text = name == NIL ? "=" : node_last_string(name);

    for (size_t i = 0; text != NULL && i < sizeof rows / sizeof *rows; i++) {
        if (strcmp(text, rows[i].name) == 0) {
            *out = rows[i].comparison;
            return true;
        }
    }
    return false;
}

static Comparison
turned(Comparison comparison)
{
    switch (comparison) {
    case COMPARISON_LESS:
        return COMPARISON_GREATER;
    case COMPARISON_LESS_EQUAL:
        return COMPARISON_GREATER_EQUAL;
    case COMPARISON_GREATER:
        return COMPARISON_LESS;
    case COMPARISON_GREATER_EQUAL:
        return COMPARISON_LESS_EQUAL;
    case COMPARISON_EQUAL:
    case COMPARISON_IS_NULL:
        break;
    }
    return comparison;
}

/* The text of a constant, also with a cast or a sign; false where it is anything else. */
static bool
add_value(QueryWalk *walk, const Node *node, StringList *values)
{
    bool negative = false;

    while (node != NULL && !IsA(node, A_Const)) {
        if (IsA(node, TypeCast)) {
            node = ((const TypeCast *)node)->arg;
            continue;
        }
        const A_Expr *sign = (const A_Expr *)node;
        const char *name = IsA(node, A_Expr) ? node_last_string(sign->name) : NULL;
        if (name == NULL || sign->lexpr != NULL || strcmp(name, "-") != 0)
            return false;
        negative = !negative;
        node = sign->rexpr;
    }
    const char *text = node == NULL ? NULL : node_constant_text(walk->lower->arena, node);
    if (text == NULL)
        return false;
    LIST_APPEND(walk->lower->arena, values,
                negative ? arena_printf(walk->lower->arena, "-%s", text) : text);
    return true;
}

static void
add_pair(QueryWalk *walk, int level, const Node *left, Comparison comparison, const Node *right)
{
    StringList values = {0};

    if (left == NULL || right == NULL)
        return;
    QueryTerm a = term_of(walk, level, left);
    QueryTerm b = term_of(walk, level, right);
    const Node *value = a.column == NULL ? left : right;
    if (!add_value(walk, value, &values))
        values = (StringList){0};
    if (a.column == NULL)
        put_condition(walk, b, turned(comparison), a, &values);
    else
        put_condition(walk, a, comparison, b, &values);
}

/* IN (1, 2) and = ANY (ARRAY[1, 2]). */
static void
add_list(QueryWalk *walk, int level, const Node *left, const List *list)
{
    static const QueryTerm value = {.result_of = -1};
    StringList values = {0};

    EACH_NODE (Node, item, list) {
        if (term_of(walk, level, item).column != NULL)
            return;
        if (values.count + 1 == (size_t)item_at + 1 && !add_value(walk, item, &values))
            values = (StringList){0};
    }
    if (values.count != (size_t)list_length(list))
        values = (StringList){0};
    put_condition(walk, term_of(walk, level, left), COMPARISON_EQUAL, value, &values);
}

static void
add_operator(QueryWalk *walk, int level, const A_Expr *expr)
{
    Comparison comparison;

    switch (expr->kind) {
    case AEXPR_OP:
        if (find_comparison(expr->name, &comparison))
            add_pair(walk, level, expr->lexpr, comparison, expr->rexpr);
        break;
    case AEXPR_IN:
        if (find_comparison(expr->name, &comparison) && comparison == COMPARISON_EQUAL &&
            IsA(expr->rexpr, List))
            add_list(walk, level, expr->lexpr, (const List *)expr->rexpr);
        break;
    case AEXPR_OP_ANY:
        if (!find_comparison(expr->name, &comparison))
            break;
        if (IsA(expr->rexpr, A_ArrayExpr))
            add_list(walk, level, expr->lexpr, ((const A_ArrayExpr *)expr->rexpr)->elements);
        else
            add_pair(walk, level, expr->lexpr, comparison, expr->rexpr);
        break;
    case AEXPR_BETWEEN:
        if (IsA(expr->rexpr, List) && list_length((const List *)expr->rexpr) == 2) {
            const List *bounds = (const List *)expr->rexpr;
            add_pair(walk, level, expr->lexpr, COMPARISON_GREATER_EQUAL, linitial(bounds));
            add_pair(walk, level, expr->lexpr, COMPARISON_LESS_EQUAL, lsecond(bounds));
        }
        break;
    default: /* the server's own enumeration */
        break;
    }
}

static void
add_sublink(QueryWalk *walk, int level, const SubLink *link)
{
    Comparison comparison;

    if (link->subLinkType != ANY_SUBLINK || link->testexpr == NULL ||
        !find_comparison(link->operName, &comparison) || comparison != COMPARISON_EQUAL)
        return;
    foreach (frame, &walk->frames) {
        if (frame->node != link->subselect)
            continue;
        QueryTerm result = {.level = level, .result_of = (int)(frame - walk->frames.items)};
        put_condition(walk, term_of(walk, level, link->testexpr), COMPARISON_EQUAL, result, NULL);
        return;
    }
}

/* a = 1 OR a = 2 is a IN (1, 2). */
static void
add_alternatives(QueryWalk *walk, int level, const List *args)
{
    size_t before = walk->query.conditions.count;
    QueryCondition whole = {0};
    StringList values = {0};
    bool all_known = true;

    EACH_NODE (Node, arg, args) {
        size_t count = walk->query.conditions.count;
        add_condition(walk, level, arg);
        const QueryCondition *added =
            walk->query.conditions.count == count + 1 ? &walk->query.conditions.items[count] : NULL;
        bool fits = added != NULL && added->right.column == NULL && added->right.result_of < 0 &&
                    added->comparison == COMPARISON_EQUAL &&
                    (arg_at == 0 || strcmp(added->left.column, whole.left.column) == 0);
        if (fits) {
            whole = *added;
            all_known &= added->values.count > 0;
            foreach (value, &added->values)
                LIST_APPEND(walk->lower->arena, &values, *value);
        }
        walk->query.conditions.count = before;
        if (!fits)
            return;
    }
    if (whole.left.column != NULL)
        put_condition(walk, whole.left, COMPARISON_EQUAL, whole.right, all_known ? &values : NULL);
}

/* ---- terms */

static QueryTerm
column_term(QueryWalk *walk, int level, const ColumnRef *ref)
{
    QueryTerm term = {.level = level, .result_of = -1};
    int count = list_length(ref->fields);
    const Node *last = count > 0 ? llast(ref->fields) : NULL;
    const Node *before = count > 1 ? list_nth(ref->fields, count - 2) : NULL;

    if (last != NULL && IsA(last, String))
        term.column = arena_strdup(walk->lower->arena, node_string(last));
    if (before != NULL && IsA(before, String))
        term.qualifier = arena_strdup(walk->lower->arena, node_string(before));
    return term;
}

static void
keep_first_column(void *context, Node *node, const WalkScope *scope)
{
    const ColumnRef **found = context;

    (void)scope;
    if (*found == NULL && IsA(node, ColumnRef))
        *found = (const ColumnRef *)node;
}

static QueryTerm
term_of(QueryWalk *walk, int level, const Node *node)
{
    static const QueryTerm value = {.result_of = -1};

    if (node == NULL || IsA(node, SubLink) || IsA(node, A_Const) || IsA(node, ParamRef))
        return value;
    if (IsA(node, ColumnRef))
        return column_term(walk, level, (const ColumnRef *)node);
    const ColumnRef *inside = NULL;
    walk_tree(walk->lower->scratch, (Node *)(uintptr_t)node, NULL, keep_first_column, &inside);
    if (inside == NULL)
        return value;
    QueryTerm term = column_term(walk, level, inside);
    const FuncCall *call = (const FuncCall *)node;
    if (IsA(node, FuncCall) && list_length(call->args) == 1 &&
        (const ColumnRef *)linitial(call->args) == inside)
        term.function = arena_strdup(walk->lower->arena, node_last_string(call->funcname));
    else
        term.is_expression = true;
    return term;
}

/* ---- results */

static void
keep_aggregate(void *context, Node *node, const WalkScope *scope)
{
    static const char *const names[] = {"count",      "sum",       "avg",      "min",
                                        "max",        "array_agg", "json_agg", "jsonb_agg",
                                        "string_agg", "bool_and",  "bool_or",  "every"};
    bool *found = context;

    (void)scope;
    if (!IsA(node, FuncCall))
        return;
    const FuncCall *call = (const FuncCall *)node;
    const char *name = node_last_string(call->funcname);
    *found |= call->agg_star || call->agg_distinct || call->over != NULL ||
              call->agg_filter != NULL || call->agg_order != NIL;
    *found |= name != NULL && TEXT_IS_ONE_OF(name, names);
}

bool
query_walk_needs_all(const SelectStmt *select)
{
    return select->groupClause != NIL || select->distinctClause != NIL ||
           select->havingClause != NULL || select->windowClause != NIL;
}

/* What the columns of a result are made of. */
typedef struct Extremes {
    const ColumnRef *column; /* of the first min() or max() */
    int calls;               /* of min() and max() with that column */
    int columns;             /* named, in all */
    bool has_others;
} Extremes;

static bool
is_extreme(const FuncCall *call)
{
    const char *name = node_last_string(call->funcname);

    return name != NULL && (strcmp(name, "min") == 0 || strcmp(name, "max") == 0) &&
           list_length(call->args) == 1 && IsA(linitial(call->args), ColumnRef) &&
           call->agg_filter == NULL && call->over == NULL;
}

static void
see_extreme(void *context, Node *node, const WalkScope *scope)
{
    Extremes *found = context;

    (void)scope;
    found->has_others |= IsA(node, SubLink);
    found->columns += IsA(node, ColumnRef);
    if (!IsA(node, FuncCall) || !is_extreme((const FuncCall *)node))
        return;
    const ColumnRef *column = linitial(((const FuncCall *)node)->args);
    const char *name = node_last_string(column->fields);
    const char *first = found->column == NULL ? name : node_last_string(found->column->fields);
    found->calls++;
    found->has_others |= name == NULL || first == NULL || strcmp(name, first) != 0;
    if (found->column == NULL)
        found->column = column;
}

/* planagg.c, preprocess_minmax_aggregates() */
static void
find_extremes(QueryWalk *walk, int at, const SelectStmt *select)
{
    QueryLevel *level = &walk->query.levels.items[at];
    Extremes found = {0};

    if (select->targetList == NIL || select->whereClause != NULL || select->groupClause != NIL ||
        list_length(select->fromClause) != 1)
        return;
    walk_tree(walk->lower->scratch, (Node *)select->targetList, NULL, see_extreme, &found);
    if (found.column == NULL || found.has_others || found.calls != found.columns)
        return;
    level->is_extremes = true;
    level->order = column_term(walk, at, found.column);
}

static void
add_outputs(QueryWalk *walk, int at, const SelectStmt *select)
{
    QueryLevel *level = &walk->query.levels.items[at];

    EACH_NODE (ResTarget, target, select->targetList) {
        const Node *value = target->val;
        QueryOutput output = {
            .name = arena_strdup(walk->lower->arena, target->name),
            .term = {.level = at, .result_of = -1}
        };
        if (value != NULL && IsA(value, ColumnRef)) {
            output.term = column_term(walk, at, (const ColumnRef *)value);
            if (output.name == NULL)
                output.name = output.term.column;
        } else if (output.name == NULL) {
            output.name = "?column?";
        }
        LIST_APPEND(walk->lower->arena, &level->outputs, output);
    }
}

static void
add_result(QueryWalk *walk, int at, const SelectStmt *select)
{
    QueryLevel *level = &walk->query.levels.items[at];
    bool aggregates = false;

    if (level->limited && select->targetList != NIL) {
        walk_tree(walk->lower->scratch, (Node *)select->targetList, NULL, keep_aggregate,
                  &aggregates);
        level->needs_all |= aggregates;
    }
    if (select->sortClause != NIL) {
        const SortBy *first = linitial(select->sortClause);
        if (IsA(first->node, ColumnRef))
            level->order = column_term(walk, at, (const ColumnRef *)first->node);
    } else {
        find_extremes(walk, at, select);
    }
    bool has_readers = level->place == QUERY_IN_FROM || level->place == QUERY_IN_WITH ||
                       level->place == QUERY_IN || at == 0;
    if (has_readers)
        add_outputs(walk, at, select);
}
