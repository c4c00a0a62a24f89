/* SPDX-License-Identifier: MIT */
#include "base/duration.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* The longest first, so that printing finds the shortest text. */
static const struct {
    const char *name;
    long ms;
} units[] = {
    {"d",   86400000},
    {"h",   3600000 },
    {"min", 60000   },
    {"s",   1000    },
    {"ms",  1       },
};

#define UNIT_COUNT (sizeof units / sizeof *units)

static bool
refuse(Error *err, const char *text, const char *why)
{
    error_set(err, ERROR_USAGE, "\"%.40s\" is not a duration: %s", text, why);
    return error_hint(err, "Write a whole number and a unit: 500ms, 2s, 10min, 1h or 1d.");
}

static bool
apply_unit(const char *text, const char *unit, long value, long *ms, Error *err)
{
    for (size_t i = 0; i < UNIT_COUNT; i++) {
        if (strcmp(unit, units[i].name) != 0)
            continue;
        if (value > DURATION_MAX_MS / units[i].ms)
            return refuse(err, text, "it is longer than 24 days");
        *ms = value * units[i].ms;
        return true;
    }
    if (*unit == '\0')
        return refuse(err, text, "it has no unit");
    if (strcmp(unit, "m") == 0)
        return refuse(err, text, "minutes are written min, milliseconds ms");
    return refuse(err, text, *unit == '.' ? "it has a fraction" : "there is no such unit");
}

bool
duration_parse(const char *text, long *ms, Error *err)
{
    if (*text == '\0')
        return refuse(err, text, "it is empty");
    if (!isdigit((unsigned char)*text))
        return refuse(err, text, "it does not begin with a digit");

    long value = 0;
    const char *rest = text;
    for (; isdigit((unsigned char)*rest); rest++) {
        value = value * 10 + (*rest - '0');
        if (value > DURATION_MAX_MS)
            return refuse(err, text, "it is longer than 24 days");
    }
    rest += strspn(rest, " \t");
    if (value == 0 && *rest == '\0') {
        *ms = 0;
        return true;
    }
    return apply_unit(text, rest, value, ms, err);
}

const char *
duration_print(long ms, char out[DURATION_SIZE])
{
    size_t i = 0;
    while (i < UNIT_COUNT - 1 && ms % units[i].ms != 0)
        i++;
    if (ms == 0)
        snprintf(out, DURATION_SIZE, "0");
    else
        snprintf(out, DURATION_SIZE, "%ld%s", ms / units[i].ms, units[i].name);
    return out;
}

int64_t
duration_clock_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}
