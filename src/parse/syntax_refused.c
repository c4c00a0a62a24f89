/* SPDX-License-Identifier: MIT */
#include "syntax_refused.h"

#include <string.h>

#include "catalog/pg_trigger.h"

/* The server's words for a node, or NULL. */
typedef const char *RefusedCheck(Lower *lower, const Node *node);

static RefusedCheck check_select, check_create_table, check_alter_table, check_index;
static RefusedCheck check_trigger, check_policy, check_schema, check_domain, check_function;
static RefusedCheck check_composite, check_insert, check_with;

static RefusedCheck *const checks[] = {
    [T_SelectStmt] = check_select,           [T_CreateStmt] = check_create_table,
    [T_AlterTableStmt] = check_alter_table,  [T_IndexStmt] = check_index,
    [T_CreateTrigStmt] = check_trigger,      [T_CreatePolicyStmt] = check_policy,
    [T_CreateSchemaStmt] = check_schema,     [T_CreateDomainStmt] = check_domain,
    [T_CreateFunctionStmt] = check_function, [T_CompositeTypeStmt] = check_composite,
    [T_InsertStmt] = check_insert,           [T_WithClause] = check_with,
};

void
syntax_refused_node(Lower *lower, const Node *node)
{
    size_t tag = (size_t)nodeTag(node);
    if (tag >= sizeof checks / sizeof *checks || checks[tag] == NULL ||
        lower->statement->refused != NULL)
        return;
    lower->statement->refused = checks[tag](lower, node);
}

/* The first name that a list has a second time, or NULL. */
static const char *
find_twice(const List *names)
{
    for (int i = 0; i < list_length(names); i++) {
        const char *name = node_string(list_nth(names, i));
        for (int k = 0; name != NULL && k < i; k++) {
            const char *other = node_string(list_nth(names, k));
            if (other != NULL && strcmp(name, other) == 0)
                return name;
        }
    }
    return NULL;
}

/* ---- queries */

static const char *
strength_words(LockClauseStrength strength)
{
    switch (strength) {
    case LCS_FORKEYSHARE:
        return "FOR KEY SHARE";
    case LCS_FORSHARE:
        return "FOR SHARE";
    case LCS_FORNOKEYUPDATE:
        return "FOR NO KEY UPDATE";
    case LCS_FORUPDATE:
    case LCS_NONE:
        break;
    }
    return "FOR UPDATE";
}

static bool
counts_rows(const List *targets)
{
    EACH_NODE (ResTarget, target, targets) {
        const Node *value = IsA(target, ResTarget) ? target->val : NULL;
        if (value != NULL && IsA(value, FuncCall) && ((const FuncCall *)value)->agg_star &&
            ((const FuncCall *)value)->over == NULL)
            return true;
    }
    return false;
}

/* analyze.c, CheckSelectLocking() and transformSetOperationStmt() */
static const char *
refuse_locking(Lower *lower, const SelectStmt *select)
{
    const LockingClause *locking = linitial(select->lockingClause);
    const char *what = NULL;
    if (select->op != SETOP_NONE)
        what = "is not allowed with UNION/INTERSECT/EXCEPT";
    else if (select->valuesLists != NIL)
        what = "cannot be applied to VALUES";
    else if (select->distinctClause != NIL)
        what = "is not allowed with DISTINCT clause";
    else if (select->groupClause != NIL)
        what = "is not allowed with GROUP BY clause";
    else if (select->havingClause != NULL)
        what = "is not allowed with HAVING clause";
    else if (counts_rows(select->targetList))
        what = "is not allowed with aggregate functions";
    return what == NULL
               ? NULL
               : arena_printf(lower->arena, "%s %s", strength_words(locking->strength), what);
}

/* analyze.c, transformValuesClause() */
static const char *
refuse_values(const List *rows)
{
    const List *first = linitial(rows);
    EACH_NODE (List, row, rows) {
        if (list_length(row) != list_length(first))
            return "VALUES lists must all be the same length";
    }
    return NULL;
}

static bool
has_star(const List *rows)
{
    EACH_NODE (List, row, rows) {
        EACH_NODE (Node, value, row) {
            if (value == NULL || IsA(value, ColumnRef) || IsA(value, A_Indirection))
                return true;
        }
    }
    return false;
}

/* parse_relation.c, checkNameSpaceConflicts() */
static const char *
refuse_sources(Lower *lower, const List *sources)
{
    for (int i = 0; i < list_length(sources); i++) {
        const RangeVar *source = list_nth(sources, i);
        for (int k = 0; IsA(source, RangeVar) && k < i; k++) {
            const RangeVar *other = list_nth(sources, k);
            if (!IsA(other, RangeVar))
                continue;
            bool aliased = source->alias != NULL && other->alias != NULL;
            bool plain = source->alias == NULL && other->alias == NULL &&
                         source->schemaname == NULL && other->schemaname == NULL;
            const char *name = aliased ? source->alias->aliasname : source->relname;
            const char *before = aliased ? other->alias->aliasname : other->relname;
            if ((aliased || plain) && strcmp(name, before) == 0)
                return arena_printf(lower->arena, "table name \"%s\" specified more than once",
                                    name);
        }
    }
    return NULL;
}

static const char *
check_select(Lower *lower, const Node *node)
{
    const SelectStmt *select = (const SelectStmt *)node;
    const char *refused = NULL;
    if (select->lockingClause != NIL)
        refused = refuse_locking(lower, select);
    if (refused == NULL && select->valuesLists != NIL && !has_star(select->valuesLists))
        refused = refuse_values(select->valuesLists);
    return refused != NULL ? refused : refuse_sources(lower, select->fromClause);
}

/* parse_cte.c, transformWithClause() */
static const char *
check_with(Lower *lower, const Node *node)
{
    const List *queries = ((const WithClause *)node)->ctes;
    for (int i = 0; i < list_length(queries); i++) {
        const CommonTableExpr *query = list_nth(queries, i);
        for (int k = 0; k < i; k++) {
            const CommonTableExpr *other = list_nth(queries, k);
            if (strcmp(query->ctename, other->ctename) == 0)
                return arena_printf(lower->arena, "WITH query name \"%s\" specified more than once",
                                    query->ctename);
        }
    }
    return NULL;
}

/* parse_clause.c, transformOnConflictArbiter() */
static const char *
check_insert(Lower *lower, const Node *node)
{
    const OnConflictClause *conflict = ((const InsertStmt *)node)->onConflictClause;
    (void)lower;
    return conflict != NULL && conflict->action == ONCONFLICT_UPDATE && conflict->infer == NULL
               ? "ON CONFLICT DO UPDATE requires inference specification or constraint name"
               : NULL;
}

/* ---- columns */

typedef struct ColumnParts {
    int defaults;
    int identities;
    int generations;
    bool is_null;
    bool is_not_null;
} ColumnParts;

static const char *
attribute_words(ConstrType type)
{
    switch (type) {
    case CONSTR_ATTR_DEFERRABLE:
        return "DEFERRABLE";
    case CONSTR_ATTR_NOT_DEFERRABLE:
        return "NOT DEFERRABLE";
    case CONSTR_ATTR_DEFERRED:
        return "INITIALLY DEFERRED";
    case CONSTR_ATTR_IMMEDIATE:
        return "INITIALLY IMMEDIATE";
    default: /* the server's own kinds of constraints */
        return NULL;
    }
}

static bool
may_be_deferrable(ConstrType type)
{
    return type == CONSTR_PRIMARY || type == CONSTR_UNIQUE || type == CONSTR_EXCLUSION ||
           type == CONSTR_FOREIGN;
}

static ColumnParts
parts_of(const ColumnDef *column)
{
    ColumnParts parts = {0};
    EACH_NODE (Constraint, constraint, column->constraints) {
        parts.defaults += constraint->contype == CONSTR_DEFAULT;
        parts.identities += constraint->contype == CONSTR_IDENTITY;
        parts.generations += constraint->contype == CONSTR_GENERATED;
        parts.is_null |= constraint->contype == CONSTR_NULL;
        parts.is_not_null |=
            constraint->contype == CONSTR_NOTNULL || constraint->contype == CONSTR_IDENTITY;
    }
    return parts;
}

/* parse_utilcmd.c, transformConstraintAttrs() */
static const char *
refuse_attributes(Lower *lower, const ColumnDef *column)
{
    const Constraint *last = NULL;
    EACH_NODE (Constraint, constraint, column->constraints) {
        const char *words = attribute_words(constraint->contype);
        if (words != NULL && (last == NULL || !may_be_deferrable(last->contype)))
            return arena_printf(lower->arena, "misplaced %s clause", words);
        if (!lower_is_attribute(constraint))
            last = constraint;
    }
    return NULL;
}

/* parse_utilcmd.c, transformColumnDefinition() */
static const char *
refuse_column(Lower *lower, const ColumnDef *column, const char *table)
{
    const ColumnParts parts = parts_of(column);
    const char *what = NULL;
    if (parts.is_null && parts.is_not_null)
        what = "conflicting NULL/NOT NULL declarations";
    else if (parts.defaults > 1)
        what = "multiple default values specified";
    else if (parts.identities > 1)
        what = "multiple identity specifications";
    else if (parts.generations > 1)
        what = "multiple generation clauses specified";
    if (what != NULL)
        return arena_printf(lower->arena, "%s for column \"%s\" of table \"%s\"", what,
                            column->colname, table);
    return refuse_attributes(lower, column);
}

static const char *
check_create_table(Lower *lower, const Node *node)
{
    const CreateStmt *create = (const CreateStmt *)node;
    const char *refused = NULL;
    EACH_NODE (Node, element, create->tableElts) {
        if (refused == NULL && IsA(element, ColumnDef))
            refused = refuse_column(lower, (const ColumnDef *)element, create->relation->relname);
    }
    return refused;
}

/* tablecmds.c, ATPrepAlterColumnType() */
static const char *
refuse_type_twice(Lower *lower, const List *commands, int at)
{
    const AlterTableCmd *command = list_nth(commands, at);
    for (int i = 0; i < at; i++) {
        const AlterTableCmd *other = list_nth(commands, i);
        if (other->subtype == AT_AlterColumnType && strcmp(other->name, command->name) == 0)
            return arena_printf(lower->arena, "cannot alter type of column \"%s\" twice",
                                command->name);
    }
    return NULL;
}

/* tablecmds.c, ATPrepSetTableSpace() and ATPrepCmd() for SET ACCESS METHOD */
static const char *
refuse_second(const List *commands, int at)
{
    static const struct {
        AlterTableType subtype;
        const char *words;
    } rows[] = {
        {AT_SetTableSpace,   "cannot have multiple SET TABLESPACE subcommands"   },
        {AT_SetAccessMethod, "cannot have multiple SET ACCESS METHOD subcommands"},
    };
    const AlterTableCmd *command = list_nth(commands, at);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        for (int j = 0; rows[i].subtype == command->subtype && j < at; j++) {
            if (((const AlterTableCmd *)list_nth(commands, j))->subtype == command->subtype)
                return rows[i].words;
        }
    }
    return NULL;
}

static const char *
check_alter_table(Lower *lower, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    const char *refused = NULL;
    for (int i = 0; refused == NULL && i < list_length(alter->cmds); i++) {
        const AlterTableCmd *command = list_nth(alter->cmds, i);
        bool adds = command->subtype == AT_AddColumn && command->def != NULL &&
                    IsA(command->def, ColumnDef);
        if (adds && !command->missing_ok)
            refused =
                refuse_column(lower, (const ColumnDef *)command->def, alter->relation->relname);
        if (command->subtype == AT_AlterColumnType && command->name != NULL)
            refused = refuse_type_twice(lower, alter->cmds, i);
        if (refused == NULL)
            refused = refuse_second(alter->cmds, i);
    }
    return refused;
}

/* indexcmds.c, ComputeIndexAttrs() */
static const char *
check_index(Lower *lower, const Node *node)
{
    (void)lower;
    EACH_NODE (IndexElem, element, ((const IndexStmt *)node)->indexIncludingParams) {
        if (element->expr != NULL)
            return "expressions are not supported in included columns";
    }
    return NULL;
}

/* ---- triggers and policies */

static int
count_bits(int events)
{
    static const int bits[] = {TRIGGER_TYPE_INSERT, TRIGGER_TYPE_UPDATE, TRIGGER_TYPE_DELETE,
                               TRIGGER_TYPE_TRUNCATE};
    int count = 0;
    for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
        count += (events & bits[i]) != 0;
    return count;
}

static const char *
refuse_transition(const CreateTrigStmt *trigger, const TriggerTransition *transition)
{
    const int events = trigger->events;
    if (!transition->isTable)
        return "ROW variable naming in the REFERENCING clause is not supported";
    if (TRIGGER_FOR_BEFORE(trigger->timing) || TRIGGER_FOR_INSTEAD(trigger->timing))
        return "transition table name can only be specified for an AFTER trigger";
    if ((events & TRIGGER_TYPE_TRUNCATE) != 0)
        return "TRUNCATE triggers with transition tables are not supported";
    if (count_bits(events) != 1)
        return "transition tables cannot be specified for triggers with more than one event";
    if (trigger->columns != NIL)
        return "transition tables cannot be specified for triggers with column lists";
    if (transition->isNew && (events & (TRIGGER_TYPE_INSERT | TRIGGER_TYPE_UPDATE)) == 0)
        return "NEW TABLE can only be specified for an INSERT or UPDATE trigger";
    if (!transition->isNew && (events & (TRIGGER_TYPE_DELETE | TRIGGER_TYPE_UPDATE)) == 0)
        return "OLD TABLE can only be specified for a DELETE or UPDATE trigger";
    return NULL;
}

/* trigger.c, CreateTriggerFiringOn() */
static const char *
check_trigger(Lower *lower, const Node *node)
{
    const CreateTrigStmt *trigger = (const CreateTrigStmt *)node;
    const char *refused = NULL;
    if (TRIGGER_FOR_INSTEAD(trigger->timing) && trigger->whenClause != NULL)
        return "INSTEAD OF triggers cannot have WHEN conditions";
    if (TRIGGER_FOR_INSTEAD(trigger->timing) && trigger->columns != NIL)
        return "INSTEAD OF triggers cannot have column lists";
    EACH_NODE (TriggerTransition, transition, trigger->transitionRels) {
        if (refused == NULL)
            refused = refuse_transition(trigger, transition);
    }
    const char *twice = find_twice(trigger->columns);
    if (refused == NULL && twice != NULL)
        refused = arena_printf(lower->arena, "column \"%s\" specified more than once", twice);
    return refused;
}

/* policy.c, CreatePolicy() */
static const char *
check_policy(Lower *lower, const Node *node)
{
    const CreatePolicyStmt *policy = (const CreatePolicyStmt *)node;
    (void)lower;
    if (policy->cmd_name == NULL)
        return NULL;
    if (strcmp(policy->cmd_name, "insert") == 0 && policy->qual != NULL)
        return "only WITH CHECK expression allowed for INSERT";
    bool only_reads =
        strcmp(policy->cmd_name, "select") == 0 || strcmp(policy->cmd_name, "delete") == 0;
    return only_reads && policy->with_check != NULL
               ? "WITH CHECK cannot be applied to SELECT or DELETE"
               : NULL;
}

/* ---- other objects */

/* schemacmds.c, CreateSchemaCommand() */
static const char *
check_schema(Lower *lower, const Node *node)
{
    const char *name = ((const CreateSchemaStmt *)node)->schemaname;
    return name != NULL && strncmp(name, "pg_", 3) == 0
               ? arena_printf(lower->arena, "unacceptable schema name \"%s\"", name)
               : NULL;
}

/* typecmds.c, DefineDomain() */
static const char *
check_domain(Lower *lower, const Node *node)
{
    bool is_null = false, is_not_null = false;
    (void)lower;
    EACH_NODE (Constraint, constraint, ((const CreateDomainStmt *)node)->constraints) {
        is_null |= constraint->contype == CONSTR_NULL;
        is_not_null |= constraint->contype == CONSTR_NOTNULL;
        if (constraint->contype == CONSTR_UNIQUE)
            return "unique constraints not possible for domains";
        if (constraint->contype == CONSTR_PRIMARY)
            return "primary key constraints not possible for domains";
        if (constraint->contype == CONSTR_EXCLUSION)
            return "exclusion constraints not possible for domains";
        if (constraint->contype == CONSTR_FOREIGN)
            return "foreign key constraints not possible for domains";
    }
    return is_null && is_not_null ? "conflicting NULL/NOT NULL constraints" : NULL;
}

/* functioncmds.c, interpret_function_parameter_list() */
static const char *
check_function(Lower *lower, const Node *node)
{
    const List *parameters = ((const CreateFunctionStmt *)node)->parameters;
    bool has_default = false;
    for (int i = 0; i < list_length(parameters); i++) {
        const FunctionParameter *parameter = list_nth(parameters, i);
        bool is_input = parameter->mode == FUNC_PARAM_IN || parameter->mode == FUNC_PARAM_INOUT ||
                        parameter->mode == FUNC_PARAM_DEFAULT;
        if (is_input && has_default && parameter->defexpr == NULL)
            return "input parameters after one with a default value must also have defaults";
        has_default |= is_input && parameter->defexpr != NULL;
        for (int k = 0; parameter->name != NULL && is_input && k < i; k++) {
            const FunctionParameter *other = list_nth(parameters, k);
            bool is_plain = other->mode == FUNC_PARAM_IN || other->mode == FUNC_PARAM_INOUT ||
                            other->mode == FUNC_PARAM_DEFAULT;
            if (is_plain && other->name != NULL && strcmp(other->name, parameter->name) == 0)
                return arena_printf(lower->arena, "parameter name \"%s\" used more than once",
                                    parameter->name);
        }
    }
    return NULL;
}

/* tablecmds.c, BuildDescForRelation() and MergeAttributes() */
static const char *
check_composite(Lower *lower, const Node *node)
{
    const List *columns = ((const CompositeTypeStmt *)node)->coldeflist;
    for (int i = 0; i < list_length(columns); i++) {
        const ColumnDef *column = list_nth(columns, i);
        for (int k = 0; k < i; k++) {
            const ColumnDef *other = list_nth(columns, k);
            if (strcmp(column->colname, other->colname) == 0)
                return arena_printf(lower->arena, "column \"%s\" specified more than once",
                                    column->colname);
        }
    }
    return NULL;
}
