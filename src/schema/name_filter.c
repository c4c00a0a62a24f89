/* SPDX-License-Identifier: MIT */
#include "schema/name_filter.h"

static uint64_t
bit_of(const char *name)
{
    uint32_t hash = 2166136261U;
    for (const char *byte = name; byte != NULL && *byte != '\0'; byte++)
        hash = (hash ^ (unsigned char)*byte) * 16777619U;
    return UINT64_C(1) << ((hash ^ (hash >> 16)) & 63);
}

static uint64_t
bit_of_sequence(RelationId id)
{
    return UINT64_C(1) << (id & 63);
}

static uint64_t
bits_of_functions(const NameList *names)
{
    uint64_t bits = 0;
    foreach (name, names)
        bits |= bit_of(name->name);
    return bits;
}

static uint64_t
bits_of_types(const TypeList *types)
{
    uint64_t bits = 0;
    foreach (type, types)
        bits |= bit_of(type->name.name);
    return bits;
}

static uint64_t
bits_of_expression(const SqlExpr *expression)
{
    return expression == NULL
               ? 0
               : bits_of_functions(&expression->functions) | bits_of_types(&expression->casts);
}

static uint64_t
bits_of_uses(const SimUses *uses)
{
    return bits_of_functions(&uses->functions) | bits_of_types(&uses->types);
}

static uint64_t
bits_of_relation(const SimRelation *relation)
{
    uint64_t bits = bits_of_uses(&relation->uses) | bits_of_expression(relation->index.predicate);
    foreach (column, &relation->columns)
        bits |= bit_of(column->type.name.name) | bits_of_expression(column->default_value);
    foreach (constraint, &relation->constraints)
        bits |= bits_of_expression(constraint->expression);
    foreach (key, &relation->index.keys)
        bits |= bits_of_expression(key->expression);
    foreach (attached, &relation->attached)
        bits |= bits_of_uses(&(*attached)->uses);
    return bits;
}

/* Relations never change, so that what was made of one stays true. */
static void
make_filter(RelationSlot *slot)
{
    const SimRelation *relation = slot->current;
    if (slot->filter.of == relation)
        return;
    slot->filter = (NameFilter){.of = relation};
    if (relation == NULL)
        return;
    slot->filter.names = bits_of_relation(relation);
    foreach (column, &relation->columns) {
        if (column->sequence != 0)
            slot->filter.sequences |= bit_of_sequence(column->sequence);
    }
}

bool
name_filter_passes(RelationSlot *slot, const char *name)
{
    make_filter(slot);
    return (slot->filter.names & bit_of(name)) != 0;
}

bool
name_filter_passes_sequence(RelationSlot *slot, RelationId sequence)
{
    make_filter(slot);
    return (slot->filter.sequences & bit_of_sequence(sequence)) != 0;
}
