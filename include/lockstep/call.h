/* SPDX-License-Identifier: MIT */
/* What calls of a function have to match. */
#ifndef LOCKSTEP_CALL_H
#define LOCKSTEP_CALL_H

#include <stdbool.h>

#include "lockstep/schema.h"

/* Whether the two are one function for CREATE OR REPLACE. */
bool call_has_same_types(const Signature *a, const Signature *b);

/* The one of `first` and its overloads that has these arguments; `first` where none has, and where
 * they are not written. */
const SimFunction *call_find(const SimFunction *first, const Signature *signature);

/* Whether `first` or one of its overloads has them, or they are not written. */
bool call_has(const SimFunction *first, const Signature *signature);

/* Whether `first` or one of its overloads takes every call that fitted the signature: with as many
 * arguments, each of the same type or one to which it goes by itself (integer to bigint). */
bool call_is_taken(const SimFunction *first, const Signature *signature);

#endif
