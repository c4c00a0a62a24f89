/* SPDX-License-Identifier: MIT */
#include "cli/blockers.h"

#include "base/table.h"
#include "cli/words.h"

static const char *
or_nothing(const char *text)
{
    return text != NULL ? text : "";
}

const char *
blockers_backend_words(Arena *arena, const Blocker *blocker)
{
    const char *backend = or_nothing(blocker->backend);
    return blocker->is_wraparound ? arena_printf(arena, "%s to prevent wraparound", backend)
                                  : backend;
}

/* "psql, anna, 10.0.0.7", or what it is where that is no session of a client. */
static const char *
who(Arena *arena, const Blocker *blocker)
{
    const char *parts[] = {blockers_backend_words(arena, blocker), or_nothing(blocker->application),
                           or_nothing(blocker->user), or_nothing(blocker->address)};
    const char *text = "";
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (parts[i][0] != '\0')
            text = arena_printf(arena, "%s%s%s", text, text[0] == '\0' ? "" : ", ", parts[i]);
    return text[0] != '\0' ? text : "unknown";
}

static const char *
age(Arena *arena, const Blocker *blocker)
{
    return blocker->age_ms >= 0 ? words_elapsed(arena, blocker->age_ms) : "";
}

static const char *
pid(Arena *arena, const Blocker *blocker)
{
    return blocker->pid != 0 ? arena_printf(arena, "%d", blocker->pid) : "";
}

void
blockers_write(FILE *out, Arena *scratch, const BlockerList *blockers, bool colour, int width)
{
    static const TableColumn columns[] = {
        {.title = "    pid", .right = true},
        {.title = "who", .may_cut = true},
        {.title = "state"},
        {.title = "for", .right = true},
        {.title = "waits on", .leave_rank = 1},
        {.title = "statement", .may_cut = true},
    };
    Table *table = table_new(scratch, columns, sizeof columns / sizeof *columns);
    foreach (blocker, blockers) {
        table_add(scratch, table, pid(scratch, blocker), TERM_PLAIN);
        table_add(scratch, table, who(scratch, blocker), TERM_PLAIN);
        table_add(scratch, table, blocker->state, TERM_PLAIN);
        table_add(scratch, table, age(scratch, blocker), TERM_PLAIN);
        table_add(scratch, table, blocker->wait_event, TERM_DIM);
        table_add(scratch, table, blocker->query, TERM_PLAIN);
    }
    table_write(out, scratch, table, colour, width);
}

const char *
blockers_queue_words(Arena *arena, int64_t queued, int64_t queued_ms)
{
    return arena_printf(arena, "%s queued behind it, the first for %s",
                        words_count(arena, (size_t)queued, "session"),
                        words_elapsed(arena, queued_ms));
}

const char *
blockers_next_words(Arena *arena, const RetryEvent *retry)
{
    const char *pause = words_elapsed(arena, retry->pause_ms);
    if (!retry->until_gone)
        return arena_printf(arena, "next attempt in %s, then %s of the lock budget are left", pause,
                            words_elapsed(arena, retry->left_ms));
    return arena_printf(arena, "next attempt when %s gone, within %s",
                        retry->blockers.count == 1 ? "that transaction is"
                                                   : "those transactions are",
                        words_elapsed(arena, retry->pause_ms + retry->left_ms));
}

const char *
blockers_until_words(Arena *arena, const RetryEvent *retry)
{
    const BlockerList *blockers = &retry->blockers;
    if (!retry->until_gone)
        return arena_printf(arena, "time until attempt %zu", retry->attempt + 1);
    if (blockers->count > 1)
        return arena_printf(arena, "until %zu transactions are through", blockers->count);
    if (blockers->items[0].pid == 0)
        return "until a prepared transaction is through";
    return arena_printf(arena, "until pid %d is through", blockers->items[0].pid);
}
