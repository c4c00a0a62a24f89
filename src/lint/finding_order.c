/* SPDX-License-Identifier: MIT */
#include "lint/finding_order.h"

#include <stdlib.h>

/* Where a finding stands, and which it was. */
typedef struct Placed {
    size_t file;
    size_t start;
    size_t order;
} Placed;

static Placed
place_of(const FindingList *findings, size_t i)
{
    const Finding *finding = &findings->items[i];
    return (Placed){finding->file, finding->span.start, i};
}

static int
compare(const Placed *a, const Placed *b)
{
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return a->start < b->start ? -1 : a->start > b->start;
}

static int
by_place(const void *left, const void *right)
{
    const Placed *a = left;
    const Placed *b = right;
    const int places = compare(a, b);
    return places != 0 ? places : a->order < b->order ? -1 : 1;
}

/* As they are where no rule looked later. */
static bool
are_in_order(const FindingList *findings)
{
    for (size_t i = 1; i < findings->count; i++) {
        const Placed before = place_of(findings, i - 1);
        const Placed own = place_of(findings, i);
        if (compare(&before, &own) > 0)
            return false;
    }
    return true;
}

void
finding_order(Arena *scratch, FindingList *findings)
{
    const size_t count = findings->count;
    if (are_in_order(findings))
        return;
    Placed *placed = arena_reserve(scratch, count * sizeof *placed);
    for (size_t i = 0; i < count; i++)
        placed[i] = place_of(findings, i);
    qsort(placed, count, sizeof *placed, by_place);
    const Finding *before = arena_copy(scratch, findings->items, count * sizeof *before);
    for (size_t i = 0; i < count; i++)
        findings->items[i] = before[placed[i].order];
}
