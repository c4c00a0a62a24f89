/* SPDX-License-Identifier: MIT */
#include "cli/words.h"

#include <inttypes.h>
#include <string.h>

#include "cli/blockers.h"

const char *
words_elapsed(Arena *arena, int64_t milliseconds)
{
    int64_t seconds = (milliseconds + 500) / 1000;
    if (milliseconds < 0)
        return "?";
    if (milliseconds < 1000)
        return arena_printf(arena, "%" PRId64 " ms", milliseconds);
    if (milliseconds < 59950)
        return arena_printf(arena, "%" PRId64 ".%" PRId64 " s", (milliseconds + 50) / 1000,
                            (milliseconds + 50) % 1000 / 100);
    if (seconds < 3600)
        return arena_printf(arena, "%" PRId64 " min %02" PRId64 " s", seconds / 60, seconds % 60);
    return arena_printf(arena, "%" PRId64 " h %02" PRId64 " min", seconds / 3600,
                        seconds % 3600 / 60);
}

const char *
words_count(Arena *arena, size_t count, const char *noun)
{
    return arena_printf(arena, "%zu %s%s", count, noun, count == 1 ? "" : "s");
}

const char *
words_time(Arena *arena, const char *timestamp, bool with_seconds)
{
    if (timestamp == NULL)
        return "";
    char *text = arena_strndup(arena, timestamp, with_seconds ? 19 : 16);
    char *separator = strchr(text, 'T');
    if (separator != NULL)
        *separator = ' ';
    return text;
}

static const char *
or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

const char *
words_blocker(Arena *arena, const Blocker *blocker)
{
    const char *who = "a prepared transaction";
    const char *backend = "";
    if (blocker->pid != 0) {
        who = arena_printf(arena, "pid %d", blocker->pid);
        backend = blockers_backend_words(arena, blocker);
    }
    const char *parts[] = {backend, or_nothing(blocker->application), or_nothing(blocker->user),
                           or_nothing(blocker->address), or_nothing(blocker->state)};
    const char *inside = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (parts[i][0] != '\0')
            inside = arena_printf(arena, "%s%s%s", inside, inside[0] == '\0' ? "" : ", ", parts[i]);
    }
    if (blocker->age_ms >= 0)
        inside = arena_printf(arena, "%s%s%s", inside, inside[0] == '\0' ? "" : " for ",
                              words_elapsed(arena, blocker->age_ms));
    if (inside[0] != '\0')
        who = arena_printf(arena, "%s (%s)", who, inside);
    return who;
}
