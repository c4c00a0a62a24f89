/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "source/discover.h"
#include "support/temp_dir.h"
#include "support/test.h"

static Arena *arena;
static TempDir *directory;
static const DiscoverOptions options = {.max_bytes = SOURCE_MAX_BYTES};

static int
begin(void **state)
{
    (void)state;
    arena = arena_new();
    directory = temp_dir_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    temp_dir_free(directory);
    arena_free(arena);
    return 0;
}

static void
write_files(const char *const *names, size_t count)
{
    for (size_t i = 0; i < count; i++)
        temp_dir_write(directory, names[i], names[i]);
}

#define WRITE(...)                                                                                 \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        write_files(names, sizeof names / sizeof *names);                                          \
    } while (0)

static MigrationList
discover(void)
{
    MigrationList list = {0};
    Error err = {0};
    if (!discover_migrations(arena, &options, temp_dir_root(directory), &list, &err))
        fail_msg("%s", err.message);
    return list;
}

/* The directory is refused, and the message holds both texts. */
static void
check_refused(const char *first, const char *second)
{
    MigrationList list = {0};
    Error err = {0};
    assert_false(discover_migrations(arena, &options, temp_dir_root(directory), &list, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    if (strstr(err.message, first) == NULL || strstr(err.message, second) == NULL)
        fail_msg("%s", err.message);
    assert_true(err.hint[0] != '\0');
}

static void
orders_by_version_as_a_number(void **state)
{
    (void)state;
    WRITE("10_ten.up.sql", "9_nine.up.sql", "9_nine.down.sql", "007_seven_x.up.sql",
          "20260131120000_late.up.sql");
    MigrationList list = discover();

    assert_int_equal(list.count, 4);
    assert_string_equal(list.items[0].version, "7");
    assert_string_equal(list.items[0].version_text, "007");
    assert_string_equal(list.items[0].name, "seven_x");
    assert_string_equal(list.items[1].name, "nine");
    assert_string_equal(list.items[1].up->text, "9_nine.up.sql");
    assert_string_equal(list.items[1].down->text, "9_nine.down.sql");
    assert_string_equal(list.items[2].name, "ten");
    assert_null(list.items[2].down);
    assert_string_equal(list.items[3].version, "20260131120000");
}

static void
leaves_other_files_alone(void **state)
{
    (void)state;
    WRITE("1_a.up.sql", "README.md", "2_b.up.sql.bak", ".3_c.up.sql", ".hidden.sql", "sub/x.sql");
    assert_int_equal(discover().count, 1);
}

static void
an_empty_directory_has_no_migrations(void **state)
{
    (void)state;
    assert_int_equal(discover().count, 0);
}

static void
refuses_two_of_the_same_version(void **state)
{
    (void)state;
    WRITE("007_a.up.sql", "7_b.up.sql");
    check_refused("/007_a.up.sql and ", "/7_b.up.sql have the same version, 7");
}

static void
refuses_two_downs_of_the_same_version(void **state)
{
    (void)state;
    WRITE("7_a.up.sql", "7_a.down.sql", "07_a.down.sql");
    check_refused("/07_a.down.sql", "/7_a.down.sql have the same version, 7");
}

/* golang-migrate takes such a directory. */
static void
leaves_out_a_down_without_its_up(void **state)
{
    (void)state;
    StringList lone = {0};
    WRITE("1_a.up.sql", "2_b.down.sql", "3_c.up.sql");
    DiscoverOptions asking = options;
    asking.lone_downs = &lone;
    MigrationList list = {0};
    Error err = {0};
    assert_true(discover_migrations(arena, &asking, temp_dir_root(directory), &list, &err));
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[1].version, "3");
    assert_int_equal(lone.count, 1);
    assert_non_null(strstr(lone.items[0], "/2_b.down.sql"));
}

static void
a_down_may_have_a_name_of_its_own(void **state)
{
    (void)state;
    WRITE("1_a.up.sql", "1_b.down.sql");
    MigrationList list = discover();
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].name, "a");
    assert_string_equal(list.items[0].down->text, "1_b.down.sql");
}

static void
refuses_names_that_are_nearly_native(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        const char *why;
    } cases[] = {
        {"2b.up.sql",  "there is no \"_\" behind the version"            },
        {"2-b.up.sql", "there is no \"_\" behind the version"            },
        {"2_.up.sql",  "there is no name behind the version"             },
        {"2_b.UP.sql", "its ending is not in lower case"                 },
        {"2_b.up.SQL", "its ending is not in lower case"                 },
        {"2_b.sql",    "its name says neither .up.sql nor .down.sql"     },
        {"b.up.sql",   "its name does not begin with a version in digits"},
        {"V2__b.sql",  "as for Flyway"                                   },
    };
    WRITE("1_a.up.sql");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = temp_dir_write(directory, cases[i].name, "");
        check_refused(cases[i].name, cases[i].why);
        assert_int_equal(unlink(path), 0);
    }
    temp_dir_write(directory, "2_b.up.sql/inner.sql", "");
    check_refused("2_b.up.sql", "it is a directory");
}

static void
takes_versions_of_any_length(void **state)
{
    (void)state;
    WRITE("1000000000000000000000000000000_c.up.sql", "999999999999999999999_b.up.sql",
          "000_a.up.sql", "000_a.down.sql");
    MigrationList list = discover();
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].version, "0");
    assert_non_null(list.items[0].down);
    assert_string_equal(list.items[1].version, "999999999999999999999");
    assert_string_equal(list.items[2].version, "1000000000000000000000000000000");
}

static void
refuses_a_directory_that_is_not_there(void **state)
{
    (void)state;
    MigrationList list = {0};
    Error err = {0};
    const char *path = temp_dir_path(directory, "none");
    assert_false(discover_migrations(arena, &options, path, &list, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.message, "/none: there is no such file or directory"));
}

static DiscoveredFiles
discover_all(const char *const *names, size_t count)
{
    StringList paths = {0};
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &paths,
                    *names[i] == '\0' ? temp_dir_root(directory)
                                      : temp_dir_path(directory, names[i]));
    DiscoveredFiles files = {0};
    discover_paths(arena, &options, &paths, &files);
    if (files.problems.count > 0)
        fail_msg("%s", files.problems.items[0]->message);
    assert_int_equal(files.reported_up.count, files.migrations.count);
    assert_int_equal(files.reported_down.count, files.migrations.count);
    return files;
}

static void
a_native_directory_is_reported_whole(void **state)
{
    (void)state;
    WRITE("m/2_b.up.sql", "m/1_a.up.sql", "m/1_a.down.sql", "m/archive/old.sql");
    DiscoveredFiles files = discover_all((const char *[]){"m"}, 1);

    assert_int_equal(files.migrations.count, 2);
    assert_true(files.reported_up.items[0] && files.reported_up.items[1]);
    assert_true(files.reported_down.items[0] && files.reported_down.items[1]);
    assert_non_null(files.migrations.items[0].down);
}

static void
a_native_file_brings_what_is_before_it(void **state)
{
    (void)state;
    WRITE("1_a.up.sql", "1_a.down.sql", "2_b.up.sql", "2_b.down.sql", "3_c.up.sql");
    DiscoveredFiles files = discover_all((const char *[]){"2_b.up.sql"}, 1);

    assert_int_equal(files.migrations.count, 2);
    assert_false(files.reported_up.items[0]);
    assert_true(files.reported_up.items[1]);
    assert_false(files.reported_down.items[1]);
    assert_non_null(files.migrations.items[1].down);
}

static void
files_of_one_directory_share_its_history(void **state)
{
    (void)state;
    WRITE("1_a.up.sql", "2_b.up.sql", "2_b.down.sql", "3_c.up.sql");
    DiscoveredFiles files =
        discover_all((const char *[]){"3_c.up.sql", "2_b.down.sql", "3_c.up.sql"}, 3);
    assert_int_equal(files.migrations.count, 3);
    assert_false(files.reported_up.items[1]);
    assert_true(files.reported_down.items[1]);
    assert_true(files.reported_up.items[2]);

    files = discover_all((const char *[]){"1_a.up.sql", ""}, 2);
    assert_int_equal(files.migrations.count, 3);
    assert_true(files.reported_up.items[0] && files.reported_up.items[1]);
}

static void
other_directories_give_their_sql_files_by_path(void **state)
{
    (void)state;
    WRITE("b.sql", "a/z.sql", "a/notes.txt", "c/1_x.up.sql", "c/1_x.down.sql", ".git/q.sql");
    DiscoveredFiles files = discover_all((const char *[]){""}, 1);

    assert_int_equal(files.migrations.count, 3);
    assert_string_equal(files.migrations.items[0].up->text, "a/z.sql");
    assert_string_equal(files.migrations.items[1].up->text, "b.sql");
    assert_string_equal(files.migrations.items[1].version, "");
    assert_string_equal(files.migrations.items[1].name, "b.sql");
    assert_string_equal(files.migrations.items[2].up->text, "c/1_x.up.sql");
    assert_string_equal(files.migrations.items[2].down->text, "c/1_x.down.sql");
}

static void
other_files_stand_alone(void **state)
{
    (void)state;
    WRITE("one.sql", "two.sql", "three.sql");
    DiscoveredFiles files = discover_all((const char *[]){"two.sql", "one.sql", "two.sql"}, 3);
    assert_int_equal(files.migrations.count, 2);
    assert_string_equal(files.migrations.items[0].up->text, "two.sql");
    assert_true(files.reported_up.items[0]);
    assert_false(files.reported_down.items[0]);
}

static void
each_directory_begins_a_history(void **state)
{
    (void)state;
    WRITE("a/1_x.up.sql", "a/2_y.up.sql", "b/1_x.up.sql", "c/z.sql", "c/y.sql");
    DiscoveredFiles files = discover_all((const char *[]){"a", "b/1_x.up.sql", "c"}, 3);
    assert_int_equal(files.migrations.count, 5);
    static const bool begins[] = {true, false, true, true, false};
    for (size_t i = 0; i < 5; i++)
        assert_int_equal(files.migrations.items[i].begins_history, begins[i]);
}

/* What rails, dbmate and temporal write beside their migrations; elsewhere it is a file like
 * others.
 */
static void
a_snapshot_is_no_migration(void **state)
{
    (void)state;
    WRITE("db/schema.sql", "db/versioned/v1/schema.sql", "db/versioned/v2/a.sql", "db/zoo.sql",
          "lib/structure.sql", "lib/tables/a.sql");
    DiscoveredFiles files = discover_all((const char *[]){"db", "lib"}, 2);
    static const char *const texts[] = {"db/versioned/v1/schema.sql", "db/versioned/v2/a.sql",
                                        "db/zoo.sql", "lib/structure.sql", "lib/tables/a.sql"};
    assert_int_equal(files.migrations.count, 5);
    for (size_t i = 0; i < 5; i++)
        assert_string_equal(files.migrations.items[i].up->text, texts[i]);
    assert_int_equal(files.snapshots.count, 1);
    assert_non_null(strstr(files.snapshots.items[0], "db/schema.sql"));

    files = discover_all((const char *[]){"db/schema.sql", "db/zoo.sql"}, 2);
    assert_int_equal(files.migrations.count, 2);
    assert_int_equal(files.snapshots.count, 0);
}

static void
a_directory_is_one_by_all_its_names(void **state)
{
    (void)state;
    WRITE("m/1_a.up.sql", "m/2_b.up.sql", "m/sub/keep.txt");
    DiscoveredFiles files = discover_all(
        (const char *[]){"m/1_a.up.sql", "m/sub/../2_b.up.sql", "m/./1_a.up.sql", "m/sub/../"}, 4);
    assert_int_equal(files.migrations.count, 2);
    assert_true(files.reported_up.items[0] && files.reported_up.items[1]);
}

static void
a_problem_keeps_no_other_path_from_being_read(void **state)
{
    (void)state;
    WRITE("a/1_x.up.sql", "bad/1_x.up.sql", "bad/1_y.up.sql", "bad/2_z.up.sql", "c/1_x.up.sql");
    static const char *const names[] = {"a", "bad/1_x.up.sql", "bad/2_z.up.sql", "none", "bad",
                                        "c"};
    StringList paths = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        LIST_APPEND(arena, &paths, temp_dir_path(directory, names[i]));
    DiscoveredFiles files = {0};
    discover_paths(arena, &options, &paths, &files);
    assert_int_equal(files.migrations.count, 5);
    assert_int_equal(files.problems.count, 2);
    assert_non_null(strstr(files.problems.items[0]->message, "have the same version, 1"));
    assert_non_null(strstr(files.problems.items[1]->message, "none: there is no such file"));
}

/* Both are read all the same, each with the way back that has its name. */
static void
two_of_a_version_keep_their_downs(void **state)
{
    (void)state;
    WRITE("1_x.up.sql", "1_y.up.sql", "1_x.down.sql", "1_y.down.sql", "2_z.up.sql", "2_w.down.sql");
    StringList paths = {0};
    LIST_APPEND(arena, &paths, temp_dir_root(directory));
    DiscoveredFiles files = {0};
    discover_paths(arena, &options, &paths, &files);
    static const char *const downs[] = {"1_x.down.sql", "1_y.down.sql", "2_w.down.sql"};
    assert_int_equal(files.problems.count, 2);
    assert_int_equal(files.migrations.count, 3);
    for (size_t i = 0; i < 3; i++)
        assert_string_equal(files.migrations.items[i].down->text, downs[i]);
}

static void
a_down_beside_its_up_is_no_step_forward(void **state)
{
    (void)state;
    WRITE("V1.Init.down.sql", "V1.Init.up.sql", "V1.Init.m.sql", "V2.More.up.sql");
    DiscoveredFiles files = discover_all((const char *[]){""}, 1);
    assert_int_equal(files.migrations.count, 3);
    assert_string_equal(files.migrations.items[0].up->text, "V1.Init.up.sql");
    assert_string_equal(files.migrations.items[0].down->text, "V1.Init.down.sql");
    assert_true(files.reported_up.items[0] && files.reported_down.items[0]);

    files = discover_all((const char *[]){"V1.Init.down.sql"}, 1);
    assert_int_equal(files.migrations.count, 1);
    assert_false(files.reported_up.items[0]);
    assert_true(files.reported_down.items[0]);

    MigrationList list = discover();
    assert_int_equal(list.count, 3);
    assert_string_equal(list.items[0].version, "V1.Init");
    assert_non_null(list.items[0].down);
    assert_string_equal(list.items[1].version, "V1.Init.m");
    assert_null(list.items[2].down);
}

static void
refuses_a_path_that_is_not_there(void **state)
{
    (void)state;
    StringList paths = {0};
    LIST_APPEND(arena, &paths, temp_dir_path(directory, "none.sql"));
    DiscoveredFiles files = {0};
    discover_paths(arena, &options, &paths, &files);
    assert_int_equal(files.problems.count, 1);
    assert_int_equal(files.problems.items[0]->kind, ERROR_USAGE);
    assert_non_null(
        strstr(files.problems.items[0]->message, "none.sql: there is no such file or directory"));
}

static void
a_directory_meant_to_be_native_is_refused(void **state)
{
    (void)state;
    WRITE("1-init.up.sql", "1-init.down.sql");
    StringList paths = {0};
    LIST_APPEND(arena, &paths, temp_dir_root(directory));
    DiscoveredFiles files = {0};
    discover_paths(arena, &options, &paths, &files);
    assert_int_equal(files.problems.count, 1);
    assert_non_null(
        strstr(files.problems.items[0]->message, "1-init.down.sql is not named like a migration"));
    assert_non_null(strstr(files.problems.items[0]->message, "nor is another file"));
}

static void
other_files_are_ordered_as_people_count(void **state)
{
    (void)state;
    WRITE("v1.10/a.sql", "v1.2/x.sql", "v1.2/10.sql", "v1.2/9.sql", "v1.2/20250625_day.sql",
          "v1.2/20250409154352_time.sql");
    static const char *const expected[] = {
        "v1.2/9.sql", "v1.2/10.sql", "v1.2/20250409154352_time.sql", "v1.2/20250625_day.sql",
        "v1.2/x.sql", "v1.10/a.sql"};
    DiscoveredFiles files = discover_all((const char *[]){""}, 1);
    assert_int_equal(files.migrations.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(files.migrations.items[i].up->text, expected[i]);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(orders_by_version_as_a_number),
        TEST(leaves_other_files_alone),
        TEST(an_empty_directory_has_no_migrations),
        TEST(refuses_two_of_the_same_version),
        TEST(refuses_two_downs_of_the_same_version),
        TEST(leaves_out_a_down_without_its_up),
        TEST(a_down_may_have_a_name_of_its_own),
        TEST(refuses_names_that_are_nearly_native),
        TEST(takes_versions_of_any_length),
        TEST(refuses_a_directory_that_is_not_there),
        TEST(a_native_directory_is_reported_whole),
        TEST(a_native_file_brings_what_is_before_it),
        TEST(files_of_one_directory_share_its_history),
        TEST(other_directories_give_their_sql_files_by_path),
        TEST(other_files_stand_alone),
        TEST(other_files_are_ordered_as_people_count),
        TEST(each_directory_begins_a_history),
        TEST(a_snapshot_is_no_migration),
        TEST(a_directory_is_one_by_all_its_names),
        TEST(a_problem_keeps_no_other_path_from_being_read),
        TEST(two_of_a_version_keep_their_downs),
        TEST(a_down_beside_its_up_is_no_step_forward),
        TEST(refuses_a_path_that_is_not_there),
        TEST(a_directory_meant_to_be_native_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
