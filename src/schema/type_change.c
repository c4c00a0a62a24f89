/* SPDX-License-Identifier: MIT */
#include "schema/type_change.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "schema/type_catalog.h"

/* ---- the data */

typedef enum WidenRule {
    WIDEN_NONE,
    WIDEN_LENGTH,
    WIDEN_PRECISION_SCALE,
    WIDEN_FRACTION,
    WIDEN_INTERVAL
} WidenRule;

typedef struct WidenRow {
    const char *type;
    WidenRule rule;
} WidenRow;

#define WIDENS(type, rule)
#define ZERO_OFFSET(name)

static const WidenRow widens[] = {
#undef WIDENS
#define WIDENS(type, rule) {type, WIDEN_##rule},
#include "schema/type_change.def"
#undef WIDENS
#define WIDENS(type, rule)
};

static const char *const zero_offset_zones[] = {
#undef ZERO_OFFSET
#define ZERO_OFFSET(name) name,
#include "schema/type_change.def"
#undef ZERO_OFFSET
};

#undef WIDENS

#define COUNT_OF(array) (sizeof(array) / sizeof *(array))

static bool
is_coercible(const CatalogType *from, const CatalogType *to)
{
    /* What is the same stored form is so in every version. */
    enum { ANY_VERSION = 18 };
    const CatalogCast *cast = type_catalog_cast(from->name, to->name, ANY_VERSION);
    return cast != NULL && cast->method == 'b';
}

static WidenRule
widen_rule(const char *type)
{
    for (size_t i = 0; i < COUNT_OF(widens); i++) {
        if (strcmp(widens[i].type, type) == 0)
            return widens[i].rule;
    }
    return WIDEN_NONE;
}

/* A number of hours, or the text of an interval (variable.c, check_timezone). */
static bool
is_number_zero(const char *zone)
{
    return strpbrk(zone, "0") != NULL && zone[strspn(zone, "+-0:. ")] == '\0';
}

static bool
is_zero_offset(const char *zone)
{
    if (is_number_zero(zone))
        return true;
    for (size_t i = 0; i < COUNT_OF(zero_offset_zones); i++) {
        if (strcasecmp(zero_offset_zones[i], zone) == 0)
            return true;
    }
    return false;
}

/* ---- words and equality */

const char *
type_words(Arena *arena, const SqlType *type)
{
    bool plain = type->name.schema == NULL || strcmp(type->name.schema, "pg_catalog") == 0;
    const char *words = plain ? type->name.name : sql_qualified(arena, type->name);
    if (words == NULL)
        words = "unknown";
    /* The first modifier of an interval is a mask of fields. */
    bool interval = plain && strcmp(words, "interval") == 0;
    if (type->modifiers_known && type->modifier_count == 1 && !interval)
        words = arena_printf(arena, "%s(%d)", words, (int)type->modifiers[0]);
    if (type->modifiers_known && type->modifier_count == 2)
        words = interval ? arena_printf(arena, "%s(%d)", words, (int)type->modifiers[1])
                         : arena_printf(arena, "%s(%d,%d)", words, (int)type->modifiers[0],
                                        (int)type->modifiers[1]);
    for (int i = 0; i < type->array_dimensions; i++)
        words = arena_printf(arena, "%s[]", words);
    return words;
}

static bool
same_name(const SqlType *a, const SqlType *b)
{
    if (a->name.name == NULL || b->name.name == NULL || strcmp(a->name.name, b->name.name) != 0)
        return false;
    if (a->name.schema == NULL || b->name.schema == NULL)
        return true;
    return strcmp(a->name.schema, b->name.schema) == 0;
}

static bool
same_modifiers(const SqlType *a, const SqlType *b)
{
    if (a->modifier_count != b->modifier_count)
        return false;
    if (a->modifier_count == 0)
        return true;
    if (!a->modifiers_known || !b->modifiers_known)
        return false;
    int kept = a->modifier_count < 2 ? a->modifier_count : 2;
    return memcmp(a->modifiers, b->modifiers, (size_t)kept * sizeof a->modifiers[0]) == 0;
}

bool
type_equals(const SqlType *a, const SqlType *b)
{
    return same_name(a, b) && same_modifiers(a, b) &&
           (a->array_dimensions > 0) == (b->array_dimensions > 0) && a->is_set == b->is_set;
}

/* ---- the same type with another modifier */

enum { MOST_FRACTION_DIGITS = 6, ALL_INTERVAL_FIELDS = 0x7FFF };

static bool
fraction_widens(const SqlType *from, int32_t from_digits, int32_t to_digits)
{
    return to_digits >= MOST_FRACTION_DIGITS ||
           (from->modifier_count > 0 && to_digits >= from_digits);
}

/* timestamp.c, intervaltypmodleastfield(): seconds are 0, years are the most. */
static int
least_interval_field(int32_t fields)
{
    /* datetime.h, from SECOND to YEAR */
    static const int bits[] = {12, 11, 10, 3, 1, 2};
    for (int i = 0; i < (int)COUNT_OF(bits); i++) {
        if ((fields & (1 << bits[i])) != 0)
            return i;
    }
    return 0;
}

static bool
interval_widens(const SqlType *from, const SqlType *to)
{
    int32_t from_fields = from->modifier_count > 0 ? from->modifiers[0] : ALL_INTERVAL_FIELDS;
    int32_t from_digits = from->modifier_count > 1 ? from->modifiers[1] : MOST_FRACTION_DIGITS;
    int32_t to_digits = to->modifier_count > 1 ? to->modifiers[1] : MOST_FRACTION_DIGITS;
    int from_least = least_interval_field(from_fields);
    return least_interval_field(to->modifiers[0]) <= from_least &&
           (from_least > 0 || to_digits >= MOST_FRACTION_DIGITS || to_digits >= from_digits);
}

static bool
modifier_widens(const SqlType *from, const SqlType *to)
{
    if (to->modifier_count == 0)
        return true;
    if (!to->modifiers_known || (from->modifier_count > 0 && !from->modifiers_known))
        return false;
    switch (widen_rule(to->name.name)) {
    case WIDEN_NONE:
        return false;
    case WIDEN_LENGTH:
        return from->modifier_count > 0 && to->modifiers[0] >= from->modifiers[0];
    case WIDEN_PRECISION_SCALE:
        return from->modifier_count > 0 && to->modifiers[0] >= from->modifiers[0] &&
               (to->modifier_count > 1 ? to->modifiers[1] : 0) ==
                   (from->modifier_count > 1 ? from->modifiers[1] : 0);
    case WIDEN_FRACTION:
        return fraction_widens(from, from->modifiers[0], to->modifiers[0]);
    case WIDEN_INTERVAL:
        return interval_widens(from, to);
    }
    return false;
}

/* ---- one conversion */

typedef struct Conversion {
    Arena *arena;
    const Schema *schema;
    const SqlType *written_from; /* for the words */
    const SqlType *written_to;
} Conversion;

static TypeChange
verdict(const Conversion *c, bool rewrites, const char *format)
{
    const char *from = type_words(c->arena, c->written_from);
    const char *to = type_words(c->arena, c->written_to);
    const char *why = arena_printf(c->arena, "%s to %s %s", from, to, format);
    return (TypeChange){.rewrites = rewrites, .known = true, .why = why};
}

static TypeChange
change_modifier(const Conversion *c, const SqlType *from, const SqlType *to)
{
    if (same_modifiers(from, to))
        return verdict(c, false, "is the same type");
    if (!modifier_widens(from, to))
        return verdict(c, true, "may not hold every value, so each is converted and checked");
    return verdict(c, false,
                   to->modifier_count == 0 ? "only lifts the limit" : "only raises the limit");
}

static bool
is_timestamp_pair(const SqlType *a, const SqlType *b)
{
    const char *x = a->name.name, *y = b->name.name;
    return (strcmp(x, "timestamp") == 0 && strcmp(y, "timestamptz") == 0) ||
           (strcmp(x, "timestamptz") == 0 && strcmp(y, "timestamp") == 0);
}

static TypeChange
change_timestamp(const Conversion *c, const SqlType *to)
{
    if (to->modifier_count > 0 && to->modifiers[0] < MOST_FRACTION_DIGITS)
        return verdict(c, true, "rounds each value");
    const char *zone = schema_setting(c->schema, "timezone");
    if (zone == NULL) {
        TypeChange unknown =
            verdict(c, true, "shifts each value unless the session's TimeZone is UTC");
        unknown.known = false;
        unknown.rebuilds_indexes = true;
        return unknown;
    }
    bool rewrites = !is_zero_offset(zone);
    TypeChange change =
        verdict(c, rewrites,
                rewrites ? "shifts each value, because the session's TimeZone is not UTC"
                         : "keeps each value, because the session's TimeZone is UTC");
    change.rebuilds_indexes = true;
    return change;
}

static bool
is_known(const Schema *schema, const SqlType *type)
{
    return type_catalog_find(type->name) != NULL || schema_find_enum(schema, type->name) != NULL ||
           schema_find_composite(schema, type->name) != NULL;
}

static TypeChange
change_base(const Conversion *c, const SqlType *from, const SqlType *to)
{
    if (same_name(from, to))
        return change_modifier(c, from, to);

    const CatalogType *old = type_catalog_find(from->name);
    const CatalogType *new = type_catalog_find(to->name);
    if (old != NULL && new != NULL && is_timestamp_pair(from, to))
        return change_timestamp(c, to);
    if (old != NULL && new != NULL && is_coercible(old, new) && to->modifier_count == 0) {
        TypeChange change = verdict(c, false, "keeps the stored form");
        change.rebuilds_indexes = strcmp(old->opclass, new->opclass) != 0;
        return change;
    }
    TypeChange change = verdict(c, true, "changes the stored form");
    change.known = is_known(c->schema, from) && is_known(c->schema, to);
    if (!change.known)
        change.why = arena_printf(c->arena, "%s to %s is not a pair of types that we know",
                                  type_words(c->arena, c->written_from),
                                  type_words(c->arena, c->written_to));
    return change;
}

static TypeChange
change_array(const Conversion *c, const SqlType *from, const SqlType *to)
{
    bool both = from->array_dimensions > 0 && to->array_dimensions > 0;
    if (both && same_name(from, to) && same_modifiers(from, to))
        return verdict(c, false, "is the same type");
    if (both && same_name(from, to) && to->modifier_count == 0)
        return verdict(c, false, "only lifts the limit");
    return verdict(c, true, "converts each array element by element");
}

enum { DOMAIN_DEPTH = 32 };

static const SimDomain *
domain_of(const Conversion *c, const SqlType *type)
{
    return type->array_dimensions > 0 ? NULL : schema_find_domain(c->schema, type->name);
}

/* indexcmds.c, CheckIndexCompatible(): an operator class of any array, enum or range goes with one
 * type. */
static bool
has_class_of_many(const Conversion *c, const SqlType *base)
{
    if (base->array_dimensions > 0 || schema_find_enum(c->schema, base->name) != NULL)
        return true;
    const CatalogType *type = type_catalog_find(base->name);
    return type != NULL && type->kind != 'b';
}

static TypeChange
change_type(const Conversion *c, const SqlType *from, const SqlType *to)
{
    if (type_equals(from, to))
        return verdict(c, false, "is the same type");

    const SqlType *old = from;
    const SqlType *new = to;
    SqlType bare;
    const SimDomain *domain = NULL;
    for (int i = 0; i < DOMAIN_DEPTH && (domain = domain_of(c, new)) != NULL; i++) {
        if (same_name(from, new))
            break;
        if (domain->not_null || domain->constraints.count > 0)
            return verdict(c, true, "has each value checked by the domain's constraints");
        new = &domain->base;
    }
    for (int i = 0; i < DOMAIN_DEPTH && (domain = domain_of(c, old)) != NULL; i++) {
        if (same_name(old, new))
            break;
        /* parse_coerce.c, coerce_type(): the value of a domain has no modifier. */
        bare = domain->base;
        bare.modifier_count = 0;
        old = &bare;
    }
    TypeChange change = old->array_dimensions > 0 || new->array_dimensions > 0
                            ? change_array(c, old, new)
                            : change_base(c, old, new);
    if (!same_name(from, to) && has_class_of_many(c, new))
        change.rebuilds_indexes = true;
    return change;
}

/* ---- USING */

static const char *
skip_open(const char *text)
{
    while (*text == '(' || isspace((unsigned char)*text))
        text++;
    return text;
}

/* Behind an identifier as it is written, in double quotes or not; `text` where there is none. */
static const char *
skip_identifier(const char *text)
{
    const char *at = text;
    if (*at == '"') {
        for (at++; *at != '\0' && (*at != '"' || at[1] == '"'); at += *at == '"' ? 2 : 1)
            ;
        return *at == '"' ? at + 1 : text;
    }
    while (isalnum((unsigned char)*at) || *at == '_' || *at == '$' || (unsigned char)*at >= 0x80)
        at++;
    return at;
}

/* Behind the column, with its table and schema in front or without; NULL where it is something
 * else. */
static const char *
skip_column(Arena *arena, const char *column, const char *text)
{
    const char *end = skip_identifier(text);
    while (end != text && *end == '.') {
        text = end + 1;
        end = skip_identifier(text);
    }
    const size_t length = (size_t)(end - text);
    const char *quoted = arena_printf(arena, "\"%s\"", column);
    bool is_bare = strlen(column) == length && strncasecmp(text, column, length) == 0;
    bool is_quoted = strlen(quoted) == length && strncmp(text, quoted, length) == 0;
    return length > 0 && (is_bare || is_quoted) ? end : NULL;
}

/* `column`, `(column)`, `column::type` or `CAST(column AS type)`: an expression that only names the
 * column and casts it. */
bool
type_using_is_cast(Arena *arena, const char *column, const SqlExpr *using)
{
    if (using->columns.count != 1 || strcmp(using->columns.items[0], column) != 0 ||
        using->functions.count > 0 || using->has_subquery)
        return false;
    const char *rest = skip_open(using->text);
    bool cast_word = strncasecmp(rest, "cast", 4) == 0 && *skip_open(rest + 4) != '\0' &&
                     skip_open(rest + 4) != rest + 4;
    if (cast_word)
        rest = skip_open(rest + 4);
    rest = skip_column(arena, column, rest);
    if (rest == NULL)
        return false;
    while (*rest == ')' || isspace((unsigned char)*rest))
        rest++;
    if (*rest == '\0')
        return true;
    bool casts = strncmp(rest, "::", 2) == 0 || (cast_word && strncasecmp(rest, "as ", 3) == 0);
    if (!casts)
        return false;
    for (rest += 2; *rest != '\0'; rest++) {
        if (!isalnum((unsigned char)*rest) && strchr("_ .,()[]\"\n\t:", *rest) == NULL)
            return false;
    }
    return true;
}

static TypeChange
change_using(const Conversion *c, const SqlType *from, const SqlType *to, const SqlExpr *using)
{
    bool rebuilds = false;
    for (size_t i = using->casts.count; i-- > 0;) {
        const SqlType *between = &using->casts.items[i];
        TypeChange change = change_type(c, from, between);
        change.rebuilds_indexes |= rebuilds;
        if (change.rewrites || (i == 0 && type_equals(between, to)))
            return change;
        rebuilds = change.rebuilds_indexes;
        from = between;
    }
    TypeChange last = change_type(c, from, to);
    last.rebuilds_indexes |= rebuilds;
    return last;
}

static bool
same_collation(QualifiedName a, QualifiedName b)
{
    if (a.name == NULL || b.name == NULL)
        return a.name == b.name;
    return strcmp(a.name, b.name) == 0;
}

TypeChange
type_change(Arena *arena, const Schema *schema, const SimColumn *column, const Op *alter_type)
{
    const SqlExpr *using = alter_type->alter_type.using;
    const SqlType *to = &alter_type->alter_type.type;
    if (!column->type_known)
        return (TypeChange){.rewrites = true,
                            .rebuilds_indexes = true,
                            .why = "the column's present type is not in the history"};

    Conversion conversion = {arena, schema, &column->type, to};
    if (using != NULL && !type_using_is_cast(arena, column->name, using))
        return verdict(&conversion, true, "computes each value anew with USING");

    TypeChange change = using != NULL ? change_using(&conversion, &column->type, to, using)
                                      : change_type(&conversion, &column->type, to);
    if (!same_collation(column->collation, alter_type->alter_type.collation))
        change.rebuilds_indexes = true;
    return change;
}
