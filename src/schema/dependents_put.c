/* SPDX-License-Identifier: MIT */
/* Collecting what depends on something, each once. */
#include <assert.h>

#include "schema/dependents_of.h"

bool
dependents_same(const Dependent *a, const Dependent *b)
{
    return a->kind == b->kind && a->relation == b->relation && a->attached == b->attached &&
           text_equals_or_null(a->name, b->name) &&
           text_equals_or_null(a->object.schema, b->object.schema) &&
           text_equals_or_null(a->object.name, b->object.name);
}

static size_t
hash_dependent(const Dependent *dependent)
{
    size_t hash = dependent->relation * 31U + (unsigned)dependent->kind;
    const char *const names[] = {dependent->name, dependent->object.name};
    for (size_t i = 0; i < 2; i++) {
        for (const char *byte = names[i]; byte != NULL && *byte != '\0'; byte++)
            hash = (hash ^ (unsigned char)*byte) * 16777619U;
    }
    return hash ^ (hash >> 15);
}

/* Where it stands, or a place that is free; the places are a power of two. */
static size_t *
place_of(const Dependents *d, const Dependent *dependent)
{
    size_t last = d->place_count - 1;
    size_t at = hash_dependent(dependent) & last;
    while (d->places[at] != 0 && !dependents_same(&d->found.items[d->places[at] - 1], dependent))
        at = (at + 1) & last;
    return &d->places[at];
}

/* At most half of the places are taken. */
static void
make_places(Dependents *d)
{
    if (d->found.count * 2 < d->place_count)
        return;
    d->place_count = d->place_count > 0 ? d->place_count * 4 : 16;
    d->places = ARENA_ARRAY(d->arena, size_t, d->place_count);
    for (size_t i = 0; i < d->found.count; i++)
        *place_of(d, &d->found.items[i]) = i + 1;
}

void
dependents_put(Dependents *d, Dependent dependent)
{
    make_places(d);
    size_t *place = place_of(d, &dependent);
    if (*place != 0) {
        assert(d->found.items != NULL);
        d->found.items[*place - 1].automatic |= dependent.automatic;
        return;
    }
    LIST_APPEND(d->arena, &d->found, dependent);
    *place = d->found.count;
}

void
dependents_put_relation(Dependents *d, RelationId id, bool automatic)
{
    if (schema_relation_by_id(d->schema, id) != NULL)
        dependents_put(
            d, (Dependent){.kind = DEPENDENT_RELATION, .relation = id, .automatic = automatic});
}

void
dependents_put_part(Dependents *d, DependentKind kind, RelationId table, const char *name,
                    bool automatic)
{
    dependents_put(
        d, (Dependent){.kind = kind, .relation = table, .name = name, .automatic = automatic});
}

void
dependents_put_attached(Dependents *d, RelationId table, const SimAttached *attached,
                        bool automatic)
{
    dependents_put(d, (Dependent){.kind = DEPENDENT_ATTACHED,
                                  .relation = table,
                                  .attached = attached,
                                  .automatic = automatic});
}

bool
dependents_have_relation(const Dependents *d, RelationId id)
{
    const Dependent wanted = {.kind = DEPENDENT_RELATION, .relation = id};
    return *place_of(d, &wanted) != 0;
}
