/* SPDX-License-Identifier: MIT */
#include "lint/refused.h"

#include <stdlib.h>

static int
compare(const void *left, const void *right)
{
    const RefusedStatement *a = left;
    const RefusedStatement *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return a->statement < b->statement ? -1 : a->statement > b->statement;
}

void
refused_note(Arena *arena, RefusedList *list, size_t file, size_t statement)
{
    LIST_APPEND(arena, list, ((RefusedStatement){file, statement}));
}

void
refused_leave_unwritten(const RefusedList *list, FindingList *findings)
{
    if (list->count == 0)
        return;
    foreach (finding, findings) {
        const RefusedStatement about = {finding->file, finding->statement};
        if (finding->rewrite.count == 0 ||
            bsearch(&about, list->items, list->count, sizeof about, compare) == NULL)
            continue;
        finding->rewrite = (RewriteStepList){0};
        finding->replaces = (Span){0};
    }
}
