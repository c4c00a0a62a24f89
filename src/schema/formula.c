/* SPDX-License-Identifier: MIT */
#include "schema/formula.h"

#include <string.h>

const SqlFormula *
formula_unknown(void)
{
    static const SqlFormula unknown = {.kind = FORMULA_OTHER};
    return &unknown;
}

SqlFormula *
formula_new(Arena *arena, FormulaKind kind)
{
    SqlFormula *formula = ARENA_NEW(arena, SqlFormula);
    formula->kind = kind;
    return formula;
}

SqlFormula *
formula_of(Arena *arena, FormulaKind kind, const SqlFormula *first, const SqlFormula *second)
{
    SqlFormula *formula = formula_new(arena, kind);
    LIST_APPEND(arena, &formula->parts, first);
    if (second != NULL)
        LIST_APPEND(arena, &formula->parts, second);
    return formula;
}

const SqlFormula *
formula_rename(Arena *arena, const SqlFormula *formula, const char *old_name, const char *new_name)
{
    if (formula == NULL)
        return NULL;
    SqlFormula *copy = arena_copy(arena, formula, sizeof *formula);
    if (copy->kind == FORMULA_COLUMN && text_equals(copy->name.name, old_name))
        copy->name.name = new_name;
    copy->parts = (FormulaList){0};
    foreach (part, &formula->parts)
        LIST_APPEND(arena, &copy->parts, formula_rename(arena, *part, old_name, new_name));
    return copy;
}

/* ---- equal ones */

static bool
is_same_text(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && text_equals(a, b));
}

/* pg_catalog is searched first, written or not. */
static bool
is_same_name(QualifiedName a, QualifiedName b)
{
    const char *left = a.schema != NULL ? a.schema : "pg_catalog";
    const char *right = b.schema != NULL ? b.schema : "pg_catalog";
    return is_same_text(a.name, b.name) && text_equals(left, right);
}

bool
formula_is_same_type(const SqlType *a, const SqlType *b)
{
    return is_same_name(a->name, b->name) && a->modifier_count == b->modifier_count &&
           (a->modifier_count == 0 ||
            (a->modifiers_known && b->modifiers_known &&
             memcmp(a->modifiers, b->modifiers, sizeof a->modifiers) == 0)) &&
           a->array_dimensions == b->array_dimensions;
}

bool
formula_is_same(const SqlFormula *a, const SqlFormula *b)
{
    if (a->kind == FORMULA_OTHER || a->kind != b->kind || a->op != b->op ||
        a->parts.count != b->parts.count || !is_same_name(a->name, b->name) ||
        !is_same_text(a->value.text, b->value.text) || !formula_is_same_type(&a->type, &b->type))
        return false;
    for (size_t i = 0; i < a->parts.count; i++) {
        if (!formula_is_same(a->parts.items[i], b->parts.items[i]))
            return false;
    }
    return true;
}

/* ---- simpler ones */

FormulaOperator
formula_turned(FormulaOperator op)
{
    static const FormulaOperator turned[] = {OPERATOR_GREATER, OPERATOR_GREATER_EQUAL,
                                             OPERATOR_EQUAL,   OPERATOR_LESS_EQUAL,
                                             OPERATOR_LESS,    OPERATOR_NOT_EQUAL};
    return turned[op];
}

static FormulaOperator
opposite(FormulaOperator op)
{
    static const FormulaOperator opposites[] = {OPERATOR_GREATER_EQUAL, OPERATOR_GREATER,
                                                OPERATOR_NOT_EQUAL,     OPERATOR_LESS,
                                                OPERATOR_LESS_EQUAL,    OPERATOR_EQUAL};
    return opposites[op];
}

static bool
has_part(const SqlFormula *formula, FormulaKind kind, const SqlFormula *wanted)
{
    if (formula->kind != kind)
        return formula_is_same(formula, wanted);
    foreach (part, &formula->parts) {
        if (formula_is_same(*part, wanted))
            return true;
    }
    return false;
}

static bool
all_have(const SqlFormula *either, const SqlFormula *wanted)
{
    foreach (arm, &either->parts) {
        if (!has_part(*arm, FORMULA_AND, wanted))
            return false;
    }
    return true;
}

static void
add_flat(Arena *arena, SqlFormula *formula, const SqlFormula *part)
{
    if (part->kind != formula->kind) {
        LIST_APPEND(arena, &formula->parts, part);
        return;
    }
    foreach (inner, &part->parts)
        LIST_APPEND(arena, &formula->parts, *inner);
}

static const SqlFormula *
alone(const SqlFormula *formula)
{
    return formula->parts.count == 1 ? formula->parts.items[0] : formula;
}

/* The arm without what is in `common`; without parts where nothing is left. */
static const SqlFormula *
without(Arena *arena, const SqlFormula *arm, const SqlFormula *common)
{
    SqlFormula *rest = formula_new(arena, FORMULA_AND);
    const SqlFormula *whole =
        arm->kind == FORMULA_AND ? arm : formula_of(arena, FORMULA_AND, arm, NULL);
    foreach (part, &whole->parts) {
        if (!has_part(common, FORMULA_AND, *part))
            LIST_APPEND(arena, &rest->parts, *part);
    }
    return alone(rest);
}

/* prepqual.c, process_duplicate_ors() */
static const SqlFormula *
take_common_out(Arena *arena, const SqlFormula *either)
{
    const SqlFormula *first = either->parts.items[0];
    SqlFormula *common = formula_new(arena, FORMULA_AND);
    SqlFormula *rest = formula_new(arena, FORMULA_OR);
    const SqlFormula *whole =
        first->kind == FORMULA_AND ? first : formula_of(arena, FORMULA_AND, first, NULL);
    foreach (part, &whole->parts) {
        if (all_have(either, *part) && !has_part(common, FORMULA_AND, *part))
            LIST_APPEND(arena, &common->parts, *part);
    }
    if (common->parts.count == 0)
        return either;
    foreach (arm, &either->parts) {
        const SqlFormula *left = without(arena, *arm, common);
        if (left->kind == FORMULA_AND && left->parts.count == 0)
            return alone(common);
        add_flat(arena, rest, left);
    }
    LIST_APPEND(arena, &common->parts, alone(rest));
    return alone(common);
}

static const SqlFormula *
simplify_junction(Arena *arena, const SqlFormula *formula, bool negated)
{
    bool is_and = (formula->kind == FORMULA_AND) != negated;
    FormulaKind kind = is_and ? FORMULA_AND : FORMULA_OR;
    FormulaKind inverse = is_and ? FORMULA_OR : FORMULA_AND;
    SqlFormula *out = formula_new(arena, kind);
    foreach (part, &formula->parts) {
        const SqlFormula *simple = formula_simplify(arena, *part, negated);
        /* False in an AND, true in an OR. */
        if (simple->kind == inverse && simple->parts.count == 0)
            return simple;
        add_flat(arena, out, simple);
    }
    if (out->parts.count == 1)
        return out->parts.items[0];
    return is_and || out->parts.count == 0 ? out : take_common_out(arena, out);
}

static bool
is_truth(const SqlFormula *formula, bool *out)
{
    if (formula->kind != FORMULA_VALUE || formula->value.text == NULL ||
        formula->type.name.name == NULL || !text_equals(formula->type.name.name, "bool"))
        return false;
    *out = formula->value.text[0] == 't';
    return *out || formula->value.text[0] == 'f';
}

bool
formula_is_truth_test(const SqlFormula *formula, const SqlFormula **tested, bool *negates)
{
    bool truth = false;
    if (formula->kind != FORMULA_COMPARISON ||
        (formula->op != OPERATOR_EQUAL && formula->op != OPERATOR_NOT_EQUAL))
        return false;
    bool is_left = is_truth(formula->parts.items[0], &truth);
    if (!is_left && !is_truth(formula->parts.items[1], &truth))
        return false;
    *negates = truth == (formula->op == OPERATOR_NOT_EQUAL);
    *tested = formula->parts.items[is_left ? 1 : 0];
    return true;
}

/* Constants go to the right. */
static const SqlFormula *
simplify_comparison(Arena *arena, const SqlFormula *formula, bool negated)
{
    bool negates;
    const SqlFormula *tested;
    if (formula_is_truth_test(formula, &tested, &negates))
        return formula_simplify(arena, tested, negated != negates);
    bool turns = formula->parts.items[0]->kind == FORMULA_VALUE;
    SqlFormula *out = formula_of(arena, FORMULA_COMPARISON, formula->parts.items[turns ? 1 : 0],
                                 formula->parts.items[turns ? 0 : 1]);
    out->op = turns ? formula_turned(formula->op) : formula->op;
    out->op = negated ? opposite(out->op) : out->op;
    return out;
}

static const SqlFormula *
turn_around(Arena *arena, const SqlFormula *formula, FormulaKind kind)
{
    SqlFormula *out = arena_copy(arena, formula, sizeof *formula);
    bool is_list = kind == FORMULA_ANY || kind == FORMULA_ALL;
    out->kind = kind;
    out->op = is_list ? opposite(formula->op) : formula->op;
    return out;
}

const SqlFormula *
formula_simplify(Arena *arena, const SqlFormula *formula, bool negated)
{
    bool truth;
    switch (formula->kind) {
    case FORMULA_AND:
    case FORMULA_OR:
        return simplify_junction(arena, formula, negated);
    case FORMULA_NOT:
        return formula_simplify(arena, formula->parts.items[0], !negated);
    case FORMULA_COMPARISON:
        return simplify_comparison(arena, formula, negated);
    case FORMULA_ANY:
        return negated ? turn_around(arena, formula, FORMULA_ALL) : formula;
    case FORMULA_ALL:
        return negated ? turn_around(arena, formula, FORMULA_ANY) : formula;
    case FORMULA_IS_NULL:
        return negated ? turn_around(arena, formula, FORMULA_IS_NOT_NULL) : formula;
    case FORMULA_IS_NOT_NULL:
        return negated ? turn_around(arena, formula, FORMULA_IS_NULL) : formula;
    case FORMULA_VALUE:
        if (is_truth(formula, &truth))
            return formula_new(arena, truth != negated ? FORMULA_AND : FORMULA_OR);
        break;
    case FORMULA_OTHER:
    case FORMULA_COLUMN:
    case FORMULA_CALL:
    case FORMULA_CAST:
        break;
    }
    return negated ? formula_of(arena, FORMULA_NOT, formula, NULL) : formula;
}
