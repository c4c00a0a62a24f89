/* SPDX-License-Identifier: MIT */
#include "lint/narrowing.h"

#include <string.h>

#include "lockstep/hazard.h"
#include "lockstep/slice.h"

/* In `condition`, every @ stands for the column. */
typedef struct NarrowingCase {
    const char *from;
    const char *to;
    const char *what;
    const char *condition;
} NarrowingCase;

#define INT2_RANGE "@ NOT BETWEEN -32768 AND 32767"
#define INT4_RANGE "@ NOT BETWEEN -2147483648 AND 2147483647"
#define INT8_RANGE "@ NOT BETWEEN -9223372036854775808 AND 9223372036854775807"
#define TOO_LARGE "values out of the new type's range make it fail"
#define ROUNDED "digits behind the point are rounded away"

static const NarrowingCase cases[] = {
    {"int8",        "int4",   TOO_LARGE,                 INT4_RANGE                    },
    {"int8",        "int2",   TOO_LARGE,                 INT2_RANGE                    },
    {"int4",        "int2",   TOO_LARGE,                 INT2_RANGE                    },
    {"numeric",     "int8",   ROUNDED,                   "@ <> trunc(@) OR " INT8_RANGE},
    {"numeric",     "int4",   ROUNDED,                   "@ <> trunc(@) OR " INT4_RANGE},
    {"numeric",     "int2",   ROUNDED,                   "@ <> trunc(@) OR " INT2_RANGE},
    {"float8",      "int8",   ROUNDED,                   "@ <> trunc(@) OR " INT8_RANGE},
    {"float8",      "int4",   ROUNDED,                   "@ <> trunc(@) OR " INT4_RANGE},
    {"float8",      "float4", "digits are lost",         "@ <> @::real::float8"        },
    {"numeric",     "float8", "digits are lost",         "@ <> @::float8::numeric"     },
    {"timestamptz", "date",   "the time of day is lost", "@ <> @::date"                },
    {"timestamp",   "date",   "the time of day is lost", "@ <> @::date"                },
    {"timestamp",   "time",   "the date is lost",        "true"                        },
    {"timestamptz", "time",   "the date is lost",        "true"                        },
};

static const char *
put_column(Arena *arena, const char *condition, const char *column)
{
    const char *out = "";
    for (const char *at = condition; *at != '\0';) {
        size_t plain = strcspn(at, "@");
        out = arena_printf(arena, "%s%.*s%s", out, (int)plain, at, at[plain] == '@' ? column : "");
        at += plain + (at[plain] == '@');
    }
    return out;
}

static bool
is_string(const SqlType *type)
{
    return hazard_is_type(type, "text") || hazard_is_type(type, "varchar") ||
           hazard_is_type(type, "bpchar");
}

/* Longer ones make it fail, but for blanks at their end. */
static Narrowing
narrow_string(Arena *arena, const SqlType *from, const SqlType *to, const char *column)
{
    bool is_bounded = to->modifier_count == 1 && to->modifiers_known;
    bool was_bounded = from->modifier_count == 1 && from->modifiers_known;
    if (!is_bounded || (was_bounded && from->modifiers[0] <= to->modifiers[0]))
        return (Narrowing){0};
    return (Narrowing){
        arena_printf(arena, "values of more than %d characters make it fail", to->modifiers[0]),
        arena_printf(arena, "char_length(%s) > %d", column, to->modifiers[0])};
}

static Narrowing
narrow_numeric(Arena *arena, const SqlType *from, const SqlType *to, const char *column)
{
    if (to->modifier_count == 0 || !to->modifiers_known || !from->modifiers_known)
        return (Narrowing){0};
    int scale = to->modifier_count == 2 ? to->modifiers[1] : 0;
    int whole = to->modifiers[0] - scale;
    int old_scale = from->modifier_count == 2 ? from->modifiers[1] : 0;
    bool was_bounded = from->modifier_count > 0;
    if (was_bounded && old_scale <= scale && from->modifiers[0] - old_scale <= whole)
        return (Narrowing){0};
    return (Narrowing){
        arena_printf(arena,
                     "values with more than %d digits before the point make it fail, and "
                     "more than %d behind it are rounded away",
                     whole, scale),
        arena_printf(arena, "abs(%s) >= 10::numeric ^ %d OR %s <> round(%s, %d)", column, whole,
                     column, column, scale)};
}

static const SimColumn *
find_column(const LintContext *ctx, const Op *op)
{
    const SimColumn *column =
        ctx->table != NULL ? relation_find_column(ctx->table, op->alter_type.column) : NULL;
    return column != NULL && column->type_known && column->type.array_dimensions == 0 ? column
                                                                                      : NULL;
}

Narrowing
narrowing_find(const LintContext *ctx, const Op *op)
{
    const SimColumn *column = find_column(ctx, op);
    const SqlType *to = &op->alter_type.type;
    if (column == NULL || op->alter_type.using != NULL || to->array_dimensions > 0)
        return (Narrowing){0};
    const SqlType *from = &column->type;
    const char *name = sql_ident(ctx->arena, column->name);
    if (is_string(from) && is_string(to))
        return narrow_string(ctx->arena, from, to, name);
    if (hazard_is_type(from, "numeric") && hazard_is_type(to, "numeric"))
        return narrow_numeric(ctx->arena, from, to, name);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (hazard_is_type(from, cases[i].from) && hazard_is_type(to, cases[i].to))
            return (Narrowing){cases[i].what, put_column(ctx->arena, cases[i].condition, name)};
    }
    return (Narrowing){0};
}

static bool
has_word(const char *source, Span within, const char *word)
{
    for (;;) {
        const Span token = slice_next(source, within);
        if (token.start == token.end)
            return false;
        if (slice_is(source, token, word) ||
            (source[token.start] == '(' &&
             has_word(source, (Span){token.start + 1, token.end - 1}, word)))
            return true;
        within = slice_after(within, token);
    }
}

bool
hazard_narrowing_is_prepared(const LintContext *ctx, const Op *op)
{
    const SqlType *to = &op->alter_type.type;
    const char *limit =
        to->modifier_count > 0 ? arena_printf(ctx->arena, "%d", to->modifiers[0]) : NULL;
    const char *column = sql_ident(ctx->arena, op->alter_type.column);

    foreach (statement, &ctx->sifted) {
        if (has_word(ctx->source, *statement, column) &&
            (limit == NULL || has_word(ctx->source, *statement, limit)))
            return true;
    }
    return false;
}

const char *
hazard_narrowing(const LintContext *ctx, const Op *op)
{
    return narrowing_find(ctx, op).what;
}
