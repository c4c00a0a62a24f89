/* SPDX-License-Identifier: MIT */
#include "schema/name_filter.h"

/* Who is told each name. */
typedef struct NameBits {
    uint64_t *words;
    uint32_t count; /* a power of two */
} NameBits;

static uint32_t
hash_of(const char *name)
{
    uint32_t hash = 2166136261U;
    for (const char *byte = name; byte != NULL && *byte != '\0'; byte++)
        hash = (hash ^ (unsigned char)*byte) * 16777619U;
    return hash ^ (hash >> 16);
}

static void
set_bit(NameBits bits, const char *name)
{
    uint32_t hash = hash_of(name);
    bits.words[(hash >> 6) & (bits.count - 1)] |= UINT64_C(1) << (hash & 63);
}

static bool
has_bit(NameBits bits, const char *name)
{
    uint32_t hash = hash_of(name);
    return (bits.words[(hash >> 6) & (bits.count - 1)] >> (hash & 63) & 1) != 0;
}

static uint64_t
bit_of_sequence(RelationId id)
{
    return UINT64_C(1) << (id & 63);
}

static void
add_functions(NameBits bits, const NameList *names)
{
    foreach (name, names)
        set_bit(bits, name->name);
}

static void
add_types(NameBits bits, const TypeList *types)
{
    foreach (type, types)
        set_bit(bits, type->name.name);
}

static void
add_expression(NameBits bits, const SqlExpr *expression)
{
    if (expression == NULL)
        return;
    add_functions(bits, &expression->functions);
    add_types(bits, &expression->casts);
}

static void
add_uses(NameBits bits, const SimUses *uses)
{
    add_functions(bits, &uses->functions);
    add_types(bits, &uses->types);
}

static void
add_relation(NameBits bits, const SimRelation *relation)
{
    add_uses(bits, &relation->uses);
    add_expression(bits, relation->index.predicate);
    if (relation->is_typed)
        set_bit(bits, relation->of_type.name);
    foreach (column, &relation->columns) {
        set_bit(bits, column->type.name.name);
        add_expression(bits, column->default_value);
    }
    foreach (constraint, &relation->constraints)
        add_expression(bits, constraint->expression);
    foreach (key, &relation->index.keys)
        add_expression(bits, key->expression);
    foreach (attached, &relation->attached)
        add_uses(bits, &(*attached)->uses);
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
    add_relation((NameBits){&slot->filter.names, 1}, relation);
    foreach (column, &relation->columns) {
        if (column->sequence != 0)
            slot->filter.sequences |= bit_of_sequence(column->sequence);
    }
}

bool
name_filter_passes_any(const Schema *schema, const char *name)
{
    NameSet *set = schema->names_used;
    const NameBits bits = {set->bits, NAME_SET_WORDS};
    foreach (relation, &set->coming)
        add_relation(bits, *relation);
    set->coming.count = 0;
    return has_bit(bits, name);
}

bool
name_filter_passes(RelationSlot *slot, const char *name)
{
    make_filter(slot);
    return has_bit((NameBits){&slot->filter.names, 1}, name);
}

bool
name_filter_passes_sequence(RelationSlot *slot, RelationId sequence)
{
    make_filter(slot);
    return (slot->filter.sequences & bit_of_sequence(sequence)) != 0;
}
