/* SPDX-License-Identifier: MIT */
/* Is the value of this expression the same for every row of a statement? */
#ifndef LOCKSTEP_SCHEMA_VOLATILITY_H
#define LOCKSTEP_SCHEMA_VOLATILITY_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

/*
 * The most volatile function that the expression calls: pg_proc's answer for built-in ones
 * (volatile_functions.def), the replayed CREATE FUNCTION's for the user's own, VOLATILITY_UNKNOWN
 * where the history has neither; then `culprit` names it (may be NULL). PostgreSQL: clauses.c,
 * contain_volatile_functions().
 */
Volatility expression_volatility(const Schema *schema, const SqlExpr *expression,
                                 QualifiedName *culprit);

typedef enum FunctionKind {
    FUNCTION_OTHER, /* a plain one, one of the user's own, or not known */
    FUNCTION_AGGREGATE,
    FUNCTION_WINDOW,
    FUNCTION_OF_SETS
} FunctionKind;

/* What a call by this name certainly is. */
FunctionKind function_kind(const Schema *schema, QualifiedName name);

/* Whether no function of this name is immutable. */
bool function_is_mutable(const Schema *schema, QualifiedName name);

/* Whether some version, or an extension that is well known, has a function of this name. */
bool function_is_built_in(const char *name);

#endif
