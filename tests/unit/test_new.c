/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    TempDir *directory;
    Settings settings;
    Error err;
} Fixture;

static int
set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->directory = temp_dir_new();
    fixture->settings.migrations = temp_dir_path(fixture->directory, "db/migrations");
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    Fixture *fixture = *state;
    temp_dir_free(fixture->directory);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

/* The paths that the command printed, one a line, or NULL where it failed. */
static const char *
run_new(Fixture *fixture, const char *name)
{
    char *bytes = NULL;
    size_t length = 0;
    Invocation invocation = {.arena = fixture->arena,
                             .command = command_find("new"),
                             .settings = &fixture->settings,
                             .out = open_memstream(&bytes, &length)};
    LIST_APPEND(fixture->arena, &invocation.arguments, name);
    fixture->err = (Error){0};
    bool done = cmd_new(&invocation, &fixture->err);
    fclose(invocation.out);
    const char *text = done ? arena_strdup(fixture->arena, bytes) : NULL;
    free(bytes);
    return text;
}

static long long
version_of(const Fixture *fixture, const char *printed)
{
    size_t directory = strlen(fixture->settings.migrations) + 1;
    return strtoll(printed + directory, NULL, 10);
}

static long long
clock_as_version(void)
{
    time_t now = time(NULL);
    struct tm utc;
    char text[32];
    assert_non_null(gmtime_r(&now, &utc));
    assert_true(strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc) > 0);
    return strtoll(text, NULL, 10);
}

static void
both_files_are_written(void **state)
{
    Fixture *fixture = *state;
    long long before = clock_as_version();
    const char *printed = run_new(fixture, "add_email");
    assert_non_null(printed);
    long long version = version_of(fixture, printed);
    assert_in_range(version, before, clock_as_version());
    const char *title = arena_printf(fixture->arena, "%lld_add_email", version);
    const char *path = arena_printf(fixture->arena, "db/migrations/%s", title);
    const char *up = arena_printf(fixture->arena, "%s.up.sql", path);
    const char *down = arena_printf(fixture->arena, "%s.down.sql", path);
    assert_string_equal(printed, arena_printf(fixture->arena, "%s\n%s\n",
                                              temp_dir_path(fixture->directory, up),
                                              temp_dir_path(fixture->directory, down)));
    assert_non_null(strstr(temp_dir_read(fixture->directory, up), title));
    assert_non_null(strstr(temp_dir_read(fixture->directory, down), title));
}

static void
versions_rise_within_a_second(void **state)
{
    Fixture *fixture = *state;
    long long newest = 0;
    for (int i = 0; i < 58; i++) {
        const char *printed = run_new(fixture, "again");
        assert_non_null(printed);
        assert_true(version_of(fixture, printed) > newest);
        newest = version_of(fixture, printed);
        assert_true(newest % 100 < 60);
    }
}

static void
a_version_follows_one_from_the_future(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "db/migrations/99990101000000_late.up.sql", "SELECT 1;\n");
    const char *printed = run_new(fixture, "next");
    assert_non_null(printed);
    assert_true(version_of(fixture, printed) == 99990101000001);
}

static void
bad_names_are_refused(void **state)
{
    static const struct {
        const char *name;
        const char *hint;
    } cases[] = {
        {"Add Email", "add_email"},
        {"add-email", "add_email"},
        {"größe",     "gr__"     },
        {"../escape", "digits"   },
        {"_x",        "digits"   },
        {"",          "digits"   },
        {"a/b",       "a_b"      },
        {"x.up.sql",  "x_up_sql" },
    };
    Fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_null(run_new(fixture, cases[i].name));
        assert_int_equal(fixture->err.kind, ERROR_USAGE);
        assert_non_null(strstr(fixture->err.hint, cases[i].hint));
    }
    char long_name[200] = {0};
    memset(long_name, 'a', 101);
    assert_null(run_new(fixture, long_name));
    long_name[100] = '\0';
    assert_non_null(run_new(fixture, long_name));
}

static void
a_directory_that_cannot_be_made_is_named(void **state)
{
    Fixture *fixture = *state;
    fixture->settings.migrations = arena_printf(
        fixture->arena, "%s/sql", temp_dir_write(fixture->directory, "file", "no directory"));
    assert_null(run_new(fixture, "add_email"));
    assert_non_null(strstr(fixture->err.message, "file"));
}

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FIXTURE(both_files_are_written),
        WITH_FIXTURE(versions_rise_within_a_second),
        WITH_FIXTURE(a_version_follows_one_from_the_future),
        WITH_FIXTURE(bad_names_are_refused),
        WITH_FIXTURE(a_directory_that_cannot_be_made_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
