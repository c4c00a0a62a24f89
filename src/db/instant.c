/* SPDX-License-Identifier: MIT */
#include "db/instant.h"

#include <time.h>

#define SECOND ((int64_t)1000000)

/* The last `count` digits of the number. */
static char *
put_digits(char *out, int64_t number, int count)
{
    for (int i = count - 1; i >= 0; i--) {
        out[i] = (char)('0' + number % 10);
        number /= 10;
    }
    return out + count;
}

const char *
instant_text(Arena *arena, int64_t microseconds)
{
    static const char pattern[] = "0000-00-00T00:00:00.000000Z";
    int64_t part = microseconds % SECOND;
    part += part < 0 ? SECOND : 0;
    const time_t seconds = (time_t)((microseconds - part) / SECOND);
    struct tm date;
    char *text = arena_strdup(arena, pattern);
    if (gmtime_r(&seconds, &date) == NULL)
        return text;
    char *at = put_digits(text, (int64_t)date.tm_year + 1900, 4) + 1;
    at = put_digits(at, date.tm_mon + 1, 2) + 1;
    at = put_digits(at, date.tm_mday, 2) + 1;
    at = put_digits(at, date.tm_hour, 2) + 1;
    at = put_digits(at, date.tm_min, 2) + 1;
    at = put_digits(at, date.tm_sec, 2) + 1;
    (void)put_digits(at, part, 6);
    return text;
}
