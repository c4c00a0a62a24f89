/* SPDX-License-Identifier: MIT */
/* Statements that name others: EXPLAIN, PREPARE and EXECUTE, cursors. */
#include <limits.h>
#include <string.h>

#include "lower.h"

static OpList ops_of(Lower *lower, Node *query);
static void add_phase(Lower *lower, Node *query, DataPhase phase);
static const Prepared *find_prepared(const Lower *lower, const char *name, bool is_cursor);
static void remember(Lower *lower, const char *name, bool is_cursor, Node *query);
static void add_ops(Lower *lower, const OpList *ops);

/* EXPLAIN ANALYZE executes the statement; EXPLAIN only plans it. */
void
lower_explain(Lower *lower, Node *node)
{
    const ExplainStmt *explain = (const ExplainStmt *)node;

    if (node_option_is_on(node_find_option(explain->options, "analyze")))
        lower_node(lower, explain->query);
    else
        add_phase(lower, explain->query, DATA_IS_PLANNED);
}

void
lower_declare_cursor(Lower *lower, Node *node)
{
    const DeclareCursorStmt *declare = (const DeclareCursorStmt *)node;

    add_phase(lower, declare->query, DATA_IS_PLANNED);
    remember(lower, declare->portalname, true, declare->query);
}

/* A few rows are a few rows; who wants all of them reads the tables. */
void
lower_fetch(Lower *lower, Node *node)
{
    const FetchStmt *fetch = (const FetchStmt *)node;
    const Prepared *cursor = find_prepared(lower, fetch->portalname, true);

    if (cursor != NULL && fetch->howMany == LONG_MAX)
        add_ops(lower, &cursor->ops);
    else
        lower_add_plain(lower, OP_NO_RELATION);
}

void
lower_prepare(Lower *lower, Node *node)
{
    const PrepareStmt *prepare = (const PrepareStmt *)node;

    add_phase(lower, prepare->query, DATA_IS_NAMED);
    remember(lower, prepare->name, false, prepare->query);
}

void
lower_execute(Lower *lower, Node *node)
{
    const Prepared *prepared = find_prepared(lower, ((const ExecuteStmt *)node)->name, false);

    if (prepared != NULL)
        add_ops(lower, &prepared->ops);
    else
        lower_add_plain(lower, OP_UNKNOWN);
}

void
lower_deallocate(Lower *lower, Node *node)
{
    const char *name = ((const DeallocateStmt *)node)->name;

    foreach (prepared, lower->prepared) {
        if (!prepared->is_cursor && (name == NULL || strcmp(prepared->name, name) == 0))
            prepared->name = "";
    }
    lower_add_plain(lower, OP_NO_RELATION);
}

const SqlQuery *
lower_query_of(Lower *lower, Node *query, bool keeps_result, NameList *functions,
               SequenceUseList *sequences)
{
    if (!IsA(query, ExecuteStmt))
        return lower_query(lower, query, keeps_result, functions, sequences);
    const Prepared *prepared = find_prepared(lower, ((const ExecuteStmt *)query)->name, false);
    bool is_query =
        prepared != NULL && prepared->ops.count > 0 && prepared->ops.items[0].kind == OP_SELECT;
    if (!is_query)
        return NULL;
    *functions = prepared->ops.items[0].data.functions;
    *sequences = prepared->ops.items[0].data.sequences;
    return prepared->ops.items[0].data.query;
}

/* ---- remembering */

static void
remember(Lower *lower, const char *name, bool is_cursor, Node *query)
{
    LIST_APPEND(lower->arena, lower->prepared,
                (Prepared){arena_strdup(lower->arena, name), is_cursor, ops_of(lower, query)});
}

static const Prepared *
find_prepared(const Lower *lower, const char *name, bool is_cursor)
{
    for (size_t i = lower->prepared->count; name != NULL && i > 0; i--) {
        const Prepared *prepared = &lower->prepared->items[i - 1];
        if (prepared->is_cursor == is_cursor && strcmp(prepared->name, name) == 0)
            return prepared;
    }
    return NULL;
}

/* What the statement would do, without doing it. */
static OpList
ops_of(Lower *lower, Node *query)
{
    OpList before = lower->statement->ops;

    lower->statement->ops = (OpList){0};
    lower_node(lower, query);
    OpList ops = lower->statement->ops;
    lower->statement->ops = before;
    return ops;
}

static void
add_ops(Lower *lower, const OpList *ops)
{
    foreach (op, ops) {
        Op again = *op;
        again.span = lower->statement->span;
        lower_add(lower, &again);
    }
}

/* A statement that is not run changes nothing, but what it names is looked at. */
static void
add_phase(Lower *lower, Node *query, DataPhase phase)
{
    Op *op = lower_new_op(lower, OP_SELECT);

    op->data.phase = phase;
    if (IsA(query, ExecuteStmt)) {
        const Prepared *prepared = find_prepared(lower, ((const ExecuteStmt *)query)->name, false);
        if (prepared != NULL && prepared->ops.count == 1)
            op->data.query = prepared->ops.items[0].data.query;
    } else {
        if (IsA(query, CreateTableAsStmt))
            query = ((const CreateTableAsStmt *)query)->query;
        op->data.query = lower_query_of_rows(lower, query, true, &op->data.functions, NULL);
    }
}
