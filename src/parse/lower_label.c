/* SPDX-License-Identifier: MIT */
/*
 * Which strings of a statement become values of a type, or of a column's type, as soon as the
 * server analyzes it: what stands in a cast, in a comparison with a column, in a DEFAULT, or is
 * written into a column. The server calls the type's input function for each (parse_coerce.c,
 * coerce_type).
 */
#include <string.h>

#include "lower.h"
#include "walk.h"

typedef struct LabelWalk {
    Lower *lower;
    const List *elements;  /* the columns that the statement makes, among others */
    const TypeName *value; /* what VALUE is, in a domain */
} LabelWalk;

/* ---- one string */

static void
note(const LabelWalk *walk, const Node *value, LabelUse use)
{
    if (value == NULL || !IsA(value, A_Const))
        return;
    const A_Const *constant = (const A_Const *)value;
    if (constant->isnull || !IsA(&constant->val, String))
        return;
    use.text = node_constant_text(walk->lower->arena, value);
    LIST_APPEND(walk->lower->arena, &walk->lower->statement->labels, use);
}

static void
note_in_column(const LabelWalk *walk, const Node *value, const RangeVar *table, const char *column,
               int position)
{
    Arena *arena = walk->lower->arena;
    LabelUse use = {.position = position};

    use.column.name = arena_strdup(arena, column);
    LIST_APPEND(arena, &use.column.among, node_relation_name(arena, table));
    note(walk, value, use);
}

/* ---- casts and comparisons */

static void
see_cast(const LabelWalk *walk, const TypeCast *cast)
{
    LabelUse use = {.type = lower_type(walk->lower, cast->typeName)};

    if (!IsA(cast->arg, A_ArrayExpr)) {
        note(walk, cast->arg, use);
        return;
    }
    use.type.array_dimensions = 0;
    EACH_NODE (Node, element, ((const A_ArrayExpr *)cast->arg)->elements)
        note(walk, element, use);
}

/* The column that the statement itself makes, else one of those that are visible. */
static bool
find_column(const LabelWalk *walk, const Node *node, const WalkScope *scope, LabelUse *out)
{
    if (node == NULL || !IsA(node, ColumnRef))
        return false;
    const char *name = node_last_string(((const ColumnRef *)node)->fields);
    EACH_NODE (Node, element, walk->elements) {
        const ColumnDef *made = (const ColumnDef *)element;
        if (name != NULL && IsA(element, ColumnDef) && strcmp(made->colname, name) == 0) {
            *out = (LabelUse){.type = lower_type(walk->lower, made->typeName)};
            return true;
        }
    }
    if (name != NULL && walk->value != NULL && strcmp(name, "value") == 0) {
        *out = (LabelUse){.type = lower_type(walk->lower, walk->value)};
        return true;
    }
    const ColumnUse *use =
        name == NULL ? NULL : lower_column_use(walk->lower, (const ColumnRef *)node, scope);
    if (use == NULL)
        return false;
    *out = (LabelUse){.column = *use};
    return true;
}

static void
see_sides(const LabelWalk *walk, const Node *left, const Node *right, const WalkScope *scope)
{
    LabelUse use;

    if (!find_column(walk, left, scope, &use))
        return;
    if (right == NULL || !IsA(right, List)) {
        note(walk, right, use);
        return;
    }
    EACH_NODE (Node, value, (const List *)right)
        note(walk, value, use);
}

static bool
is_comparison(const A_Expr *expr)
{
    static const char *const names[] = {"=", "<>", "<", "<=", ">", ">="};
    const char *name = node_last_string(expr->name);

    switch (expr->kind) {
    case AEXPR_DISTINCT:
    case AEXPR_NOT_DISTINCT:
    case AEXPR_NULLIF:
    case AEXPR_IN:
    case AEXPR_BETWEEN:
    case AEXPR_NOT_BETWEEN:
        return true;
    case AEXPR_OP:
        break;
    default: /* the server's own enumeration */
        return false;
    }
    return name != NULL && TEXT_IS_ONE_OF(name, names);
}

static void
see_case(const LabelWalk *walk, const CaseExpr *expr, const WalkScope *scope)
{
    EACH_NODE (CaseWhen, when, expr->args)
        see_sides(walk, (const Node *)expr->arg, (const Node *)when->expr, scope);
}

/* ---- what is written into columns */

static void
see_targets(const LabelWalk *walk, const RangeVar *table, const List *targets)
{
    EACH_NODE (ResTarget, target, targets) {
        if (target->indirection == NIL && target->name != NULL)
            note_in_column(walk, target->val, table, target->name, 0);
    }
}

/* `columns` NIL: all, in their order. */
static void
see_row(const LabelWalk *walk, const RangeVar *table, const List *columns, const List *values)
{
    for (int at = 0; at < list_length(values); at++) {
        const Node *value = list_nth(values, at);
        const ResTarget *column = at < list_length(columns) ? list_nth(columns, at) : NULL;
        if (value != NULL && IsA(value, ResTarget))
            value = ((const ResTarget *)value)->val;
        if (columns == NIL)
            note_in_column(walk, value, table, NULL, at + 1);
        else if (column != NULL && column->indirection == NIL)
            note_in_column(walk, value, table, column->name, 0);
    }
}

static void
see_insert(const LabelWalk *walk, const InsertStmt *insert)
{
    const SelectStmt *select = (const SelectStmt *)insert->selectStmt;

    if (insert->onConflictClause != NULL)
        see_targets(walk, insert->relation, insert->onConflictClause->targetList);
    if (select == NULL || !IsA(select, SelectStmt) || select->op != SETOP_NONE)
        return;
    EACH_NODE (List, row, select->valuesLists)
        see_row(walk, insert->relation, insert->cols, row);
    /* Behind a `*` nobody knows the places. */
    EACH_NODE (ResTarget, target, select->targetList) {
        if (IsA(target->val, ColumnRef) &&
            node_last_string(((const ColumnRef *)target->val)->fields) == NULL)
            return;
    }
    see_row(walk, insert->relation, insert->cols, select->targetList);
}

static void
see_merge(const LabelWalk *walk, const MergeStmt *merge)
{
    EACH_NODE (MergeWhenClause, when, merge->mergeWhenClauses) {
        if (when->commandType == CMD_UPDATE)
            see_targets(walk, merge->relation, when->targetList);
        else if (when->commandType == CMD_INSERT)
            see_row(walk, merge->relation, when->targetList, when->values);
    }
}

/* ---- all of a tree */

static void
visit_node(void *context, Node *node, const WalkScope *scope)
{
    const LabelWalk *walk = context;

    switch (nodeTag(node)) {
    case T_TypeCast:
        see_cast(walk, (const TypeCast *)node);
        break;
    case T_A_Expr: {
        const A_Expr *expr = (const A_Expr *)node;
        if (is_comparison(expr)) {
            see_sides(walk, expr->lexpr, expr->rexpr, scope);
            see_sides(walk, expr->rexpr, expr->lexpr, scope);
        }
        break;
    }
    case T_CaseExpr:
        see_case(walk, (const CaseExpr *)node, scope);
        break;
    case T_InsertStmt:
        see_insert(walk, (const InsertStmt *)node);
        break;
    case T_UpdateStmt:
        see_targets(walk, ((const UpdateStmt *)node)->relation,
                    ((const UpdateStmt *)node)->targetList);
        break;
    case T_MergeStmt:
        see_merge(walk, (const MergeStmt *)node);
        break;
    default: /* the server's own enumeration */
        break;
    }
}

/* `table` is the one whose columns the tree sees as its own; NULL for none. */
static void
look_at(LabelWalk *walk, void *root, const RangeVar *table)
{
    Lower *lower = walk->lower;
    const WalkScope *scope = lower->scope;
    /* The walk does not give the root, so it gets a root above it. */
    List above = {.type = T_List, .length = 1, .max_length = 1};
    ListCell cell = {.ptr_value = root};

    if (root == NULL)
        return;
    above.elements = &cell;
    if (table != NULL)
        scope = walk_scope_add_query(lower->scratch, scope, (const Node *)table);
    walk_tree(lower->scratch, (Node *)&above, scope, visit_node, walk);
}

/* ---- definitions */

static void
see_constraints(LabelWalk *walk, const List *constraints, const TypeName *type,
                const RangeVar *table)
{
    EACH_NODE (Constraint, constraint, constraints) {
        if (constraint->contype == CONSTR_DEFAULT && type != NULL)
            note(walk, constraint->raw_expr, (LabelUse){.type = lower_type(walk->lower, type)});
        look_at(walk, constraint->raw_expr, table);
        look_at(walk, constraint->where_clause, table);
    }
}

static void
see_elements(LabelWalk *walk, const RangeVar *table, const List *elements)
{
    walk->elements = elements;
    EACH_NODE (Node, element, elements) {
        const ColumnDef *column = (const ColumnDef *)element;
        List single = {.type = T_List, .length = 1, .max_length = 1};
        ListCell cell = {.ptr_value = element};
        single.elements = &cell;
        if (IsA(element, ColumnDef))
            see_constraints(walk, column->constraints, column->typeName, table);
        else if (IsA(element, Constraint))
            see_constraints(walk, &single, NULL, table);
    }
    walk->elements = NULL;
}

static void
see_alter_table(LabelWalk *walk, const AlterTableStmt *alter)
{
    EACH_NODE (AlterTableCmd, command, alter->cmds) {
        List single = {.type = T_List, .length = 1, .max_length = 1};
        ListCell cell = {.ptr_value = command->def};
        single.elements = &cell;
        if (command->def == NULL)
            continue;
        if (command->subtype == AT_AddColumn || command->subtype == AT_AddConstraint) {
            see_elements(walk, alter->relation, &single);
        } else if (command->subtype == AT_ColumnDefault) {
            note_in_column(walk, command->def, alter->relation, command->name, 0);
            look_at(walk, command->def, alter->relation);
        } else if (command->subtype == AT_AlterColumnType && IsA(command->def, ColumnDef)) {
            look_at(walk, ((const ColumnDef *)command->def)->raw_default, alter->relation);
        }
    }
}

static void
see_domain(LabelWalk *walk, const CreateDomainStmt *domain)
{
    walk->value = domain->typeName;
    see_constraints(walk, domain->constraints, domain->typeName, NULL);
}

/* ---- one statement */

static void
see_relation_statement(LabelWalk *walk, Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateStmt:
        see_elements(walk, ((const CreateStmt *)node)->relation,
                     ((const CreateStmt *)node)->tableElts);
        break;
    case T_AlterTableStmt:
        see_alter_table(walk, (const AlterTableStmt *)node);
        break;
    case T_IndexStmt:
        look_at(walk, ((const IndexStmt *)node)->indexParams, ((const IndexStmt *)node)->relation);
        look_at(walk, ((const IndexStmt *)node)->whereClause, ((const IndexStmt *)node)->relation);
        break;
    case T_CreatePolicyStmt:
        look_at(walk, ((const CreatePolicyStmt *)node)->qual,
                ((const CreatePolicyStmt *)node)->table);
        look_at(walk, ((const CreatePolicyStmt *)node)->with_check,
                ((const CreatePolicyStmt *)node)->table);
        break;
    case T_CreateTrigStmt:
        look_at(walk, ((const CreateTrigStmt *)node)->whenClause,
                ((const CreateTrigStmt *)node)->relation);
        break;
    case T_RuleStmt:
        look_at(walk, ((const RuleStmt *)node)->whereClause, ((const RuleStmt *)node)->relation);
        look_at(walk, ((const RuleStmt *)node)->actions, ((const RuleStmt *)node)->relation);
        break;
    default: /* the server's own enumeration */
        break;
    }
}

void
lower_labels(Lower *lower, Node *node)
{
    LabelWalk walk = {.lower = lower};

    switch (nodeTag(node)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
        look_at(&walk, node, NULL);
        break;
    case T_ViewStmt:
        look_at(&walk, ((const ViewStmt *)node)->query, NULL);
        break;
    case T_CreateTableAsStmt:
        look_at(&walk, ((const CreateTableAsStmt *)node)->query, NULL);
        break;
    case T_ExplainStmt:
        look_at(&walk, ((const ExplainStmt *)node)->query, NULL);
        break;
    case T_PrepareStmt:
        look_at(&walk, ((const PrepareStmt *)node)->query, NULL);
        break;
    case T_DeclareCursorStmt:
        look_at(&walk, ((const DeclareCursorStmt *)node)->query, NULL);
        break;
    case T_CreateFunctionStmt:
        look_at(&walk, ((const CreateFunctionStmt *)node)->sql_body, NULL);
        break;
    case T_CreateDomainStmt:
        see_domain(&walk, (const CreateDomainStmt *)node);
        break;
    default: /* the server's own enumeration */
        see_relation_statement(&walk, node);
        break;
    }
}
