/* SPDX-License-Identifier: MIT */
/* "Did you mean": the known word that is nearest to a misspelled one. */
#ifndef LOCKSTEP_BASE_NEAREST_H
#define LOCKSTEP_BASE_NEAREST_H

#include <stddef.h>

/* The nearest of `count` known words, or the only one that begins with the word; NULL where none is
 * near enough. */
const char *nearest_word(const char *word, const char *const *known, size_t count);

/* The known word that takes the fewest changes, if it takes no more than `most`; else NULL. */
const char *nearest_within(const char *word, const char *const *known, size_t count, size_t most);

#endif
