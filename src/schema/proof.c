/* SPDX-License-Identifier: MIT */
#include "schema/proof.h"

#include <string.h>

#include "schema/formula.h"
#include "schema/proof_constant.h"

typedef struct Proof {
    Arena *arena;
    const Schema *schema;
    const SimRelation *relation;
    unsigned steps;
} Proof;

/* ---- atoms */

typedef enum Order { NEVER, BELOW, BELOW_OR_SAME, SAME, ABOVE_OR_SAME, ABOVE, DIFFERENT } Order;

/* predtest.c, BT_implic_table: `x given a` proves `x wanted b` where b is so beside a. A row for
 * each given operator. */
static const Order proves[6][6] = {
    {ABOVE_OR_SAME, ABOVE_OR_SAME, NEVER, NEVER,         NEVER,         ABOVE_OR_SAME},
    {ABOVE,         ABOVE_OR_SAME, NEVER, NEVER,         NEVER,         ABOVE        },
    {ABOVE,         ABOVE_OR_SAME, SAME,  BELOW_OR_SAME, BELOW,         DIFFERENT    },
    {NEVER,         NEVER,         NEVER, BELOW_OR_SAME, BELOW,         BELOW        },
    {NEVER,         NEVER,         NEVER, BELOW_OR_SAME, BELOW_OR_SAME, BELOW_OR_SAME},
    {NEVER,         NEVER,         NEVER, NEVER,         NEVER,         SAME         },
};

static bool
is_in_order(Order wanted, int order)
{
    switch (wanted) {
    case NEVER:
        return false;
    case BELOW:
        return order < 0;
    case BELOW_OR_SAME:
        return order <= 0;
    case SAME:
        return order == 0;
    case ABOVE_OR_SAME:
        return order >= 0;
    case ABOVE:
        return order > 0;
    case DIFFERENT:
        return order != 0;
    }
    return false;
}

static bool
is_with_constant(const SqlFormula *formula)
{
    return formula->kind == FORMULA_COMPARISON && formula->parts.items[1]->kind == FORMULA_VALUE;
}

/* predtest.c, operator_predicate_proof() */
static bool
comparison_proves(const Proof *p, const SqlFormula *given, const SqlFormula *wanted)
{
    int order;
    if (!is_with_constant(given) || !is_with_constant(wanted))
        return false;
    const SqlFormula *left = proof_bare(p->schema, p->relation, given->parts.items[0], true);
    const SqlFormula *right = proof_bare(p->schema, p->relation, wanted->parts.items[0], true);
    return formula_is_same(left, right) &&
           proof_compare(p->schema, p->relation, right, wanted->parts.items[1],
                         given->parts.items[1], &order) &&
           is_in_order(proves[given->op][wanted->op], order);
}

/* A row IS NOT NULL where none of its fields is: another test than that for NULL. */
static bool
is_row(const Schema *schema, const SimRelation *relation, const char *name)
{
    const SimColumn *column = relation_find_column(relation, name);
    return column != NULL && column->type_known && column->type.array_dimensions == 0 &&
           (schema_find_composite(schema, column->type.name) != NULL ||
            schema_find_relation(schema, column->type.name) != NULL);
}

static bool
null_test_proves(const Proof *p, const SqlFormula *given, const SqlFormula *wanted)
{
    const SqlFormula *left = proof_bare(p->schema, p->relation, given->parts.items[0], false);
    const SqlFormula *right = proof_bare(p->schema, p->relation, wanted->parts.items[0], false);
    return formula_is_same(left, right) &&
           (right->kind != FORMULA_COLUMN || !is_row(p->schema, p->relation, right->name.name));
}

/* Long lists are not taken apart: all of one have to be all of the other, in the same order. */
static bool
list_proves(const Proof *p, const SqlFormula *given, const SqlFormula *wanted)
{
    int order = 0;
    const SqlFormula *left = proof_bare(p->schema, p->relation, given->parts.items[0], true);
    const SqlFormula *right = proof_bare(p->schema, p->relation, wanted->parts.items[0], true);
    if (given->op != wanted->op || given->parts.count != wanted->parts.count ||
        !formula_is_same(left, right))
        return false;
    for (size_t i = 1; i < given->parts.count; i++) {
        if (!proof_compare(p->schema, p->relation, right, wanted->parts.items[i],
                           given->parts.items[i], &order) ||
            order != 0)
            return false;
    }
    return true;
}

/* predtest.c, predicate_implied_by_simple_clause(): a CHECK that is NULL is fulfilled, so that a
 * comparison is no proof that anything is not NULL. */
static bool
atom_proves(const Proof *p, const SqlFormula *given, const SqlFormula *wanted)
{
    if (given->kind != wanted->kind)
        return false;
    switch (wanted->kind) {
    case FORMULA_COMPARISON:
        return comparison_proves(p, given, wanted);
    case FORMULA_IS_NULL:
    case FORMULA_IS_NOT_NULL:
        return null_test_proves(p, given, wanted);
    case FORMULA_ANY:
    case FORMULA_ALL:
        return list_proves(p, given, wanted);
    case FORMULA_VALUE:
    case FORMULA_COLUMN:
    case FORMULA_CALL:
    case FORMULA_CAST:
    case FORMULA_NOT:
        return formula_is_same(given, wanted);
    case FORMULA_OTHER:
    case FORMULA_AND:
    case FORMULA_OR:
        break;
    }
    return false;
}

/* ---- AND and OR */

/* predtest.c, predicate_classify(): short lists are an OR or AND of comparisons. */
static const SqlFormula *
expand(const Proof *p, const SqlFormula *formula)
{
    enum { LIST_LIMIT = 100 }; /* MAX_SAOP_ARRAY_SIZE */
    bool is_any = formula->kind == FORMULA_ANY;
    if ((!is_any && formula->kind != FORMULA_ALL) || formula->parts.count > LIST_LIMIT + 1)
        return formula;
    SqlFormula *junction = formula_new(p->arena, is_any ? FORMULA_OR : FORMULA_AND);
    for (size_t i = 1; i < formula->parts.count; i++) {
        SqlFormula *one = formula_of(p->arena, FORMULA_COMPARISON, formula->parts.items[0],
                                     formula->parts.items[i]);
        one->op = formula->op;
        LIST_APPEND(p->arena, &junction->parts, one);
    }
    return junction;
}

static bool implies(Proof *p, const SqlFormula *given, const SqlFormula *wanted);

/* Whether `given` proves one, or all, of the parts. */
static bool
implies_parts(Proof *p, const SqlFormula *given, const FormulaList *wanted, bool all)
{
    foreach (part, wanted) {
        if (implies(p, given, *part) != all)
            return !all;
    }
    return all;
}

static bool
one_implies(Proof *p, const FormulaList *given, const SqlFormula *wanted)
{
    foreach (part, given) {
        if (implies(p, *part, wanted))
            return true;
    }
    return false;
}

/* Each part by itself proves `wanted`, or one part of it. */
static bool
each_implies_one(Proof *p, const FormulaList *given, const SqlFormula *wanted)
{
    foreach (part, given) {
        if (wanted->kind == FORMULA_OR ? !implies_parts(p, *part, &wanted->parts, false)
                                       : !implies(p, *part, wanted))
            return false;
    }
    return given->count > 0;
}

/* predtest.c, predicate_implied_by_recurse(), with `weak`. */
static bool
implies(Proof *p, const SqlFormula *given, const SqlFormula *wanted)
{
    enum { STEP_LIMIT = 200000 };
    if (++p->steps > STEP_LIMIT)
        return false;
    given = expand(p, given);
    wanted = expand(p, wanted);
    if (wanted->kind == FORMULA_AND)
        return given->kind == FORMULA_OR && wanted->parts.count > 0
                   ? each_implies_one(p, &given->parts, wanted)
                   : implies_parts(p, given, &wanted->parts, true);
    if (given->kind == FORMULA_AND)
        return (wanted->kind == FORMULA_OR && implies_parts(p, given, &wanted->parts, false)) ||
               one_implies(p, &given->parts, wanted);
    if (given->kind == FORMULA_OR)
        return each_implies_one(p, &given->parts, wanted);
    if (wanted->kind == FORMULA_OR)
        return implies_parts(p, given, &wanted->parts, false);
    return atom_proves(p, given, wanted);
}

/* ---- constraints */

static bool
is_proof(const SimConstraint *constraint)
{
    return constraint->kind == CONSTRAINT_CHECK && constraint->valid && constraint->enforced &&
           constraint->expression != NULL && constraint->expression->formula != NULL;
}

static const SqlFormula *
what_holds(Arena *arena, const SimRelation *relation)
{
    SqlFormula *all = formula_new(arena, FORMULA_AND);
    foreach (column, &relation->columns) {
        if (!column->not_null)
            continue;
        SqlFormula *name = formula_new(arena, FORMULA_COLUMN);
        name->name.name = column->name;
        LIST_APPEND(arena, &all->parts, formula_of(arena, FORMULA_IS_NOT_NULL, name, NULL));
    }
    foreach (constraint, &relation->constraints) {
        if (is_proof(constraint))
            LIST_APPEND(arena, &all->parts,
                        formula_simplify(arena, constraint->expression->formula, false));
    }
    return all;
}

bool
proof_by_constraints(Arena *arena, const Schema *schema, const SimRelation *relation,
                     const SqlFormula *wanted)
{
    Proof p = {.arena = arena, .schema = schema, .relation = relation};
    return implies(&p, what_holds(arena, relation), formula_simplify(arena, wanted, false));
}

/* ---- NOT NULL */

/* What formula_simplify() and implies() come to for one column, without making anything. */
static bool
shows_not_null(const SqlFormula *formula, bool negated, const char *column)
{
    bool all = negated;
    bool negates;
    const SqlFormula *tested;
    switch (formula->kind) {
    case FORMULA_NOT:
        return shows_not_null(formula->parts.items[0], !negated, column);
    case FORMULA_IS_NULL:
    case FORMULA_IS_NOT_NULL:
        return (formula->kind == FORMULA_IS_NULL) == negated &&
               formula->parts.items[0]->kind == FORMULA_COLUMN &&
               strcmp(formula->parts.items[0]->name.name, column) == 0;
    case FORMULA_OR:
        all = !negated;
        break;
    case FORMULA_AND:
        break;
    case FORMULA_OTHER:
    case FORMULA_VALUE:
    case FORMULA_COLUMN:
    case FORMULA_CALL:
    case FORMULA_CAST:
    case FORMULA_ANY:
    case FORMULA_ALL:
        return false;
    case FORMULA_COMPARISON:
        return formula_is_truth_test(formula, &tested, &negates) &&
               shows_not_null(tested, negated != negates, column);
    }
    foreach (part, &formula->parts) {
        if (shows_not_null(*part, negated, column) != all)
            return !all;
    }
    return all && formula->parts.count > 0;
}

bool
proof_of_not_null_in(const SqlExpr *expression, const char *column)
{
    return expression != NULL && expression->formula != NULL &&
           shows_not_null(expression->formula, false, column);
}

bool
proof_of_not_null(const Schema *schema, const SimRelation *relation, const char *column)
{
    if (is_row(schema, relation, column))
        return false;
    foreach (constraint, &relation->constraints) {
        if (is_proof(constraint) && proof_of_not_null_in(constraint->expression, column))
            return true;
    }
    return false;
}
