/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"
#include "syntax_version.h"
#include "walk.h"

/* What the walk over an expression fills in. */
typedef struct ExprWalk {
    Lower *lower;
    SqlExpr *out;
} ExprWalk;

static void visit_node(void *context, Node *node, const WalkScope *scope);
static void add_sequence(Arena *arena, NameList *names, const FuncCall *call);
static void add_cast(Lower *lower, const TypeCast *cast, SqlExpr *out);
static bool is_constant(const Node *node);
static bool is_null_constant(const Node *node);
static const char *serial_name(const List *names);

const SqlExpr *
lower_expression(Lower *lower, const Node *node, Span span)
{
    if (node == NULL)
        return NULL;

    SqlExpr *expression = ARENA_NEW(lower->arena, SqlExpr);
    ExprWalk walk = {lower, expression};
    /* The walk does not give the root, so it gets a root above it. */
    List root = {.type = T_List, .length = 1, .max_length = 1};
    ListCell cell;

    memcpy(&cell.ptr_value, &node, sizeof node);
    root.elements = &cell;
    expression->span = span;
    expression->text = arena_strndup(lower->arena, lower->text + span.start, span.end - span.start);
    expression->is_constant = is_constant(node);
    expression->is_null_constant = is_null_constant(node);
    walk_tree(lower->scratch, (Node *)&root, NULL, visit_node, &walk);
    return expression;
}

static void
visit_node(void *context, Node *node, const WalkScope *scope)
{
    const ExprWalk *walk = context;
    Arena *arena = walk->lower->arena;
    SqlExpr *out = walk->out;

    (void)scope;
    syntax_version_node(walk->lower, node);
    switch (nodeTag(node)) {
    case T_ColumnRef: {
        const char *column = node_last_string(((const ColumnRef *)node)->fields);
        if (column != NULL && !string_list_has(&out->columns, column))
            LIST_APPEND(arena, &out->columns, arena_strdup(arena, column));
        break;
    }
    case T_FuncCall:
        node_add_name(arena, &out->functions, ((const FuncCall *)node)->funcname);
        add_sequence(arena, &out->sequences, (const FuncCall *)node);
        break;
    case T_TypeCast:
        add_cast(walk->lower, (const TypeCast *)node, out);
        break;
    case T_SQLValueFunction:
        out->asks_session = true;
        break;
    case T_SubLink:
        out->has_subquery = true;
        break;
    default:
        break;
    }
}

/* A name as it stands in a constant of type regclass: folded, with or without its schema
 * (varlena.c, textToQualifiedNameList); false where it is not one. */
static bool
read_name(Arena *arena, const char *text, QualifiedName *out)
{
    const char *parts[2] = {NULL, NULL};
    int count = 0;

    while (count < 2) {
        bool quoted = *text == '"';
        size_t length = strcspn(text += quoted, quoted ? "\"" : ".");
        char *part = arena_strndup(arena, text, length);
        for (char *c = part; !quoted && *c != '\0'; c++)
            *c = (char)(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        parts[count++] = part;
        text += length + (quoted && text[length] == '"');
        if (*text != '.')
            break;
        text++;
    }
    *out = count == 2 ? (QualifiedName){parts[0], parts[1]} : (QualifiedName){NULL, parts[0]};
    return *text == '\0' && out->name[0] != '\0';
}

static void
add_sequence(Arena *arena, NameList *names, const FuncCall *call)
{
    const char *function = node_last_string(call->funcname);
    const Node *argument = call->args != NIL ? linitial(call->args) : NULL;
    QualifiedName name;

    if (function == NULL || argument == NULL ||
        (!text_equals(function, "nextval") && !text_equals(function, "currval") &&
         !text_equals(function, "setval")))
        return;
    while (IsA(argument, TypeCast) && ((const TypeCast *)argument)->arg != NULL)
        argument = ((const TypeCast *)argument)->arg;
    const char *text = node_constant_text(arena, argument);
    if (text != NULL && read_name(arena, text, &name))
        LIST_APPEND(arena, names, name);
}

static void
add_cast(Lower *lower, const TypeCast *cast, SqlExpr *out)
{
    const SqlType type = lower_type(lower, cast->typeName);
    const Node *argument = cast->arg;

    LIST_APPEND(lower->arena, &out->casts, type);
    if (argument == NULL || !IsA(argument, ColumnRef))
        return;
    const char *column = node_last_string(((const ColumnRef *)argument)->fields);
    if (column != NULL)
        LIST_APPEND(lower->arena, &out->column_casts,
                    (ColumnCast){arena_strdup(lower->arena, column), type});
}

/* A literal, also with a cast, a sign or as an element of an array. */
static bool
is_constant(const Node *node)
{
    while (node != NULL) {
        switch (nodeTag(node)) {
        case T_A_Const:
            return true;
        case T_TypeCast:
            node = ((const TypeCast *)node)->arg;
            break;
        case T_CollateClause:
            node = ((const CollateClause *)node)->arg;
            break;
        case T_A_Expr: {
            const A_Expr *expr = (const A_Expr *)node;
            const char *sign = node_last_string(expr->name);
            if (expr->kind != AEXPR_OP || expr->lexpr != NULL || sign == NULL ||
                (!text_equals(sign, "-") && !text_equals(sign, "+")))
                return false;
            node = expr->rexpr;
            break;
        }
        case T_A_ArrayExpr: {
            EACH_NODE (Node, element, ((const A_ArrayExpr *)node)->elements) {
                if (!is_constant(element))
                    return false;
            }
            return true;
        }
        default:
            return false;
        }
    }
    return false;
}

static bool
is_null_constant(const Node *node)
{
    while (node != NULL && IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    return node != NULL && IsA(node, A_Const) && ((const A_Const *)node)->isnull;
}

SqlType
lower_type(Lower *lower, const TypeName *type)
{
    SqlType out = {.modifiers_known = true};

    if (type == NULL)
        return out;
    const char *serial = type->arrayBounds == NIL ? serial_name(type->names) : NULL;
    if (serial != NULL)
        out.name.name = serial;
    else
        out.name = node_list_name(lower->arena, type->names);
    out.array_dimensions = list_length(type->arrayBounds);
    out.is_set = type->setof;
    EACH_NODE (Node, modifier, type->typmods) {
        const A_Const *constant = (const A_Const *)modifier;
        bool is_integer =
            IsA(modifier, A_Const) && !constant->isnull && IsA(&constant->val, Integer);
        if (out.modifier_count < 2) {
            out.modifiers[out.modifier_count++] = is_integer ? constant->val.ival.ival : 0;
            out.modifiers_known = out.modifiers_known && is_integer;
        }
    }
    return out;
}

/* The name of a serial type as it is known here, or NULL where the type is none. */
static const char *
serial_name(const List *names)
{
    if (list_length(names) != 1)
        return NULL;
    const char *name = node_last_string(names);
    if (name == NULL || name[0] == '\0')
        return NULL;
    const SerialType *type = serial_type_written(name);
    return type != NULL ? type->name : NULL;
}
