/* SPDX-License-Identifier: MIT */
#include "schema/value_order.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "schema/coercion.h"

typedef enum ValueFamily {
    FAMILY_UNKNOWN,
    FAMILY_INTEGER,
    FAMILY_DECIMAL,
    FAMILY_DATE,
    FAMILY_TIMESTAMP,
    FAMILY_TIMESTAMPTZ,
    FAMILY_TEXT,
    FAMILY_UUID,
    FAMILY_BOOLEAN
} ValueFamily;

static const struct {
    const char *type;
    ValueFamily family;
} families[] = {
    {"int2",        FAMILY_INTEGER    },
    {"int4",        FAMILY_INTEGER    },
    {"int8",        FAMILY_INTEGER    },
    {"oid",         FAMILY_INTEGER    },
    {"numeric",     FAMILY_DECIMAL    },
    {"float4",      FAMILY_DECIMAL    },
    {"float8",      FAMILY_DECIMAL    },
    {"date",        FAMILY_DATE       },
    {"timestamp",   FAMILY_TIMESTAMP  },
    {"timestamptz", FAMILY_TIMESTAMPTZ},
    {"text",        FAMILY_TEXT       },
    {"varchar",     FAMILY_TEXT       },
    {"uuid",        FAMILY_UUID       },
    {"bool",        FAMILY_BOOLEAN    },
};

static ValueFamily
family_of(const Schema *schema, const SqlType *type, const SqlValue *a, const SqlValue *b)
{
    if (type == NULL)
        return a->is_integer && b->is_integer ? FAMILY_INTEGER : FAMILY_UNKNOWN;
    SqlType base = coercion_base_type(schema, type);
    bool is_own = base.name.schema != NULL && strcmp(base.name.schema, "pg_catalog") != 0;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
        if (!is_own && base.array_dimensions == 0 && base.name.name != NULL &&
            strcmp(families[i].type, base.name.name) == 0)
            return families[i].family;
    }
    return FAMILY_UNKNOWN;
}

static int
sign_of(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

/* ---- numbers */

static bool
read_integer(const SqlValue *value, int64_t *out)
{
    char *end = NULL;
    errno = 0;
    *out = value->is_integer ? value->integer : strtoll(value->text, &end, 10);
    return value->is_integer || (errno == 0 && end != value->text && *end == '\0');
}

/* Digits that a long double holds exactly are enough. */
static bool
read_decimal(const SqlValue *value, long double *out)
{
    enum { DIGITS = 18 };
    char *end = NULL;
    size_t length = strspn(value->text, "+-.0123456789");
    *out = strtold(value->text, &end);
    return length > 0 && length <= DIGITS && value->text[length] == '\0' && *end == '\0';
}

/* ---- dates and times */

typedef struct Moment {
    int64_t at; /* microseconds, as if all days were in UTC */
    bool has_zone;
} Moment;

static bool
read_digits(const char **text, int count, int64_t *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        if (!isdigit((unsigned char)**text))
            return false;
        *out = *out * 10 + (*(*text)++ - '0');
    }
    return true;
}

static bool
read_char(const char **text, char wanted)
{
    bool is_there = **text == wanted;
    *text += is_there;
    return is_there;
}

/* Days since a day long ago, after Gregorian rules. */
static int64_t
day_number(int64_t year, int64_t month, int64_t day)
{
    if (month <= 2) {
        year--;
        month += 12;
    }
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * (month - 3) + 2) / 5 + day;
}

static bool
read_day(const char **text, int64_t *out)
{
    int64_t year, month, day;
    if (!read_digits(text, 4, &year) || !read_char(text, '-') || !read_digits(text, 2, &month) ||
        !read_char(text, '-') || !read_digits(text, 2, &day))
        return false;
    *out = day_number(year, month, day);
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* HH:MM, HH:MM:SS, HH:MM:SS.ffffff */
static bool
read_clock(const char **text, int64_t *out)
{
    int64_t hours, minutes, seconds = 0, fraction = 0;
    if (!read_digits(text, 2, &hours) || !read_char(text, ':') || !read_digits(text, 2, &minutes))
        return false;
    if (**text == ':') {
        (*text)++;
        if (!read_digits(text, 2, &seconds))
            return false;
    }
    if (**text == '.') {
        int64_t unit = 100000;
        for ((*text)++; isdigit((unsigned char)**text); (*text)++, unit /= 10)
            fraction += unit * (**text - '0');
    }
    *out = ((hours * 60 + minutes) * 60 + seconds) * 1000000 + fraction;
    return true;
}

/* Z, +HH, +HH:MM */
static bool
read_zone(const char **text, Moment *moment)
{
    int64_t hours = 0, minutes = 0;
    int64_t direction = **text == '-' ? 1 : -1;
    moment->has_zone = true;
    if (**text == 'Z' || **text == 'z') {
        (*text)++;
        return true;
    }
    (*text)++;
    if (!read_digits(text, 2, &hours))
        return false;
    if (**text == ':') {
        (*text)++;
        if (!read_digits(text, 2, &minutes))
            return false;
    }
    moment->at += direction * (hours * 60 + minutes) * 60 * 1000000;
    return true;
}

static bool
read_moment(const char *text, Moment *out)
{
    int64_t day, clock = 0;
    *out = (Moment){0};
    if (!read_day(&text, &day))
        return false;
    if ((*text == ' ' || *text == 'T') && isdigit((unsigned char)text[1])) {
        text++;
        if (!read_clock(&text, &clock))
            return false;
    }
    out->at = day * 86400 * 1000000 + clock;
    while (*text == ' ')
        text++;
    if ((*text == '+' || *text == '-' || *text == 'Z' || *text == 'z') && !read_zone(&text, out))
        return false;
    return *text == '\0';
}

static bool
compare_moments(ValueFamily family, const char *a, const char *b, int *order)
{
    static const int64_t day = (int64_t)86400 * 1000000;
    Moment x, y;
    if (!read_moment(a, &x) || !read_moment(b, &y))
        return false;
    if (family == FAMILY_DATE)
        *order = sign_of(x.at / day, y.at / day);
    else
        *order = sign_of(x.at, y.at);
    if (family != FAMILY_TIMESTAMPTZ)
        return !x.has_zone && !y.has_zone;
    /* Without a zone it is one of the session's, at most 16 hours away. */
    int64_t distance = x.at > y.at ? x.at - y.at : y.at - x.at;
    return x.has_zone == y.has_zone || distance > day;
}

/* ---- texts */

/* In these every collation agrees. */
static bool
is_plain_word(const char *text)
{
    return text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789")] == '\0';
}

static bool
compare_texts(const char *a, const char *b, int *order)
{
    *order = strcmp(a, b);
    return *order == 0 || (is_plain_word(a) && is_plain_word(b));
}

static bool
read_boolean(const char *text, int64_t *out)
{
    static const char *const words[][2] = {
        {"false", "true"},
        {"f",     "t"   },
        {"no",    "yes" },
        {"off",   "on"  },
        {"0",     "1"   },
    };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        for (int truth = 0; truth < 2; truth++) {
            *out = truth;
            if (strcasecmp(words[i][truth], text) == 0)
                return true;
        }
    }
    return false;
}

static bool
compare_uuids(const char *a, const char *b, int *order)
{
    enum { LENGTH = 36 };
    *order = strcasecmp(a, b);
    return strlen(a) == LENGTH && strlen(b) == LENGTH;
}

bool
value_compare(const Schema *schema, const SqlType *type, const SqlValue *a, const SqlValue *b,
              int *order)
{
    const ValueFamily family = family_of(schema, type, a, b);
    int64_t x, y;
    long double p, q;
    bool known = false;
    switch (family) {
    case FAMILY_UNKNOWN:
        break;
    case FAMILY_INTEGER:
        known = read_integer(a, &x) && read_integer(b, &y);
        *order = known ? sign_of(x, y) : 0;
        break;
    case FAMILY_DECIMAL:
        known = read_decimal(a, &p) && read_decimal(b, &q);
        *order = known ? (p > q) - (p < q) : 0;
        break;
    case FAMILY_DATE:
    case FAMILY_TIMESTAMP:
    case FAMILY_TIMESTAMPTZ:
        known = compare_moments(family, a->text, b->text, order);
        break;
    case FAMILY_TEXT:
        known = compare_texts(a->text, b->text, order);
        break;
    case FAMILY_UUID:
        known = compare_uuids(a->text, b->text, order);
        break;
    case FAMILY_BOOLEAN:
        known = read_boolean(a->text, &x) && read_boolean(b->text, &y);
        *order = known ? sign_of(x, y) : 0;
        break;
    }
    return known;
}

bool
value_is_same(const Schema *schema, const SqlType *type, const SqlValue *a, const SqlValue *b)
{
    int order;
    if (value_compare(schema, type, a, b, &order))
        return order == 0;
    return a->is_integer == b->is_integer && strcmp(a->text, b->text) == 0;
}
