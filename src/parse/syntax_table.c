/* SPDX-License-Identifier: MIT */
/* What newer versions have brought to tables, columns, constraints and indexes. */
#include <string.h>

#include "scan.h"
#include "syntax_version_parts.h"

static void check_element(Lower *lower, const Node *element);
static void check_numeric(Lower *lower, const TypeName *type);

/* ---- what the tree does not tell */

/* The list element that begins at this place of the tree, within the statement. */
static Span
element_at(const Lower *lower, int location)
{
    size_t next;
    return scan_element(lower->text, lower_offset(lower, location), lower->statement->span.end,
                        &next);
}

/* Whether the text has the two words one after the other, the first one outside of brackets; NULL
 * for the first stands for a closing bracket. */
static bool
has_words(const Lower *lower, Span span, const char *first, const char *second)
{
    int depth = 0;
    bool after_first = false;
    ScanToken token = scan_token(lower->text, span.start, span.end);
    for (; token.kind != TOKEN_END; token = scan_token(lower->text, token.span.end, span.end)) {
        depth += (token.kind == TOKEN_OPEN) - (token.kind == TOKEN_CLOSE);
        if (after_first && scan_is_word(lower->text, token, second))
            return true;
        after_first = depth == 0 && (first == NULL ? token.kind == TOKEN_CLOSE
                                                   : scan_is_word(lower->text, token, first));
    }
    return false;
}

/* ---- tables */

void
syntax_create_table(Lower *lower, const Node *node)
{
    const CreateStmt *create = (const CreateStmt *)node;
    bool is_partitioned = create->partspec != NULL;
    EACH_NODE (Node, element, create->tableElts) {
        const Constraint *constraint = IsA(element, Constraint) ? (Constraint *)element : NULL;
        check_element(lower, element);
        if (is_partitioned && constraint != NULL && constraint->contype == CONSTR_EXCLUSION)
            syntax_version_note(lower, 17, "an exclusion constraint of a partitioned table");
    }
    if (is_partitioned && create->accessMethod != NULL)
        syntax_version_note(lower, 17, "USING for a partitioned table");
    syntax_version_options(lower, T_CreateStmt, create->options);
}

void
syntax_create_foreign_table(Lower *lower, const Node *node)
{
    const CreateForeignTableStmt *create = (const CreateForeignTableStmt *)node;
    syntax_create_table(lower, (const Node *)&create->base);
    EACH_NODE (Node, element, create->base.tableElts) {
        if (IsA(element, TableLikeClause))
            syntax_version_note(lower, 18, "LIKE in CREATE FOREIGN TABLE");
    }
}

/* A constraint of a table, not of a column. */
static void
check_element(Lower *lower, const Node *element)
{
    syntax_version_node(lower, element);
    if (!IsA(element, Constraint))
        return;
    const Constraint *constraint = (const Constraint *)element;
    if (constraint->contype == CONSTR_NOTNULL)
        syntax_version_note(lower, 18, "NOT NULL as a table constraint");
    bool may_be_enforced =
        constraint->contype == CONSTR_CHECK || constraint->contype == CONSTR_FOREIGN;
    if (may_be_enforced &&
        has_words(lower, element_at(lower, constraint->location), NULL, "enforced"))
        syntax_version_note(lower, 18, "ENFORCED");
}

void
syntax_column(Lower *lower, const Node *node)
{
    const ColumnDef *column = (const ColumnDef *)node;
    if (column->storage_name != NULL)
        syntax_version_note(lower, 16, "STORAGE in a column's definition");
    check_numeric(lower, column->typeName);
    EACH_NODE (Node, constraint, column->constraints)
        syntax_version_node(lower, constraint);
}

void
syntax_type_cast(Lower *lower, const Node *node)
{
    check_numeric(lower, ((const TypeCast *)node)->typeName);
}

/* numeric.c, numerictypmodin() */
static void
check_numeric(Lower *lower, const TypeName *type)
{
    const char *name = type != NULL ? node_last_string(type->names) : NULL;
    if (name == NULL || strcmp(name, "numeric") != 0 || list_length(type->typmods) != 2)
        return;
    const Node *precision = linitial(type->typmods);
    const Node *scale = lsecond(type->typmods);
    if (!IsA(precision, A_Const) || !IsA(scale, A_Const) ||
        nodeTag(&((const A_Const *)precision)->val) != T_Integer ||
        nodeTag(&((const A_Const *)scale)->val) != T_Integer)
        return;
    int digits = ((const A_Const *)precision)->val.ival.ival;
    int behind = ((const A_Const *)scale)->val.ival.ival;
    if (behind < 0 || behind > digits)
        syntax_version_note(lower, 15, "a numeric scale below 0 or above the precision");
}

/* ---- constraints and indexes */

static void
check_nulls(Lower *lower, bool nulls_not_distinct, Span span)
{
    if (nulls_not_distinct || has_words(lower, span, "nulls", "distinct"))
        syntax_version_note(lower, 15, "NULLS [NOT] DISTINCT");
}

/* Newer grammars alone know these members. */
static void
check_newest(Lower *lower, const Constraint *constraint)
{
#if PG_VERSION_NUM >= 180000
    if (constraint->without_overlaps)
        syntax_version_note(lower, 18, "WITHOUT OVERLAPS");
    if (constraint->fk_with_period || constraint->pk_with_period)
        syntax_version_note(lower, 18, "PERIOD in a foreign key");
    if (constraint->contype == CONSTR_ATTR_ENFORCED ||
        constraint->contype == CONSTR_ATTR_NOT_ENFORCED)
        syntax_version_note(lower, 18, "ENFORCED");
    bool may_be_enforced =
        constraint->contype == CONSTR_CHECK || constraint->contype == CONSTR_FOREIGN;
    if (may_be_enforced && !constraint->is_enforced)
        syntax_version_note(lower, 18, "NOT ENFORCED");
    if (constraint->contype == CONSTR_GENERATED && constraint->generated_kind == 'v')
        syntax_version_note(lower, 18, "a virtual generated column");
#else
    (void)lower;
    (void)constraint;
#endif
}

void
syntax_constraint(Lower *lower, const Node *node)
{
    const Constraint *constraint = (const Constraint *)node;
    check_newest(lower, constraint);
    if (constraint->fk_del_set_cols != NIL)
        syntax_version_note(lower, 15, "columns behind ON DELETE SET NULL or SET DEFAULT");
    if (constraint->contype == CONSTR_NOTNULL && constraint->is_no_inherit)
        syntax_version_note(lower, 18, "NOT NULL NO INHERIT");
    if (constraint->contype == CONSTR_UNIQUE)
        check_nulls(lower, constraint->nulls_not_distinct, element_at(lower, constraint->location));
}

void
syntax_index(Lower *lower, const Node *node)
{
    const IndexStmt *index = (const IndexStmt *)node;
    if (index->unique)
        check_nulls(lower, index->nulls_not_distinct, lower->statement->span);
}

/* ---- ALTER */

void
syntax_alter_table(Lower *lower, const Node *node)
{
    const AlterTableStmt *alter = (const AlterTableStmt *)node;
    EACH_NODE (AlterTableCmd, command, alter->cmds) {
        bool persistence = command->subtype == AT_SetLogged || command->subtype == AT_SetUnLogged;
        syntax_version_node(lower, (const Node *)command);
        if (alter->objtype == OBJECT_SEQUENCE && persistence)
            syntax_version_note(lower, 15, "an unlogged sequence");
    }
}

static void
check_alter_constraint(Lower *lower, const Node *definition)
{
#if PG_VERSION_NUM >= 180000
    const ATAlterConstraint *alter = (const ATAlterConstraint *)definition;
    if (alter->alterEnforceability)
        syntax_version_note(lower, 18, "ALTER CONSTRAINT [NOT] ENFORCED");
    if (alter->alterInheritability)
        syntax_version_note(lower, 18, "ALTER CONSTRAINT [NO] INHERIT");
#else
    (void)lower;
    (void)definition;
#endif
}

static void
check_set_storage(Lower *lower, const AlterTableCmd *command)
{
    const Node *storage = command->def;
    if (storage != NULL && IsA(storage, String) && strcasecmp(node_string(storage), "default") == 0)
        syntax_version_note(lower, 16, "SET STORAGE DEFAULT");
}

void
syntax_alter_command(Lower *lower, const Node *node)
{
    const AlterTableCmd *command = (const AlterTableCmd *)node;
    switch (command->subtype) {
    case AT_AddColumn:
        syntax_version_node(lower, command->def);
        break;
    case AT_AddConstraint:
        check_element(lower, command->def);
        break;
    case AT_AlterColumnType:
        check_numeric(lower, ((const ColumnDef *)command->def)->typeName);
        break;
    case AT_AlterConstraint:
        check_alter_constraint(lower, command->def);
        break;
    case AT_SetAccessMethod:
        syntax_version_note(lower, 15, "SET ACCESS METHOD");
        if (command->name == NULL)
            syntax_version_note(lower, 17, "SET ACCESS METHOD DEFAULT");
        break;
    case AT_SetExpression:
        syntax_version_note(lower, 17, "SET EXPRESSION");
        break;
    case AT_SetRelOptions:
        syntax_version_options(lower, T_CreateStmt, (const List *)command->def);
        break;
    case AT_SetStatistics:
        if (command->def == NULL)
            syntax_version_note(lower, 17, "SET STATISTICS DEFAULT");
        break;
    case AT_SetStorage:
        check_set_storage(lower, command);
        break;
    default: /* the server's own enumeration */
        break;
    }
}

void
syntax_alter_domain(Lower *lower, const Node *node)
{
    const Node *definition = ((const AlterDomainStmt *)node)->def;
    if (definition != NULL && IsA(definition, Constraint) &&
        ((const Constraint *)definition)->contype == CONSTR_NOTNULL)
        syntax_version_note(lower, 17, "ADD NOT NULL to a domain");
}
