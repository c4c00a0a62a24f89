/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "lockstep/dump_header.h"
#include "lockstep/recipe.h"
#include "lockstep/slice.h"

extern const Rule rule_lock_timeout_misused;

/* "0", "0ms", "0 s": no limit. */
static bool
is_zero(const char *value)
{
    const size_t zeros = strspn(value, "0");
    return zeros > 0 && strchr("123456789.", value[zeros == strlen(value) ? 0 : zeros]) == NULL;
}

/* Of what the server takes for it, with milliseconds where no unit is written; -1 for the rest. */
static double
milliseconds_of(const char *value)
{
    static const struct {
        const char *unit;
        double milliseconds;
    } units[] = {
        {"",    1       },
        {"us",  0.001   },
        {"ms",  1       },
        {"s",   1000    },
        {"min", 60000   },
        {"h",   3600000 },
        {"d",   86400000},
    };
    char *end = NULL;
    const double number = strtod(value, &end);

    end += strspn(end, " \t");
    for (size_t i = 0; end != value && i < sizeof units / sizeof *units; i++) {
        if (strcmp(units[i].unit, end) == 0)
            return number * units[i].milliseconds;
    }
    return -1;
}

static const char *
check_length(const LintContext *ctx, const char *value)
{
    const RuleNumber *number = &rule_lock_timeout_misused.number;

    if (value == NULL || milliseconds_of(value) <= (double)ctx->number)
        return NULL;
    return arena_printf(ctx->arena,
                        "lock_timeout = '%s' is longer than %s: for that long all others may wait "
                        "behind one statement that waits for its lock",
                        value, rule_number_text(ctx->arena, number, ctx->number));
}

static bool
is_switched_off(const Op *op)
{
    const bool resets = op->set.is_reset || op->set.values.count == 0;
    if (op->set.name == NULL)
        return true;
    return !resets && is_zero(op->set.values.items[0]);
}

static const char *
check_set(const LintContext *ctx, const Op *op)
{
    if (op->set.is_local && !ctx->in_transaction)
        return "SET LOCAL outside of a transaction sets nothing: lock_timeout stays as it was";
    /* Nobody waits for what a dump makes; what waits behind it is told where it stands. */
    if (dump_header_at(ctx->source, ctx->statement->span.start))
        return NULL;
    if (is_switched_off(op) || op->set.is_reset)
        return op->set.name == NULL
                   ? arena_printf(ctx->arena,
                                  "%s ALL takes back the lock_timeout that `up` has set, too",
                                  ctx->statement->kind)
               : op->set.is_reset
                   ? "RESET takes back the lock_timeout that `up` has set: statements wait for a "
                     "lock without end, and all others wait behind them"
                   : "lock_timeout = 0 means no limit: statements wait for a lock without end, and "
                     "all others wait behind them";
    if (ctx->stopped.level == LOCK_NONE || !lock_blocks_writes(ctx->stopped.level))
        return check_length(ctx, op->set.values.count > 0 ? op->set.values.items[0] : NULL);
    return arena_printf(ctx->arena,
                        "this lock_timeout comes too late for %s on %s, which the transaction has "
                        "taken already",
                        lock_words(ctx->stopped.level),
                        sql_qualified(ctx->arena, ctx->stopped.relation));
}

static bool
calls_set_config(const Op *op)
{
    foreach (function, &op->data.functions) {
        if (strcmp(function->name, "set_config") == 0)
            return true;
    }
    return false;
}

/* SELECT set_config('lock_timeout', '0', …). */
static const char *
check_config(const LintContext *ctx)
{
    const Span call = slice_after(ctx->statement->span,
                                  slice_find(ctx->source, ctx->statement->span, "set_config"));
    const Span group = slice_next(ctx->source, call);
    if (group.end < group.start + 2)
        return NULL;
    const Span inside = {group.start + 1, group.end - 1};
    const Span name = slice_next(ctx->source, inside);
    const Span comma = slice_next(ctx->source, slice_after(inside, name));
    const Span value = slice_next(ctx->source, slice_after(inside, comma));
    if (strcmp(slice_text(ctx->arena, ctx->source, name), "'lock_timeout'") != 0 ||
        value.end < value.start + 3 || ctx->source[value.start] != '\'')
        return NULL;
    const char *text = slice_text(ctx->arena, ctx->source, (Span){value.start + 1, value.end - 1});
    return is_zero(text) ? "lock_timeout = 0 means no limit: statements wait for a lock without "
                           "end, and all others wait behind them"
                         : check_length(ctx, text);
}

static bool
concerns(const Op *op)
{
    if (op->kind == OP_SELECT)
        return calls_set_config(op);
    return op->set.name == NULL || strcmp(op->set.name, "lock_timeout") == 0;
}

static const char *
check(const LintContext *ctx, const Op *op)
{
    return op->kind == OP_SELECT ? check_config(ctx) : check_set(ctx, op);
}

const Rule rule_lock_timeout_misused = {
    .id = "lock-timeout-misused",
    .name = "lock_timeout is switched off, too long, or set where it does nothing",
    .severity = SEVERITY_WARNING,
    .on = {OP_SET_VARIABLE, OP_SELECT},
    .concerns = concerns,
    .number = {.name = "longest",
           .what = "lock_timeout that a migration may set for itself",
           .is_duration = true,
           .initial = 60000,
           .least = 1,
           .most = 86400000},
    .why = "`up` gives every statement a lock_timeout and tries again. A migration that sets it to "
           "0, resets it, sets it behind the lock that it was meant for, or with SET LOCAL outside "
           "of a transaction, has none, and one of many minutes is hardly better: one long query "
           "is enough to stop the application.",
    .instead = "Leave it to `up` (--lock-timeout), or ask for another one with a comment: "
               "\"-- lockstep: lock-timeout: 5s\".",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, note text);",
    .bad = "SET lock_timeout = 0;",
    .good = "SET lock_timeout = '3s';",
    .check = check,
};
