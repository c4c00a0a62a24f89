/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"
#include "syntax_version.h"
#include "walk.h"

static void fill_query(Lower *lower, Op *op, const RangeVar *target, Node *query);
static void add_set_columns(Arena *arena, const List *targets, StringList *out);
static bool is_same_column(const Node *value, const char *column);
static const WithClause *with_of(const Node *query);
static const IntoClause *find_into(const SelectStmt *select);

/* What the query says of its operation and, behind it, those of the writes within its WITH. */
static void
fill_query(Lower *lower, Op *op, const RangeVar *target, Node *query)
{
    op->data.query =
        lower_query_of_rows(lower, query, false, &op->data.functions, &op->data.sequences);
    op->target = node_relation_name(lower->arena, target);
    op->only = target != NULL && !target->inh;
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
        Op *op = lower_new_op(lower, OP_CREATE_TABLE_AS);
        op->target = node_relation_name(lower->arena, into->rel);
        op->create_as.persistence = node_persistence(into->rel);
        op->create_as.query = lower_query_of_rows(lower, node, false, &op->create_as.functions,
                                                  &op->create_as.sequences);
        lower_with_writes(lower, node);
    } else if (!lower_set_config(lower, select)) {
        Op *op = lower_new_op(lower, OP_SELECT);
        op->data.has_where = select->whereClause != NULL;
        fill_query(lower, op, NULL, node);
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

static bool
has_star(const List *targets)
{
    EACH_NODE (ResTarget, target, targets) {
        const ColumnRef *column = (const ColumnRef *)target->val;
        if (target->val != NULL && IsA(target->val, ColumnRef) && column->fields != NIL &&
            IsA(llast(column->fields), A_Star))
            return true;
        if (target->val != NULL && IsA(target->val, A_Indirection))
            return true;
    }
    return false;
}

static void
add_row(Lower *lower, const List *values, Op *op)
{
    InsertRow row = {0};

    EACH_NODE (Node, value, values) {
        const Node *bare = value;
        while (IsA(bare, TypeCast) && ((const TypeCast *)bare)->arg != NULL)
            bare = ((const TypeCast *)bare)->arg;
        if (IsA(value, SetToDefault) && value_at < 64)
            op->data.defaulted |= UINT64_C(1) << value_at;
        if (!op->data.all_rows)
            continue;
        InsertValue item = {.text = node_constant_text(lower->arena, bare)};
        item.is_null = IsA(bare, A_Const) && ((const A_Const *)bare)->isnull;
        LIST_APPEND(lower->arena, &row, item);
    }
    if (op->data.all_rows)
        LIST_APPEND(lower->arena, &op->data.rows, row);
}

/* INSERT … SELECT 1, 2 */
static void
add_selected_row(Lower *lower, const List *targets, Op *op)
{
    List values = {.type = T_List, .length = list_length(targets)};
    values.elements = ARENA_ARRAY(lower->scratch, ListCell, (size_t)values.length + 1);
    EACH_NODE (ResTarget, target, targets)
        values.elements[target_at].ptr_value = target->val;
    op->data.all_rows = true;
    add_row(lower, &values, op);
}

/* Long lists are loads of data; what they hold is not looked at. */
static void
add_values(Lower *lower, const Node *source, Op *op)
{
    enum { ROWS = 4, VALUES = 32 };
    const SelectStmt *select = (const SelectStmt *)source;

    if (select == NULL)
        return;
    op->data.value_count = -1;
    if (!IsA(source, SelectStmt))
        return;
    if (select->valuesLists == NIL) {
        bool is_plain = select->op == SETOP_NONE && !has_star(select->targetList);
        op->data.value_count = is_plain ? list_length(select->targetList) : -1;
        if (is_plain && select->fromClause == NIL && select->whereClause == NULL)
            add_selected_row(lower, select->targetList, op);
        return;
    }
    if (lower->depth != PARSE_WHOLE)
        return;
    op->data.value_count = list_length(linitial(select->valuesLists));
    op->data.all_rows = list_length(select->valuesLists) <= ROWS && op->data.value_count <= VALUES;
    for (int i = 0; i < list_length(select->valuesLists) && i < ROWS; i++)
        add_row(lower, list_nth(select->valuesLists, i), op);
}

/* A column that is given a value twice; parts of one may be. */
static const char *
find_twice(Lower *lower, const List *targets)
{
    StringList seen = {0};

    EACH_NODE (ResTarget, target, targets) {
        if (target->name == NULL || target->indirection != NIL)
            continue;
        if (string_list_has(&seen, target->name))
            return arena_strdup(lower->arena, target->name);
        LIST_APPEND(lower->scratch, &seen, target->name);
    }
    return NULL;
}

static bool
has_part(const List *targets)
{
    EACH_NODE (ResTarget, target, targets) {
        if (target->indirection != NIL)
            return true;
    }
    return false;
}

static bool
stands_for_several(const Node *value)
{
    if (IsA(value, A_Indirection))
        return true;
    return IsA(value, ColumnRef) && IsA(llast(((const ColumnRef *)value)->fields), A_Star);
}

static bool
has_several(const Node *source)
{
    const SelectStmt *select = (const SelectStmt *)source;

    if (source == NULL || !IsA(source, SelectStmt) || select->valuesLists == NIL)
        return false;
    EACH_NODE (Node, value, linitial(select->valuesLists)) {
        if (stands_for_several(value))
            return true;
    }
    return false;
}

/* With an expression, an operator class, a collation or a condition it is not judged. */
static void
lower_conflict(Lower *lower, const OnConflictClause *conflict, Op *op)
{
    const InferClause *infer = conflict != NULL ? conflict->infer : NULL;

    if (infer == NULL)
        return;
    if (infer->conname != NULL)
        op->data.conflict_constraint = arena_strdup(lower->arena, infer->conname);
    if (infer->whereClause != NULL)
        return;
    EACH_NODE (IndexElem, element, infer->indexElems) {
        if (element->name == NULL || element->collation != NIL || element->opclass != NIL) {
            op->data.conflict_columns = (StringList){0};
            return;
        }
        LIST_APPEND(lower->arena, &op->data.conflict_columns,
                    arena_strdup(lower->arena, element->name));
    }
}

static bool
adds_row(const InsertStmt *insert, const Op *op)
{
    const SelectStmt *select = (const SelectStmt *)insert->selectStmt;

    if (insert->onConflictClause != NULL)
        return false;
    if (select == NULL)
        return true;
    if (!IsA(select, SelectStmt) || select->limitCount != NULL || select->limitOffset != NULL)
        return false;
    if (select->valuesLists != NIL)
        return true;
    bool constant = op->data.all_rows && op->data.rows.count == 1 && select->havingClause == NULL;
    for (size_t i = 0; constant && i < op->data.rows.items[0].count; i++)
        constant =
            op->data.rows.items[0].items[i].text != NULL || op->data.rows.items[0].items[i].is_null;
    return constant;
}

/* What only a refusal asks for. */
static void
add_doubts_of_insert(Lower *lower, const InsertStmt *insert, Op *op)
{
    op->data.is_partial = has_part(insert->cols) || has_several(insert->selectStmt);
    op->data.twice = find_twice(lower, insert->cols);
    lower_conflict(lower, insert->onConflictClause, op);
}

void
lower_insert(Lower *lower, Node *node)
{
    const InsertStmt *insert = (const InsertStmt *)node;
    Op *op = lower_new_op(lower, OP_INSERT);

    add_set_columns(lower->arena, insert->cols, &op->data.columns);
    op->data.inserts = true;
    op->data.overrides_user = insert->override == OVERRIDING_USER_VALUE;
    op->data.overrides_system = insert->override == OVERRIDING_SYSTEM_VALUE;
    add_values(lower, insert->selectStmt, op);
    op->data.adds_row = adds_row(insert, op);
    if (lower->depth == PARSE_WHOLE)
        add_doubts_of_insert(lower, insert, op);
    lower_extent_of_insert(lower, insert, op);
    fill_query(lower, op, insert->relation, node);
}

/* What the columns get, as far as it is constant: where the rows go if it is the key of partitions.
 */
static void
add_set_values(Lower *lower, const List *targets, Op *op)
{
    List values = {.type = T_List};
    values.elements = ARENA_ARRAY(lower->scratch, ListCell, (size_t)list_length(targets) + 1);
    foreach (column, &op->data.columns) {
        EACH_NODE (ResTarget, target, targets) {
            if (target->name == NULL || target->val == NULL || strcmp(target->name, *column) != 0 ||
                target->indirection != NIL)
                continue;
            values.elements[values.length++].ptr_value = target->val;
            break;
        }
    }
    op->data.all_rows = (size_t)values.length == op->data.columns.count && values.length > 0;
    if (op->data.all_rows)
        add_row(lower, &values, op);
}

/* SET a = DEFAULT; also those that get their value from a row, which may hold DEFAULT. */
static uint64_t
defaulted_columns(const List *targets, const StringList *columns)
{
    uint64_t bits = 0;

    EACH_NODE (ResTarget, target, targets) {
        bool is_default = target->val != NULL &&
                          (IsA(target->val, SetToDefault) || IsA(target->val, MultiAssignRef));
        for (size_t i = 0; is_default && target->name != NULL && i < columns->count && i < 64;
             i++) {
            if (strcmp(columns->items[i], target->name) == 0)
                bits |= UINT64_C(1) << i;
        }
    }
    return bits;
}

void
lower_update(Lower *lower, Node *node)
{
    const UpdateStmt *update = (const UpdateStmt *)node;
    Op *op = lower_new_op(lower, OP_UPDATE);

    add_set_columns(lower->arena, update->targetList, &op->data.columns);
    if (lower->depth == PARSE_WHOLE) {
        add_set_values(lower, update->targetList, op);
        op->data.twice = find_twice(lower, update->targetList);
        op->data.defaulted = defaulted_columns(update->targetList, &op->data.columns);
    }
    op->data.has_where = update->whereClause != NULL;
    lower_extent(lower, node, op);
    fill_query(lower, op, update->relation, node);
    lower_catalog_update(lower, update);
}

void
lower_delete(Lower *lower, Node *node)
{
    const DeleteStmt *delete = (const DeleteStmt *)node;
    Op *op = lower_new_op(lower, OP_DELETE);

    op->data.has_where = delete->whereClause != NULL;
    op->data.deletes = true;
    lower_extent(lower, node, op);
    fill_query(lower, op, delete->relation, node);
}

void
lower_merge(Lower *lower, Node *node)
{
    const MergeStmt *merge = (const MergeStmt *)node;
    Op *op = lower_new_op(lower, OP_MERGE);

    EACH_NODE (MergeWhenClause, when, merge->mergeWhenClauses) {
        if (when->commandType == CMD_UPDATE)
            add_set_columns(lower->arena, when->targetList, &op->data.columns);
        op->data.inserts |= when->commandType == CMD_INSERT;
        op->data.deletes |= when->commandType == CMD_DELETE;
    }
    fill_query(lower, op, merge->relation, node);
}

void
lower_copy(Lower *lower, Node *node)
{
    const CopyStmt *copy = (const CopyStmt *)node;
    Op *op = lower_new_op(lower, copy->is_from ? OP_COPY_FROM : OP_COPY_TO);

    op->target = node_relation_name(lower->arena, copy->relation);
    op->data.from_stdin = copy->is_from && copy->filename == NULL;
    op->data.is_empty = op->data.from_stdin && !copy->is_program &&
                        lower->statement->copy_data.start == lower->statement->copy_data.end;
    op->data.has_where = copy->whereClause != NULL;
    const DefElem *freeze = node_find_option(copy->options, "freeze");
    op->data.freezes = freeze != NULL && node_option_is_on(freeze);
    if (copy->query != NULL)
        op->data.query = lower_query_of_rows(lower, copy->query, false, &op->data.functions,
                                             &op->data.sequences);
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
        Op *op = lower_new_op(lower, OP_TRUNCATE);
        op->target = node_relation_name(lower->arena, relation);
        op->only = !relation->inh;
        op->cascade = truncate->behavior == DROP_CASCADE;
        op->truncate.restarts = truncate->restart_seqs;
    }
}

/* A procedure may do anything, commit included. */
void
lower_call(Lower *lower, Node *node)
{
    const CallStmt *call = (const CallStmt *)node;
    Op *op = lower_new_op(lower, OP_CALL);

    op->target = node_list_name(lower->arena, call->funccall->funcname);
}
