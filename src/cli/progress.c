/* SPDX-License-Identifier: MIT */
#include "cli/progress.h"

#include <stdarg.h>
#include <string.h>

#include "base/duration.h"
#include "base/term.h"
#include "cli/blockers.h"
#include "cli/visible.h"
#include "cli/words.h"
#include "source/version.h"

#define WAITERS 8

struct Progress {
    Arena *arena;
    FILE *out;
    ProgressStyle style;
    RunObserver observer;
    bool line_is_drawn;
    char waiting[160];     /* what it waits for while no statement is under way, or "" */
    int64_t waiting_since; /* duration_clock_ms() */
    int64_t wait_ends;     /* the same; 0: nobody knows */
    char phase[120];       /* of the index that is built, or "" */
    int64_t percent;       /* of the phase; -1: unknown */
    int blockers[WAITERS]; /* pid + 1 of those told of, for the statement at hand */
};

static void
erase_line(Progress *progress)
{
    if (!progress->line_is_drawn)
        return;
    fputs("\r\033[K", progress->out);
    progress->line_is_drawn = false;
}

/* A line that stays. */
static void say(Progress *progress, TermStyle style, const char *mark, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

static void
say(Progress *progress, TermStyle style, const char *mark, const char *format, ...)
{
    erase_line(progress);
    bool colour = progress->style.colour && mark[0] != '\0';
    fprintf(progress->out, "%s%s%s", term_style(colour, style), mark,
            term_style(colour, TERM_PLAIN));
    va_list arguments;
    va_start(arguments, format);
    ArenaMark memory = arena_mark(progress->arena);
    visible_line(progress->out, arena_vprintf(progress->arena, format, arguments),
                 (int)strlen(mark), progress->style.live ? progress->style.width : 0);
    arena_rewind(progress->arena, memory);
    va_end(arguments);
    fflush(progress->out);
}

/* The line that changes: what is under way, cut to the width, and since when. */
static void
draw(Progress *progress, const char *text, const char *elapsed)
{
    int room = progress->style.width - 1 - (int)strlen(elapsed) - 2;
    fprintf(progress->out, "\r\033[K%.*s  %s%s%s", (int)visible_fitting(text, room), text,
            term_style(progress->style.colour, TERM_DIM), elapsed,
            term_style(progress->style.colour, TERM_PLAIN));
    fflush(progress->out);
    progress->line_is_drawn = true;
}

static const char *
title_of(Arena *arena, const MigrationEvent *migration)
{
    return version_label(arena, migration->version_text, migration->name);
}

static void
run_started(void *context, const RunTarget *target, const char *run)
{
    Progress *progress = context;
    (void)run;
    progress->waiting[0] = '\0';
    if (!progress->style.quiet)
        say(progress, TERM_PLAIN, "", "%s (PostgreSQL %s)", target->label, target->server_version);
    if (target->server_untested)
        say(progress, TERM_WARNING,
            "warning: ", "PostgreSQL %d is newer than what this lockstep was checked against",
            target->server_major);
}

/* What a session does or did last, on a line of its own. */
static void
say_query(Progress *progress, const Blocker *blocker)
{
    if (blocker->query != NULL && blocker->query[0] != '\0')
        say(progress, TERM_PLAIN, "", "  its statement: %s", blocker->query);
}

/* Said once; then the line that changes tells that it still is so. */
static void
connect_wait(void *context, const Error *reason, int64_t waited_ms)
{
    Progress *progress = context;
    bool is_first = progress->waiting[0] == '\0';
    snprintf(progress->waiting, sizeof progress->waiting, "waiting for the database");
    progress->waiting_since = duration_clock_ms() - waited_ms;
    progress->wait_ends = 0;
    if (is_first && !progress->style.quiet)
        say(progress, TERM_WARNING, "waiting: ", "%s", reason->message);
}

static void
advisory_wait(void *context, const Blocker *holder, int64_t waited_ms)
{
    Progress *progress = context;
    snprintf(progress->waiting, sizeof progress->waiting, "waiting for another lockstep");
    progress->waiting_since = duration_clock_ms() - waited_ms;
    progress->wait_ends = 0;
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    say(progress, TERM_WARNING, "waiting: ", "another lockstep works on this database%s%s",
        holder->pid != 0 ? ": " : "",
        holder->pid != 0 ? words_blocker(progress->arena, holder) : "");
    say_query(progress, holder);
    arena_rewind(progress->arena, mark);
}

static bool
goes_both_ways(const PlannedRunList *runs)
{
    foreach (run, runs)
        if (run->direction != runs->items[0].direction)
            return true;
    return false;
}

/* What goes down to come up again, as redo does, is shown before it begins. */
static void
planned(void *context, const PlannedRunList *runs)
{
    Progress *progress = context;
    progress->waiting[0] = '\0';
    if (progress->style.quiet || runs->count == 0)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    bool both = goes_both_ways(runs);
    say(progress, TERM_PLAIN, "", "%s to run%s",
        words_count(progress->arena, runs->count, both ? "step" : "migration"), both ? ":" : "");
    for (size_t i = 0; both && i < runs->count; i++)
        say(progress, TERM_PLAIN, "", "  %-4s %s", direction_words(runs->items[i].direction),
            version_label(progress->arena, runs->items[i].item.version_text,
                          runs->items[i].item.name));
    arena_rewind(progress->arena, mark);
}

static void
marker_taken(void *context, const RestorePoint *marker)
{
    Progress *progress = context;
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    say(progress, TERM_PLAIN, "", "restore marker %s",
        marker->name != NULL ? marker->name : "(no named restore point)");
    say(progress, TERM_PLAIN, "", "  at %s UTC, LSN %s, timeline %lld",
        words_time(progress->arena, marker->taken_at, true), marker->lsn,
        (long long)marker->timeline);
    if (marker->name == NULL && marker->name_missing != NULL)
        say(progress, TERM_PLAIN, "", "  no name: %s", marker->name_missing);
    if (progress->style.journal != NULL)
        say(progress, TERM_PLAIN, "", "  kept in %s", progress->style.journal);
    if (!progress->style.sandbox && strcmp(marker->archive_mode, "off") == 0)
        say(progress, TERM_WARNING,
            "  note: ", "archive_mode is off, so there may be no WAL to restore with");
    if (marker->archiver_failing)
        say(progress, TERM_WARNING, "  warning: ", "the WAL archiver is failing");
    arena_rewind(progress->arena, mark);
}

static void
say_notes(Progress *progress, const MigrationEvent *migration, const char *title)
{
    if (migration->resumed)
        say(progress, TERM_INFO, "note: ", "%s goes on where an earlier run stopped", title);
    if (migration->from_history)
        say(progress, TERM_INFO, "note: ", "%s is reverted with the text stored in the history",
            title);
    if (migration->left_out != NULL)
        say(progress, TERM_INFO, "note: ", "%s%s is for psql alone and left out",
            migration->left_out,
            migration->left_out_count == 1
                ? ""
                : arena_printf(
                      progress->arena, " (and %s more)",
                      words_count(progress->arena, migration->left_out_count - 1, "line")));
}

static void
migration_started(void *context, const MigrationEvent *migration)
{
    Progress *progress = context;
    progress->waiting[0] = '\0';
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    const char *title = title_of(progress->arena, migration);
    if (!progress->style.live || progress->style.verbose)
        say(progress, TERM_PLAIN, "", "%zu/%zu %s %s: %s", migration->number, migration->total,
            direction_words(migration->direction), title,
            words_count(progress->arena, migration->statements, "statement"));
    say_notes(progress, migration, title);
    arena_rewind(progress->arena, mark);
}

static void
statement_started(void *context, const StatementEvent *statement)
{
    Progress *progress = context;
    memset(progress->blockers, 0, sizeof progress->blockers);
    progress->phase[0] = '\0';
    progress->waiting[0] = '\0';
    if (progress->style.verbose && !progress->style.quiet)
        say(progress, TERM_PLAIN, "", "    line %zu: %s%s", statement->line, statement->words,
            statement->skipped ? " (done already)" : "");
}

static void
draw_statement(Progress *progress, const StatementEvent *statement, int64_t elapsed_ms)
{
    const MigrationEvent *migration = statement->migration;
    const char *text = arena_printf(progress->arena, "%zu/%zu %s, statement %zu of %zu: %s",
                                    migration->number, migration->total, migration->name,
                                    statement->number, migration->statements, statement->words);
    if (progress->phase[0] != '\0')
        text = arena_printf(progress->arena, "%zu/%zu %s: %s%s", migration->number,
                            migration->total, migration->name, progress->phase,
                            progress->percent < 0
                                ? ""
                                : arena_printf(progress->arena, " %d %%", (int)progress->percent));
    draw(progress, text, words_elapsed(progress->arena, elapsed_ms));
}

static void
draw_wait(Progress *progress)
{
    int64_t now = duration_clock_ms();
    int64_t left = progress->wait_ends - now;
    const char *time = words_elapsed(progress->arena, now - progress->waiting_since);
    if (progress->wait_ends != 0)
        time = words_elapsed(progress->arena, left < 0 ? 0 : left);
    draw(progress, progress->waiting, time);
}

static void
tick(void *context, const StatementEvent *statement, int64_t elapsed_ms)
{
    Progress *progress = context;
    if (!progress->style.live || progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    if (statement != NULL)
        draw_statement(progress, statement, elapsed_ms);
    else if (progress->waiting[0] != '\0')
        draw_wait(progress);
    arena_rewind(progress->arena, mark);
}

/* Whether this session was told of already; remembers it. */
static bool
is_known_blocker(Progress *progress, int pid)
{
    for (size_t i = 0; i < WAITERS; i++) {
        if (progress->blockers[i] == pid + 1)
            return true;
        if (progress->blockers[i] != 0)
            continue;
        progress->blockers[i] = pid + 1;
        return false;
    }
    return true;
}

static void
lock_waiting(void *context, const StatementEvent *statement, const BlockerList *blockers)
{
    Progress *progress = context;
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    foreach (blocker, blockers) {
        if (is_known_blocker(progress, blocker->pid))
            continue;
        say(progress, TERM_WARNING, "waiting: ", "%s (line %zu) is blocked by %s", statement->kind,
            statement->line, words_blocker(progress->arena, blocker));
        say_query(progress, blocker);
    }
    arena_rewind(progress->arena, mark);
}

static void
old_transactions(void *context, const StatementEvent *statement, const BlockerList *blockers,
                 bool waits)
{
    Progress *progress = context;
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    if (waits && progress->waiting[0] == '\0') {
        progress->waiting_since = duration_clock_ms();
        progress->wait_ends = 0;
        snprintf(progress->waiting, sizeof progress->waiting, "%s waits for older transactions",
                 statement->kind);
    }
    foreach (blocker, blockers) {
        if (is_known_blocker(progress, blocker->pid))
            continue;
        say(progress, TERM_WARNING, waits ? "waiting: " : "note: ", "%s (line %zu) %s %s",
            statement->kind, statement->line,
            waits ? "is not begun before this transaction ends:" : "will have to wait for",
            words_blocker(progress->arena, blocker));
        say_query(progress, blocker);
    }
    arena_rewind(progress->arena, mark);
}

static void
session_cancelled(void *context, const CancelledSession *cancelled)
{
    Progress *progress = context;
    ArenaMark mark = arena_mark(progress->arena);
    say(progress, TERM_WARNING, arena_printf(progress->arena, "%s: ", cancelled->how), "%s",
        words_blocker(progress->arena, &cancelled->blocker));
    say_query(progress, &cancelled->blocker);
    arena_rewind(progress->arena, mark);
}

/* "building index: scanning table, 43 %"; "waiting for old snapshots, pid 4711" */
static void
progressed(void *context, const StatementEvent *statement, const BuildProgress *build)
{
    Progress *progress = context;
    char text[sizeof progress->phase];
    if (build->awaited_pid != 0)
        snprintf(text, sizeof text, "%s, pid %d", build->phase, build->awaited_pid);
    else
        snprintf(text, sizeof text, "%s", build->phase);
    bool changed = strcmp(text, progress->phase) != 0;
    memcpy(progress->phase, text, sizeof text);
    progress->percent = build->percent;
    if (changed && !progress->style.live && !progress->style.quiet)
        say(progress, TERM_PLAIN, "", "  %s (line %zu): %s", statement->kind, statement->line,
            text);
}

/* Who was in the way of an attempt, and who waited behind it. */
static void
say_others(Progress *progress, const BlockerList *blockers, int64_t queued, int64_t queued_ms)
{
    Arena *arena = progress->arena;
    if (blockers->count > 0) {
        say(progress, TERM_PLAIN, "", "  in the way:");
        blockers_write(progress->out, arena, blockers, progress->style.colour,
                       progress->style.live ? progress->style.width : 0);
    }
    if (queued > 0)
        say(progress, TERM_PLAIN, "", "  %s", blockers_queue_words(arena, queued, queued_ms));
}

static void
say_retry(Progress *progress, const RetryEvent *retry)
{
    Arena *arena = progress->arena;
    say(progress, TERM_WARNING, "retry: ", "attempt %zu of %s was taken back", retry->attempt,
        title_of(arena, retry->migration));
    say(progress, TERM_PLAIN, "", "  %s", retry->error->message);
    say_others(progress, &retry->blockers, retry->queued, retry->queued_ms);
    say(progress, TERM_PLAIN, "", "  %s", blockers_next_words(arena, retry));
}

static void
retry_scheduled(void *context, const RetryEvent *retry)
{
    Progress *progress = context;
    ArenaMark mark = arena_mark(progress->arena);
    progress->waiting_since = duration_clock_ms();
    progress->wait_ends = retry->until_gone ? 0 : progress->waiting_since + retry->pause_ms;
    snprintf(progress->waiting, sizeof progress->waiting,
             "%zu/%zu %s, %s:", retry->migration->number, retry->migration->total,
             retry->migration->name, blockers_until_words(progress->arena, retry));
    if (!progress->style.quiet)
        say_retry(progress, retry);
    arena_rewind(progress->arena, mark);
}

static void
notice(void *context, const char *severity, const char *message)
{
    Progress *progress = context;
    bool is_warning = strcmp(severity, "WARNING") == 0;
    if (progress->style.quiet && !is_warning)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    char *word = arena_strdup(progress->arena, severity);
    for (char *c = word; *c != '\0'; c++)
        *c = *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c;
    say(progress, is_warning ? TERM_WARNING : TERM_INFO,
        arena_printf(progress->arena, "%s: ", word), "%s", message);
    arena_rewind(progress->arena, mark);
}

static const char *
what_is_left(ErrorKind kind)
{
    if (kind == ERROR_MIGRATION || kind == ERROR_LOCK)
        return ": taken back, nothing of it is left";
    return kind == ERROR_HALF_DONE ? ": stopped half way" : "";
}

static void
migration_finished(void *context, const MigrationResult *result, const Error *error)
{
    Progress *progress = context;
    bool done = error == NULL || error->kind == ERROR_NONE;
    if (progress->style.quiet)
        return;
    ArenaMark mark = arena_mark(progress->arena);
    const char *mark_text = done ? "ok" : "failed";
    if (progress->style.unicode)
        mark_text = done ? "✓" : "✗";
    const char *attempts = "";
    if (result->attempts > 1)
        attempts = arena_printf(progress->arena, ", %zu attempts", result->attempts);
    say(progress, done ? TERM_GOOD : TERM_ERROR, mark_text, " %s %s (%s%s)%s",
        direction_words(result->direction),
        version_label(progress->arena, result->version_text, result->name),
        words_elapsed(progress->arena, result->duration_ms), attempts,
        done ? "" : what_is_left(error->kind));
    const FailedAttemptList *failed = &result->failed_attempts;
    if (!done && failed->count > 0 && failed->count >= result->attempts) {
        const FailedAttempt *last = &failed->items[failed->count - 1];
        say_others(progress, &last->blockers, last->queued, last->queued_ms);
    }
    arena_rewind(progress->arena, mark);
}

Progress *
progress_new(Arena *arena, FILE *out, ProgressStyle style)
{
    Progress *progress = ARENA_NEW(arena, Progress);
    progress->arena = arena;
    progress->out = out;
    progress->style = style;
    progress->observer = (RunObserver){.context = progress,
                                       .run_started = run_started,
                                       .connect_wait = connect_wait,
                                       .advisory_wait = advisory_wait,
                                       .planned = planned,
                                       .marker_taken = marker_taken,
                                       .migration_started = migration_started,
                                       .statement_started = statement_started,
                                       .tick = tick,
                                       .lock_waiting = lock_waiting,
                                       .old_transactions = old_transactions,
                                       .progressed = progressed,
                                       .session_cancelled = session_cancelled,
                                       .retry_scheduled = retry_scheduled,
                                       .notice = notice,
                                       .migration_finished = migration_finished};
    return progress;
}

const RunObserver *
progress_observer(const Progress *progress)
{
    return &progress->observer;
}

void
progress_finish(Progress *progress)
{
    erase_line(progress);
    fflush(progress->out);
}
