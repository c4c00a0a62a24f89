/* SPDX-License-Identifier: MIT */
/* What tells migrations apart: a number as digits, or whatever text their tool goes by. */
#ifndef LOCKSTEP_SOURCE_VERSION_H
#define LOCKSTEP_SOURCE_VERSION_H

#include <stddef.h>

#include "lockstep/arena.h"

/* Digits without leading zeros: "7" for "007", "0" for "000". */
const char *version_of_digits(Arena *arena, const char *digits, size_t length);

/* The order of two versions: each run of digits counts as a number of any length, all else byte by
 * byte. Negative, 0 or positive. */
int version_compare(const char *left, const char *right);

/* How a migration is called in messages: "007_add_email"; the version alone where it has no name.
 */
const char *version_label(Arena *arena, const char *version, const char *name);

#endif
