/* SPDX-License-Identifier: MIT */
#include <sys/stat.h>
#include <unistd.h>

#include "source/migration.h"
#include "support/temp_dir.h"
#include "support/test.h"

#define ROOM 1000

static Arena *arena;
static TempDir *directory;

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

static SourceFile *
read_bytes(const char *bytes, size_t length)
{
    return source_read(arena, temp_dir_write_bytes(directory, "f.sql", bytes, length), ROOM);
}

static void
keeps_crlf(void **state)
{
    (void)state;
    SourceFile *file = read_bytes("SELECT 1;\r\n", 11);
    assert_null(file->broken);
    assert_int_equal(file->length, 11);
    assert_string_equal(file->text, "SELECT 1;\r\n");
}

static void
leaves_the_byte_order_mark_out_of_the_text_but_not_of_the_checksum(void **state)
{
    (void)state;
    SourceFile *file = read_bytes("\xEF\xBB\xBF"
                                  "abc",
                                  6);
    assert_null(file->broken);
    assert_string_equal(file->text, "abc");
    assert_int_equal(file->length, 3);
    /* printf '\xEF\xBB\xBFabc' | sha256sum */
    assert_string_equal(source_checksum(arena, file),
                        "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
}

static void
takes_an_empty_file(void **state)
{
    (void)state;
    SourceFile *file = read_bytes("", 0);
    assert_null(file->broken);
    assert_int_equal(file->length, 0);
    assert_string_equal(source_checksum(arena, file),
                        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

/* What is wrong with a file, where, and that nobody can use it. */
static void
check_broken(const SourceFile *file, const char *why, size_t at)
{
    assert_non_null(file->broken);
    if (strstr(file->broken, why) == NULL)
        fail_msg("%s", file->broken);
    assert_int_equal(file->broken_at, at);
    assert_string_equal(file->text, "");
    assert_int_equal(file->length, 0);

    Error err = {0};
    assert_false(source_require(file, &err));
    assert_int_equal(err.kind, ERROR_USAGE);
    assert_non_null(strstr(err.message, file->path));
    assert_non_null(strstr(err.message, why));
    assert_true(err.hint[0] != '\0');
}

static void
finds_what_is_wrong_with_the_bytes(void **state)
{
    (void)state;
    check_broken(read_bytes("SELECT 1;\n\0", 11), "holds a NUL byte at offset 10 (line 2)", 10);
    check_broken(read_bytes("-- caf\xE9\n", 8), "byte 0xE9 at offset 6 (line 1)", 6);
    check_broken(read_bytes("\xFF\xFES\0", 4), "is UTF-16", 0);
    assert_null(source_checksum(arena, read_bytes("\0", 1)));
}

static void
finds_a_file_too_large(void **state)
{
    (void)state;
    const char *path = temp_dir_write(directory, "f.sql", "SELECT 1;");
    assert_null(source_read(arena, path, 9)->broken);
    check_broken(source_read(arena, path, 8), "is larger than 8 bytes", 0);
}

static void
finds_a_file_unreadable(void **state)
{
    (void)state;
    check_broken(source_read(arena, temp_dir_path(directory, "none.sql"), ROOM),
                 "there is no such file", 0);
    check_broken(source_read(arena, temp_dir_root(directory), ROOM), "it is a directory", 0);

    const char *path = temp_dir_write(directory, "secret.sql", "");
    assert_int_equal(chmod(path, 0), 0);
    /* Nothing is forbidden to root. */
    if (geteuid() != 0)
        check_broken(source_read(arena, path, ROOM), "permission denied", 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(keeps_crlf, begin, end),
        cmocka_unit_test_setup_teardown(
            leaves_the_byte_order_mark_out_of_the_text_but_not_of_the_checksum, begin, end),
        cmocka_unit_test_setup_teardown(takes_an_empty_file, begin, end),
        cmocka_unit_test_setup_teardown(finds_what_is_wrong_with_the_bytes, begin, end),
        cmocka_unit_test_setup_teardown(finds_a_file_too_large, begin, end),
        cmocka_unit_test_setup_teardown(finds_a_file_unreadable, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
