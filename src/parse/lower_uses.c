/* SPDX-License-Identifier: MIT */
/* Which relations, columns, functions and types a query stands on. */
#include <string.h>

#include "lower.h"
#include "walk.h"

/* The relations of one FROM. */
typedef struct FromTables {
    LIST(const RangeVar *) tables;
    bool has_others; /* queries, functions, names of WITH: columns may be theirs */
} FromTables;

typedef struct UsesWalk {
    Lower *lower;
    SqlUses *out;
    const WalkScope *last; /* the scope of which `among` was asked last */
    NameList among;
} UsesWalk;

static void visit_node(void *context, Node *node, const WalkScope *scope);
static void add_column(UsesWalk *walk, const ColumnRef *ref, const WalkScope *scope);
static void add_written(UsesWalk *walk, const RangeVar *target, const List *columns);
static void add_join(UsesWalk *walk, const JoinExpr *join, const WalkScope *scope);
static void put_use(Arena *arena, SqlUses *out, ColumnUse use);
static const char *written_schema(const ColumnRef *ref);
static NameList unqualified_among(Lower *lower, const WalkScope *scope);
static FromTables tables_of(Arena *scratch, const WalkScope *level, const WalkScope *names);
static const RangeVar *find_table(Lower *lower, const WalkScope *scope, const char *schema,
                                  const char *qualifier);
static bool is_star(const ColumnRef *ref);
static const char *qualifier_of(const ColumnRef *ref);
static const WalkScope *next_query(const WalkScope *scope);

SqlUses *
lower_uses(Lower *lower, Node *root, const RangeVar *table)
{
    if (root == NULL)
        return NULL;

    SqlUses *uses = ARENA_NEW(lower->arena, SqlUses);
    UsesWalk walk = {.lower = lower, .out = uses};
    const WalkScope *scope = lower->scope;
    /* The walk does not give the root, so it gets a root above it. */
    List above = {.type = T_List, .length = 1, .max_length = 1};
    ListCell cell = {.ptr_value = root};

    above.elements = &cell;
    if (table != NULL)
        scope = walk_scope_add_query(lower->scratch, scope, (const Node *)table);
    walk_tree(lower->scratch, (Node *)&above, scope, visit_node, &walk);
    return uses;
}

void
lower_add_use(Lower *lower, SqlUses *uses, const RangeVar *table, const char *column)
{
    ColumnUse use = {.name = arena_strdup(lower->arena, column)};

    LIST_APPEND(lower->arena, &use.among, node_relation_name(lower->arena, table));
    put_use(lower->arena, uses, use);
}

static void
visit_node(void *context, Node *node, const WalkScope *scope)
{
    UsesWalk *walk = context;
    Arena *arena = walk->lower->arena;

    switch (nodeTag(node)) {
    case T_RangeVar: {
        const RangeVar *relation = (const RangeVar *)node;
        if (relation->schemaname != NULL || !walk_scope_has(scope, relation->relname))
            node_add_once(arena, &walk->out->relations, node_written_name(relation));
        break;
    }
    case T_ColumnRef:
        add_column(walk, (const ColumnRef *)node, scope);
        break;
    case T_JoinExpr:
        add_join(walk, (const JoinExpr *)node, scope);
        break;
    case T_FuncCall:
        node_add_name(arena, &walk->out->functions, ((const FuncCall *)node)->funcname);
        break;
    case T_TypeCast:
        LIST_APPEND(arena, &walk->out->types,
                    lower_type(walk->lower, ((const TypeCast *)node)->typeName));
        break;
    case T_InsertStmt:
        add_written(walk, ((const InsertStmt *)node)->relation, ((const InsertStmt *)node)->cols);
        break;
    case T_UpdateStmt:
        add_written(walk, ((const UpdateStmt *)node)->relation,
                    ((const UpdateStmt *)node)->targetList);
        break;
    case T_DeleteStmt:
        add_written(walk, ((const DeleteStmt *)node)->relation, NIL);
        break;
    case T_MergeStmt:
        add_written(walk, ((const MergeStmt *)node)->relation, NIL);
        break;
    default: /* the server's own enumeration */
        break;
    }
}

static void
add_column(UsesWalk *walk, const ColumnRef *ref, const WalkScope *scope)
{
    Lower *lower = walk->lower;
    const char *qualifier = qualifier_of(ref);
    ColumnUse use = {0};

    if (!is_star(ref))
        use.name = arena_strdup(lower->arena, node_last_string(ref->fields));
    if (!is_star(ref) && use.name == NULL)
        return;
    if (qualifier != NULL) {
        const RangeVar *table = find_table(lower, scope, written_schema(ref), qualifier);
        if (table == NULL)
            return;
        LIST_APPEND(lower->arena, &use.among, node_relation_name(lower->arena, table));
    } else if (is_star(ref)) {
        const WalkScope *query = next_query(scope);
        if (query == NULL)
            return;
        FromTables from = tables_of(lower->scratch, query, scope);
        foreach (table, &from.tables)
            LIST_APPEND(lower->arena, &use.among, node_relation_name(lower->arena, *table));
    } else {
        if (walk->last != scope) {
            walk->last = scope;
            walk->among = unqualified_among(lower, scope);
        }
        use.among = walk->among;
        use.among.capacity = use.among.count;
    }
    put_use(lower->arena, walk->out, use);
}

static void
put_use(Arena *arena, SqlUses *out, ColumnUse use)
{
    if (use.among.count == 0)
        return;
    foreach (known, &out->columns) {
        bool same_name = (known->name == NULL) == (use.name == NULL) &&
                         (use.name == NULL || text_equals(known->name, use.name));
        if (same_name && known->among.items == use.among.items)
            return;
    }
    LIST_APPEND(arena, &out->columns, use);
}

/* The columns that an INSERT or UPDATE names stand in nodes that the walk passes over. */
static void
add_written(UsesWalk *walk, const RangeVar *target, const List *columns)
{
    Lower *lower = walk->lower;

    node_add_once(lower->arena, &walk->out->written, node_written_name(target));
    EACH_NODE (ResTarget, column, columns) {
        if (column->name != NULL)
            lower_add_use(lower, walk->out, target, column->name);
    }
}

/* USING names a column of both sides. */
static void
add_join(UsesWalk *walk, const JoinExpr *join, const WalkScope *scope)
{
    Lower *lower = walk->lower;
    const WalkScope *query = next_query(scope);

    if (join->usingClause == NIL || query == NULL)
        return;
    FromTables from = tables_of(lower->scratch, query, scope);
    EACH_NODE (String, column, join->usingClause) {
        foreach (table, &from.tables)
            lower_add_use(lower, walk->out, *table, node_string(column));
    }
}

/* ---- what is visible where */

static const WalkScope *
next_query(const WalkScope *scope)
{
    while (scope != NULL && scope->query == NULL)
        scope = scope->outer;
    return scope;
}

/* The tables whose column a name without a qualifier may be: those of the query around it, and of
 * the queries around that one, up to one in which it may also be of something else. */
static NameList
unqualified_among(Lower *lower, const WalkScope *scope)
{
    NameList among = {0};
    const WalkScope *query = next_query(scope);

    /* Under a set operation only the columns of the result are visible. */
    if (query != NULL && IsA(query->query, SelectStmt) &&
        ((const SelectStmt *)query->query)->op != SETOP_NONE)
        return among;
    for (; query != NULL; query = next_query(query->outer)) {
        FromTables from = tables_of(lower->scratch, query, scope);
        foreach (table, &from.tables)
            node_add_once(lower->arena, &among, node_written_name(*table));
        if (from.has_others)
            break;
    }
    return among;
}

typedef LIST(const Node *) NodeStack;

static void
push_list(Arena *scratch, NodeStack *stack, const List *list)
{
    for (int i = list_length(list); i > 0; i--)
        LIST_APPEND(scratch, stack, (const Node *)list_nth(list, i - 1));
}

static NodeStack
from_of(Arena *scratch, const Node *query)
{
    NodeStack stack = {0};

    switch (nodeTag(query)) {
    case T_RangeVar:
        LIST_APPEND(scratch, &stack, query);
        break;
    case T_SelectStmt:
        push_list(scratch, &stack, ((const SelectStmt *)query)->fromClause);
        break;
    case T_InsertStmt:
        LIST_APPEND(scratch, &stack, (const Node *)((const InsertStmt *)query)->relation);
        break;
    case T_UpdateStmt:
        push_list(scratch, &stack, ((const UpdateStmt *)query)->fromClause);
        LIST_APPEND(scratch, &stack, (const Node *)((const UpdateStmt *)query)->relation);
        break;
    case T_DeleteStmt:
        push_list(scratch, &stack, ((const DeleteStmt *)query)->usingClause);
        LIST_APPEND(scratch, &stack, (const Node *)((const DeleteStmt *)query)->relation);
        break;
    case T_MergeStmt:
        LIST_APPEND(scratch, &stack, ((const MergeStmt *)query)->sourceRelation);
        LIST_APPEND(scratch, &stack, (const Node *)((const MergeStmt *)query)->relation);
        break;
    default: /* the server's own enumeration */
        break;
    }
    return stack;
}

static FromTables
tables_of(Arena *scratch, const WalkScope *level, const WalkScope *names)
{
    FromTables out = {0};
    NodeStack stack = from_of(scratch, level->query);

    while (stack.count > 0) {
        const Node *node = stack.items[--stack.count];
        if (node == NULL)
            continue;
        if (IsA(node, RangeTableSample))
            node = ((const RangeTableSample *)node)->relation;
        if (IsA(node, JoinExpr)) {
            LIST_APPEND(scratch, &stack, ((const JoinExpr *)node)->rarg);
            LIST_APPEND(scratch, &stack, ((const JoinExpr *)node)->larg);
        } else if (IsA(node, RangeVar) &&
                   (((const RangeVar *)node)->schemaname != NULL ||
                    !walk_scope_has(names, ((const RangeVar *)node)->relname))) {
            LIST_APPEND(scratch, &out.tables, (const RangeVar *)node);
        } else {
            out.has_others = true;
        }
    }
    return out;
}

static bool
is_called(const RangeVar *table, const char *schema, const char *qualifier)
{
    if (table->alias != NULL)
        return schema == NULL && text_equals(table->alias->aliasname, qualifier);
    return text_equals(table->relname, qualifier) &&
           (schema == NULL || table->schemaname == NULL || text_equals(table->schemaname, schema));
}

/* The table that a qualifier means; NULL where it is none. */
static const RangeVar *
find_table(Lower *lower, const WalkScope *scope, const char *schema, const char *qualifier)
{
    for (const WalkScope *level = next_query(scope); level != NULL;
         level = next_query(level->outer)) {
        bool is_row = text_equals(qualifier, "old") || text_equals(qualifier, "new");
        if (IsA(level->query, RangeVar) && is_row)
            return (const RangeVar *)level->query;
        FromTables from = tables_of(lower->scratch, level, scope);
        foreach (table, &from.tables) {
            if (is_called(*table, schema, qualifier))
                return *table;
        }
    }
    return NULL;
}

static bool
is_star(const ColumnRef *ref)
{
    return ref->fields != NIL && IsA(llast(ref->fields), A_Star);
}

static const char *
field_from_end(const ColumnRef *ref, int back)
{
    int at = list_length(ref->fields) - 1 - back;
    const Node *field = at >= 0 ? list_nth(ref->fields, at) : NULL;

    return field != NULL && IsA(field, String) ? node_string(field) : NULL;
}

static const char *
qualifier_of(const ColumnRef *ref)
{
    return field_from_end(ref, 1);
}

static const char *
written_schema(const ColumnRef *ref)
{
    return field_from_end(ref, 2);
}

/* ---- the result of a query */

static bool
merges_columns(const SelectStmt *select)
{
    EACH_NODE (Node, item, select->fromClause) {
        if (!IsA(item, JoinExpr))
            continue;
        for (const Node *node = item; node != NULL && IsA(node, JoinExpr);
             node = ((const JoinExpr *)node)->larg) {
            const JoinExpr *join = (const JoinExpr *)node;
            bool nested = join->rarg != NULL && IsA(join->rarg, JoinExpr);
            if (join->usingClause != NIL || join->isNatural || nested)
                return true;
        }
    }
    return false;
}

const ColumnUse *
lower_column_use(Lower *lower, const ColumnRef *ref, const WalkScope *scope)
{
    SqlUses uses = {0};
    UsesWalk walk = {.lower = lower, .out = &uses};

    add_column(&walk, ref, scope);
    return uses.columns.count == 1 ? &uses.columns.items[0] : NULL;
}

/* parse_target.c, FigureColnameInternal(): what is not here is left unknown. */
static const char *
result_name(Lower *lower, const Node *node)
{
    while (node != NULL) {
        switch (nodeTag(node)) {
        case T_ColumnRef:
            return arena_strdup(lower->arena, node_last_string(((const ColumnRef *)node)->fields));
        case T_FuncCall:
            return arena_strdup(lower->arena, node_last_string(((const FuncCall *)node)->funcname));
        case T_TypeCast: {
            const TypeCast *cast = (const TypeCast *)node;
            if (IsA(cast->arg, A_Const))
                return arena_strdup(lower->arena, node_last_string(cast->typeName->names));
            node = cast->arg;
            break;
        }
        case T_CoalesceExpr:
            return "coalesce";
        case T_A_Const:
            return "?column?";
        default: /* the server's own enumeration */
            return NULL;
        }
    }
    return NULL;
}

static QueryColumn
result_column(Lower *lower, const ResTarget *target, const WalkScope *scope)
{
    QueryColumn column = {.name = arena_strdup(lower->arena, target->name)};
    const Node *value = target->val;

    if (column.name == NULL)
        column.name = result_name(lower, value);
    if (IsA(value, ColumnRef))
        column.use = lower_column_use(lower, (const ColumnRef *)value, scope);
    else if (IsA(value, TypeCast))
        column.type = lower_type(lower, ((const TypeCast *)value)->typeName);
    return column;
}

QueryColumnList
lower_result(Lower *lower, Node *query)
{
    QueryColumnList result = {0};
    if (query == NULL || !IsA(query, SelectStmt))
        return result;
    const SelectStmt *select = (const SelectStmt *)query;
    while (select->larg != NULL)
        select = select->larg;

    const WalkScope *scope = lower->scope;
    if (select->withClause != NULL)
        scope = walk_scope_add_all(lower->scratch, scope, select->withClause);
    scope = walk_scope_add_query(lower->scratch, scope, (const Node *)select);
    FromTables from = tables_of(lower->scratch, scope, scope);
    bool plain_star = !from.has_others && !merges_columns(select);
    EACH_NODE (ResTarget, target, select->targetList) {
        QueryColumn column = result_column(lower, target, scope);
        if (IsA(target->val, ColumnRef) && is_star((const ColumnRef *)target->val) && !plain_star &&
            qualifier_of((const ColumnRef *)target->val) == NULL)
            column.use = NULL;
        LIST_APPEND(lower->arena, &result, column);
    }
    return result;
}
