/* SPDX-License-Identifier: MIT */
/* Which partitions the conditions of a query leave (partprune.c, prune_append_rel_partitions). */
#include <string.h>

#include "locks/lock_case.h"
#include "locks/partition_bound.h"
#include "locks/query_guess.h"

enum { DEPTH_LIMIT = 50 };

static bool
is_excluded(const QueryGuess *guess, size_t at, const SimRelation *parent,
            const SimRelation *partition)
{
    const char *key = lock_case_only_key(parent);
    if (key == NULL || partition->bound == NULL)
        return false;
    foreach (column, &guess->fixed) {
        if (column->source == at && column->function == NULL && column->values != NULL &&
            strcmp(column->column, key) == 0 &&
            partition_bound_excludes(partition->bound, column->comparison, column->values))
            return true;
    }
    return false;
}

static bool
other_holds(const QueryGuess *guess, const RelationIdList *children, const char *value)
{
    foreach (id, children) {
        const SimRelation *child = schema_relation_by_id(guess->schema, *id);
        if (child->bound != NULL && partition_bound_has(child->bound, value))
            return true;
    }
    return false;
}

/* Whether all values of the key that the conditions allow belong to other partitions than the
 * default one. */
static bool
others_hold_all(const QueryGuess *guess, size_t at, const SimRelation *parent,
                const RelationIdList *children)
{
    const char *key = lock_case_only_key(parent);
    if (key == NULL)
        return false;
    const GuessColumn *low = NULL;
    const GuessColumn *high = NULL;
    foreach (column, &guess->fixed) {
        if (column->source != at || column->function != NULL || column->values == NULL ||
            strcmp(column->column, key) != 0)
            continue;
        bool held = column->comparison == COMPARISON_EQUAL;
        foreach (value, column->values)
            held = held && other_holds(guess, children, *value);
        if (held)
            return true;
        if (column->comparison >= COMPARISON_GREATER)
            low = column;
        else if (column->comparison != COMPARISON_EQUAL)
            high = column;
    }
    if (low == NULL || high == NULL)
        return false;
    foreach (id, children) {
        const SimRelation *child = schema_relation_by_id(guess->schema, *id);
        if (child->bound != NULL &&
            partition_bound_has_range(child->bound, low->values->items[0], high->values->items[0],
                                      high->comparison == COMPARISON_LESS))
            return true;
    }
    return false;
}

static void
add_below(const QueryGuess *guess, size_t at, const SimRelation *parent, int depth,
          RelationIdList *out)
{
    RelationIdList children = schema_children_of(guess->arena, guess->schema, parent->id);
    foreach (id, &children) {
        const SimRelation *child = schema_relation_by_id(guess->schema, *id);
        if (child == NULL || depth > DEPTH_LIMIT || is_excluded(guess, at, parent, child) ||
            (child->is_default_partition && others_hold_all(guess, at, parent, &children)))
            continue;
        LIST_APPEND(guess->arena, out, *id);
        add_below(guess, at, child, depth + 1, out);
    }
}

RelationIdList
query_guess_below(const QueryGuess *guess, size_t at)
{
    RelationIdList below = {0};
    const GuessSource *source = &guess->sources.items[at];
    if (source->relation != NULL && !source->written.only)
        add_below(guess, at, source->relation, 0, &below);
    return below;
}
