/* SPDX-License-Identifier: MIT */
#include "schema/bound_formula.h"

#include <string.h>

#include "schema/formula.h"
#include "schema/value_order.h"

typedef struct BoundCase {
    Arena *arena;
    const Schema *schema;
    const SimRelation *parent;
} BoundCase;

/* ---- keys */

static const IndexKey *
key_at(const BoundCase *b, size_t at)
{
    return &b->parent->partition_key.keys.items[at];
}

static const SimColumn *
column_of_key(const BoundCase *b, size_t at)
{
    const char *name = key_at(b, at)->column;
    return name != NULL ? relation_find_column(b->parent, name) : NULL;
}

static const SqlFormula *
key_formula(const BoundCase *b, size_t at)
{
    const IndexKey *key = key_at(b, at);
    if (key->column == NULL)
        return key->expression != NULL && key->expression->formula != NULL
                   ? key->expression->formula
                   : formula_unknown();
    SqlFormula *column = formula_new(b->arena, FORMULA_COLUMN);
    column->name.name = key->column;
    return column;
}

/* Whether the key is compared as its column is: the operators of another class, or under another
 * collation, are others. */
static bool
is_compared_plainly(const BoundCase *b, size_t at)
{
    const IndexKey *key = key_at(b, at);
    const SimColumn *column = column_of_key(b, at);
    bool has_own =
        key->collation.name != NULL && (column == NULL || column->collation.name == NULL ||
                                        strcmp(column->collation.name, key->collation.name) != 0);
    return key->opclass.name == NULL && !has_own;
}

/* `b = true` becomes b on both sides. */
static bool
is_truth_value(const BoundCase *b, size_t at, const char *text)
{
    const SimColumn *column = column_of_key(b, at);
    return column != NULL && column->type_known && column->type.array_dimensions == 0 &&
           strcmp(column->type.name.name, "bool") == 0 &&
           (strcmp(text, "true") == 0 || strcmp(text, "false") == 0);
}

static const SqlFormula *
compare(const BoundCase *b, size_t at, FormulaOperator op, const BoundDatum *datum)
{
    if (datum->kind != DATUM_VALUE || !is_compared_plainly(b, at))
        return formula_unknown();
    SqlFormula *value = formula_new(b->arena, FORMULA_VALUE);
    value->value = datum->value;
    if (is_truth_value(b, at, datum->value.text))
        value->type.name = (QualifiedName){"pg_catalog", "bool"};
    SqlFormula *out = formula_of(b->arena, FORMULA_COMPARISON, key_formula(b, at), value);
    out->op = op;
    return out;
}

static void
add_part(const BoundCase *b, SqlFormula *junction, const SqlFormula *part)
{
    LIST_APPEND(b->arena, &junction->parts, part);
}

/* partbounds.c, get_range_nulltest() */
static void
add_not_nulls(const BoundCase *b, SqlFormula *all)
{
    for (size_t i = 0; i < b->parent->partition_key.keys.count; i++)
        add_part(b, all, formula_of(b->arena, FORMULA_IS_NOT_NULL, key_formula(b, i), NULL));
}

/* ---- lists */

/* partbounds.c, get_qual_for_list() */
static const SqlFormula *
list_formula(const BoundCase *b, const BoundDatumList *data)
{
    SqlFormula *any = formula_of(b->arena, FORMULA_ANY, key_formula(b, 0), NULL);
    const SqlFormula *value = NULL;
    bool has_null = false;
    any->op = OPERATOR_EQUAL;
    foreach (datum, data) {
        has_null |= datum->kind == DATUM_NULL;
        if (datum->kind == DATUM_NULL)
            continue;
        value = compare(b, 0, OPERATOR_EQUAL, datum);
        if (value->kind != FORMULA_COMPARISON)
            return formula_unknown();
        add_part(b, any, value->parts.items[1]);
    }
    const SqlFormula *values = any->parts.count == 2 ? value : any;
    const SqlFormula *test = formula_of(b->arena, has_null ? FORMULA_IS_NULL : FORMULA_IS_NOT_NULL,
                                        key_formula(b, 0), NULL);
    return formula_of(b->arena, has_null ? FORMULA_OR : FORMULA_AND, test,
                      any->parts.count > 1 ? values : NULL);
}

/* ---- ranges */

/* One end of a range, of which the columns before `first` are the same in both. */
typedef struct RangeEnd {
    const BoundDatumList *data;
    size_t first;
    bool is_upper;
} RangeEnd;

static FormulaOperator
operator_of_last(const RangeEnd *end, size_t at)
{
    DatumKind endless = end->is_upper ? DATUM_MAXVALUE : DATUM_MINVALUE;
    bool next_is_endless = at + 1 < end->data->count && end->data->items[at + 1].kind == endless;
    if (end->is_upper)
        return next_is_endless ? OPERATOR_LESS_EQUAL : OPERATOR_LESS;
    return next_is_endless || at + 1 == end->data->count ? OPERATOR_GREATER_EQUAL
                                                         : OPERATOR_GREATER;
}

/* `a = 1 AND b = 2 AND c > 3`, where c is the column at `last`. */
static const SqlFormula *
range_arm(const BoundCase *b, const RangeEnd *end, size_t last)
{
    SqlFormula *arm = formula_new(b->arena, FORMULA_AND);
    for (size_t i = end->first; i <= last; i++)
        add_part(b, arm,
                 compare(b, i, i < last ? OPERATOR_EQUAL : operator_of_last(end, i),
                         &end->data->items[i]));
    return arm;
}

static void
add_end(const BoundCase *b, const RangeEnd *end, SqlFormula *all)
{
    SqlFormula *either = formula_new(b->arena, FORMULA_OR);
    for (size_t last = end->first; last < end->data->count; last++) {
        DatumKind kind = end->data->items[last].kind;
        if (kind == DATUM_MINVALUE || kind == DATUM_MAXVALUE)
            break;
        add_part(b, either, range_arm(b, end, last));
    }
    if (either->parts.count > 0)
        add_part(b, all, either);
}

static bool
are_equal(const BoundCase *b, size_t at, const BoundDatum *from, const BoundDatum *to, bool *known)
{
    const SimColumn *column = column_of_key(b, at);
    const SqlType *type = column != NULL && column->type_known ? &column->type : NULL;
    int order = 1;
    if (from->kind != DATUM_VALUE || to->kind != DATUM_VALUE) {
        *known = from->kind != DATUM_UNKNOWN && to->kind != DATUM_UNKNOWN;
        return false;
    }
    bool is_same = value_is_same(b->schema, type, &from->value, &to->value);
    *known = is_same || value_compare(b->schema, type, &from->value, &to->value, &order);
    return is_same;
}

/* partbounds.c, get_qual_for_range(); without the tests for NULL where they are of no use. */
static const SqlFormula *
range_formula(const BoundCase *b, const PartitionBound *bound, bool with_tests)
{
    size_t count = b->parent->partition_key.keys.count;
    SqlFormula *all = formula_new(b->arena, FORMULA_AND);
    size_t first = 0;
    bool known = true;
    if (bound->from.count != count || bound->to.count != count)
        return formula_unknown();
    if (with_tests)
        add_not_nulls(b, all);
    while (first + 1 < count &&
           are_equal(b, first, &bound->from.items[first], &bound->to.items[first], &known)) {
        add_part(b, all, compare(b, first, OPERATOR_EQUAL, &bound->from.items[first]));
        first++;
    }
    if (!known)
        return formula_unknown();
    const RangeEnd lower = {&bound->from, first, false};
    const RangeEnd upper = {&bound->to, first, true};
    add_end(b, &lower, all);
    add_end(b, &upper, all);
    if (all->parts.count == 0)
        add_not_nulls(b, all);
    return all;
}

/* ---- default partitions */

static const SqlFormula *
taken_by_lists(const BoundCase *b, const RelationIdList *partitions, bool *none)
{
    BoundDatumList data = {0};
    foreach (id, partitions) {
        const SimRelation *other = schema_relation_by_id(b->schema, *id);
        if (other->is_default_partition)
            continue;
        if (other->limits == NULL || other->limits->strategy != SPLIT_LIST)
            return formula_unknown();
        foreach (datum, &other->limits->from)
            LIST_APPEND(b->arena, &data, *datum);
    }
    *none = data.count == 0;
    return list_formula(b, &data);
}

static const SqlFormula *
taken_by_ranges(const BoundCase *b, const RelationIdList *partitions, bool *none)
{
    SqlFormula *either = formula_new(b->arena, FORMULA_OR);
    SqlFormula *all = formula_new(b->arena, FORMULA_AND);
    foreach (id, partitions) {
        const SimRelation *other = schema_relation_by_id(b->schema, *id);
        if (other->is_default_partition)
            continue;
        if (other->limits == NULL || other->limits->strategy != SPLIT_RANGE)
            return formula_unknown();
        add_part(b, either, range_formula(b, other->limits, false));
    }
    *none = either->parts.count == 0;
    add_not_nulls(b, all);
    add_part(b, all, either);
    return all;
}

static const SqlFormula *
default_formula(const BoundCase *b)
{
    bool none = false;
    RelationIdList partitions = schema_children_of(b->arena, b->schema, b->parent->id);
    const SqlFormula *taken = b->parent->partition_key.strategy == SPLIT_LIST
                                  ? taken_by_lists(b, &partitions, &none)
                                  : taken_by_ranges(b, &partitions, &none);
    return none ? formula_new(b->arena, FORMULA_AND)
                : formula_of(b->arena, FORMULA_NOT, taken, NULL);
}

/* ---- */

const SqlFormula *
bound_formula(Arena *arena, const Schema *schema, const SimRelation *parent,
              const PartitionBound *bound)
{
    const BoundCase b = {arena, schema, parent};
    const SplitKey *key = &parent->partition_key;
    if (key->keys.count == 0 || (!bound->is_default && bound->strategy != key->strategy))
        return formula_unknown();
    switch (key->strategy) {
    case SPLIT_LIST:
        return bound->is_default ? default_formula(&b) : list_formula(&b, &bound->from);
    case SPLIT_RANGE:
        return bound->is_default ? default_formula(&b) : range_formula(&b, bound, true);
    case SPLIT_HASH:
        break;
    }
    return formula_unknown();
}

const SqlFormula *
bound_formula_with_above(Arena *arena, const Schema *schema, const SimRelation *parent,
                         const PartitionBound *bound)
{
    enum { DEPTH_LIMIT = 50 };
    SqlFormula *all =
        formula_of(arena, FORMULA_AND, bound_formula(arena, schema, parent, bound), NULL);
    for (int depth = 0; parent->is_partition; depth++) {
        const SimRelation *above = schema_relation_by_id(schema, parent->parent);
        bool is_known = above != NULL && parent->limits != NULL && depth < DEPTH_LIMIT;
        LIST_APPEND(arena, &all->parts,
                    is_known ? bound_formula(arena, schema, above, parent->limits)
                             : formula_unknown());
        if (!is_known)
            break;
        parent = above;
    }
    return all;
}
