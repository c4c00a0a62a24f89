/* SPDX-License-Identifier: MIT */
#include "walk.h"

#include <stddef.h>
#include <string.h>

#define CHILD_LIMIT 14

/* Deep enough for most trees. */
#define FIRST_LEVELS ((size_t)32)

/* Where in a node its children are. */
typedef struct WalkChildren {
    unsigned short count;
    unsigned short at[CHILD_LIMIT];
} WalkChildren;

#define AT(Type, member) offsetof(Type, member)

/* Only what occurs in raw trees; a WITH clause comes first, because its names hold for all that
 * follows. Targets of INSERT, UPDATE, DELETE and MERGE are left out. */
static const WalkChildren children[] = {
#define ROW(Type, ...)                                                                             \
    [T_##Type] = {sizeof((unsigned short[]){__VA_ARGS__}) / sizeof(unsigned short), {__VA_ARGS__}}
    ROW(A_Expr, AT(A_Expr, lexpr), AT(A_Expr, rexpr)),
    ROW(BoolExpr, AT(BoolExpr, args)),
    ROW(NullTest, AT(NullTest, arg)),
    ROW(BooleanTest, AT(BooleanTest, arg)),
    ROW(TypeCast, AT(TypeCast, arg)),
    ROW(CollateClause, AT(CollateClause, arg)),
    ROW(FuncCall, AT(FuncCall, args), AT(FuncCall, agg_order), AT(FuncCall, agg_filter),
        AT(FuncCall, over)),
    ROW(WindowDef, AT(WindowDef, partitionClause), AT(WindowDef, orderClause),
        AT(WindowDef, startOffset), AT(WindowDef, endOffset)),
    ROW(SortBy, AT(SortBy, node)),
    ROW(A_Indirection, AT(A_Indirection, arg), AT(A_Indirection, indirection)),
    ROW(A_Indices, AT(A_Indices, lidx), AT(A_Indices, uidx)),
    ROW(A_ArrayExpr, AT(A_ArrayExpr, elements)),
    ROW(RowExpr, AT(RowExpr, args)),
    ROW(CaseExpr, AT(CaseExpr, arg), AT(CaseExpr, args), AT(CaseExpr, defresult)),
    ROW(CaseWhen, AT(CaseWhen, expr), AT(CaseWhen, result)),
    ROW(CoalesceExpr, AT(CoalesceExpr, args)),
    ROW(MinMaxExpr, AT(MinMaxExpr, args)),
    ROW(NamedArgExpr, AT(NamedArgExpr, arg)),
    ROW(SubLink, AT(SubLink, testexpr), AT(SubLink, subselect)),
    ROW(GroupingFunc, AT(GroupingFunc, args)),
    ROW(GroupingSet, AT(GroupingSet, content)),
    ROW(XmlExpr, AT(XmlExpr, named_args), AT(XmlExpr, args)),
    ROW(XmlSerialize, AT(XmlSerialize, expr)),
    ROW(ResTarget, AT(ResTarget, indirection), AT(ResTarget, val)),
    ROW(MultiAssignRef, AT(MultiAssignRef, source)),
    ROW(ReturnStmt, AT(ReturnStmt, returnval)),

    ROW(JsonValueExpr, AT(JsonValueExpr, raw_expr)),
    ROW(JsonKeyValue, AT(JsonKeyValue, key), AT(JsonKeyValue, value)),
    ROW(JsonObjectConstructor, AT(JsonObjectConstructor, exprs)),
    ROW(JsonArrayConstructor, AT(JsonArrayConstructor, exprs)),
    ROW(JsonArrayQueryConstructor, AT(JsonArrayQueryConstructor, query)),
    ROW(JsonAggConstructor, AT(JsonAggConstructor, agg_filter), AT(JsonAggConstructor, agg_order),
        AT(JsonAggConstructor, over)),
    ROW(JsonObjectAgg, AT(JsonObjectAgg, arg), AT(JsonObjectAgg, constructor)),
    ROW(JsonArrayAgg, AT(JsonArrayAgg, arg), AT(JsonArrayAgg, constructor)),
    ROW(JsonIsPredicate, AT(JsonIsPredicate, expr)),
    ROW(JsonParseExpr, AT(JsonParseExpr, expr)),
    ROW(JsonScalarExpr, AT(JsonScalarExpr, expr)),
    ROW(JsonSerializeExpr, AT(JsonSerializeExpr, expr)),
    ROW(JsonFuncExpr, AT(JsonFuncExpr, context_item), AT(JsonFuncExpr, pathspec),
        AT(JsonFuncExpr, passing), AT(JsonFuncExpr, on_empty), AT(JsonFuncExpr, on_error)),
    ROW(JsonArgument, AT(JsonArgument, val)),
    ROW(JsonBehavior, AT(JsonBehavior, expr)),
    ROW(JsonTable, AT(JsonTable, context_item), AT(JsonTable, pathspec), AT(JsonTable, passing),
        AT(JsonTable, columns), AT(JsonTable, on_error)),
    ROW(JsonTableColumn, AT(JsonTableColumn, pathspec), AT(JsonTableColumn, columns),
        AT(JsonTableColumn, on_empty), AT(JsonTableColumn, on_error)),
    ROW(JsonTablePathSpec, AT(JsonTablePathSpec, string)),

    ROW(SelectStmt, AT(SelectStmt, withClause), AT(SelectStmt, larg), AT(SelectStmt, rarg),
        AT(SelectStmt, distinctClause), AT(SelectStmt, targetList), AT(SelectStmt, fromClause),
        AT(SelectStmt, whereClause), AT(SelectStmt, groupClause), AT(SelectStmt, havingClause),
        AT(SelectStmt, windowClause), AT(SelectStmt, valuesLists), AT(SelectStmt, sortClause),
        AT(SelectStmt, limitOffset), AT(SelectStmt, limitCount)),
    ROW(WithClause, AT(WithClause, ctes)),
    ROW(CommonTableExpr, AT(CommonTableExpr, ctequery)),
    ROW(JoinExpr, AT(JoinExpr, larg), AT(JoinExpr, rarg), AT(JoinExpr, quals)),
    ROW(RangeSubselect, AT(RangeSubselect, subquery)),
    ROW(RangeFunction, AT(RangeFunction, functions)),
    ROW(RangeTableFunc, AT(RangeTableFunc, docexpr), AT(RangeTableFunc, rowexpr),
        AT(RangeTableFunc, namespaces), AT(RangeTableFunc, columns)),
    ROW(RangeTableFuncCol, AT(RangeTableFuncCol, colexpr), AT(RangeTableFuncCol, coldefexpr)),
    ROW(RangeTableSample, AT(RangeTableSample, relation), AT(RangeTableSample, args),
        AT(RangeTableSample, repeatable)),

    ROW(OnConflictClause, AT(OnConflictClause, infer), AT(OnConflictClause, targetList),
        AT(OnConflictClause, whereClause)),
    ROW(InferClause, AT(InferClause, indexElems), AT(InferClause, whereClause)),
    ROW(IndexElem, AT(IndexElem, expr)),
    ROW(MergeWhenClause, AT(MergeWhenClause, condition), AT(MergeWhenClause, targetList),
        AT(MergeWhenClause, values)),
#if PG_VERSION_NUM >= 180000
#define RETURNING(Type) AT(Type, returningClause)
    ROW(ReturningClause, AT(ReturningClause, exprs)),
#else
#define RETURNING(Type) AT(Type, returningList)
#endif
    ROW(InsertStmt, AT(InsertStmt, withClause), AT(InsertStmt, selectStmt),
        AT(InsertStmt, onConflictClause), RETURNING(InsertStmt)),
    ROW(UpdateStmt, AT(UpdateStmt, withClause), AT(UpdateStmt, targetList),
        AT(UpdateStmt, fromClause), AT(UpdateStmt, whereClause), RETURNING(UpdateStmt)),
    ROW(DeleteStmt, AT(DeleteStmt, withClause), AT(DeleteStmt, usingClause),
        AT(DeleteStmt, whereClause), RETURNING(DeleteStmt)),
    ROW(MergeStmt, AT(MergeStmt, withClause), AT(MergeStmt, sourceRelation),
        AT(MergeStmt, joinCondition), AT(MergeStmt, mergeWhenClauses), RETURNING(MergeStmt)),
#undef RETURNING
#undef ROW
};

/* One level of the way from the root to the node at hand. */
typedef struct WalkLevel {
    Node *node;
    int next; /* child to visit next */
    const WalkScope *scope;
} WalkLevel;

typedef LIST(WalkLevel) WalkPath;

static bool has_children(const Node *node);
static int next_of_interest(const List *list, int from);
static Node *next_child(WalkLevel *level);
static const WalkScope *scope_of_child(Arena *scratch, WalkLevel *parent, const Node *child);

void
walk_tree(Arena *scratch, Node *root, const WalkScope *scope, WalkVisitor *visit, void *context)
{
    WalkPath path = {0};

    if (root == NULL || !has_children(root))
        return;
    path.items = arena_reserve(scratch, FIRST_LEVELS * sizeof *path.items);
    path.capacity = FIRST_LEVELS;
    LIST_APPEND(scratch, &path, (WalkLevel){root, 0, scope});
    while (path.count > 0) {
        WalkLevel *level = &path.items[path.count - 1];
        Node *child = next_child(level);

        if (child == NULL) {
            path.count--;
            continue;
        }
        const WalkScope *inner = scope_of_child(scratch, level, child);
        if (!IsA(child, List))
            visit(context, child, inner);
        if (has_children(child))
            LIST_APPEND(scratch, &path, (WalkLevel){child, 0, inner});
    }
}

static bool
has_children(const Node *node)
{
    if (IsA(node, List))
        return true;
    return (size_t)nodeTag(node) < sizeof(children) / sizeof(children[0]) &&
           children[nodeTag(node)].count != 0;
}

/* Whether nobody visits it nor anything in it: a long VALUES list has little else. The grammar puts
 * lists into lists, but none deeper than that. */
static bool
is_bare(const Node *node)
{
    if (node == NULL || IsA(node, A_Const) || IsA(node, String))
        return true;
    const List *list = (const List *)node;
    return IsA(node, List) && next_of_interest(list, 0) == list->length;
}

/* The first element from there on that is not bare; the length where all are. */
static int
next_of_interest(const List *list, int from)
{
    while (from < list->length && is_bare(list->elements[from].ptr_value))
        from++;
    return from;
}

/* The next child that is not bare; NULL behind the last. */
static Node *
next_child(WalkLevel *level)
{
    if (IsA(level->node, List)) {
        const List *list = (const List *)level->node;
        int at = next_of_interest(list, level->next);
        level->next = at + 1;
        return at < list->length ? list->elements[at].ptr_value : NULL;
    }

    const WalkChildren *row = &children[nodeTag(level->node)];
    while (level->next < row->count) {
        Node *child;
        memcpy(&child, (const char *)level->node + row->at[level->next++], sizeof child);
        if (child != NULL && !IsA(child, A_Const))
            return child;
    }
    return NULL;
}

typedef LIST(Node *) NodeStack;

/* Whether a call may be below it: a list of nothing but leaves is none to stop at. */
static bool
leads_on(const Node *node)
{
    if (node == NULL)
        return false;
    if (!IsA(node, List))
        return has_children(node);
    const List *list = (const List *)node;
    for (int i = 0; i < list->length; i++) {
        if (leads_on(list->elements[i].ptr_value))
            return true;
    }
    return false;
}

static inline void
push(Arena *scratch, NodeStack *stack, Node *node)
{
    if (leads_on(node))
        LIST_APPEND(scratch, stack, node);
}

/* The last first, so that the first is taken next. */
static void
push_children(Arena *scratch, NodeStack *stack, const Node *node)
{
    if (IsA(node, List)) {
        const List *list = (const List *)node;
        for (int i = list->length; i > 0; i--)
            push(scratch, stack, list->elements[i - 1].ptr_value);
        return;
    }
    const WalkChildren *row = &children[nodeTag(node)];
    for (int i = row->count; i > 0; i--) {
        Node *child;
        memcpy(&child, (const char *)node + row->at[i - 1], sizeof child);
        push(scratch, stack, child);
    }
}

void
walk_calls(Arena *scratch, Node *root, WalkCallVisitor *visit, void *context)
{
    Node *first[FIRST_LEVELS];
    NodeStack stack = {first, 0, FIRST_LEVELS};

    push(scratch, &stack, root);
    while (stack.count > 0) {
        const Node *node = stack.items[--stack.count];
        if (IsA(node, FuncCall))
            visit(context, (const FuncCall *)node);
        push_children(scratch, &stack, node);
    }
}

const WalkScope *
walk_scope_add(Arena *scratch, const WalkScope *scope, const char *name)
{
    WalkScope *inner = ARENA_NEW(scratch, WalkScope);

    inner->name = name;
    inner->outer = scope;
    return inner;
}

const WalkScope *
walk_scope_add_query(Arena *scratch, const WalkScope *scope, const Node *query)
{
    WalkScope *inner = ARENA_NEW(scratch, WalkScope);

    inner->query = query;
    inner->outer = scope;
    return inner;
}

const WalkScope *
walk_scope_add_all(Arena *scratch, const WalkScope *scope, const WithClause *with)
{
    EACH_NODE (CommonTableExpr, cte, with->ctes)
        scope = walk_scope_add(scratch, scope, cte->ctename);
    return scope;
}

/*
 * What the child sees, and from then on its later siblings: the names of WITH hold for the rest of
 * the statement, a name of a plain WITH for the queries after its own, names of WITH RECURSIVE for
 * all of them.
 */
static const WalkScope *
scope_of_child(Arena *scratch, WalkLevel *parent, const Node *child)
{
    const WalkScope *before = parent->scope;

    switch (nodeTag(child)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
        return walk_scope_add_query(scratch, before, child);
    case T_CommonTableExpr:
        parent->scope = walk_scope_add(scratch, before, ((const CommonTableExpr *)child)->ctename);
        return before;
    case T_WithClause: {
        const WithClause *with = (const WithClause *)child;
        parent->scope = walk_scope_add_all(scratch, before, with);
        return with->recursive ? parent->scope : before;
    }
    default:
        return before;
    }
}

bool
walk_scope_has(const WalkScope *scope, const char *name)
{
    for (; scope != NULL; scope = scope->outer) {
        if (scope->name != NULL && strcmp(scope->name, name) == 0)
            return true;
    }
    return false;
}
