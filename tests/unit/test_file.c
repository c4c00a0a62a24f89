/* SPDX-License-Identifier: MIT */
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    TempDir *directory;
} Fixture;

static int
set_up(void **state)
{
    Fixture *fixture = malloc(sizeof *fixture);
    *fixture = (Fixture){.arena = arena_new(), .directory = temp_dir_new()};
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

static void
reads_what_is_there(void **state)
{
    Fixture *fixture = *state;
    const char *path = temp_dir_write_bytes(fixture->directory, "a", "x\0y", 3);
    FileBytes file;
    Error err;

    assert_true(file_read(fixture->arena, path, 3, &file, &err));
    assert_int_equal(file.length, 3);
    assert_memory_equal(file.bytes, "x\0y", 4);
}

static void
reads_an_empty_file(void **state)
{
    Fixture *fixture = *state;
    FileBytes file;
    Error err;

    assert_true(
        file_read(fixture->arena, temp_dir_write(fixture->directory, "a", ""), 10, &file, &err));
    assert_int_equal(file.length, 0);
    assert_string_equal(file.bytes, "");
}

static void
refuses_one_byte_too_many(void **state)
{
    Fixture *fixture = *state;
    const char *path = temp_dir_write(fixture->directory, "big.sql", "12345");
    FileBytes file;
    Error err;

    assert_true(file_read(fixture->arena, path, 5, &file, &err));
    assert_false(file_read(fixture->arena, path, 4, &file, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.message, "big.sql is larger than 4 bytes"));
}

/* Writes so many letters into a pipe, from another process; the path of its end, as the shell's
 * `<(…)` gives it. */
static const char *
feed(Arena *arena, size_t length)
{
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    pid_t child = fork();
    if (child != 0) {
        close(ends[1]);
        return arena_printf(arena, "/dev/fd/%d", ends[0]);
    }
    signal(SIGPIPE, SIG_DFL);
    close(ends[0]);
    FILE *out = fdopen(ends[1], "w");
    for (size_t i = 0; out != NULL && i < length; i++)
        fputc('a' + (int)(i % 26), out);
    _exit(out != NULL && fclose(out) == 0 ? 0 : 1);
}

/* A pipe does not say how long it is: the reader has to grow, and to stop. */
static void
reads_a_pipe_to_its_end(void **state)
{
    Fixture *fixture = *state;
    const size_t length = 300000;
    const char *path = feed(fixture->arena, length);

    FileBytes file;
    Error err;
    assert_true(file_read(fixture->arena, path, length, &file, &err));
    assert_int_equal(file.length, length);
    assert_int_equal(file.bytes[length - 1], 'a' + (int)((length - 1) % 26));
    assert_int_equal(file.bytes[length], '\0');
}

static void
stops_reading_a_pipe_that_is_too_long(void **state)
{
    Fixture *fixture = *state;
    const size_t length = 300000;
    const char *path = feed(fixture->arena, length);

    FileBytes file;
    Error err;
    assert_false(file_read(fixture->arena, path, length - 1, &file, &err));
    assert_non_null(strstr(err.message, " is larger than 299999 bytes"));
}

/* Nobody may ever write into it. */
static void
does_not_wait_for_a_pipe_among_files(void **state)
{
    Fixture *fixture = *state;
    const char *path = temp_dir_path(fixture->directory, "pipe.sql");
    assert_int_equal(mkfifo(path, 0600), 0);
    FileBytes file;
    Error err;
    assert_false(file_read(fixture->arena, path, 10, &file, &err));
    assert_non_null(strstr(err.message, "pipe.sql: it is no file but a pipe or a device"));
    const char *link = temp_dir_path(fixture->directory, "zero.sql");
    assert_int_equal(symlink("/dev/zero", link), 0);
    assert_false(file_read(fixture->arena, link, 10, &file, &err));
    assert_non_null(strstr(err.message, "it is no file but a pipe or a device"));
}

static void
says_why_it_cannot_read(void **state)
{
    Fixture *fixture = *state;
    FileBytes file;
    Error err;

    assert_false(
        file_read(fixture->arena, temp_dir_path(fixture->directory, "no"), 10, &file, &err));
    assert_non_null(strstr(err.message, "/no: there is no such file or directory"));
    assert_false(file_read(fixture->arena, temp_dir_root(fixture->directory), 10, &file, &err));
    assert_non_null(strstr(err.message, "it is a directory"));
}

static const char *
read_from(Fixture *fixture, FileBase *base, const char *path)
{
    FileBytes file;
    Error err;
    return file_read_from(fixture->arena, base, path, 10, &file, &err)
               ? file.bytes
               : arena_strdup(fixture->arena, err.message);
}

/* From the second file on, where the directory is does not matter any more. */
static void
looks_files_up_from_their_directory(void **state)
{
    Fixture *fixture = *state;
    TempDir *in = fixture->directory;
    const char *a = temp_dir_write(in, "d/a", "one");
    const char *b = temp_dir_write(in, "d/below/b", "two");
    const char *other = temp_dir_write(in, "d.sql", "other");
    const char *fifo = temp_dir_path(in, "d/fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    FileBase base = {0};

    assert_string_equal(read_from(fixture, &base, a), "one");
    file_base_enter(&base, temp_dir_path(in, "d"));
    assert_string_equal(read_from(fixture, &base, a), "one");
    assert_string_equal(read_from(fixture, &base, b), "two");
    assert_int_equal(rename(temp_dir_path(in, "d"), temp_dir_path(in, "moved")), 0);
    file_base_enter(&base, temp_dir_path(in, "d"));
    assert_string_equal(read_from(fixture, &base, a), "one");
    assert_string_equal(read_from(fixture, &base, temp_dir_path(in, "d//below//b")), "two");
    assert_string_equal(read_from(fixture, &base, other), "other");
    assert_true(file_exists_from(&base, b));
    assert_false(file_exists_from(&base, temp_dir_path(in, "d/c")));
    assert_non_null(strstr(read_from(fixture, &base, fifo), "/d/fifo: it is no file but a pipe"));
    assert_non_null(strstr(read_from(fixture, &base, temp_dir_path(in, "d/c")),
                           "/d/c: there is no such file or directory"));
    file_base_leave(&base);
    assert_false(file_exists_from(&base, b));
}

/* Then the whole paths say what is wrong. */
static void
looks_files_up_without_their_directory(void **state)
{
    Fixture *fixture = *state;
    TempDir *in = fixture->directory;
    const char *a = temp_dir_write(in, "d/a", "one");
    FileBase base = {0};

    file_base_enter(&base, temp_dir_path(in, "none"));
    for (int i = 0; i < 3; i++)
        assert_non_null(strstr(read_from(fixture, &base, temp_dir_path(in, "none/a")),
                               "/none/a: there is no such file or directory"));
    file_base_enter(&base, temp_dir_path(in, "d"));
    for (int i = 0; i < 3; i++)
        assert_string_equal(read_from(fixture, &base, a), "one");
    file_base_leave(&base);
}

static void
replaces_a_file_and_keeps_its_permissions(void **state)
{
    Fixture *fixture = *state;
    const char *path = temp_dir_write(fixture->directory, "a", "old");
    assert_int_equal(chmod(path, 0640), 0);
    Error err;

    assert_true(file_write(path, "newer", 5, 0600, &err));
    struct stat status;
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0640);
    assert_string_equal(temp_dir_read(fixture->directory, "a"), "newer");
}

static void
leaves_nothing_behind_when_it_cannot_write(void **state)
{
    Fixture *fixture = *state;
    Error err;
    const char *path = temp_dir_write(fixture->directory, "d/inner", "");
    const char *taken = temp_dir_path(fixture->directory, "d");

    /* A directory that is not empty cannot be replaced by a file. */
    assert_false(file_write(taken, "x", 1, 0600, &err));
    assert_non_null(strstr(err.message, "cannot write"));
    assert_string_equal(temp_dir_read(fixture->directory, "d/inner"), "");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(rmdir(taken), 0);
    /* Only an empty directory can be removed: no temporary file is left in it. */
    assert_int_equal(rmdir(temp_dir_root(fixture->directory)), 0);
    assert_int_equal(mkdir(temp_dir_root(fixture->directory), 0700), 0);
}

static void
makes_directories(void **state)
{
    Fixture *fixture = *state;
    Error err;
    const char *path = temp_dir_path(fixture->directory, "a/b/c");

    assert_true(file_make_directories(path, 0755, &err));
    assert_true(file_make_directories(path, 0755, &err));
    temp_dir_write(fixture->directory, "a/file", "");
    assert_false(file_make_directories(temp_dir_path(fixture->directory, "a/file/d"), 0755, &err));
    assert_non_null(strstr(err.message, "a/file: there is a file of that name already"));
}

static void
takes_paths_apart(void **state)
{
    Fixture *fixture = *state;
    assert_string_equal(file_directory(fixture->arena, "a/b/c.sql"), "a/b");
    assert_string_equal(file_directory(fixture->arena, "c.sql"), ".");
    assert_string_equal(file_directory(fixture->arena, "/c.sql"), "/");
    assert_string_equal(file_name("a/b/c.sql"), "c.sql");
    assert_string_equal(file_join(fixture->arena, ".", "c.sql"), "c.sql");
    assert_string_equal(file_join(fixture->arena, "/", "c.sql"), "/c.sql");
    assert_string_equal(file_join(fixture->arena, "a", "c.sql"), "a/c.sql");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(reads_what_is_there, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_an_empty_file, set_up, tear_down),
        cmocka_unit_test_setup_teardown(refuses_one_byte_too_many, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_a_pipe_to_its_end, set_up, tear_down),
        cmocka_unit_test_setup_teardown(stops_reading_a_pipe_that_is_too_long, set_up, tear_down),
        cmocka_unit_test_setup_teardown(does_not_wait_for_a_pipe_among_files, set_up, tear_down),
        cmocka_unit_test_setup_teardown(says_why_it_cannot_read, set_up, tear_down),
        cmocka_unit_test_setup_teardown(looks_files_up_from_their_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(looks_files_up_without_their_directory, set_up, tear_down),
        cmocka_unit_test_setup_teardown(replaces_a_file_and_keeps_its_permissions, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(leaves_nothing_behind_when_it_cannot_write, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(makes_directories, set_up, tear_down),
        cmocka_unit_test_setup_teardown(takes_paths_apart, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
