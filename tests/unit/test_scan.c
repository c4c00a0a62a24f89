/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "parse/scan.h"
#include "support/test.h"

/* One letter for each token. */
static void
check_tokens(const char *text, const char *letters)
{
    static const char letter_of[] = {'.', 'w', 'q', 's', 'n', '(', ')', ',', ';', 'o'};
    size_t length = strlen(text);
    ScanToken token = scan_token(text, 0, length);

    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, length)) {
        assert_true(token.span.start < token.span.end && token.span.end <= length);
        assert_int_equal(letter_of[token.kind], *letters);
        letters++;
    }
    assert_int_equal(*letters, '\0');
}

static void
test_tokens(void **state)
{
    (void)state;
    check_tokens("", "");
    check_tokens(" -- x", "");
    check_tokens("a B_1 é$ 1.5e3 $1", "wwwnon");
    check_tokens("'a''b' 'c", "ss");
    check_tokens("E'\\'' e'\\", "ss");
    check_tokens("'\\' x", "sw");
    check_tokens("N'x' b'01' X'f' U&'x' u&\"x\" U &", "ssssqwo");
    check_tokens("\"a\"\"b\" \"", "qq");
    check_tokens("$$ ' $$ $a$ $b$ $$ $a$ a$b$ $x", "sswow");
    check_tokens("$1$ $é$;$é$", "ons");
    check_tokens("f(a[1],2);", "w(w(n),n);");
    check_tokens("a--b\nc/*/**/*/d", "www");
}

static void
test_words(void **state)
{
    const char *text = "Where \"where\" wher";
    size_t length = strlen(text);

    (void)state;
    assert_true(scan_is_word(text, scan_token(text, 0, length), "where"));
    assert_false(scan_is_word(text, scan_token(text, 6, length), "where"));
    assert_false(scan_is_word(text, scan_token(text, 14, length), "where"));
    assert_int_equal(scan_after_word("(x) x y", 0, 7, "x"), 5);
    assert_int_equal(scan_after_word("'x' \"x\"", 0, 7, "x"), 7);
}

static void
check_span(Span found, size_t start, size_t end)
{
    assert_int_equal(found.start, start);
    assert_int_equal(found.end, end);
}

static void
test_parts(void **state)
{
    Span inside;
    size_t after;

    (void)state;
    check_span(scan_trim(" a /* b */ -- c", 0, 15), 1, 2);
    check_span(scan_trim(" -- c", 0, 5), 0, 0);
    check_span(scan_trim("\n a  b\t ", 0, 8), 2, 6);
    check_span(scan_trim(" '--' ", 0, 6), 1, 5);
    check_span(scan_trim("  ", 0, 2), 0, 0);
    assert_true(scan_brackets("x ( a, (b) ) y", 0, 14, &inside, &after));
    check_span(inside, 4, 10);
    assert_int_equal(after, 12);
    assert_true(scan_brackets("()", 0, 2, &inside, &after));
    assert_int_equal(inside.start, inside.end);
    assert_true(scan_brackets("(a", 0, 2, &inside, NULL));
    check_span(inside, 1, 2);
    assert_false(scan_brackets("'('", 0, 3, &inside, NULL));
    assert_int_equal(scan_after_name(" a . \"b c\" d", 0, 12), 10);
    assert_int_equal(scan_after_name("(a", 0, 2), 0);
    assert_int_equal(scan_after_open("a [(", 0, 4), 3);
    assert_int_equal(scan_after_open("a '('", 0, 5), 5);
    check_span(scan_element(" a(1,2) , b", 0, 11, &after), 1, 7);
    assert_int_equal(after, 9);
    check_span(scan_element("b[1] ) c", 0, 8, &after), 0, 4);
    assert_int_equal(after, 5);
    check_span(scan_element("b -- ,", 0, 6, &after), 0, 1);
    assert_int_equal(after, 6);
    check_span(scan_element("ab cd e',\\'' fg , h", 0, 19, &after), 0, 15);
    check_span(scan_element("ab cd", 0, 5, &after), 0, 5);
    assert_int_equal(after, 5);
    check_span(scan_element("ab U&\",\" cd, e", 0, 14, &after), 0, 11);
    assert_true(scan_element_before("a, b ,\n c", 3, 8, &inside));
    check_span(inside, 3, 4);
    assert_false(scan_element_before("a LIKE b", 0, 7, &inside));
    assert_false(scan_element_before(", b", 0, 2, &inside));
}

static void
check_statement(const char *text, size_t end, bool expected_closed)
{
    bool closed = !expected_closed;

    assert_int_equal(scan_statement_end(text, 0, strlen(text), &closed), end);
    assert_int_equal(closed, expected_closed);
}

static void
test_statements(void **state)
{
    (void)state;
    check_statement("a; b;", 2, true);
    check_statement("a", 1, false);
    check_statement("';' $$;$$ (;) x; y", 16, true);
    check_statement("begin atomic a; case b end; end; c", 32, true);
    check_statement("begin; atomic;", 6, true);
    check_statement(") a; b", 4, true);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_tokens),
        cmocka_unit_test(test_words),
        cmocka_unit_test(test_parts),
        cmocka_unit_test(test_statements),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
