/* SPDX-License-Identifier: MIT */
#include "cli/cancel_order.h"

#include <string.h>

#include "base/duration.h"

#define OLDER_THAN "older-than="
#define IDLE_ONLY "idle-in-transaction-only"

static bool
refuse(const char *problem, Error *err)
{
    (void)error_set(err, ERROR_USAGE, "--cancel-blockers: %s", problem);
    return error_hint(err, "Write " OLDER_THAN "30s, or " OLDER_THAN "30s," IDLE_ONLY ".");
}

static bool
read_age(const char *text, RunOptions *out, Error *err)
{
    long age = 0;
    if (!duration_parse(text, &age, err))
        return error_context(err, "--cancel-blockers");
    out->cancel_older_than_ms = age;
    return true;
}

bool
cancel_order_parse(Arena *arena, const char *text, RunOptions *out, Error *err)
{
    if (text == NULL)
        return true;
    char *rest = arena_strdup(arena, text);
    for (char *part = strsep(&rest, ","); part != NULL; part = strsep(&rest, ",")) {
        if (strcmp(part, IDLE_ONLY) == 0)
            out->cancel_idle_only = true;
        else if (strncmp(part, OLDER_THAN, strlen(OLDER_THAN)) != 0)
            return refuse(arena_printf(arena, "\"%s\" is not known", part), err);
        else if (!read_age(part + strlen(OLDER_THAN), out, err))
            return false;
    }
    return out->cancel_older_than_ms >= 0 || refuse("it does not say how old", err);
}
