/* SPDX-License-Identifier: MIT */
/* Conditions as formulas. What parse_expr.c rewrites is rewritten here: BETWEEN, IN, IS DISTINCT
 * FROM NULL, tests of rows. */
#include <string.h>

#include "lower.h"

enum { DEPTH_LIMIT = 64 };

static const SqlFormula *formula_of(Lower *lower, const Node *node, int depth);

static const SqlFormula other = {.kind = FORMULA_OTHER};

static SqlFormula *
new_formula(Lower *lower, FormulaKind kind)
{
    SqlFormula *formula = ARENA_NEW(lower->arena, SqlFormula);
    formula->kind = kind;
    return formula;
}

static void
add_part(Lower *lower, SqlFormula *formula, const Node *node, int depth)
{
    LIST_APPEND(lower->arena, &formula->parts, formula_of(lower, node, depth));
}

static SqlFormula *
with_parts(Lower *lower, FormulaKind kind, const List *nodes, int depth)
{
    SqlFormula *formula = new_formula(lower, kind);
    EACH_NODE (Node, node, nodes)
        add_part(lower, formula, node, depth);
    return formula;
}

/* ---- constants */

/* parse_node.c, make_const(): the smallest type that holds the number. */
static const char *
type_of_literal(const SqlValue *value)
{
    enum { INT8_DIGITS = 18, INT4_DIGITS = 9 };
    const char *digits = value->text + (*value->text == '-');
    size_t length = strlen(digits);
    if (strspn(digits, "0123456789") < length || length > INT8_DIGITS)
        return "numeric";
    bool is_small = length <= INT4_DIGITS || (value->is_integer && value->integer >= INT32_MIN &&
                                              value->integer <= INT32_MAX);
    return is_small ? "int4" : "int8";
}

static const SqlFormula *
value_of(Lower *lower, const Node *node)
{
    const A_Const *constant = IsA(node, A_Const) ? (const A_Const *)node : NULL;
    SqlValue value = lower_value(lower, node);
    bool is_null = constant != NULL && constant->isnull;
    if (value.text == NULL && !is_null)
        return &other;
    SqlFormula *formula = new_formula(lower, FORMULA_VALUE);
    formula->value = value;
    formula->type.modifiers_known = true;
    bool is_bool = constant != NULL && !is_null && IsA(&constant->val, Boolean);
    bool is_text = is_null || (constant != NULL && IsA(&constant->val, String));
    if (!is_text)
        formula->type.name =
            (QualifiedName){"pg_catalog", is_bool ? "bool" : type_of_literal(&value)};
    return formula;
}

static const SqlFormula *
cast_of(Lower *lower, const TypeCast *cast, int depth)
{
    const SqlFormula *inner = formula_of(lower, cast->arg, depth);
    bool is_literal = inner->kind == FORMULA_VALUE && !IsA(cast->arg, TypeCast);
    SqlFormula *formula = new_formula(lower, is_literal ? FORMULA_VALUE : FORMULA_CAST);
    formula->type = lower_type(lower, cast->typeName);
    if (is_literal)
        formula->value = inner->value;
    else
        LIST_APPEND(lower->arena, &formula->parts, inner);
    return formula;
}

/* ---- operators */

static bool
find_operator(const char *symbol, FormulaOperator *out)
{
    static const char *const symbols[] = {"<", "<=", "=", ">=", ">", "<>"};
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        *out = (FormulaOperator)i;
        if (symbol != NULL && strcmp(symbols[i], symbol) == 0)
            return true;
    }
    return false;
}

static const SqlFormula *
comparison(Lower *lower, const Node *left, FormulaOperator op, const Node *right, int depth)
{
    SqlFormula *formula = new_formula(lower, FORMULA_COMPARISON);
    formula->op = op;
    add_part(lower, formula, left, depth);
    add_part(lower, formula, right, depth);
    return formula;
}

static const SqlFormula *
operation(Lower *lower, const A_Expr *expr, int depth)
{
    FormulaOperator op;
    if (expr->lexpr == NULL) {
        const SqlFormula *value = value_of(lower, (const Node *)expr);
        if (value->kind == FORMULA_VALUE)
            return value;
    } else if (expr->rexpr != NULL && list_length(expr->name) == 1 &&
               find_operator(node_last_string(expr->name), &op)) {
        return comparison(lower, expr->lexpr, op, expr->rexpr, depth);
    }
    SqlFormula *call = new_formula(lower, FORMULA_CALL);
    call->name = node_list_name(lower->arena, expr->name);
    if (expr->lexpr != NULL)
        add_part(lower, call, expr->lexpr, depth);
    add_part(lower, call, expr->rexpr, depth);
    return call;
}

static const SqlFormula *
between(Lower *lower, const A_Expr *expr, int depth)
{
    const List *ends = (const List *)expr->rexpr;
    bool negated = expr->kind == AEXPR_NOT_BETWEEN;
    if (ends == NIL || !IsA(ends, List) || list_length(ends) != 2)
        return &other;
    SqlFormula *formula = new_formula(lower, negated ? FORMULA_OR : FORMULA_AND);
    LIST_APPEND(lower->arena, &formula->parts,
                comparison(lower, expr->lexpr, negated ? OPERATOR_LESS : OPERATOR_GREATER_EQUAL,
                           linitial(ends), depth));
    LIST_APPEND(lower->arena, &formula->parts,
                comparison(lower, expr->lexpr, negated ? OPERATOR_GREATER : OPERATOR_LESS_EQUAL,
                           lsecond(ends), depth));
    return formula;
}

/* ---- lists */

static const SqlFormula *
among(Lower *lower, FormulaKind kind, FormulaOperator op, const Node *left, const List *elements,
      int depth)
{
    SqlFormula *formula = new_formula(lower, kind);
    formula->op = op;
    add_part(lower, formula, left, depth);
    EACH_NODE (Node, element, elements) {
        add_part(lower, formula, element, depth);
        if (formula->parts.items[formula->parts.count - 1]->kind != FORMULA_VALUE)
            return &other;
    }
    return formula;
}

/* parse_expr.c, transformAExprIn(): one value alone is compared. */
static const SqlFormula *
in_list(Lower *lower, const A_Expr *expr, int depth)
{
    FormulaOperator op;
    const List *elements = (const List *)expr->rexpr;
    if (elements == NIL || !IsA(elements, List) ||
        !find_operator(node_last_string(expr->name), &op))
        return &other;
    if (list_length(elements) == 1)
        return comparison(lower, expr->lexpr, op, linitial(elements), depth);
    return among(lower, op == OPERATOR_EQUAL ? FORMULA_ANY : FORMULA_ALL, op, expr->lexpr, elements,
                 depth);
}

/* '{a,b}' where nothing in it is quoted. */
static const SqlFormula *
among_text(Lower *lower, FormulaKind kind, FormulaOperator op, const Node *left, const char *text,
           int depth)
{
    SqlFormula *formula = new_formula(lower, kind);
    size_t length = strlen(text);
    formula->op = op;
    add_part(lower, formula, left, depth);
    if (length < 3 || text[0] != '{' || text[length - 1] != '}' ||
        strcspn(text, "\"\\' \t\n") < length || strchr(text + 1, '{') != NULL)
        return &other;
    for (const char *at = text + 1; *at != '\0';) {
        size_t width = strcspn(at, ",}");
        SqlFormula *value = new_formula(lower, FORMULA_VALUE);
        value->value.text = arena_strndup(lower->arena, at, width);
        if (width == 0 || strcasecmp(value->value.text, "null") == 0)
            return &other;
        LIST_APPEND(lower->arena, &formula->parts, value);
        at += width + 1;
    }
    return formula;
}

/* A cast of the array is one of its elements. */
static const SqlFormula *
with_element_type(Lower *lower, const SqlFormula *list, const TypeName *written)
{
    SqlType type = lower_type(lower, written);
    if (list->kind == FORMULA_OTHER || type.array_dimensions != 1)
        return &other;
    type.array_dimensions = 0;
    SqlFormula *copy = arena_copy(lower->arena, list, sizeof *list);
    copy->parts = (FormulaList){0};
    foreach (part, &list->parts) {
        SqlFormula *element = arena_copy(lower->arena, *part, sizeof **part);
        bool is_first = part == list->parts.items;
        if (!is_first && element->type.name.name != NULL && !element->value.is_integer)
            return &other;
        if (!is_first)
            element->type = type;
        LIST_APPEND(lower->arena, &copy->parts, element);
    }
    return copy;
}

static const SqlFormula *
with_array(Lower *lower, const A_Expr *expr, int depth)
{
    FormulaOperator op;
    const Node *array = expr->rexpr;
    FormulaKind kind = expr->kind == AEXPR_OP_ANY ? FORMULA_ANY : FORMULA_ALL;
    const TypeName *type = NULL;
    const SqlFormula *list = &other;
    if (list_length(expr->name) != 1 || !find_operator(node_last_string(expr->name), &op))
        return &other;
    if (array != NULL && IsA(array, TypeCast)) {
        type = ((const TypeCast *)array)->typeName;
        array = ((const TypeCast *)array)->arg;
    }
    const char *text = node_constant_text(lower->arena, array);
    if (array != NULL && IsA(array, A_ArrayExpr))
        list = among(lower, kind, op, expr->lexpr, ((const A_ArrayExpr *)array)->elements, depth);
    else if (text != NULL && array != NULL && IsA(array, A_Const))
        list = among_text(lower, kind, op, expr->lexpr, text, depth);
    return type != NULL ? with_element_type(lower, list, type) : list;
}

/* ---- tests for NULL */

/* clauses.c, eval_const_expressions() tests a row column by column. */
static const SqlFormula *
null_test(Lower *lower, const NullTest *test, int depth)
{
    FormulaKind kind = test->nulltesttype == IS_NULL ? FORMULA_IS_NULL : FORMULA_IS_NOT_NULL;
    const Node *arg = (const Node *)test->arg;
    if (arg == NULL || !IsA(arg, RowExpr)) {
        SqlFormula *formula = new_formula(lower, kind);
        add_part(lower, formula, arg, depth);
        return formula;
    }
    SqlFormula *all = new_formula(lower, FORMULA_AND);
    EACH_NODE (Node, field, ((const RowExpr *)arg)->args) {
        SqlFormula *formula = new_formula(lower, kind);
        add_part(lower, formula, field, depth);
        LIST_APPEND(lower->arena, &all->parts, formula);
    }
    return all;
}

static bool
is_null(const Node *node)
{
    return node != NULL && IsA(node, A_Const) && ((const A_Const *)node)->isnull;
}

/* parse_expr.c, transformAExprDistinct() */
static const SqlFormula *
distinct(Lower *lower, const A_Expr *expr, int depth)
{
    const Node *tested = is_null(expr->rexpr) ? expr->lexpr : expr->rexpr;
    if (!is_null(expr->rexpr) && !is_null(expr->lexpr))
        return &other;
    SqlFormula *formula =
        new_formula(lower, expr->kind == AEXPR_DISTINCT ? FORMULA_IS_NOT_NULL : FORMULA_IS_NULL);
    add_part(lower, formula, tested, depth);
    return formula;
}

/* ---- */

static const SqlFormula *
expression(Lower *lower, const A_Expr *expr, int depth)
{
    switch (expr->kind) {
    case AEXPR_OP:
        return operation(lower, expr, depth);
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
        return with_array(lower, expr, depth);
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
        return distinct(lower, expr, depth);
    case AEXPR_IN:
        return in_list(lower, expr, depth);
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
        return between(lower, expr, depth);
    case AEXPR_NULLIF:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR:
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
        break;
    }
    return &other;
}

static const SqlFormula *
column(Lower *lower, const ColumnRef *ref)
{
    const char *name = node_last_string(ref->fields);
    if (name == NULL)
        return &other;
    SqlFormula *formula = new_formula(lower, FORMULA_COLUMN);
    formula->name.name = arena_strdup(lower->arena, name);
    return formula;
}

static const SqlFormula *
call(Lower *lower, const FuncCall *call, int depth)
{
    if (call->agg_filter != NULL || call->agg_order != NIL || call->over != NULL ||
        call->agg_distinct || call->agg_star || call->func_variadic)
        return &other;
    SqlFormula *formula = with_parts(lower, FORMULA_CALL, call->args, depth);
    formula->name = node_list_name(lower->arena, call->funcname);
    return formula;
}

static const SqlFormula *
junction(Lower *lower, const BoolExpr *expr, int depth)
{
    switch (expr->boolop) {
    case AND_EXPR:
        return with_parts(lower, FORMULA_AND, expr->args, depth);
    case OR_EXPR:
        return with_parts(lower, FORMULA_OR, expr->args, depth);
    case NOT_EXPR:
        return with_parts(lower, FORMULA_NOT, expr->args, depth);
    }
    return &other;
}

static const SqlFormula *
formula_of(Lower *lower, const Node *node, int depth)
{
    if (node == NULL || ++depth > DEPTH_LIMIT)
        return &other;
    switch (nodeTag(node)) {
    case T_A_Const:
        return value_of(lower, node);
    case T_ColumnRef:
        return column(lower, (const ColumnRef *)node);
    case T_TypeCast:
        return cast_of(lower, (const TypeCast *)node, depth);
    case T_FuncCall:
        return call(lower, (const FuncCall *)node, depth);
    case T_CoalesceExpr: {
        SqlFormula *formula =
            with_parts(lower, FORMULA_CALL, ((const CoalesceExpr *)node)->args, depth);
        formula->name.name = "coalesce";
        return formula;
    }
    case T_A_Expr:
        return expression(lower, (const A_Expr *)node, depth);
    case T_BoolExpr:
        return junction(lower, (const BoolExpr *)node, depth);
    case T_NullTest:
        return null_test(lower, (const NullTest *)node, depth);
    default:
        return &other;
    }
}

const SqlExpr *
lower_expression_formula(Lower *lower, const Node *node, Span span)
{
    const SqlExpr *plain = lower_expression(lower, node, span);
    if (plain == NULL)
        return NULL;
    SqlExpr *expression = arena_copy(lower->arena, plain, sizeof *plain);
    expression->formula = formula_of(lower, node, 0);
    return expression;
}
