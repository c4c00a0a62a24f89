/* SPDX-License-Identifier: MIT */
#include "locks/partition_bound.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A value of a key. MINVALUE and MAXVALUE are beyond all others. */
typedef struct KeyValue {
    int beyond; /* -1, 0, 1 */
    bool is_number;
    long long number;
    const char *text; /* not ended by a NUL */
    size_t length;
} KeyValue;

static bool
is_number(const char *text, size_t length, long long *out)
{
    char digits[24];
    if (length == 0 || length >= sizeof digits)
        return false;
    memcpy(digits, text, length);
    digits[length] = '\0';
    char *end = NULL;
    errno = 0;
    *out = strtoll(digits, &end, 10);
    return errno == 0 && *end == '\0' && !isspace((unsigned char)digits[0]);
}

static KeyValue
key_value(const char *text, size_t length)
{
    KeyValue value = {.text = text, .length = length};
    value.is_number = is_number(text, length, &value.number);
    return value;
}

static const char *
skip_blank(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* The next constant of a list in brackets, `at` behind it; false where it is anything else. */
static bool
next_value(const char **at, KeyValue *out)
{
    const char *from = skip_blank(*at);
    if (*from == '\'') {
        const char *end = strchr(from + 1, '\'');
        if (end == NULL || end[1] == '\'')
            return false;
        *out = key_value(from + 1, (size_t)(end - from - 1));
        *at = skip_blank(end + 1);
        return true;
    }
    size_t length = strcspn(from, " \t\r\n,)");
    *at = skip_blank(from + length);
    *out = key_value(from, length);
    if (length == 8 && strncasecmp(from, "minvalue", 8) == 0)
        out->beyond = -1;
    else if (length == 8 && strncasecmp(from, "maxvalue", 8) == 0)
        out->beyond = 1;
    return out->is_number || out->beyond != 0;
}

/* Texts are only compared for being the same: how they are ordered depends on the collation. */
static bool
compare(const KeyValue *a, const KeyValue *b, int *out)
{
    if (a->beyond != 0 || b->beyond != 0) {
        *out = a->beyond - b->beyond;
        return true;
    }
    if (!a->is_number || !b->is_number)
        return false;
    *out = (a->number > b->number) - (a->number < b->number);
    return true;
}

static bool
same(const KeyValue *a, const KeyValue *b, bool *out)
{
    if (a->is_number && b->is_number)
        *out = a->number == b->number;
    else
        *out = a->length == b->length && memcmp(a->text, b->text, a->length) == 0;
    return a->is_number == b->is_number;
}

/* Whether no value v with `v comparison value` is in [low, high). */
static bool
range_excludes(const KeyValue *low, const KeyValue *high, Comparison comparison,
               const KeyValue *value)
{
    int to_low = 0;
    int to_high = 0;
    if (!compare(value, low, &to_low) || !compare(value, high, &to_high))
        return false;
    switch (comparison) {
    case COMPARISON_EQUAL:
        return to_low < 0 || to_high >= 0;
    case COMPARISON_LESS:
        return to_low <= 0;
    case COMPARISON_LESS_EQUAL:
        return to_low < 0;
    case COMPARISON_GREATER:
        return to_high >= 0 || (high->is_number && value->number + 1 >= high->number &&
                                high->beyond == 0 && value->number < high->number);
    case COMPARISON_GREATER_EQUAL:
        return to_high >= 0;
    case COMPARISON_IS_NULL:
        break;
    }
    return false;
}

typedef struct KeyRange {
    KeyValue low;
    KeyValue high;
} KeyRange;

/* Of one column. */
static bool
read_range(const char *bound, KeyRange *out)
{
    const char *at = strchr(bound, '(');
    if (at == NULL)
        return false;
    at++;
    if (!next_value(&at, &out->low) || *at != ')')
        return false;
    at = strchr(at, '(');
    if (at == NULL)
        return false;
    at++;
    return next_value(&at, &out->high) && *at == ')';
}

static bool
excludes_of_range(const char *bound, Comparison comparison, const StringList *values)
{
    KeyRange range;
    if (!read_range(bound, &range))
        return false;
    foreach (text, values) {
        KeyValue value = key_value(*text, strlen(*text));
        if (!range_excludes(&range.low, &range.high, comparison, &value))
            return false;
    }
    return true;
}

bool
partition_bound_has_range(const char *bound, const char *low, const char *high, bool without_high)
{
    KeyRange range;
    KeyValue from = key_value(low, strlen(low));
    KeyValue to = key_value(high, strlen(high));
    int order_low = 0;
    int order_high = 0;
    return strncasecmp(skip_blank(bound), "from", 4) == 0 && read_range(bound, &range) &&
           compare(&from, &range.low, &order_low) && compare(&to, &range.high, &order_high) &&
           order_low >= 0 && (order_high < 0 || (without_high && order_high == 0));
}

static bool
list_excludes(const char *bound, Comparison comparison, const KeyValue *value)
{
    const char *at = strchr(bound, '(');
    while (at != NULL && *at != ')' && *at != '\0') {
        KeyValue listed;
        bool is_same = false;
        at++;
        if (strncasecmp(skip_blank(at), "null", 4) == 0) {
            at = skip_blank(skip_blank(at) + 4);
            continue;
        }
        if (!next_value(&at, &listed))
            return false;
        if (comparison == COMPARISON_EQUAL) {
            if (!same(&listed, value, &is_same) || is_same)
                return false;
            continue;
        }
        int order = 0;
        if (!compare(&listed, value, &order))
            return false;
        bool holds = (comparison == COMPARISON_LESS && order < 0) ||
                     (comparison == COMPARISON_LESS_EQUAL && order <= 0) ||
                     (comparison == COMPARISON_GREATER && order > 0) ||
                     (comparison == COMPARISON_GREATER_EQUAL && order >= 0);
        if (holds)
            return false;
    }
    return at != NULL && *at == ')';
}

bool
partition_bound_excludes(const char *bound, Comparison comparison, const StringList *values)
{
    const char *from = skip_blank(bound);
    if (strncasecmp(from, "from", 4) == 0)
        return excludes_of_range(from, comparison, values);
    if (strncasecmp(from, "in", 2) != 0 || values->count == 0)
        return false;
    foreach (text, values) {
        KeyValue value = key_value(*text, strlen(*text));
        if (!list_excludes(from, comparison, &value))
            return false;
    }
    return true;
}

bool
partition_bound_has(const char *bound, const char *value)
{
    const char *at = skip_blank(bound);
    if (strncasecmp(at, "from", 4) == 0)
        return partition_bound_has_range(bound, value, value, false);
    if (strncasecmp(at, "in", 2) != 0)
        return false;
    KeyValue wanted = key_value(value, strlen(value));
    at = strchr(at, '(');
    while (at != NULL && *at != ')' && *at != '\0') {
        KeyValue listed;
        bool is_same = false;
        at++;
        if (!next_value(&at, &listed))
            return false;
        if (same(&listed, &wanted, &is_same) && is_same)
            return true;
    }
    return false;
}
