/* SPDX-License-Identifier: MIT */
/* What an expression may not have where it stands. */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_EXPRESSION_H
#define LOCKSTEP_REFUSALS_REFUSAL_EXPRESSION_H

#include "refusals/refusal_check.h"

typedef enum ExpressionPlace {
    PLACE_DEFAULT,
    PLACE_CHECK,
    PLACE_GENERATION,
    PLACE_INDEX,
    PLACE_PREDICATE,
    PLACE_PARTITION_KEY,
    PLACE_USING,
    PLACE_TRIGGER,
    PLACE_POLICY
} ExpressionPlace;

/* Which columns an expression sees. */
typedef struct ExpressionScope {
    const SimRelation *table;  /* NULL for a new one */
    const ColumnList *columns; /* of a new table; NULL for none */
    const ColumnDefinition *added;
    const char *name; /* of the table */
    bool all_known;   /* what is in none of these does not exist */
} ExpressionScope;

ExpressionScope refusal_scope(const SimRelation *table);

/* Of CREATE TABLE. */
ExpressionScope refusal_scope_of_new(const RefusalCase *c, const Op *op);

/* What the server says of the expressions and keys of new constraints, or NULL. */
const char *refusal_of_constraints(const RefusalCase *c, const ExpressionScope *scope,
                                   const ConstraintList *constraints);

/* The type of a column; NULL where it is not known. */
const SqlType *refusal_type_in(const ExpressionScope *scope, const char *name);

/* Whether no column of the scope has this name, and none is made by the same statement. */
bool refusal_lacks(const RefusalCase *c, const ExpressionScope *scope, const char *name);

/* The server's words, or NULL; of a NULL expression none. */
const char *refusal_of_expression(const RefusalCase *c, const ExpressionScope *scope,
                                  const SqlExpr *expression, ExpressionPlace place);

/* The same for a function that no version and no history has. */
const char *refusal_of_functions(const RefusalCase *c, const NameList *functions);

/* Whether its value may be another one for the same row: certain. */
bool refusal_is_mutable(const RefusalCase *c, const ExpressionScope *scope,
                        const SqlExpr *expression);

#endif
