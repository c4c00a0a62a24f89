/* SPDX-License-Identifier: MIT */
/* Expressions that give the text of a statement: constants, ||, format() and quote_ident(). */
#include <string.h>

#include "code.h"

/* a || b || c is as deep as it is long. */
#define DEPTH_LIMIT 200
#define ARGUMENT_LIMIT 100

typedef struct Fold {
    Arena *arena;
    const CodeConstantList *constants;
} Fold;

static const char *fold(const Fold *to, const Node *node, int depth);
static const char *fold_variable(const Fold *to, const ColumnRef *variable);
static const char *fold_operator(const Fold *to, const A_Expr *expr, int depth);
static const char *fold_call(const Fold *to, const FuncCall *call, int depth);
static const char *fold_format(Arena *arena, const StringList *arguments);

const char *
code_fold(Arena *arena, const CodeConstantList *constants, const Node *expression)
{
    return fold(&(Fold){arena, constants}, expression, 0);
}

static const char *
fold(const Fold *to, const Node *node, int depth)
{
    if (node == NULL || depth > DEPTH_LIMIT)
        return NULL;
    switch (nodeTag(node)) {
    case T_A_Const:
        return node_constant_text(to->arena, node);
    case T_TypeCast:
        return fold(to, ((const TypeCast *)node)->arg, depth + 1);
    case T_ColumnRef:
        return fold_variable(to, (const ColumnRef *)node);
    case T_A_Expr:
        return fold_operator(to, (const A_Expr *)node, depth);
    case T_FuncCall:
        return fold_call(to, (const FuncCall *)node, depth);
    default:
        return NULL;
    }
}

static const char *
fold_variable(const Fold *to, const ColumnRef *variable)
{
    const char *name =
        list_length(variable->fields) == 1 ? node_last_string(variable->fields) : NULL;

    foreach (constant, to->constants) {
        if (name != NULL && strcmp(constant->name, name) == 0)
            return constant->value;
    }
    return NULL;
}

static const char *
fold_operator(const Fold *to, const A_Expr *expr, int depth)
{
    const char *name = node_last_string(expr->name);

    if (expr->kind != AEXPR_OP || name == NULL || strcmp(name, "||") != 0)
        return NULL;
    const char *left = fold(to, expr->lexpr, depth + 1);
    const char *right = left == NULL ? NULL : fold(to, expr->rexpr, depth + 1);
    return right == NULL ? NULL : arena_printf(to->arena, "%s%s", left, right);
}

/* Quoting a name changes it only where the text around it needs that. */
static const char *
fold_call(const Fold *to, const FuncCall *call, int depth)
{
    const char *name = node_last_string(call->funcname);
    StringList arguments = {0};

    if (name == NULL || call->args == NIL || list_length(call->args) > ARGUMENT_LIMIT ||
        call->func_variadic)
        return NULL;
    EACH_NODE (Node, argument, call->args) {
        const char *folded = fold(to, argument, depth + 1);
        if (folded == NULL)
            return NULL;
        LIST_APPEND(to->arena, &arguments, folded);
    }
    if (strcmp(name, "format") == 0)
        return fold_format(to->arena, &arguments);
    if (strcmp(name, "concat") == 0)
        return string_list_join(to->arena, &arguments, "");
    if (arguments.count != 1)
        return NULL;
    if (strcmp(name, "quote_ident") == 0)
        return sql_ident(to->arena, arguments.items[0]);
    return strcmp(name, "quote_literal") == 0 ? sql_literal(to->arena, arguments.items[0]) : NULL;
}

/* What stands between % and its letter: nothing, or the argument's number and $. */
static bool
read_position(const char **at, size_t *argument)
{
    size_t number = 0;
    const char *from = *at;

    while (**at >= '0' && **at <= '9' && number < ARGUMENT_LIMIT)
        number = number * 10 + (size_t)(*(*at)++ - '0');
    if (*at == from)
        return true;
    *argument = number;
    return *(*at)++ == '$' && number > 0;
}

static const char *
format_argument(Arena *arena, char letter, const char *value)
{
    switch (letter) {
    case 's':
        return value;
    case 'I':
        return sql_ident(arena, value);
    case 'L':
        return sql_literal(arena, value);
    default:
        return NULL;
    }
}

/* varlena.c, text_format(); widths are left to those who use them. */
static const char *
fold_format(Arena *arena, const StringList *arguments)
{
    const char *at = arguments->items[0];
    const char *out = "";
    size_t last = 0;

    for (;;) {
        size_t plain = strcspn(at, "%");
        out = arena_printf(arena, "%s%.*s", out, (int)plain, at);
        at += plain;
        if (*at == '\0')
            return out;
        if (*++at == '%') {
            out = arena_printf(arena, "%s%%", out);
            at++;
            continue;
        }
        size_t argument = last + 1;
        if (!read_position(&at, &argument) || argument >= arguments->count)
            return NULL;
        const char *value = format_argument(arena, *at, arguments->items[argument]);
        if (value == NULL)
            return NULL;
        out = arena_printf(arena, "%s%s", out, value);
        last = argument;
        at++;
    }
}
