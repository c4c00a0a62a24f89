/* SPDX-License-Identifier: MIT */
/* FOR VALUES …: bounds that do not fit the partitioned table, hold nothing, or hold what another
 * partition has. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/value_order.h"

typedef struct BoundCase {
    const RefusalCase *c;
    const SimRelation *parent;
    const PartitionBound *bound;
    const char *name; /* of the partition */
} BoundCase;

/* ---- one bound by itself */

static const char *
refuse_strategy(const BoundCase *b)
{
    static const char *const words[] = {"range", "list", "hash"};
    SplitStrategy strategy = b->parent->partition_key.strategy;
    if (b->bound->is_default)
        return strategy == SPLIT_HASH ? "a hash-partitioned table may not have a default partition"
                                      : NULL;
    if (b->bound->strategy != strategy)
        return arena_printf(b->c->arena, "invalid bound specification for a %s partition",
                            words[strategy]);
    return NULL;
}

static const char *
refuse_order_of_ends(const BoundDatumList *data)
{
    DatumKind before = DATUM_VALUE;
    foreach (datum, data) {
        if (before == DATUM_MINVALUE && datum->kind != DATUM_MINVALUE)
            return "every bound following MINVALUE must also be MINVALUE";
        if (before == DATUM_MAXVALUE && datum->kind != DATUM_MAXVALUE)
            return "every bound following MAXVALUE must also be MAXVALUE";
        before = datum->kind;
    }
    return NULL;
}

static const char *
refuse_data(const BoundDatumList *data, bool is_range)
{
    foreach (datum, data) {
        if (datum->kind == DATUM_COLUMN)
            return "cannot use column reference in partition bound expression";
        if (is_range && datum->kind == DATUM_NULL)
            return "cannot specify NULL in range bound";
    }
    return is_range ? refuse_order_of_ends(data) : NULL;
}

/* parse_utilcmd.c, transformPartitionBound() */
static const char *
refuse_form(const BoundCase *b)
{
    const PartitionBound *bound = b->bound;
    size_t keys = b->parent->partition_key.keys.count;
    const char *refusal = refuse_strategy(b);
    if (refusal != NULL || bound->is_default)
        return refusal;
    if (bound->strategy == SPLIT_HASH && bound->modulus <= 0)
        return "modulus for hash partition must be an integer value greater than zero";
    if (bound->strategy == SPLIT_HASH && bound->remainder < 0)
        return "remainder for hash partition must be an integer value greater than or equal to "
               "zero";
    if (bound->strategy == SPLIT_HASH && bound->remainder >= bound->modulus)
        return "remainder for hash partition must be less than modulus";
    if (bound->strategy == SPLIT_RANGE && bound->from.count != keys)
        return "FROM must specify exactly one value per partitioning column";
    if (bound->strategy == SPLIT_RANGE && bound->to.count != keys)
        return "TO must specify exactly one value per partitioning column";
    refusal = refuse_data(&bound->from, bound->strategy == SPLIT_RANGE);
    return refusal != NULL ? refusal : refuse_data(&bound->to, true);
}

/* ---- ranges */

static const SqlType *
key_type(const SimRelation *parent, size_t at)
{
    const IndexKey *key = &parent->partition_key.keys.items[at];
    const SimColumn *column =
        key->column != NULL ? relation_find_column(parent, key->column) : NULL;
    return column != NULL && column->type_known ? &column->type : NULL;
}

static int
beyond(const BoundDatum *datum)
{
    return (datum->kind == DATUM_MAXVALUE) - (datum->kind == DATUM_MINVALUE);
}

/* partbounds.c, partition_rbound_cmp(), but for two ends that touch; false where it is not known.
 * Behind MINVALUE and MAXVALUE nothing is compared. */
static bool
compare_ends(const BoundCase *b, const BoundDatumList *x, const BoundDatumList *y, int *order)
{
    *order = 0;
    if (x->count != y->count || x->count > b->parent->partition_key.keys.count)
        return false;
    for (size_t i = 0; i < x->count && *order == 0; i++) {
        const BoundDatum *p = &x->items[i], *q = &y->items[i];
        if (p->kind > DATUM_MAXVALUE || q->kind > DATUM_MAXVALUE)
            return false;
        *order = beyond(p) - beyond(q);
        if (*order == 0 && p->kind != DATUM_VALUE)
            return true;
        if (*order == 0 &&
            !value_compare(b->c->schema, key_type(b->parent, i), &p->value, &q->value, order))
            return false;
    }
    return true;
}

static bool
comes_before(const BoundCase *b, const BoundDatumList *x, const BoundDatumList *y)
{
    int order;
    return compare_ends(b, x, y, &order) && order < 0;
}

static bool
ranges_overlap(const BoundCase *b, const PartitionBound *other)
{
    return comes_before(b, &b->bound->from, &other->to) &&
           comes_before(b, &other->from, &b->bound->to);
}

static bool
is_empty_range(const BoundCase *b)
{
    int order;
    return compare_ends(b, &b->bound->from, &b->bound->to, &order) && order >= 0;
}

/* ---- lists and remainders */

static bool
lists_overlap(const BoundCase *b, const PartitionBound *other)
{
    foreach (mine, &b->bound->from) {
        foreach (theirs, &other->from) {
            if (mine->kind == DATUM_NULL && theirs->kind == DATUM_NULL)
                return true;
            if (mine->kind == DATUM_VALUE && theirs->kind == DATUM_VALUE &&
                value_is_same(b->c->schema, key_type(b->parent, 0), &mine->value, &theirs->value))
                return true;
        }
    }
    return false;
}

static bool
remainders_overlap(const PartitionBound *a, const PartitionBound *b)
{
    int smaller = a->modulus < b->modulus ? a->modulus : b->modulus;
    return smaller > 0 && a->remainder % smaller == b->remainder % smaller;
}

static bool
moduli_fit(const PartitionBound *a, const PartitionBound *b)
{
    int smaller = a->modulus < b->modulus ? a->modulus : b->modulus;
    int larger = a->modulus < b->modulus ? b->modulus : a->modulus;
    return smaller <= 0 || larger % smaller == 0;
}

static bool
overlaps(const BoundCase *b, const PartitionBound *other)
{
    switch (b->bound->strategy) {
    case SPLIT_RANGE:
        return ranges_overlap(b, other);
    case SPLIT_LIST:
        return lists_overlap(b, other);
    case SPLIT_HASH:
        return remainders_overlap(b->bound, other);
    }
    return false;
}

/* ---- beside the other partitions */

static const char *
refuse_beside(const BoundCase *b)
{
    const SimRelation *first = NULL;
    const PartitionBound *bound = b->bound;
    RelationIdList partitions = schema_children_of(b->c->arena, b->c->schema, b->parent->id);
    foreach (id, &partitions) {
        const SimRelation *other = schema_relation_by_id(b->c->schema, *id);
        if (other->assumed || other->limits == NULL)
            continue;
        if (bound->is_default && other->is_default_partition)
            return arena_printf(b->c->arena,
                                "partition \"%s\" conflicts with existing default partition \"%s\"",
                                b->name, other->name.name);
        if (bound->is_default || other->is_default_partition ||
            other->limits->strategy != bound->strategy)
            continue;
        if (bound->strategy == SPLIT_HASH && !moduli_fit(bound, other->limits))
            return "every hash partition modulus must be a factor of the next larger modulus";
        bool is_lower = first != NULL && bound->strategy == SPLIT_RANGE &&
                        comes_before(b, &other->limits->from, &first->limits->from);
        if (overlaps(b, other->limits) && (first == NULL || is_lower))
            first = other;
    }
    return first == NULL
               ? NULL
               : arena_printf(b->c->arena, "partition \"%s\" would overlap partition \"%s\"",
                              b->name, first->name.name);
}

/* partbounds.c, check_new_partition_bound() */
static const char *
refuse_bound(const RefusalCase *c, QualifiedName above, const char *name,
             const PartitionBound *bound)
{
    const SimRelation *parent = refusal_known(c, above);
    if (parent == NULL || parent->kind != RELATION_PARTITIONED_TABLE ||
        parent->partition_key.keys.count == 0)
        return NULL;
    const BoundCase b = {c, parent, bound, name};
    const char *refusal = refuse_form(&b);
    if (refusal != NULL)
        return refusal;
    if (!bound->is_default && bound->strategy == SPLIT_RANGE && is_empty_range(&b))
        return arena_printf(c->arena, "empty range bound specified for partition \"%s\"", name);
    return refuse_beside(&b);
}

const char *
refuse_new_bound(const RefusalCase *c, const Op *op)
{
    if (op->create_table.partition_of.name == NULL || c->found != NULL)
        return NULL;
    return refuse_bound(c, op->create_table.partition_of, op->target.name, &op->create_table.bound);
}

const char *
refuse_attached_bound(const RefusalCase *c, const Op *op)
{
    return refuse_bound(c, op->target, op->partition.partition.name, &op->partition.bound);
}
