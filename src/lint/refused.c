/* SPDX-License-Identifier: MIT */
#include "lint/refused.h"

#include <stdlib.h>
#include <string.h>

#include "lint/lint.h"

static int
compare(const void *left, const void *right)
{
    const RefusedOp *a = left;
    const RefusedOp *b = right;
    if (a->file != b->file)
        return a->file < b->file ? -1 : 1;
    return a->statement < b->statement ? -1 : a->statement > b->statement;
}

/* The first refusal in the statement that the finding is about; NULL: there is none. */
static const RefusedOp *
first_refused(const RefusedList *list, const Finding *finding)
{
    const RefusedOp about = {.file = finding->file, .statement = finding->statement};
    const RefusedOp *found = bsearch(&about, list->items, list->count, sizeof about, compare);
    while (found != NULL && found > list->items && compare(found - 1, &about) == 0)
        found--;
    return found;
}

static bool
is_idle(const RefusedList *list, const RefusedOp *first, const Finding *finding)
{
    const RefusedOp *end = list->items + list->count;
    for (const RefusedOp *op = first; op < end && compare(op, first) == 0; op++) {
        if (finding->lock != LOCK_NONE && op->place.start == finding->span.start &&
            op->place.end == finding->span.end)
            return true;
    }
    return false;
}

static int
compare_files(const void *left, const void *right)
{
    const RefusedOp *a = left;
    const RefusedOp *b = right;
    return a->file < b->file ? -1 : a->file > b->file;
}

/* What a down leaves that cannot be run will be another thing once it can. */
static bool
is_moot(const RefusedList *list, const Finding *finding)
{
    const RefusedOp about = {.file = finding->file};
    return strcmp(finding->rule, FINDING_DOWN_DIFFERS) == 0 &&
           bsearch(&about, list->items, list->count, sizeof about, compare_files) != NULL;
}

void
refused_apply(const RefusedList *list, FindingList *findings)
{
    size_t kept = 0;
    if (list->count == 0)
        return;
    foreach (finding, findings) {
        const RefusedOp *first = first_refused(list, finding);
        if ((first != NULL && is_idle(list, first, finding)) || is_moot(list, finding))
            continue;
        if (first != NULL) {
            finding->rewrite = (RewriteStepList){0};
            finding->replaces = (Span){0};
        }
        findings->items[kept++] = *finding;
    }
    findings->count = kept;
}
