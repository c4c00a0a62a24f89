/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "base/out.h"
#include "support/test.h"

typedef struct Written {
    char *text;
    size_t size;
    FILE *stream;
    Out out;
} Written;

static void
begin(Written *written)
{
    written->stream = open_memstream(&written->text, &written->size);
    assert_non_null(written->stream);
    out_open(&written->out, written->stream);
}

static void
end(Written *written)
{
    out_flush(&written->out);
    assert_int_equal(fclose(written->stream), 0);
}

static void
all_arrives_in_order(void **state)
{
    (void)state;
    Written written = {0};
    char large[3 * OUT_SIZE + 7];
    for (size_t i = 0; i < sizeof large; i++)
        large[i] = (char)('a' + i % 26);
    begin(&written);
    out_char(&written.out, '<');
    out_bytes(&written.out, large, sizeof large);
    out_repeat(&written.out, '=', 2 * OUT_SIZE);
    out_string(&written.out, ">");
    out_number(&written.out, 0);
    out_number(&written.out, SIZE_MAX);
    end(&written);

    assert_int_equal(written.text[0], '<');
    assert_memory_equal(written.text + 1, large, sizeof large);
    const char *rest = written.text + 1 + sizeof large;
    assert_int_equal(strspn(rest, "="), 2 * OUT_SIZE);
    assert_string_equal(rest + 2 * OUT_SIZE, ">018446744073709551615");
    free(written.text);
}

static void
control_characters_are_shown(void **state)
{
    (void)state;
    Written written = {0};
    const char *const text = "plain text, 8 and more\t\x1b[2J\x7f \xe2\x82\xac\xc2\x9b.";
    begin(&written);
    out_visible(&written.out, text, strlen(text));
    end(&written);
    assert_string_equal(written.text, "plain text, 8 and more\t\xe2\x90\x9b[2J\xe2\x90\xa1 "
                                      "\xe2\x82\xac\xef\xbf\xbd.");
    free(written.text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_arrives_in_order),
        cmocka_unit_test(control_characters_are_shown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
