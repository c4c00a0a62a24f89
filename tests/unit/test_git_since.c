/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/process.h"
#include "source/git_since.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    TempDir *directory;
    Error err;
} Fixture;

#define MAX_WORDS 16

/* Runs git in a directory of the fixture, as nobody in particular. */
static void
git(Fixture *fixture, const char *directory, const char *line)
{
    const char *words[MAX_WORDS + 8] = {"git",
                                        "-C",
                                        temp_dir_path(fixture->directory, directory),
                                        "-c",
                                        "user.name=x",
                                        "-c",
                                        "user.email=x@x"};
    size_t count = 7;
    for (; *line != '\0' && count < MAX_WORDS + 7; count++) {
        const size_t length = strcspn(line, " ");
        words[count] = arena_strndup(fixture->arena, line, length);
        line += length + (line[length] == ' ');
    }
    static const char *const none[] = {NULL};
    ProcessResult result;
    assert_true(process_run(fixture->arena, words, none, &result, &fixture->err));
    if (result.status != 0)
        fail_msg("git: %s", result.words);
}

static int
set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->directory = temp_dir_new();
    *state = fixture;
    temp_dir_write(fixture->directory, "shop/db/001_a.up.sql", "SELECT 1;\n");
    temp_dir_write(fixture->directory, "shop/db/001_a.down.sql", "SELECT 1;\n");
    temp_dir_write(fixture->directory, "shop/db/002_b.up.sql", "SELECT 2;\n");
    temp_dir_write(fixture->directory, "shop/more/my täble.sql", "SELECT 3;\n");
    temp_dir_write(fixture->directory, "shop/more/:(top) x.sql", "SELECT 4;\n");
    git(fixture, "shop", "init -q");
    git(fixture, "shop", "add -A");
    git(fixture, "shop", "commit -q -m first");
    git(fixture, "shop", "tag old");
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

static bool
find_new(Fixture *fixture, const char *ref, const char *path, DiscoveredFiles *files)
{
    *files = (DiscoveredFiles){0};
    fixture->err = (Error){0};
    const DiscoverOptions options = {.max_bytes = SOURCE_MAX_BYTES};
    StringList paths = {0};
    LIST_APPEND(fixture->arena, &paths, path);
    discover_paths(fixture->arena, &options, &paths, files);
    assert_int_equal(files->problems.count, 0);
    return git_since(fixture->arena, ref, files, &fixture->err);
}

/* The names of the files below the path that are reported. */
static const char *
new_in(Fixture *fixture, const char *ref, const char *path)
{
    DiscoveredFiles files;
    StringList names = {0};
    if (!find_new(fixture, ref, temp_dir_path(fixture->directory, path), &files))
        fail_msg("%s", fixture->err.message);
    for (size_t i = 0; i < files.migrations.count; i++) {
        const Migration *migration = &files.migrations.items[i];
        if (files.reported_up.items[i])
            LIST_APPEND(fixture->arena, &names, strrchr(migration->up->path, '/') + 1);
        if (migration->down != NULL && files.reported_down.items[i])
            LIST_APPEND(fixture->arena, &names, strrchr(migration->down->path, '/') + 1);
    }
    return string_list_join(fixture->arena, &names, ", ");
}

static void
assert_refused(Fixture *fixture, const char *ref, const char *path, const char *message)
{
    DiscoveredFiles files;
    assert_false(find_new(fixture, ref, temp_dir_path(fixture->directory, path), &files));
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
    if (strstr(fixture->err.message, message) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", fixture->err.message, message);
}

static void
what_the_ref_has_is_not_reported(void **state)
{
    Fixture *fixture = *state;
    assert_string_equal(new_in(fixture, "old", "shop/db"), "");
    assert_string_equal(new_in(fixture, "HEAD", "shop/more"), "");

    temp_dir_write(fixture->directory, "shop/db/002_b.up.sql", "SELECT 22;\n");
    temp_dir_write(fixture->directory, "shop/db/003_c.up.sql", "SELECT 3;\n");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "002_b.up.sql, 003_c.up.sql");
    assert_string_equal(new_in(fixture, "old", "shop/db/001_a.up.sql"), "");
    git(fixture, "shop", "add -A");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "002_b.up.sql, 003_c.up.sql");
    git(fixture, "shop", "commit -q -m second");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "002_b.up.sql, 003_c.up.sql");
    assert_string_equal(new_in(fixture, "HEAD", "shop/db"), "");
    assert_string_equal(new_in(fixture, "HEAD~1", "shop/db"), "002_b.up.sql, 003_c.up.sql");
}

static void
names_are_taken_as_they_are(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "shop/more/my täble.sql", "SELECT 33;\n");
    temp_dir_write(fixture->directory, "shop/more/neu \"é\n.sql", "SELECT 5;\n");
    assert_string_equal(new_in(fixture, "old", "shop/more"), "my täble.sql, neu \"é\n.sql");
    temp_dir_write(fixture->directory, "shop/more/:(top) x.sql", "SELECT 44;\n");
    assert_string_equal(new_in(fixture, "old", "shop/more"),
                        ":(top) x.sql, my täble.sql, neu \"é\n.sql");
}

static void
a_new_name_makes_a_new_file(void **state)
{
    Fixture *fixture = *state;
    git(fixture, "shop", "mv db/002_b.up.sql db/005_b.up.sql");
    git(fixture, "shop", "commit -q -m renamed");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "005_b.up.sql");
    assert_string_equal(new_in(fixture, "HEAD", "shop/db"), "");
}

static void
what_only_looks_touched_is_not_new(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "shop/db/002_b.up.sql", "SELECT 22;\n");
    temp_dir_write(fixture->directory, "shop/db/002_b.up.sql", "SELECT 2;\n");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "");
}

/* Of another repository than the one that a hook is about. */
static void
worktrees_and_links_are_followed(void **state)
{
    Fixture *fixture = *state;
    git(fixture, "shop", "worktree add -q ../side old");
    temp_dir_write(fixture->directory, "side/db/002_b.up.sql", "SELECT 22;\n");
    assert_int_equal(symlink("side/db", temp_dir_path(fixture->directory, "link")), 0);
    setenv("GIT_DIR", "/nowhere", 1);
    setenv("GIT_INDEX_FILE", "/nowhere/index", 1);
    assert_string_equal(new_in(fixture, "old", "side/db"), "002_b.up.sql");
    assert_string_equal(new_in(fixture, "old", "link"), "002_b.up.sql");
    assert_string_equal(new_in(fixture, "old", "shop/db"), "");
    unsetenv("GIT_DIR");
    unsetenv("GIT_INDEX_FILE");
}

static void
a_wrong_ref_or_place_is_said(void **state)
{
    Fixture *fixture = *state;
    assert_refused(fixture, "new", "shop/db", "has no commit \"new\"");
    assert_refused(fixture, "old..HEAD", "shop/db", "has no commit \"old..HEAD\"");
    assert_refused(fixture, "--help", "shop/db", "has no commit \"--help\"");
    assert_refused(fixture, "old -- x", "shop/db", "has no commit");
    temp_dir_write(fixture->directory, "elsewhere/001_a.up.sql", "SELECT 1;\n");
    assert_refused(fixture, "old", "elsewhere", "lies in no git repository");

    const char *path = arena_strdup(fixture->arena, getenv("PATH"));
    setenv("PATH", temp_dir_path(fixture->directory, "elsewhere"), 1);
    assert_refused(fixture, "old", "shop/db", "cannot run git");
    setenv("PATH", path, 1);
}

int
main(void)
{
    /* What the machine sets for git is not ours. */
    setenv("GIT_CONFIG_GLOBAL", "/dev/null", 1);
    Arena *arena = arena_new();
    static const char *const version[] = {"git", "--version", NULL};
    static const char *const none[] = {NULL};
    ProcessResult result;
    Error err;
    const bool has_git = process_run(arena, version, none, &result, &err);
    arena_free(arena);
    if (!has_git)
        return 77;
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_the_ref_has_is_not_reported, set_up, tear_down),
        cmocka_unit_test_setup_teardown(names_are_taken_as_they_are, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_new_name_makes_a_new_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_only_looks_touched_is_not_new, set_up, tear_down),
        cmocka_unit_test_setup_teardown(worktrees_and_links_are_followed, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wrong_ref_or_place_is_said, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
