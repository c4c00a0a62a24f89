/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"
#include "support/test.h"

static void
finds_the_first_invalid_byte(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t valid;
    } cases[] = {
        {"",                           0 },
        {"plain ascii of some length", 26},
        {"gr\xC3\xBC\xC3\x9F",         6 },
        {"0123456789\xE9 latin-1",     10},
        {"1234567\xE9",                7 },
        {"cut \xE2\x82",               4 },
        {"overlong \xC0\xAF",          9 },
        {"surrogate \xED\xA0\x80",     10},
        {"too large \xF4\x90\x80\x80", 10},
        {"\xF0\x9F\x90\x98 then \x80", 10}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_valid_length(cases[i].text, strlen(cases[i].text)), cases[i].valid);
}

static void
knows_how_wide_text_is(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t width;
    } cases[] = {
        {"abc",                      3},
        {"\xE6\x97\xA5\xE6\x9C\xAC", 4}, /* two ideographs */
        {"e\xCC\x81",                1}, /* combining accent */
        {"\xF0\x9F\x90\x98",         2}, /* elephant */
        {"a\033[31m",                6}, /* the escape is shown as a picture */
        {"\xFF",                     1}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(utf8_width(cases[i].text, strlen(cases[i].text)), cases[i].width);
}

/* Wherever among the bytes that are looked at together the first other one stands. */
static void
knows_what_is_plain(void **state)
{
    (void)state;
    static const char others[] = {'\0', '\t', '\n', '\x1f', '\x7f', '\x80', '\xff'};
    char text[20];
    for (size_t at = 0; at < sizeof text; at++) {
        for (size_t i = 0; i < sizeof others; i++) {
            memset(text, i % 2 == 0 ? ' ' : '~', sizeof text);
            text[at] = others[i];
            assert_int_equal(utf8_plain_length(text, sizeof text), at);
            assert_int_equal(utf8_plain_length(text, at), at);
        }
    }
}

static void
shows_no_control_character(void **state)
{
    (void)state;
    assert_int_equal(utf8_visible(0x1B), 0x241B);
    assert_int_equal(utf8_visible(0x7F), 0x2421);
    assert_int_equal(utf8_visible(0x9B), 0xFFFD);
    assert_int_equal(utf8_visible(0x202E), 0xFFFD);
    assert_int_equal(utf8_visible('a'), 'a');
    assert_int_equal(utf8_visible(0xE9), 0xE9);
}

static void
takes_and_makes_characters(void **state)
{
    (void)state;
    size_t bytes = 0;
    assert_int_equal(utf8_character("\xE2\x82\xAC!", 4, &bytes), 0x20AC);
    assert_int_equal(bytes, 3);
    assert_int_equal(utf8_character("\xE2", 1, &bytes), 0xFFFD);
    assert_int_equal(bytes, 1);
    char out[4];
    assert_int_equal(utf8_encode(0x20AC, out), 3);
    assert_memory_equal(out, "\xE2\x82\xAC", 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_first_invalid_byte),
        cmocka_unit_test(knows_how_wide_text_is),
        cmocka_unit_test(knows_what_is_plain),
        cmocka_unit_test(shows_no_control_character),
        cmocka_unit_test(takes_and_makes_characters),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
