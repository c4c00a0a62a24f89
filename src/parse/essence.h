/* SPDX-License-Identifier: MIT */
/* What is left of an expression when the server has read it and writes it anew. */
#ifndef LOCKSTEP_PARSE_ESSENCE_H
#define LOCKSTEP_PARSE_ESSENCE_H

#include "lockstep/arena.h"
#include "lockstep/list.h"

/*
 * Whether two expressions, of which the server may have written one, certainly mean something
 * else: the columns, functions, operators or constants in them are other ones. Order, parentheses,
 * casts and schemas are not looked at, nor constants of a type whose words the server may change
 * (dates, JSON, arrays …). False too where one of them cannot be read, has a part of which it is
 * not known how the server writes it, or names a column or function that is in `renamed`.
 */
bool essence_differs(Arena *scratch, const char *one, const char *other, const StringList *renamed);

#endif
