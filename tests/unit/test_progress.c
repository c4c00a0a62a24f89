/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/progress.h"
#include "cli/words.h"
#include "support/test.h"

/* A run of two migrations, told to a progress that writes into memory. */
typedef struct Stage {
    Arena *arena;
    FILE *out;
    char *bytes;
    size_t length;
    Progress *progress;
    const RunObserver *observer;
} Stage;

static const MigrationEvent first = {.version = "7",
                                     .version_text = "007",
                                     .name = "add_email",
                                     .direction = DIRECTION_UP,
                                     .path = "migrations/007_add_email.up.sql",
                                     .number = 1,
                                     .total = 2,
                                     .statements = 3};

static const StatementEvent statement = {.migration = &first,
                                         .number = 2,
                                         .line = 12,
                                         .kind = "ALTER TABLE",
                                         .words = "ALTER TABLE users ADD COLUMN email text",
                                         .in_transaction = true};

static void
open_stage(Stage *stage, ProgressStyle style)
{
    *stage = (Stage){.arena = arena_new()};
    stage->out = open_memstream(&stage->bytes, &stage->length);
    stage->progress = progress_new(stage->arena, stage->out, style);
    stage->observer = progress_observer(stage->progress);
}

static void
assert_written(const Stage *stage, const char *expected)
{
    fflush(stage->out);
    assert_string_equal(stage->bytes, expected);
}

static void
close_stage(Stage *stage)
{
    fclose(stage->out);
    free(stage->bytes);
    arena_free(stage->arena);
}

static void
start(const Stage *stage)
{
    RunTarget target = {.label = "shop on db1:5432", .server_version = "15.8", .server_major = 15};
    stage->observer->run_started(stage->observer->context, &target, "1a2b3c4d");
    PlannedRun items[2] = {{.item = {.version_text = "007", .name = "add_email"}}};
    PlannedRunList runs = {.items = items, .count = 2};
    stage->observer->planned(stage->observer->context, &runs);
}

static void
finish(const Stage *stage, const Error *error)
{
    MigrationResult result = {.version = "7",
                              .version_text = "007",
                              .name = "add_email",
                              .direction = DIRECTION_UP,
                              .done = error == NULL,
                              .duration_ms = 2345,
                              .attempts = 2};
    stage->observer->migration_finished(stage->observer->context, &result, error);
}

static void
plain_lines_tell_start_and_end(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    void *context = stage.observer->context;
    start(&stage);
    stage.observer->migration_started(context, &first);
    stage.observer->statement_started(context, &statement);
    stage.observer->tick(context, &statement, 1500);
    finish(&stage, NULL);
    progress_finish(stage.progress);
    assert_written(&stage, "shop on db1:5432 (PostgreSQL 15.8)\n"
                           "2 migrations to run\n"
                           "1/2 up 007_add_email: 3 statements\n"
                           "ok up 007_add_email (2.3 s, 2 attempts)\n");
    close_stage(&stage);
}

static void
a_terminal_has_one_line_that_changes(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.live = true, .unicode = true, .width = 60});
    void *context = stage.observer->context;
    stage.observer->migration_started(context, &first);
    stage.observer->statement_started(context, &statement);
    stage.observer->tick(context, &statement, 1500);
    finish(&stage, NULL);
    assert_written(&stage, "\r\033[K1/2 add_email, statement 2 of 3: ALTER TABLE users A  1.5 s"
                           "\r\033[K✓ up 007_add_email (2.3 s, 2 attempts)\n");
    close_stage(&stage);
}

static void
a_terminal_has_no_long_lines(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.live = true, .width = 40});
    stage.observer->notice(stage.observer->context, "NOTE",
                           "migrations/1_a.down.sql is left out: nothing of its version goes up");
    assert_written(&stage, "note: migrations/1_a.down.sql is left\n"
                           "  out: nothing of its version goes up\n");
    start(&stage);
    fflush(stage.out);
    assert_non_null(strstr(stage.bytes, "version goes up\nshop on "));
    close_stage(&stage);
}

static void
quiet_says_only_warnings(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.live = true, .quiet = true, .width = 80});
    void *context = stage.observer->context;
    start(&stage);
    stage.observer->migration_started(context, &first);
    stage.observer->statement_started(context, &statement);
    stage.observer->tick(context, &statement, 1500);
    stage.observer->notice(context, "NOTICE", "relation exists, skipping");
    finish(&stage, NULL);
    assert_written(&stage, "");
    stage.observer->notice(context, "WARNING", "out of memory soon");
    assert_written(&stage, "warning: out of memory soon\n");
    close_stage(&stage);
}

static void
who_blocks_is_said_once(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    void *context = stage.observer->context;
    BlockerList blockers = {0};
    LIST_APPEND(stage.arena, &blockers,
                (Blocker){.pid = 4711,
                          .application = "psql",
                          .user = "anna",
                          .state = "idle in transaction",
                          .query = "UPDATE users SET x = 1",
                          .age_ms = 123000});
    LIST_APPEND(stage.arena, &blockers, (Blocker){.age_ms = -1});
    stage.observer->lock_waiting(context, &statement, &blockers);
    stage.observer->lock_waiting(context, &statement, &blockers);
    const char *told =
        "waiting: ALTER TABLE (line 12) is blocked by pid 4711 (psql, anna, idle in transaction "
        "for 2 min 03 s)\n"
        "  its statement: UPDATE users SET x = 1\n"
        "waiting: ALTER TABLE (line 12) is blocked by a prepared transaction\n";
    assert_written(&stage, told);

    /* The next attempt begins anew. */
    stage.observer->statement_started(context, &statement);
    stage.observer->lock_waiting(context, &statement, &blockers);
    assert_written(&stage, arena_printf(stage.arena, "%s%s", told, told));
    close_stage(&stage);
}

static void
a_retry_says_what_comes_next(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    Error error = {.kind = ERROR_LOCK, .message = "canceling statement due to lock timeout"};
    RetryEvent retry = {.migration = &first,
                        .error = &error,
                        .queued = 3,
                        .queued_ms = 1500,
                        .attempt = 1,
                        .pause_ms = 700,
                        .left_ms = 590000};
    LIST_APPEND(stage.arena, &retry.blockers,
                (Blocker){.pid = 9,
                          .user = "anna",
                          .state = "idle in transaction",
                          .query = "SELECT 1",
                          .age_ms = 5000});
    stage.observer->retry_scheduled(stage.observer->context, &retry);
    assert_written(&stage,
                   "retry: attempt 1 of 007_add_email was taken back\n"
                   "  canceling statement due to lock timeout\n"
                   "  in the way:\n"
                   "    pid  who   state                  for  waits on  statement\n"
                   "      9  anna  idle in transaction  5.0 s            SELECT 1\n"
                   "  3 sessions queued behind it, the first for 1.5 s\n"
                   "  next attempt in 700 ms, then 9 min 50 s of the lock budget are left\n");
    close_stage(&stage);
}

static void
a_retry_may_wait_for_others_to_end(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.live = true, .width = 80});
    Error error = {.kind = ERROR_LOCK, .message = "canceling statement due to lock timeout"};
    RetryEvent retry = {.migration = &first,
                        .error = &error,
                        .attempt = 1,
                        .pause_ms = 1000,
                        .until_gone = true,
                        .left_ms = 599000};
    LIST_APPEND(stage.arena, &retry.blockers, (Blocker){.pid = 9, .user = "anna"});
    stage.observer->retry_scheduled(stage.observer->context, &retry);
    stage.observer->tick(stage.observer->context, NULL, 100);
    fflush(stage.out);
    assert_non_null(
        strstr(stage.bytes, "  next attempt when that transaction is gone, within 10 min 00 s\n"));
    assert_non_null(strstr(stage.bytes, "1/2 add_email, until pid 9 is through:  "));
    close_stage(&stage);
}

/* What they are, where that is no session of a client. */
static void
others_in_the_way_are_named(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    Error error = {.kind = ERROR_LOCK, .message = "canceling statement due to lock timeout"};
    RetryEvent retry = {.migration = &first, .error = &error, .attempt = 1, .left_ms = 1000};
    LIST_APPEND(stage.arena, &retry.blockers,
                (Blocker){.pid = 0,
                          .application = "left\nbehind",
                          .user = "anna",
                          .state = "prepared",
                          .backend = "prepared transaction",
                          .age_ms = 7200000});
    LIST_APPEND(stage.arena, &retry.blockers,
                (Blocker){.pid = 12,
                          .state = "active",
                          .backend = "autovacuum worker",
                          .is_wraparound = true,
                          .wait_event = "Timeout: VacuumDelay",
                          .age_ms = 1000});
    stage.observer->retry_scheduled(stage.observer->context, &retry);
    assert_written(&stage,
                   "retry: attempt 1 of 007_add_email was taken back\n"
                   "  canceling statement due to lock timeout\n"
                   "  in the way:\n"
                   "    pid  who                                      state            for  "
                   "waits on              statement\n"
                   "         prepared transaction, left␊behind, anna  prepared  2 h 00 min\n"
                   "     12  autovacuum worker to prevent wraparound  active         1.0 s  "
                   "Timeout: VacuumDelay\n"
                   "  next attempt in 0 ms, then 1.0 s of the lock budget are left\n");
    BlockerList wraparound = {.items = &retry.blockers.items[1], .count = 1};
    stage.observer->statement_started(stage.observer->context, &statement);
    stage.observer->lock_waiting(stage.observer->context, &statement, &wraparound);
    fflush(stage.out);
    assert_non_null(strstr(stage.bytes, "is blocked by pid 12 (autovacuum worker to prevent "
                                        "wraparound, active for 1.0 s)\n"));
    close_stage(&stage);
}

static void
building_tells_how_far_it_is(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    void *context = stage.observer->context;
    stage.observer->statement_started(context, &statement);
    BuildProgress progress = {.phase = "building index: scanning table", .percent = 10};
    stage.observer->progressed(context, &statement, &progress);
    progress.percent = 43;
    stage.observer->progressed(context, &statement, &progress);
    progress =
        (BuildProgress){.phase = "waiting for old snapshots", .percent = 50, .awaited_pid = 4711};
    stage.observer->progressed(context, &statement, &progress);
    assert_written(&stage, "  ALTER TABLE (line 12): building index: scanning table\n"
                           "  ALTER TABLE (line 12): waiting for old snapshots, pid 4711\n");
    close_stage(&stage);

    open_stage(&stage, (ProgressStyle){.live = true, .width = 80});
    context = stage.observer->context;
    stage.observer->statement_started(context, &statement);
    progress = (BuildProgress){.phase = "building index: scanning table", .percent = 43};
    stage.observer->progressed(context, &statement, &progress);
    stage.observer->tick(context, &statement, 2000);
    fflush(stage.out);
    assert_non_null(
        strstr(stage.bytes, "1/2 add_email: building index: scanning table 43 %  2.0 s"));
    close_stage(&stage);
}

static void
the_marker_says_where_it_is_kept(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80, .journal = "state/journal.db"});
    RestorePoint marker = {.name = "lockstep-20261121T081226Z-1a2b3c4d",
                           .taken_at = "2026-11-21T08:12:26.123456Z",
                           .lsn = "0/1A2B3C4",
                           .timeline = 1,
                           .archive_mode = "off"};
    stage.observer->marker_taken(stage.observer->context, &marker);
    assert_written(&stage, "restore marker lockstep-20261121T081226Z-1a2b3c4d\n"
                           "  at 2026-11-21 08:12:26 UTC, LSN 0/1A2B3C4, timeline 1\n"
                           "  kept in state/journal.db\n"
                           "  note: archive_mode is off, so there may be no WAL to restore with\n");
    close_stage(&stage);
}

static void
other_sessions_cannot_command_the_terminal(void **state)
{
    (void)state;
    Stage stage;
    open_stage(&stage, (ProgressStyle){.width = 80});
    stage.observer->notice(stage.observer->context, "NOTICE", "a\033[2Jb\nc");
    assert_written(&stage, "notice: a␛[2Jb\n    c\n");
    close_stage(&stage);
}

static void
elapsed_times_are_short(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(words_elapsed(arena, 0), "0 ms");
    assert_string_equal(words_elapsed(arena, 999), "999 ms");
    assert_string_equal(words_elapsed(arena, 1000), "1.0 s");
    assert_string_equal(words_elapsed(arena, 59949), "59.9 s");
    assert_string_equal(words_elapsed(arena, 59950), "1 min 00 s");
    assert_string_equal(words_elapsed(arena, 3599499), "59 min 59 s");
    assert_string_equal(words_elapsed(arena, 3599500), "1 h 00 min");
    assert_string_equal(words_elapsed(arena, 86400000), "24 h 00 min");
    assert_string_equal(words_elapsed(arena, -1), "?");
    assert_string_equal(words_time(arena, "2026-11-21T08:12:26.123456Z", false),
                        "2026-11-21 08:12");
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_lines_tell_start_and_end),
        cmocka_unit_test(a_terminal_has_one_line_that_changes),
        cmocka_unit_test(a_terminal_has_no_long_lines),
        cmocka_unit_test(quiet_says_only_warnings),
        cmocka_unit_test(who_blocks_is_said_once),
        cmocka_unit_test(a_retry_says_what_comes_next),
        cmocka_unit_test(a_retry_may_wait_for_others_to_end),
        cmocka_unit_test(others_in_the_way_are_named),
        cmocka_unit_test(building_tells_how_far_it_is),
        cmocka_unit_test(the_marker_says_where_it_is_kept),
        cmocka_unit_test(other_sessions_cannot_command_the_terminal),
        cmocka_unit_test(elapsed_times_are_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
