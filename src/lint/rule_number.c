/* SPDX-License-Identifier: MIT */
#include "lint/rule_number.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"

const char *
rule_number_text(Arena *arena, const RuleNumber *number, int64_t value)
{
    char duration[DURATION_SIZE];

    if (number->is_duration)
        return arena_strdup(arena, duration_print((long)value, duration));
    return arena_printf(arena, "%lld", (long long)value);
}

static bool
parse(const RuleNumber *number, const char *text, int64_t *out)
{
    if (number->is_duration) {
        Error ignored;
        long milliseconds = 0;
        if (!duration_parse(text, &milliseconds, &ignored))
            return false;
        *out = milliseconds;
        return true;
    }
    if (text[0] == '\0' || strspn(text, "0123456789") != strlen(text))
        return false;
    errno = 0;
    *out = strtoll(text, NULL, 10);
    return errno == 0;
}

bool
rule_number_parse(Arena *arena, const RuleNumber *number, const char *text, int64_t *out,
                  Error *err)
{
    if (parse(number, text, out) && *out >= number->least && *out <= number->most)
        return true;
    return error_set(err, ERROR_USAGE, "\"%s\" is not a %s from %s to %s", text,
                     number->is_duration ? "duration" : "number",
                     rule_number_text(arena, number, number->least),
                     rule_number_text(arena, number, number->most));
}
