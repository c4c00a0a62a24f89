/* SPDX-License-Identifier: MIT */
#include "essence.h"

#include <stdlib.h>
#include <string.h>

#include "node.h"

#define DEPTH_LIMIT 200

/* What an expression is made of, each once. */
typedef struct Essence {
    Arena *arena;
    bool is_known;           /* false: something is in it that the server may write in any way */
    bool has_known_constant; /* the same of the constants alone */
    StringList columns;
    StringList functions;
    StringList operators; /* and the words that are no functions: "AND", "IS NULL" */
    StringList texts;     /* constants */
    StringList numbers;   /* and true and false */
    StringList casts;     /* types cast to */
} Essence;

static void add_node(Essence *to, const Node *node, int depth);

static void
add(Essence *to, StringList *list, const char *text)
{
    if (text == NULL)
        to->is_known = false;
    else if (!string_list_has(list, text))
        LIST_APPEND(to->arena, list, arena_strdup(to->arena, text));
}

static void
add_list(Essence *to, const List *list, int depth)
{
    EACH_NODE (Node, node, list)
        add_node(to, node, depth);
}

/* ---- constants */

/* As the server writes it too: no leading zeros, no exponent. */
static bool
is_plain_number(const char *text)
{
    text += *text == '-';
    size_t whole = strspn(text, "0123456789");
    if (whole == 0 || (whole > 1 && text[0] == '0'))
        return false;
    text += whole;
    if (*text == '\0')
        return true;
    size_t fraction = strspn(text + 1, "0123456789");
    return *text == '.' && fraction > 0 && text[1 + fraction] == '\0';
}

/* A string that `type` (NULL: what it is compared with) keeps as it is. */
static void
add_string(Essence *to, const char *text, const char *type)
{
    static const char *const texts[] = {"text", "varchar", "bpchar"};
    static const char *const numbers[] = {"int2", "int4", "int8", "numeric"};
    if ((type == NULL || TEXT_IS_ONE_OF(type, texts)) && strchr(text, '\\') == NULL)
        add(to, &to->texts, text);
    else if (type != NULL && TEXT_IS_ONE_OF(type, numbers) && is_plain_number(text))
        add(to, &to->numbers, text);
    else
        to->has_known_constant = false;
}

static void
add_constant(Essence *to, const A_Const *constant, const char *type)
{
    if (constant->isnull)
        return;
    const char *text = node_constant_text(to->arena, (const Node *)constant);
    if (text == NULL)
        to->has_known_constant = false;
    else if (IsA(&constant->val, String))
        add_string(to, text, type);
    else if (IsA(&constant->val, Boolean) || is_plain_number(text))
        add(to, &to->numbers, text);
    else
        to->has_known_constant = false;
}

static void
add_cast(Essence *to, const TypeCast *cast, int depth)
{
    const char *type = node_last_string(cast->typeName->names);
    add(to, &to->casts, type);
    if (cast->arg != NULL && IsA(cast->arg, A_Const) && type != NULL)
        add_constant(to, (const A_Const *)cast->arg,
                     cast->typeName->arrayBounds == NIL ? type : "");
    else
        add_node(to, cast->arg, depth);
}

/* ---- all others */

/* What is written in its own syntax is the call of a function too. */
static void
add_call(Essence *to, const FuncCall *call, int depth)
{
    const char *name = node_last_string(call->funcname);
    if (call->agg_order != NIL || call->agg_filter != NULL || call->over != NULL ||
        call->agg_within_group || call->agg_star || call->agg_distinct)
        to->is_known = false;
    /* What the grammar made of EXTRACT before it had a function of its own. */
    if (name != NULL && strcmp(name, "date_part") == 0)
        name = "extract";
    add(to, &to->functions, name);
    add_list(to, call->args, depth);
}

/* Columns in the list make it a chain of OR. */
static void
add_in(Essence *to, const A_Expr *expr, int depth)
{
    const size_t columns = to->columns.count;
    add(to, &to->operators, node_last_string(expr->name));
    if (expr->rexpr == NULL || !IsA(expr->rexpr, List))
        to->is_known = false;
    else
        add_list(to, (const List *)expr->rexpr, depth);
    if (to->columns.count > columns)
        to->is_known = false;
    add_node(to, expr->lexpr, depth);
}

/* Two comparisons, and what joins them. */
static void
add_between(Essence *to, const A_Expr *expr, int depth)
{
    const bool negated = expr->kind == AEXPR_NOT_BETWEEN;
    add(to, &to->operators, negated ? "<" : ">=");
    add(to, &to->operators, negated ? ">" : "<=");
    add(to, &to->operators, negated ? "OR" : "AND");
    add_node(to, expr->lexpr, depth);
    if (expr->rexpr != NULL && IsA(expr->rexpr, List))
        add_list(to, (const List *)expr->rexpr, depth);
}

static void
add_operands(Essence *to, const A_Expr *expr, int depth)
{
    if (expr->lexpr != NULL)
        add_node(to, expr->lexpr, depth);
    add_node(to, expr->rexpr, depth);
}

static void
add_operator(Essence *to, const A_Expr *expr, int depth)
{
    switch (expr->kind) {
    case AEXPR_OP:
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL:
    case AEXPR_LIKE:
    case AEXPR_ILIKE:
    case AEXPR_SIMILAR:
        add(to, &to->operators, node_last_string(expr->name));
        break;
    case AEXPR_NOT_DISTINCT:
        add(to, &to->operators, "NOT");
        add(to, &to->operators, "IS DISTINCT FROM");
        break;
    case AEXPR_DISTINCT:
        add(to, &to->operators, "IS DISTINCT FROM");
        break;
    case AEXPR_NULLIF:
        add(to, &to->operators, "NULLIF");
        break;
    case AEXPR_IN:
        add_in(to, expr, depth);
        return;
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
        add_between(to, expr, depth);
        return;
    case AEXPR_BETWEEN_SYM:
    case AEXPR_NOT_BETWEEN_SYM:
        to->is_known = false;
        return;
    }
    add_operands(to, expr, depth);
}

static void
add_logic(Essence *to, const BoolExpr *expr, int depth)
{
    static const char *const words[] = {[AND_EXPR] = "AND", [OR_EXPR] = "OR", [NOT_EXPR] = "NOT"};
    add(to, &to->operators, words[expr->boolop]);
    add_list(to, expr->args, depth);
}

static void
add_test(Essence *to, const char *kind, int which, const void *argument, int depth)
{
    add(to, &to->operators, arena_printf(to->arena, "%s %d", kind, which));
    add_node(to, argument, depth);
}

static void
add_case(Essence *to, const CaseExpr *expr, int depth)
{
    add(to, &to->operators, "CASE");
    if (expr->arg != NULL)
        add_node(to, (const Node *)expr->arg, depth);
    EACH_NODE (CaseWhen, when, expr->args) {
        add_node(to, (const Node *)when->expr, depth);
        add_node(to, (const Node *)when->result, depth);
    }
    if (expr->defresult != NULL)
        add_node(to, (const Node *)expr->defresult, depth);
}

/* Elements of arrays; fields of rows the server writes in several ways. */
static void
add_indirection(Essence *to, const A_Indirection *expr, int depth)
{
    add_node(to, expr->arg, depth);
    EACH_NODE (A_Indices, indices, expr->indirection) {
        if (!IsA(indices, A_Indices) || indices->is_slice || indices->uidx == NULL)
            to->is_known = false;
        else
            add_node(to, indices->uidx, depth);
    }
}

/* What has a kind of its own and arguments of no kind. */
static void
add_special(Essence *to, const Node *node, int depth)
{
    switch (nodeTag(node)) {
    case T_NullTest:
        add_test(to, "null", (int)((const NullTest *)node)->nulltesttype,
                 ((const NullTest *)node)->arg, depth);
        break;
    case T_BooleanTest:
        add_test(to, "boolean", (int)((const BooleanTest *)node)->booltesttype,
                 ((const BooleanTest *)node)->arg, depth);
        break;
    case T_SQLValueFunction:
        add(to, &to->functions,
            arena_printf(to->arena, "session %d", (int)((const SQLValueFunction *)node)->op));
        break;
    case T_CoalesceExpr:
        add(to, &to->operators, "COALESCE");
        add_list(to, ((const CoalesceExpr *)node)->args, depth);
        break;
    case T_MinMaxExpr:
        add(to, &to->operators,
            ((const MinMaxExpr *)node)->op == IS_GREATEST ? "GREATEST" : "LEAST");
        add_list(to, ((const MinMaxExpr *)node)->args, depth);
        break;
    case T_CaseExpr:
        add_case(to, (const CaseExpr *)node, depth);
        break;
    case T_A_Indirection:
        add_indirection(to, (const A_Indirection *)node, depth);
        break;
    default:
        to->is_known = false;
        break;
    }
}

static void
add_node(Essence *to, const Node *node, int depth)
{
    if (node == NULL || depth > DEPTH_LIMIT) {
        to->is_known = false;
        return;
    }
    depth++;
    switch (nodeTag(node)) {
    case T_A_Const:
        add_constant(to, (const A_Const *)node, NULL);
        break;
    case T_TypeCast:
        add_cast(to, (const TypeCast *)node, depth);
        break;
    case T_ColumnRef:
        add(to, &to->columns, node_last_string(((const ColumnRef *)node)->fields));
        break;
    case T_FuncCall:
        add_call(to, (const FuncCall *)node, depth);
        break;
    case T_NamedArgExpr:
        add_node(to, (const Node *)((const NamedArgExpr *)node)->arg, depth);
        break;
    case T_A_Expr:
        add_operator(to, (const A_Expr *)node, depth);
        break;
    case T_BoolExpr:
        add_logic(to, (const BoolExpr *)node, depth);
        break;
    case T_A_ArrayExpr:
        add_list(to, ((const A_ArrayExpr *)node)->elements, depth);
        break;
    case T_CollateClause:
        add_node(to, ((const CollateClause *)node)->arg, depth);
        break;
    default:
        add_special(to, node, depth);
        break;
    }
}

/* ---- the whole */

static const Node *
only_expression(const List *trees)
{
    const RawStmt *raw = list_length(trees) == 1 ? linitial(trees) : NULL;
    if (raw == NULL || raw->stmt == NULL || !IsA(raw->stmt, SelectStmt))
        return NULL;
    const SelectStmt *select = (const SelectStmt *)raw->stmt;
    if (list_length(select->targetList) != 1 || select->fromClause != NIL ||
        select->whereClause != NULL)
        return NULL;
    const ResTarget *target = linitial(select->targetList);
    return target->name == NULL ? target->val : NULL;
}

static Essence
essence_of(Arena *arena, const char *expression)
{
    Essence out = {.arena = arena, .is_known = true, .has_known_constant = true};
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError parsed =
        pg_query_raw_parse(expression, PG_QUERY_PARSE_PLPGSQL_EXPR);
    free(parsed.stderr_buffer);
    if (parsed.error != NULL) {
        pg_query_free_error(parsed.error);
        out.is_known = false;
    } else {
        add_node(&out, only_expression(parsed.tree), 0);
    }
    pg_query_exit_memory_context(context);
    return out;
}

static bool
has_any(const StringList *list, const StringList *of)
{
    for (size_t i = 0; i < of->count; i++)
        if (string_list_has(list, of->items[i]))
            return true;
    return false;
}

/* Whether `whole` lacks something of `part` that is not excused. */
static bool
lacks(const StringList *whole, const StringList *part, const StringList *excused)
{
    for (size_t i = 0; i < part->count; i++) {
        const char *text = part->items[i];
        if (!string_list_has(whole, text) && (excused == NULL || !string_list_has(excused, text)))
            return true;
    }
    return false;
}

static bool
is_other(const StringList *a, const StringList *b)
{
    return lacks(a, b, NULL) || lacks(b, a, NULL);
}

/* date(x) may be written as a cast. */
static bool
functions_differ(const Essence *one, const Essence *other)
{
    return lacks(&one->functions, &other->functions, &one->casts) ||
           lacks(&other->functions, &one->functions, &other->casts);
}

/* '005' may be another word for 5. */
static bool
constants_differ(const Essence *one, const Essence *other)
{
    if (!one->has_known_constant || !other->has_known_constant)
        return false;
    const bool texts = is_other(&one->texts, &other->texts);
    return texts != is_other(&one->numbers, &other->numbers);
}

bool
essence_differs(Arena *scratch, const char *one, const char *other, const StringList *renamed)
{
    const Essence a = essence_of(scratch, one);
    const Essence b = essence_of(scratch, other);
    if (!a.is_known || !b.is_known || has_any(renamed, &a.columns) ||
        has_any(renamed, &b.columns) || has_any(renamed, &a.functions) ||
        has_any(renamed, &b.functions))
        return false;
    return is_other(&a.columns, &b.columns) || is_other(&a.operators, &b.operators) ||
           functions_differ(&a, &b) || constants_differ(&a, &b);
}
