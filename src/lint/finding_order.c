/* SPDX-License-Identifier: MIT */
#include "lint/finding_order.h"

#include <stdlib.h>

typedef struct Placed {
    Finding finding;
    size_t order;
} Placed;

static int
compare_places(const Finding *a, const Finding *b)
{
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return a->span.start < b->span.start ? -1 : a->span.start > b->span.start;
}

static int
by_place(const void *left, const void *right)
{
    const Placed *a = left;
    const Placed *b = right;
    int places = compare_places(&a->finding, &b->finding);
    return places != 0 ? places : a->order < b->order ? -1 : 1;
}

/* As they are where no rule looked later. */
static bool
are_in_order(const Finding *findings, size_t count)
{
    for (size_t i = 1; i < count; i++) {
        if (compare_places(&findings[i - 1], &findings[i]) > 0)
            return false;
    }
    return true;
}

void
finding_order(FindingList *findings, size_t first)
{
    const size_t count = findings->count - first;
    if (count < 2 || are_in_order(findings->items + first, count))
        return;
    Arena *scratch = arena_new();
    Placed *placed = ARENA_ARRAY(scratch, Placed, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (Placed){.finding = findings->items[first + i], .order = i};
    qsort(placed, count, sizeof *placed, by_place);
    for (size_t i = 0; i < count; i++)
        findings->items[first + i] = placed[i].finding;
    arena_free(scratch);
}
