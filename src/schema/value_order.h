/* SPDX-License-Identifier: MIT */
/* How constants of one type are ordered, as far as their texts tell for certain. */
#ifndef LOCKSTEP_SCHEMA_VALUE_ORDER_H
#define LOCKSTEP_SCHEMA_VALUE_ORDER_H

#include "lockstep/schema.h"

/* Sets *order below, at or above 0. `type` is that of the column with which both are compared, NULL
 * where it is not known. False where the order depends on the server: a collation, a time zone. */
bool value_compare(const Schema *schema, const SqlType *type, const SqlValue *a, const SqlValue *b,
                   int *order);

/* Whether they are certainly the same value. */
bool value_is_same(const Schema *schema, const SqlType *type, const SqlValue *a, const SqlValue *b);

#endif
