/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/term.h"
#include "support/test.h"

/* A pseudo-terminal, so that the answers for one can be tested without one. */
typedef struct Terminal {
    int master;
    FILE *stream;
} Terminal;

static Terminal
terminal_open(unsigned short columns)
{
    int master = posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 && errno == ENOENT)
        skip(); /* a root file system without /dev/ptmx */
    assert_true(master >= 0);
    assert_int_equal(grantpt(master), 0);
    assert_int_equal(unlockpt(master), 0);
    struct winsize size = {.ws_row = 24, .ws_col = columns};
    assert_int_equal(ioctl(master, TIOCSWINSZ, &size), 0);
    Terminal terminal = {.master = master, .stream = fopen(ptsname(master), "r+")};
    assert_non_null(terminal.stream);
    return terminal;
}

static FILE *
open_temporary(void)
{
    FILE *file = tmpfile();
    if (file == NULL)
        abort();
    return file;
}

static void
terminal_close(Terminal terminal)
{
    fclose(terminal.stream);
    close(terminal.master);
}

static int
clear_environment(void **state)
{
    (void)state;
    unsetenv("NO_COLOR");
    unsetenv("CLICOLOR_FORCE");
    return setenv("TERM", "xterm", 1);
}

static void
colours_only_a_terminal(void **state)
{
    (void)state;
    Terminal terminal = terminal_open(100);
    FILE *file = open_temporary();

    assert_true(term_has_colour(terminal.stream));
    assert_false(term_has_colour(file));
    setenv("TERM", "dumb", 1);
    assert_false(term_has_colour(terminal.stream));
    unsetenv("TERM");
    assert_false(term_has_colour(terminal.stream));
    fclose(file);
    terminal_close(terminal);
}

static void
obeys_the_environment(void **state)
{
    (void)state;
    Terminal terminal = terminal_open(100);
    FILE *file = open_temporary();

    setenv("CLICOLOR_FORCE", "1", 1);
    assert_true(term_has_colour(file));
    setenv("CLICOLOR_FORCE", "0", 1);
    assert_false(term_has_colour(file));
    setenv("NO_COLOR", "", 1);
    assert_true(term_has_colour(terminal.stream));
    setenv("NO_COLOR", "1", 1);
    assert_false(term_has_colour(terminal.stream));
    setenv("CLICOLOR_FORCE", "1", 1);
    assert_false(term_has_colour(file));
    fclose(file);
    terminal_close(terminal);
}

static void
knows_the_width(void **state)
{
    (void)state;
    Terminal terminal = terminal_open(123);
    Terminal silent = terminal_open(0);
    FILE *file = open_temporary();
    assert_int_equal(term_width(terminal.stream), 123);
    assert_int_equal(term_width(silent.stream), 80);
    assert_int_equal(term_width(file), 80);
    fclose(file);
    terminal_close(silent);
    terminal_close(terminal);
}

static void
styles_are_silent_without_colour(void **state)
{
    (void)state;
    assert_string_equal(term_style(false, TERM_ERROR), "");
    assert_string_equal(term_style(true, TERM_PLAIN), "\033[0m");
    assert_string_not_equal(term_style(true, TERM_ERROR), term_style(true, TERM_WARNING));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(colours_only_a_terminal, clear_environment),
        cmocka_unit_test_setup(obeys_the_environment, clear_environment),
        cmocka_unit_test_setup(knows_the_width, clear_environment),
        cmocka_unit_test_setup(styles_are_silent_without_colour, clear_environment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
