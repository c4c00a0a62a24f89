/* SPDX-License-Identifier: MIT */
#include <inttypes.h>

#include "base/hash.h"
#include "parse/parse.h"
#include "run/plan.h"
#include "run/token_checksum.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    MigrationList migrations;
    History history;
    Plan plan;
    PlanOrder order;
    Error err;
} Fixture;

static SourceFile *
file(Arena *arena, const char *path, const char *text)
{
    char hex[HASH_HEX_SIZE];
    hash_sha256_hex(text, strlen(text), hex);
    SourceFile *made = ARENA_NEW(arena, SourceFile);
    *made = (SourceFile){
        .path = path, .text = text, .length = strlen(text), .checksum = arena_strdup(arena, hex)};
    return made;
}

static const char *
words(Arena *arena, int64_t version)
{
    return arena_printf(arena, "%" PRId64, version);
}

static void
add_file(Fixture *fixture, int64_t version, const char *up, const char *down)
{
    Arena *arena = fixture->arena;
    Migration migration = {.version = words(arena, version),
                           .version_text = words(arena, version),
                           .name = "m",
                           .up = up != NULL ? file(arena, "m.up.sql", up) : NULL,
                           .down = down != NULL ? file(arena, "m.down.sql", down) : NULL};
    LIST_APPEND(arena, &fixture->migrations, migration);
}

static void
add_row(Fixture *fixture, int64_t version, bool is_down, AttemptOutcome outcome, const char *text)
{
    const Script *script = parse_script(fixture->arena, text, strlen(text));
    HistoryRow row = {.id = (int64_t)fixture->history.rows.count + 1,
                      .attempt = "a",
                      .version = words(fixture->arena, version),
                      .name = "m",
                      .is_down = is_down,
                      .outcome = outcome,
                      .checksum = file(fixture->arena, "", text)->checksum,
                      .token_checksum = token_checksum(fixture->arena, text, script)};
    LIST_APPEND(fixture->arena, &fixture->history.rows, row);
}

static void
add_step(Fixture *fixture, int64_t version, bool is_down, StepState state)
{
    HistoryStep step = {.attempt = "b",
                        .position = 1,
                        .version = words(fixture->arena, version),
                        .is_down = is_down,
                        .state = state};
    LIST_APPEND(fixture->arena, &fixture->history.open_steps, step);
}

static void
make(Fixture *fixture)
{
    plan_make(fixture->arena, &fixture->migrations, &fixture->history, &fixture->plan);
}

/* The chosen versions: "1 3". */
static const char *
chosen(const Fixture *fixture)
{
    const char *text = "";
    foreach (step, &fixture->order)
        text = arena_printf(fixture->arena, "%s%s%s", text, text[0] != '\0' ? " " : "",
                            fixture->plan.items.items[step->item].version);
    return text;
}

static bool
up(Fixture *fixture, int64_t to, size_t count, OrderPolicy policy)
{
    return plan_up(fixture->arena, &fixture->plan, to != 0 ? words(fixture->arena, to) : NULL,
                   count, policy, &fixture->order, &fixture->err);
}

static bool
down(Fixture *fixture, size_t count, bool to_set, int64_t to)
{
    return plan_down(fixture->arena, &fixture->plan, count,
                     to_set ? words(fixture->arena, to) : NULL, &fixture->order, &fixture->err);
}

static int
set_up(void **state)
{
    Arena *arena = arena_new();
    Fixture *fixture = ARENA_NEW(arena, Fixture);
    fixture->arena = arena;
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    arena_free(((Fixture *)*state)->arena);
    return 0;
}

static void
three_files(Fixture *fixture)
{
    for (int64_t version = 1; version <= 3; version++)
        add_file(fixture, version, "SELECT 1;", "SELECT 2;");
}

static void
test_all_pending(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    make(fixture);
    assert_int_equal(fixture->plan.pending, 3);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "1 2 3");
    assert_true(up(fixture, 0, 2, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "1 2");
    assert_true(up(fixture, 2, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "1 2");
    assert_false(up(fixture, 7, 0, ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
}

static void
test_newest_done_row_counts(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 2, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 2, true, ATTEMPT_DONE, "SELECT 2;");
    add_row(fixture, 1, true, ATTEMPT_FAILED, "SELECT 2;");
    add_row(fixture, 3, false, ATTEMPT_FAILED, "SELECT 1;");
    make(fixture);
    assert_int_equal(fixture->plan.applied, 1);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "2 3");
    assert_true(down(fixture, 0, false, 0));
    assert_string_equal(chosen(fixture), "1");
}

static void
test_versions_are_numbers(void **state)
{
    Fixture *fixture = *state;
    add_file(fixture, 9, "SELECT 1;", NULL);
    add_file(fixture, 10, "SELECT 1;", NULL);
    add_row(fixture, 9, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_int_equal(fixture->plan.out_of_order, 0);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "10");
}

static void
test_drift(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 17;");
    make(fixture);
    assert_int_equal(fixture->plan.items.items[0].file, FILE_CHANGED);
    assert_false(up(fixture, 0, 0, ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_DRIFT);
    assert_non_null(strstr(fixture->err.message, "1_m"));
    assert_true(down(fixture, 0, false, 0));
}

static void
test_reformatted_is_no_drift(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "select 1 -- the same\n;");
    make(fixture);
    assert_int_equal(fixture->plan.items.items[0].file, FILE_REFORMATTED);
    assert_int_equal(fixture->plan.reformatted, 1);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "2 3");
}

static void
test_out_of_order(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 3, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_int_equal(fixture->plan.out_of_order, 2);
    assert_false(up(fixture, 0, 0, ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_DRIFT);
    assert_non_null(strstr(fixture->err.message, "1_m, 2_m"));
    assert_non_null(strstr(fixture->err.hint, "--order allow"));
    assert_true(up(fixture, 0, 0, ORDER_ALLOW));
    assert_string_equal(chosen(fixture), "1 2");
    add_file(fixture, 4, "SELECT 1;", NULL);
    make(fixture);
    assert_true(up(fixture, 0, 0, ORDER_SKIP));
    assert_string_equal(chosen(fixture), "4");
    assert_true(up(fixture, 2, 0, ORDER_SKIP));
    assert_string_equal(chosen(fixture), "");
}

static void
test_missing_file(void **state)
{
    Fixture *fixture = *state;
    add_file(fixture, 2, "SELECT 1;", NULL);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_int_equal(fixture->plan.missing, 1);
    assert_int_equal(fixture->plan.items.items[0].file, FILE_MISSING);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_false(down(fixture, 0, false, 0));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);

    fixture->history.rows.items[0].down_sql = "SELECT 2;";
    make(fixture);
    assert_true(down(fixture, 0, false, 0));
    assert_string_equal(chosen(fixture), "1");
}

static void
test_half_done(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 2, false, ATTEMPT_STOPPED, "SELECT 1;");
    add_step(fixture, 2, false, STEP_RUNNING);
    make(fixture);
    assert_int_equal(fixture->plan.items.items[1].state, PLAN_HALF_UP);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "2 3");
    assert_false(down(fixture, 0, false, 0));
    assert_int_equal(fixture->err.kind, ERROR_HALF_DONE);
}

static void
test_half_reverted(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_step(fixture, 1, true, STEP_DONE);
    make(fixture);
    assert_int_equal(fixture->plan.items.items[0].state, PLAN_HALF_DOWN);
    assert_false(up(fixture, 0, 0, ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_HALF_DONE);
    assert_true(down(fixture, 0, false, 0));
    assert_string_equal(chosen(fixture), "1");
}

static void
test_failed_steps_leave_nothing(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_step(fixture, 1, false, STEP_FAILED);
    make(fixture);
    assert_int_equal(fixture->plan.items.items[0].state, PLAN_PENDING);
}

static void
test_down_to(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    for (int64_t version = 1; version <= 3; version++)
        add_row(fixture, version, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_true(down(fixture, 0, true, 1));
    assert_string_equal(chosen(fixture), "3 2");
    assert_true(down(fixture, 0, true, 0));
    assert_string_equal(chosen(fixture), "3 2 1");
    assert_true(down(fixture, 2, false, 0));
    assert_string_equal(chosen(fixture), "3 2");
}

static void
test_irreversible(void **state)
{
    Fixture *fixture = *state;
    const char *text = "-- lockstep: irreversible: the data is gone\nDROP TABLE t;";
    add_file(fixture, 1, text, NULL);
    add_row(fixture, 1, false, ATTEMPT_DONE, text);
    make(fixture);
    assert_false(down(fixture, 0, false, 0));
    assert_non_null(strstr(fixture->err.message, "the data is gone"));
}

/* "-3 +3": what is chosen, with its direction. */
static const char *
ways(const Fixture *fixture)
{
    const char *text = "";
    foreach (step, &fixture->order)
        text = arena_printf(fixture->arena, "%s%s%s%s", text, text[0] != '\0' ? " " : "",
                            step->direction == DIRECTION_UP ? "+" : "-",
                            fixture->plan.items.items[step->item].version);
    return text;
}

static bool
redo(Fixture *fixture, size_t count)
{
    return plan_redo(fixture->arena, &fixture->plan, count, &fixture->order, &fixture->err);
}

static void
test_redo(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 2, false, ATTEMPT_DONE, "SELECT 17;");
    make(fixture);
    assert_true(redo(fixture, 0));
    assert_string_equal(ways(fixture), "-2 +2");
    assert_true(redo(fixture, 5));
    assert_string_equal(ways(fixture), "-2 -1 +1 +2");
    fixture->history.rows.count = 0;
    make(fixture);
    assert_true(redo(fixture, 0));
    assert_string_equal(ways(fixture), "");
}

static void
test_redo_refuses(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 17;");
    add_row(fixture, 2, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_false(redo(fixture, 1));
    assert_int_equal(fixture->err.kind, ERROR_DRIFT);
    assert_non_null(strstr(fixture->err.message, "1_m"));
    add_row(fixture, 7, false, ATTEMPT_DONE, "SELECT 1;");
    fixture->history.rows.items[2].down_sql = "SELECT 2;";
    make(fixture);
    assert_false(redo(fixture, 3));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
    assert_non_null(strstr(fixture->err.message, "its file is gone"));
}

static bool
goes_to(Fixture *fixture, const char *to, OrderPolicy policy)
{
    return plan_goto(fixture->arena, &fixture->plan, to, policy, &fixture->order, &fixture->err);
}

static void
test_goto(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_true(goes_to(fixture, "3", ORDER_STRICT));
    assert_string_equal(ways(fixture), "+2 +3");
    assert_true(goes_to(fixture, "0", ORDER_STRICT));
    assert_string_equal(ways(fixture), "-1");
    assert_true(goes_to(fixture, "1", ORDER_STRICT));
    assert_string_equal(ways(fixture), "");
    assert_false(goes_to(fixture, "9", ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
}

static void
test_goto_both_ways(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 3, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    assert_false(goes_to(fixture, "2", ORDER_ALLOW));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
    assert_non_null(strstr(fixture->err.message, "3_m is applied, 2_m is not"));
    assert_true(goes_to(fixture, "2", ORDER_SKIP));
    assert_string_equal(ways(fixture), "-3");
    assert_false(goes_to(fixture, "3", ORDER_STRICT));
    assert_int_equal(fixture->err.kind, ERROR_DRIFT);
    assert_true(goes_to(fixture, "3", ORDER_ALLOW));
    assert_string_equal(ways(fixture), "+2");
    assert_true(goes_to(fixture, "0", ORDER_STRICT));
    assert_string_equal(ways(fixture), "-3 -1");
}

/* The place of each version, of those without a file too. */
static void
test_order_without_files(void **state)
{
    Fixture *fixture = *state;
    add_file(fixture, 3, "SELECT 1;", NULL);
    add_file(fixture, 12, "SELECT 1;", NULL);
    add_row(fixture, 10, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 3, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 0, false, ATTEMPT_DONE, "SELECT 1;");
    fixture->history.rows.items[2].version = "seeds";
    add_row(fixture, 2, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 20, false, ATTEMPT_DONE, "SELECT 1;");
    make(fixture);
    StringList versions = {0};
    foreach (item, &fixture->plan.items)
        LIST_APPEND(fixture->arena, &versions, item->version);
    assert_string_equal(string_list_join(fixture->arena, &versions, " "), "2 3 seeds 10 12 20");
}

/* As Flyway's R__ files: no drift, none of the others is late because of it, and no way back. */
static void
test_repeatable(void **state)
{
    Fixture *fixture = *state;
    three_files(fixture);
    add_file(fixture, 9, "SELECT 9;", NULL);
    fixture->migrations.items[3].is_repeatable = true;
    add_row(fixture, 1, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 2, false, ATTEMPT_DONE, "SELECT 1;");
    add_row(fixture, 9, false, ATTEMPT_DONE, "SELECT 8;");
    make(fixture);
    assert_int_equal(fixture->plan.drifted, 0);
    assert_int_equal(fixture->plan.out_of_order, 0);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "3 9");
    assert_true(down(fixture, 0, false, 0));
    assert_string_equal(chosen(fixture), "2");
    add_row(fixture, 9, false, ATTEMPT_DONE, "SELECT 9;");
    make(fixture);
    assert_true(up(fixture, 0, 0, ORDER_STRICT));
    assert_string_equal(chosen(fixture), "3");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_pending, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_newest_done_row_counts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_versions_are_numbers, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_drift, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reformatted_is_no_drift, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_out_of_order, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_missing_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_half_done, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_half_reverted, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_failed_steps_leave_nothing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_down_to, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_irreversible, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_redo, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_redo_refuses, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_goto, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_goto_both_ways, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_order_without_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_repeatable, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
