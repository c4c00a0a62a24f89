/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"
#include "syntax_version.h"
#include "walk.h"

/* What the walk over a query collects; members may be NULL. */
typedef struct QueryWalk {
    Lower *lower;
    NameList *reads;
    NameList *functions;
    bool locks_rows;
} QueryWalk;

static void walk_query(Lower *lower, Node *query, QueryWalk *walk);
static void visit_query(void *context, Node *node, const WalkScope *scope);
static void add_once(Arena *arena, NameList *names, QualifiedName name);
static void add_query_op(Lower *lower, Op *op, const RangeVar *target, Node *query);
static void add_set_columns(Arena *arena, const List *targets, StringList *out);
static bool is_same_column(const Node *value, const char *column);
static const WithClause *with_of(const Node *query);
static const IntoClause *find_into(const SelectStmt *select);
static void add_reads_of_plan(Lower *lower, Node *query);

void
lower_query(Lower *lower, Node *query, NameList *reads, NameList *functions)
{
    QueryWalk walk = {.lower = lower, .reads = reads, .functions = functions};

    walk_query(lower, query, &walk);
}

static void
walk_query(Lower *lower, Node *query, QueryWalk *walk)
{
    if (query != NULL)
        syntax_version_node(lower, query);
    if (query != NULL && IsA(query, SelectStmt))
        walk->locks_rows = ((const SelectStmt *)query)->lockingClause != NIL;
    walk_tree(lower->scratch, query, lower->scope, visit_query, walk);
}

static void
visit_query(void *context, Node *node, const WalkScope *scope)
{
    QueryWalk *walk = context;

    syntax_version_node(walk->lower, node);
    switch (nodeTag(node)) {
    case T_RangeVar: {
        const RangeVar *relation = (const RangeVar *)node;
        bool is_with_name =
            relation->schemaname == NULL && walk_scope_has(scope, relation->relname);
        if (walk->reads != NULL && !is_with_name)
            add_once(walk->lower->arena, walk->reads,
                     node_relation_name(walk->lower->arena, relation));
        break;
    }
    case T_FuncCall:
        if (walk->functions != NULL)
            add_once(walk->lower->arena, walk->functions,
                     node_list_name(walk->lower->arena, ((const FuncCall *)node)->funcname));
        break;
    case T_SelectStmt:
        walk->locks_rows = walk->locks_rows || ((const SelectStmt *)node)->lockingClause != NIL;
        break;
    default:
        break;
    }
}

static void
add_once(Arena *arena, NameList *names, QualifiedName name)
{
    foreach (known, names) {
        if (name_equals(*known, name))
            return;
    }
    LIST_APPEND(arena, names, name);
}

/* The operation of a query and, behind it, those of the writes within its WITH. */
static void
add_query_op(Lower *lower, Op *op, const RangeVar *target, Node *query)
{
    QueryWalk walk = {.lower = lower, .reads = &op->data.reads, .functions = &op->data.functions};

    walk_query(lower, query, &walk);
    op->target = node_relation_name(lower->arena, target);
    op->only = target != NULL && !target->inh;
    op->data.locks_rows = walk.locks_rows;
    lower_add(lower, op);
    lower_with_writes(lower, query);
}

/* SET a = a changes no key. */
static void
add_set_columns(Arena *arena, const List *targets, StringList *out)
{
    EACH_NODE (ResTarget, target, targets) {
        if (target->name != NULL && !is_same_column(target->val, target->name) &&
            !string_list_has(out, target->name))
            LIST_APPEND(arena, out, arena_strdup(arena, target->name));
    }
}

static bool
is_same_column(const Node *value, const char *column)
{
    if (value == NULL || !IsA(value, ColumnRef))
        return false;
    const char *name = node_last_string(((const ColumnRef *)value)->fields);
    return name != NULL && strcmp(name, column) == 0;
}

/* The server allows them only in the WITH of the statement itself. */
void
lower_with_writes(Lower *lower, Node *query)
{
    const WithClause *with = with_of(query);
    const WalkScope *outer = lower->scope;

    if (with == NULL)
        return;
    if (with->recursive)
        lower->scope = walk_scope_add_all(lower->scratch, outer, with);
    EACH_NODE (CommonTableExpr, cte, with->ctes) {
        if (!IsA(cte->ctequery, SelectStmt))
            lower_node(lower, cte->ctequery);
        if (!with->recursive)
            lower->scope = walk_scope_add(lower->scratch, lower->scope, cte->ctename);
    }
    lower->scope = outer;
}

static const WithClause *
with_of(const Node *query)
{
    switch (nodeTag(query)) {
    case T_SelectStmt:
        return ((const SelectStmt *)query)->withClause;
    case T_InsertStmt:
        return ((const InsertStmt *)query)->withClause;
    case T_UpdateStmt:
        return ((const UpdateStmt *)query)->withClause;
    case T_DeleteStmt:
        return ((const DeleteStmt *)query)->withClause;
    case T_MergeStmt:
        return ((const MergeStmt *)query)->withClause;
    default:
        return NULL;
    }
}

void
lower_select(Lower *lower, Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    const IntoClause *into = find_into(select);

    if (into != NULL) {
        Op op = lower_op(lower, OP_CREATE_TABLE_AS);
        op.target = node_relation_name(lower->arena, into->rel);
        op.create_as.persistence = node_persistence(into->rel);
        lower_query(lower, node, &op.create_as.reads, &op.create_as.functions);
        lower_add(lower, &op);
        lower_with_writes(lower, node);
    } else if (!lower_set_config(lower, select)) {
        Op op = lower_op(lower, OP_SELECT);
        op.data.has_where = select->whereClause != NULL;
        add_query_op(lower, &op, NULL, node);
    }
}

/* SELECT … INTO: with UNION and its like, INTO stands in the first SELECT. */
static const IntoClause *
find_into(const SelectStmt *select)
{
    while (select->larg != NULL)
        select = select->larg;
    return select->intoClause;
}

void
lower_insert(Lower *lower, Node *node)
{
    const InsertStmt *insert = (const InsertStmt *)node;
    Op op = lower_op(lower, OP_INSERT);

    add_set_columns(lower->arena, insert->cols, &op.data.columns);
    op.data.inserts = true;
    add_query_op(lower, &op, insert->relation, node);
}

void
lower_update(Lower *lower, Node *node)
{
    const UpdateStmt *update = (const UpdateStmt *)node;
    Op op = lower_op(lower, OP_UPDATE);

    add_set_columns(lower->arena, update->targetList, &op.data.columns);
    op.data.has_where = update->whereClause != NULL;
    add_query_op(lower, &op, update->relation, node);
    lower_catalog_update(lower, update);
}

void
lower_delete(Lower *lower, Node *node)
{
    const DeleteStmt *delete = (const DeleteStmt *)node;
    Op op = lower_op(lower, OP_DELETE);

    op.data.has_where = delete->whereClause != NULL;
    op.data.deletes = true;
    add_query_op(lower, &op, delete->relation, node);
}

void
lower_merge(Lower *lower, Node *node)
{
    const MergeStmt *merge = (const MergeStmt *)node;
    Op op = lower_op(lower, OP_MERGE);

    EACH_NODE (MergeWhenClause, when, merge->mergeWhenClauses) {
        if (when->commandType == CMD_UPDATE)
            add_set_columns(lower->arena, when->targetList, &op.data.columns);
        op.data.inserts |= when->commandType == CMD_INSERT;
        op.data.deletes |= when->commandType == CMD_DELETE;
    }
    add_query_op(lower, &op, merge->relation, node);
}

void
lower_copy(Lower *lower, Node *node)
{
    const CopyStmt *copy = (const CopyStmt *)node;
    Op op = lower_op(lower, copy->is_from ? OP_COPY_FROM : OP_COPY_TO);
    QueryWalk walk = {.lower = lower, .reads = &op.data.reads, .functions = &op.data.functions};

    op.target = node_relation_name(lower->arena, copy->relation);
    op.data.from_stdin = copy->is_from && copy->filename == NULL;
    op.data.has_where = copy->whereClause != NULL;
    if (copy->query != NULL)
        walk_query(lower, copy->query, &walk);
    lower_add(lower, &op);
    if (copy->query != NULL && !IsA(copy->query, SelectStmt))
        lower_node(lower, copy->query);
    else if (copy->query != NULL)
        lower_with_writes(lower, copy->query);
}

void
lower_truncate(Lower *lower, Node *node)
{
    const TruncateStmt *truncate = (const TruncateStmt *)node;

    EACH_NODE (RangeVar, relation, truncate->relations) {
        Op op = lower_op(lower, OP_TRUNCATE);
        op.target = node_relation_name(lower->arena, relation);
        op.only = !relation->inh;
        op.cascade = truncate->behavior == DROP_CASCADE;
        op.truncate.restarts = truncate->restart_seqs;
        lower_add(lower, &op);
    }
}

/* EXPLAIN ANALYZE executes the statement; EXPLAIN only plans it. */
void
lower_explain(Lower *lower, Node *node)
{
    const ExplainStmt *explain = (const ExplainStmt *)node;

    if (node_option_is_on(node_find_option(explain->options, "analyze")))
        lower_node(lower, explain->query);
    else
        add_reads_of_plan(lower, explain->query);
}

void
lower_declare_cursor(Lower *lower, Node *node)
{
    lower_node(lower, ((const DeclareCursorStmt *)node)->query);
}

void
lower_prepare(Lower *lower, Node *node)
{
    add_reads_of_plan(lower, ((const PrepareStmt *)node)->query);
}

/* A statement that is only planned: it changes nothing, but what it names is looked at, its target
 * too. */
static void
add_reads_of_plan(Lower *lower, Node *query)
{
    Op op = lower_op(lower, OP_SELECT);
    const RangeVar *target = NULL;

    lower_query(lower, query, &op.data.reads, &op.data.functions);
    op.data.is_planned = true;
    switch (nodeTag(query)) {
    case T_InsertStmt:
        target = ((const InsertStmt *)query)->relation;
        break;
    case T_UpdateStmt:
        target = ((const UpdateStmt *)query)->relation;
        break;
    case T_DeleteStmt:
        target = ((const DeleteStmt *)query)->relation;
        break;
    case T_MergeStmt:
        target = ((const MergeStmt *)query)->relation;
        break;
    default:
        break;
    }
    if (target != NULL)
        add_once(lower->arena, &op.data.reads, node_relation_name(lower->arena, target));
    lower_add(lower, &op);
}

/* A procedure may do anything, commit included. */
void
lower_call(Lower *lower, Node *node)
{
    const CallStmt *call = (const CallStmt *)node;
    Op op = lower_op(lower, OP_CALL);

    op.target = node_list_name(lower->arena, call->funccall->funcname);
    lower_add(lower, &op);
}
