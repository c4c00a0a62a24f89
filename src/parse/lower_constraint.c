/* SPDX-License-Identifier: MIT */
#include "lower.h"
#include "scan.h"

static bool constraint_kind(const Constraint *constraint, ConstraintKind *out);
static Span brackets_at(const Lower *lower, size_t at, Span span);
static const SqlExpr *bracketed_expression(Lower *lower, const Node *node, size_t at, Span span);
static void fill_exclusion(Lower *lower, const Constraint *constraint, Span span,
                           ConstraintDefinition *out);
static void fill_foreign_key(Lower *lower, const Constraint *constraint, ConstraintDefinition *out);
static void fill_generated(Lower *lower, const Constraint *constraint, Span span,
                           ColumnDefinition *out);

ConstraintDefinition
lower_constraint(Lower *lower, const Constraint *constraint, const char *column, Span span)
{
    Arena *arena = lower->arena;
    ConstraintDefinition out = {.span = span};

    if (!constraint_kind(constraint, &out.kind))
        return out;
    out.name = arena_strdup(arena, constraint->conname);
    out.columns = node_strings(arena, constraint->keys);
    out.using_index = arena_strdup(arena, constraint->indexname);
    out.including = node_strings(arena, constraint->including);
    out.not_valid = constraint->skip_validation;
    out.no_inherit = constraint->is_no_inherit;
    out.deferrable = constraint->deferrable;
    out.initially_deferred = constraint->initdeferred;
    out.nulls_not_distinct = constraint->nulls_not_distinct;
    if (out.kind == CONSTRAINT_FOREIGN_KEY)
        fill_foreign_key(lower, constraint, &out);
    if (out.kind == CONSTRAINT_EXCLUDE)
        fill_exclusion(lower, constraint, span, &out);
    if (out.kind == CONSTRAINT_CHECK) {
        out.expression = lower_expression_formula(lower, constraint->raw_expr,
                                                  brackets_at(lower, span.start, span));
        if (out.expression != NULL)
            out.columns = out.expression->columns;
    }
    if (column != NULL && out.columns.count == 0 && out.kind != CONSTRAINT_CHECK)
        LIST_APPEND(arena, &out.columns, column);
#if PG_VERSION_NUM >= 180000
    out.without_overlaps = constraint->without_overlaps || constraint->fk_with_period;
    if (out.kind == CONSTRAINT_CHECK || out.kind == CONSTRAINT_FOREIGN_KEY)
        out.not_enforced = !constraint->is_enforced;
#endif
    return out;
}

/* False for what is not a constraint of its own: DEFAULT, GENERATED, attributes, NULL. */
static bool
constraint_kind(const Constraint *constraint, ConstraintKind *out)
{
    switch (constraint->contype) {
    case CONSTR_CHECK:
        *out = CONSTRAINT_CHECK;
        return true;
    case CONSTR_NOTNULL:
        *out = CONSTRAINT_NOT_NULL;
        return true;
    case CONSTR_PRIMARY:
        *out = CONSTRAINT_PRIMARY_KEY;
        return true;
    case CONSTR_UNIQUE:
        *out = CONSTRAINT_UNIQUE;
        return true;
    case CONSTR_EXCLUSION:
        *out = CONSTRAINT_EXCLUDE;
        return true;
    case CONSTR_FOREIGN:
        *out = CONSTRAINT_FOREIGN_KEY;
        return true;
    default:
        return false;
    }
}

/* What is in the first brackets behind `at`; `span` where there are none. */
static Span
brackets_at(const Lower *lower, size_t at, Span span)
{
    Span inside = span;

    (void)scan_brackets(lower->text, at, span.end, &inside, NULL);
    return inside;
}

static const SqlExpr *
bracketed_expression(Lower *lower, const Node *node, size_t at, Span span)
{
    return lower_expression(lower, node, brackets_at(lower, at, span));
}

static ForeignKeyAction
foreign_key_action(char action)
{
    switch (action) {
    case FKCONSTR_ACTION_RESTRICT:
        return FOREIGN_KEY_RESTRICT;
    case FKCONSTR_ACTION_CASCADE:
        return FOREIGN_KEY_CASCADE;
    case FKCONSTR_ACTION_SETNULL:
        return FOREIGN_KEY_SET_NULL;
    case FKCONSTR_ACTION_SETDEFAULT:
        return FOREIGN_KEY_SET_DEFAULT;
    default: /* the server's own letters */
        return FOREIGN_KEY_NO_ACTION;
    }
}

static void
fill_foreign_key(Lower *lower, const Constraint *constraint, ConstraintDefinition *out)
{
    out->columns = node_strings(lower->arena, constraint->fk_attrs);
    out->referenced = node_relation_name(lower->arena, constraint->pktable);
    out->referenced_columns = node_strings(lower->arena, constraint->pk_attrs);
    out->on_delete = foreign_key_action(constraint->fk_del_action);
    out->on_update = foreign_key_action(constraint->fk_upd_action);
}

static const char *
operator_text(Arena *arena, const List *name)
{
    const char *symbol = node_last_string(name);

    if (list_length(name) < 2)
        return arena_strdup(arena, symbol);
    return arena_printf(arena, "OPERATOR(%s.%s)", sql_ident(arena, node_string(linitial(name))),
                        symbol);
}

static void
fill_exclusion(Lower *lower, const Constraint *constraint, Span span, ConstraintDefinition *out)
{
    size_t at = scan_after_word(lower->text, span.start, span.end, "exclude");

    at = scan_after_open(lower->text, at, span.end);
    EACH_NODE (List, pair, constraint->exclusions) {
        const IndexElem *key = linitial(pair);
        const Span element = scan_element(lower->text, at, span.end, &at);
        LIST_APPEND(lower->arena, &out->excluded, lower_index_key(lower, key, element));
        LIST_APPEND(lower->arena, &out->operators, operator_text(lower->arena, lsecond(pair)));
        if (key->name != NULL)
            LIST_APPEND(lower->arena, &out->columns, arena_strdup(lower->arena, key->name));
    }
    size_t predicate = scan_after_word(lower->text, span.start, span.end, "where");
    out->expression = bracketed_expression(lower, constraint->where_clause, predicate, span);
}

bool
lower_is_attribute(const Constraint *constraint)
{
    switch (constraint->contype) {
    case CONSTR_ATTR_DEFERRABLE:
    case CONSTR_ATTR_NOT_DEFERRABLE:
    case CONSTR_ATTR_DEFERRED:
    case CONSTR_ATTR_IMMEDIATE:
#if PG_VERSION_NUM >= 180000
    case CONSTR_ATTR_ENFORCED:
    case CONSTR_ATTR_NOT_ENFORCED:
#endif
        return true;
    default:
        return false;
    }
}

/* parse_utilcmd.c, transformConstraintAttrs() */
void
lower_constraint_attribute(const Constraint *attribute, ConstraintDefinition *out)
{
    switch (attribute->contype) {
    case CONSTR_ATTR_DEFERRABLE:
        out->deferrable = true;
        break;
    case CONSTR_ATTR_DEFERRED:
        out->deferrable = true;
        out->initially_deferred = true;
        break;
#if PG_VERSION_NUM >= 180000
    case CONSTR_ATTR_NOT_ENFORCED:
        out->not_enforced = true;
        out->not_valid = true;
        break;
#endif
    default:
        break;
    }
}

Span
lower_constraint_span(const Lower *lower, const List *constraints, int at,
                      const CollateClause *collation, size_t end)
{
    const Constraint *constraint = list_nth(constraints, at);
    size_t start = lower_offset(lower, constraint->location);

    for (int next = at + 1; next < list_length(constraints); next++) {
        const Constraint *other = list_nth(constraints, next);
        if (!lower_is_attribute(other) && other->location >= 0) {
            end = lower_offset(lower, other->location);
            break;
        }
    }
    if (collation != NULL && collation->location > constraint->location) {
        size_t collate = lower_offset(lower, collation->location);
        if (collate < end)
            end = collate;
    }
    return start < end ? scan_trim(lower->text, start, end) : (Span){start, start};
}

void
lower_column_constraints(Lower *lower, const ColumnDef *column, size_t end, ColumnDefinition *out)
{
    ConstraintDefinition *last = NULL;

    for (int at = 0; at < list_length(column->constraints); at++) {
        const Constraint *constraint = list_nth(column->constraints, at);
        ConstraintKind kind;
        if (lower_is_attribute(constraint)) {
            if (last != NULL)
                lower_constraint_attribute(constraint, last);
            continue;
        }

        last = NULL;
        if (constraint->contype == CONSTR_NOTNULL) {
            out->not_null = true;
            continue;
        }
        Span span = lower_constraint_span(lower, column->constraints, at, column->collClause, end);
        if (constraint->contype == CONSTR_DEFAULT) {
            out->default_value = lower_default(lower, constraint, span);
        } else if (constraint_kind(constraint, &kind)) {
            LIST_APPEND(lower->arena, &out->constraints,
                        lower_constraint(lower, constraint, out->name, span));
            last = &out->constraints.items[out->constraints.count - 1];
            out->not_null = out->not_null || kind == CONSTRAINT_PRIMARY_KEY;
        } else {
            fill_generated(lower, constraint, span, out);
        }
    }
}

static void
fill_generated(Lower *lower, const Constraint *constraint, Span span, ColumnDefinition *out)
{
    if (constraint->contype == CONSTR_IDENTITY) {
        out->generated = constraint->generated_when == 'a' ? GENERATED_IDENTITY_ALWAYS
                                                           : GENERATED_IDENTITY_BY_DEFAULT;
        out->not_null = true;
    } else if (constraint->contype == CONSTR_GENERATED) {
        out->generated = GENERATED_STORED;
#if PG_VERSION_NUM >= 180000
        if (constraint->generated_kind == 'v')
            out->generated = GENERATED_VIRTUAL;
#endif
        out->generated_as = bracketed_expression(lower, constraint->raw_expr, span.start, span);
    }
}

const SqlExpr *
lower_default(Lower *lower, const Constraint *constraint, Span span)
{
    size_t start = scan_after_word(lower->text, span.start, span.end, "default");

    return lower_expression(lower, constraint->raw_expr, scan_trim(lower->text, start, span.end));
}
