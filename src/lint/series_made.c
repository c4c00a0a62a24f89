/* SPDX-License-Identifier: MIT */
#include "lint/series_made.h"

#include "schema/differ.h"

bool
series_goes_on(const ReadFile *file)
{
    return file->direction == DIRECTION_UP && file->before != file->before_up;
}

static bool
is_made_in_series(const ReadFile *file, const Finding *finding)
{
    if (finding->lock == LOCK_NONE || finding->relation.name == NULL)
        return false;
    const SimRelation *relation = schema_find_relation(file->schema, finding->relation);
    return relation != NULL && !relation->assumed &&
           schema_relation_at(file->schema, file->before_up, relation->id) == NULL;
}

void
series_made_apply(const ReadFile *file, FindingList *findings, size_t first)
{
    size_t kept = first;
    if (!series_goes_on(file))
        return;
    for (size_t i = first; i < findings->count; i++) {
        if (!is_made_in_series(file, &findings->items[i]))
            findings->items[kept++] = findings->items[i];
    }
    findings->count = kept;
}
