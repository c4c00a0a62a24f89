/* SPDX-License-Identifier: MIT */
#include "base/nearest.h"

#include <string.h>

/* No name of ours is nearly as long; a longer word is no misspelling of one. */
#define LONGEST 48

static size_t
smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Letters to add, take away, replace or exchange with their neighbour (optimal string alignment).
 */
static size_t
distance(const char *a, size_t a_length, const char *b, size_t b_length)
{
    size_t rows[3][LONGEST + 1];
    size_t *before = rows[0];
    size_t *above = rows[1];
    size_t *row = rows[2];
    for (size_t j = 0; j <= b_length; j++)
        above[j] = j;

    for (size_t i = 1; i <= a_length; i++) {
        row[0] = i;
        for (size_t j = 1; j <= b_length; j++) {
            size_t replaced = above[j - 1] + (a[i - 1] != b[j - 1]);
            row[j] = smaller(replaced, smaller(above[j], row[j - 1]) + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = smaller(row[j], before[j - 2] + 1);
        }
        size_t *reused = before;
        before = above;
        above = row;
        row = reused;
    }
    return above[b_length];
}

static const char *
only_completion(const char *word, const char *const *known, size_t count)
{
    const char *found = NULL;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(known[i], word, strlen(word)) != 0)
            continue;
        if (found != NULL)
            return NULL;
        found = known[i];
    }
    return found;
}

const char *
nearest_within(const char *word, const char *const *known, size_t count, size_t most)
{
    size_t length = strlen(word);
    if (length == 0 || length > LONGEST)
        return NULL;

    const char *best = NULL;
    size_t best_distance = most + 1;
    for (size_t i = 0; i < count; i++) {
        size_t known_length = strlen(known[i]);
        if (known_length > LONGEST)
            continue;
        size_t away = distance(word, length, known[i], known_length);
        if (away < best_distance) {
            best = known[i];
            best_distance = away;
        }
    }
    return best;
}

const char *
nearest_word(const char *word, const char *const *known, size_t count)
{
    size_t length = strlen(word);
    if (length == 0)
        return NULL;

    /* With three letters, the beginning says more than the likeness to another short word. */
    const char *completion = only_completion(word, known, count);
    if (completion != NULL && length >= 3)
        return completion;
    const char *near = nearest_within(word, known, count, length < 3 ? 1 : length / 3 + 1);
    return near != NULL ? near : completion;
}
