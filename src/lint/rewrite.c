/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdarg.h>

#include "lockstep/rule.h"

static void
add_step(Rewrite *out, bool in_transaction, const char *sql)
{
    LIST_APPEND(out->arena, &out->steps,
                (RewriteStep){.in_transaction = in_transaction, .sql = sql});
}

void
rewrite_step(Rewrite *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_step(out, true, arena_vprintf(out->arena, format, arguments));
    va_end(arguments);
}

void
rewrite_and(Rewrite *out, const char *format, ...)
{
    assert(out->steps.count > 0 && "rewrite_and() comes after rewrite_step()");
    RewriteStep *last = &out->steps.items[out->steps.count - 1];
    assert(last->in_transaction && "what runs outside of a transaction runs alone");

    va_list arguments;
    va_start(arguments, format);
    const char *sql = arena_vprintf(out->arena, format, arguments);
    va_end(arguments);
    last->sql = arena_printf(out->arena, "%s\n%s", last->sql, sql);
}

void
rewrite_outside(Rewrite *out, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_step(out, false, arena_vprintf(out->arena, format, arguments));
    va_end(arguments);
}
