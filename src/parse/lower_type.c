/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lower.h"
#include "scan.h"

static void fill_domain_constraints(Lower *lower, const CreateDomainStmt *domain, Op *op);
static void fill_alter_domain(Lower *lower, const AlterDomainStmt *alter, Op *op);
static void add_aggregate(Lower *lower, const DefineStmt *define);
static void add_type(Lower *lower, OpKind kind, QualifiedName name);
static void put_into_schema(Node *element, char *schema);

void
lower_create_enum(Lower *lower, Node *node)
{
    const CreateEnumStmt *create = (const CreateEnumStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_ENUM);

    op->target = node_list_name(lower->arena, create->typeName);
    op->enumeration.values = node_strings(lower->arena, create->vals);
}

void
lower_alter_enum(Lower *lower, Node *node)
{
    const AlterEnumStmt *alter = (const AlterEnumStmt *)node;
    bool renames = alter->oldVal != NULL;
    Op *op = lower_new_op(lower, renames ? OP_RENAME_ENUM_VALUE : OP_ADD_ENUM_VALUE);

    op->target = node_list_name(lower->arena, alter->typeName);
    op->if_exists = alter->skipIfNewValExists;
    op->enumeration.other =
        arena_strdup(lower->arena, renames ? alter->oldVal : alter->newValNeighbor);
    LIST_APPEND(lower->arena, &op->enumeration.values, arena_strdup(lower->arena, alter->newVal));
    if (!renames && lower->adds_labels != NULL)
        *lower->adds_labels = true;
}

void
lower_create_domain(Lower *lower, Node *node)
{
    const CreateDomainStmt *domain = (const CreateDomainStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_DOMAIN);

    op->target = node_list_name(lower->arena, domain->domainname);
    op->domain.base = lower_type(lower, domain->typeName);
    fill_domain_constraints(lower, domain, op);
}

static void
fill_domain_constraints(Lower *lower, const CreateDomainStmt *domain, Op *op)
{
    for (int at = 0; at < list_length(domain->constraints); at++) {
        const Constraint *constraint = list_nth(domain->constraints, at);
        Span span = lower_constraint_span(lower, domain->constraints, at, domain->collClause,
                                          lower->statement->span.end);

        if (constraint->contype == CONSTR_DEFAULT)
            op->domain.default_value = lower_default(lower, constraint, span);
        else if (constraint->contype == CONSTR_NOTNULL)
            op->domain.not_null = true;
        else if (constraint->contype != CONSTR_NULL)
            LIST_APPEND(lower->arena, &op->domain.constraints,
                        lower_constraint(lower, constraint, NULL, span));
    }
}

void
lower_alter_domain(Lower *lower, Node *node)
{
    const AlterDomainStmt *alter = (const AlterDomainStmt *)node;
    Op *op = lower_new_op(lower, OP_ALTER_DOMAIN);

    op->target = node_list_name(lower->arena, alter->typeName);
    op->if_exists = alter->missing_ok;
    op->cascade = alter->behavior == DROP_CASCADE;
    fill_alter_domain(lower, alter, op);
}

/* The letters are those of AlterDomainStmt in parsenodes.h; V, for VALIDATE CONSTRAINT, is missing
 * there. */
static void
fill_alter_domain(Lower *lower, const AlterDomainStmt *alter, Op *op)
{
    Span rest = lower->statement->span;
    ConstraintDefinition constraint = {.kind = CONSTRAINT_CHECK, .span = rest};

    switch (alter->subtype) {
    case 'T':
        rest.start = scan_after_word(lower->text, rest.start, rest.end, "default");
        rest = scan_trim(lower->text, rest.start, rest.end);
        op->domain.default_value = lower_expression(lower, alter->def, rest);
        break;
    case 'O':
        op->domain.action = DOMAIN_SET_NOT_NULL;
        op->domain.not_null = true;
        break;
    case 'N':
        op->domain.action = DOMAIN_DROP_NOT_NULL;
        break;
    case 'X':
        op->domain.action = DOMAIN_DROP;
        op->domain.constraint = arena_strdup(lower->arena, alter->name);
        break;
    case 'V':
        op->domain.action = DOMAIN_VALIDATE;
        op->domain.constraint = arena_strdup(lower->arena, alter->name);
        constraint.name = op->domain.constraint;
        LIST_APPEND(lower->arena, &op->domain.constraints, constraint);
        break;
    case 'C': {
        const Constraint *added = (const Constraint *)alter->def;
        op->domain.action = DOMAIN_ADD;
        rest.start = lower_offset(lower, added->location);
        constraint = lower_constraint(lower, added, NULL, rest);
        op->domain.not_null = constraint.kind == CONSTRAINT_NOT_NULL;
        LIST_APPEND(lower->arena, &op->domain.constraints, constraint);
        break;
    }
    default: /* a letter of the server's */
        break;
    }
}

void
lower_rename_domain_constraint(Lower *lower, const RenameStmt *rename)
{
    Op *op = lower_new_op(lower, OP_ALTER_DOMAIN);

    if (IsA(rename->object, List))
        op->target = node_list_name(lower->arena, (const List *)rename->object);
    op->domain.action = DOMAIN_RENAME_CONSTRAINT;
    op->domain.constraint = arena_strdup(lower->arena, rename->subname);
    op->domain.new_name = arena_strdup(lower->arena, rename->newname);
}

void
lower_create_cast(Lower *lower, Node *node)
{
    (void)node;
    lower_add_plain(lower, OP_CREATE_CAST);
}

void
lower_create_range(Lower *lower, Node *node)
{
    add_type(lower, OP_CREATE_TYPE,
             node_list_name(lower->arena, ((const CreateRangeStmt *)node)->typeName));
}

/* CREATE TYPE, AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH … */
void
lower_define(Lower *lower, Node *node)
{
    const DefineStmt *define = (const DefineStmt *)node;
    OpKind kind = define->kind == OBJECT_TYPE ? OP_CREATE_TYPE : OP_NO_RELATION;

    if (define->kind == OBJECT_AGGREGATE)
        add_aggregate(lower, define);
    else
        add_type(lower, kind, node_list_name(lower->arena, define->defnames));
}

/* pg_aggregate.c, AggregateCreate() makes a function that is immutable. */
static void
add_aggregate(Lower *lower, const DefineStmt *define)
{
    Op *op = lower_new_op(lower, OP_CREATE_FUNCTION);

    op->target = node_list_name(lower->arena, define->defnames);
    op->if_exists = define->replace;
    op->function.kind = ROUTINE_AGGREGATE;
    op->function.signature.is_written = define->args != NIL;
    if (define->args != NIL) {
        EACH_NODE (FunctionParameter, parameter, linitial(define->args))
            LIST_APPEND(lower->arena, &op->function.signature.types,
                        lower_type(lower, parameter->argType));
    }
    op->function.volatility = VOLATILITY_IMMUTABLE;
    op->function.language = "internal";
}

static void
add_type(Lower *lower, OpKind kind, QualifiedName name)
{
    Op *op = lower_new_op(lower, kind);

    op->target = name;
}

void
lower_create_schema(Lower *lower, Node *node)
{
    const CreateSchemaStmt *create = (const CreateSchemaStmt *)node;
    char *name = create->schemaname;
    Op *op = lower_new_op(lower, OP_CREATE_SCHEMA);

    if (name == NULL && create->authrole != NULL)
        name = create->authrole->rolename;
    op->target.name = arena_strdup(lower->arena, name);
    op->if_exists = create->if_not_exists;
    EACH_NODE (Node, element, create->schemaElts) {
        put_into_schema(element, name);
        lower_node(lower, element);
    }
}

/* parse_utilcmd.c, transformCreateSchemaStmtElements() */
static void
put_into_schema(Node *element, char *schema)
{
    RangeVar *relation = NULL;

    switch (nodeTag(element)) {
    case T_CreateStmt:
        relation = ((CreateStmt *)element)->relation;
        break;
    case T_ViewStmt:
        relation = ((ViewStmt *)element)->view;
        break;
    case T_IndexStmt:
        relation = ((IndexStmt *)element)->relation;
        break;
    case T_CreateSeqStmt:
        relation = ((CreateSeqStmt *)element)->sequence;
        break;
    case T_CreateTrigStmt:
        relation = ((CreateTrigStmt *)element)->relation;
        break;
    default:
        break;
    }
    if (relation != NULL && relation->schemaname == NULL)
        relation->schemaname = schema;
}
