/* SPDX-License-Identifier: MIT */
/* What a misspelled word was probably meant to be. */
#ifndef LOCKSTEP_BASE_NEAREST_H
#define LOCKSTEP_BASE_NEAREST_H

#include <stddef.h>

/*
 * The known word that is nearest to `word`, or NULL where none is near enough to be worth a guess. Near is: few letters added, missing, replaced or exchanged, or
 * the beginning of exactly one known word. The answer is one of `known`; the first of several that are as near.
 */
const char *nearest_word(const char *word, const char *const *known, size_t count);

#endif
