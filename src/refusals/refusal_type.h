/* SPDX-License-Identifier: MIT */
/* What checks ask about types of expressions. */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_TYPE_H
#define LOCKSTEP_REFUSALS_REFUSAL_TYPE_H

#include "refusals/refusal_check.h"

/*
 * The type that the server gives the expression before it fits it to `column`; false where it
 * cannot be told. A string without a type takes that of the column.
 */
bool refusal_expression_type(const SqlExpr *expression, const SqlType *column, SqlType *out);

/* Whether it is certain that a value of one type does not become one of the other. */
bool refusal_cannot_assign(const RefusalCase *c, const SqlType *from, const SqlType *to);
bool refusal_cannot_cast(const RefusalCase *c, const SqlType *from, const SqlType *to);

/* Whether it is certain that the type takes no COLLATE. */
bool refusal_is_uncollatable(const RefusalCase *c, const SqlType *type);

/* smallint, integer or bigint; a domain over one is not. False also where it is not known. */
bool refusal_may_be_identity(const SqlType *type);

#endif
