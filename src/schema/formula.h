/* SPDX-License-Identifier: MIT */
/* Formulas as the planner simplifies them. Results may share parts with what was given. */
#ifndef LOCKSTEP_SCHEMA_FORMULA_H
#define LOCKSTEP_SCHEMA_FORMULA_H

#include "lockstep/formula.h"

/* A formula that nothing proves and that proves nothing. */
const SqlFormula *formula_unknown(void);

SqlFormula *formula_new(Arena *arena, FormulaKind kind);
/* One of these with one or two parts. */
SqlFormula *formula_of(Arena *arena, FormulaKind kind, const SqlFormula *first,
                       const SqlFormula *second);

/* The formula with a column called otherwise. */
const SqlFormula *formula_rename(Arena *arena, const SqlFormula *formula, const char *old_name,
                                 const char *new_name);

/* Whether both are certainly the same expression, as equal() would say (equalfuncs.c). */
bool formula_is_same(const SqlFormula *a, const SqlFormula *b);
bool formula_is_same_type(const SqlType *a, const SqlType *b);

/* The formula, or its opposite, without NOT above what can be turned around, AND in AND, OR in OR
 * and what all parts of an OR have in common (clauses.c, eval_const_expressions(); prepqual.c,
 * canonicalize_qual()). */
const SqlFormula *formula_simplify(Arena *arena, const SqlFormula *formula, bool negated);

/* Whether it is `b = true` or its like, and what that tests: b or, if it negates, NOT b (clauses.c,
 * simplify_boolean_equality()). */
bool formula_is_truth_test(const SqlFormula *formula, const SqlFormula **tested, bool *negates);

/* Comparisons that are written the other way round. */
FormulaOperator formula_turned(FormulaOperator op);

#endif
