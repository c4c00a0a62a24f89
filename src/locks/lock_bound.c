/* SPDX-License-Identifier: MIT */
/* Whether CHECKs prove what a partition's bound demands: tablecmds.c,
 * ConstraintImpliedByRelConstraint(), which asks predtest.c. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "locks/lock_case.h"

/* A date, maybe with a time, as ISO writes it: such texts are in the order of their values. */
static bool
is_date(const char *text)
{
    static const char shape[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof shape - 1; i++) {
        bool fits = shape[i] == 'd' ? isdigit((unsigned char)text[i]) != 0 : text[i] == shape[i];
        if (!fits)
            return false;
    }
    return true;
}

static bool
as_integer(const SqlValue *value, int64_t *out)
{
    char *end;
    *out = value->is_integer ? value->integer : strtoll(value->text, &end, 10);
    return value->is_integer || (end != value->text && *end == '\0');
}

/* False where it cannot be told; else *order is below, at or above 0. A literal in quotes beside an
 * integer is one too. */
static bool
compare(const SqlValue *a, const SqlValue *b, int *order)
{
    if (a->is_integer || b->is_integer) {
        int64_t x, y;
        bool are_integers = as_integer(a, &x) && as_integer(b, &y);
        *order = are_integers ? (x > y) - (x < y) : 0;
        return are_integers;
    }
    *order = strcmp(a->text, b->text);
    return *order == 0 || (is_date(a->text) && is_date(b->text));
}

/* Whether `column >= from` follows. For the server, `> 9` is not `>= 10`. */
static bool
is_not_below(const SqlLimit *limit, const SqlValue *from)
{
    int order;
    bool from_below = limit->kind == LIMIT_EQUAL || limit->kind == LIMIT_GREATER ||
                      limit->kind == LIMIT_GREATER_OR_EQUAL;
    return from_below && compare(&limit->value, from, &order) && order >= 0;
}

/* Whether `column < to` follows. */
static bool
is_below(const SqlLimit *limit, const SqlValue *to)
{
    int order;
    if (limit->kind == LIMIT_GREATER || limit->kind == LIMIT_GREATER_OR_EQUAL ||
        !compare(&limit->value, to, &order))
        return false;
    return limit->kind == LIMIT_LESS ? order <= 0 : order < 0;
}

typedef struct RangeProof {
    bool lower;   /* within: at or above the range's begin */
    bool upper;   /* within: below its end */
    bool outside; /* below the begin or at or above the end */
} RangeProof;

static void
look_at(RangeProof *proof, const SqlLimit *limit, const PartitionBound *bound)
{
    bool endless_below = bound->from.items[0].value.text == NULL;
    bool endless_above = bound->to.items[0].value.text == NULL;
    proof->lower |= endless_below || is_not_below(limit, &bound->from.items[0].value);
    proof->upper |= endless_above || is_below(limit, &bound->to.items[0].value);
    proof->outside |= (!endless_below && is_below(limit, &bound->from.items[0].value)) ||
                      (!endless_above && is_not_below(limit, &bound->to.items[0].value));
}

static RangeProof
prove_range(const SimRelation *table, const char *column, const PartitionBound *bound)
{
    RangeProof proof = {0};
    foreach (constraint, &table->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK || !constraint->valid ||
            constraint->expression == NULL)
            continue;
        foreach (limit, &constraint->expression->limits) {
            if (strcmp(limit->column, column) == 0)
                look_at(&proof, limit, bound);
        }
    }
    return proof;
}

static bool
is_mentioned(const SimRelation *table, const char *column)
{
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_CHECK && constraint->valid &&
            constraint->expression != NULL &&
            string_list_has(&constraint->expression->columns, column))
            return true;
    }
    return false;
}

static bool
holds_no_null(const SimRelation *table, const char *column)
{
    const SimColumn *own = relation_find_column(table, column);
    return (own != NULL && own->not_null) || lock_proves_not_null(table, column);
}

/* Of bounds that are not compared: a valid CHECK that mentions each column of the key is taken to
 * be the bound. */
static bool
mentions_key(const SimRelation *parent, const SimRelation *table, bool without_null)
{
    foreach (key, &parent->partition_key.keys) {
        if (key->column == NULL || !is_mentioned(table, key->column) ||
            (without_null && !holds_no_null(table, key->column)))
            return false;
    }
    return parent->partition_key.keys.count > 0;
}

static bool
is_known(const BoundDatumList *data)
{
    return data->count == 1 && data->items[0].kind <= DATUM_MAXVALUE;
}

static bool
is_simple_range(const SimRelation *parent, const PartitionBound *bound)
{
    const SplitKey *split = &parent->partition_key;
    return split->strategy == SPLIT_RANGE && split->keys.count == 1 &&
           split->keys.items[0].column != NULL && is_known(&bound->from) && is_known(&bound->to);
}

bool
lock_proves_within(const SimRelation *parent, const SimRelation *table, const PartitionBound *bound)
{
    if (parent->partition_key.strategy == SPLIT_HASH)
        return false;
    if (bound->is_default || !is_simple_range(parent, bound))
        return mentions_key(parent, table, !bound->is_default);
    const char *column = parent->partition_key.keys.items[0].column;
    RangeProof proof = prove_range(table, column, bound);
    return holds_no_null(table, column) && proof.lower && proof.upper;
}

bool
lock_proves_outside(const SimRelation *parent, const SimRelation *table,
                    const PartitionBound *bound)
{
    if (!is_simple_range(parent, bound))
        return mentions_key(parent, table, false);
    const char *column = parent->partition_key.keys.items[0].column;
    return prove_range(table, column, bound).outside;
}
