/* SPDX-License-Identifier: MIT */
/* A condition on rows, taken apart as far as proofs need it: what a CHECK says, by what expression
 * a table is partitioned. Plain data in an arena; immutable. */
#ifndef LOCKSTEP_FORMULA_H
#define LOCKSTEP_FORMULA_H

#include "lockstep/expression.h"

typedef enum FormulaKind {
    FORMULA_OTHER,       /* anything else: equal to nothing, itself not either */
    FORMULA_VALUE,       /* a constant */
    FORMULA_COLUMN,      /* `name` */
    FORMULA_CALL,        /* a function or an operator, `name`, of the parts */
    FORMULA_CAST,        /* the only part, cast to `type` */
    FORMULA_COMPARISON,  /* two parts: left `op` right */
    FORMULA_ANY,         /* first part `op` one of the others, each a constant */
    FORMULA_ALL,         /* the same with all of them */
    FORMULA_IS_NULL,     /* the only part */
    FORMULA_IS_NOT_NULL, /* the only part */
    FORMULA_NOT,
    FORMULA_AND, /* without parts: true */
    FORMULA_OR   /* without parts: false */
} FormulaKind;

/* The operators of a btree, and <>. */
typedef enum FormulaOperator {
    OPERATOR_LESS,
    OPERATOR_LESS_EQUAL,
    OPERATOR_EQUAL,
    OPERATOR_GREATER_EQUAL,
    OPERATOR_GREATER,
    OPERATOR_NOT_EQUAL
} FormulaOperator;

typedef struct SqlFormula SqlFormula;

typedef LIST(const SqlFormula *) FormulaList;

struct SqlFormula {
    FormulaKind kind;
    FormulaOperator op;
    QualifiedName name;
    SqlValue value; /* VALUE; text is NULL for NULL */
    SqlType type;   /* VALUE: its own; name.name is NULL for a literal in quotes without a cast,
                       which takes the type of what it is compared with */
    FormulaList parts;
};

#endif
