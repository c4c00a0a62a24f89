/* SPDX-License-Identifier: MIT */
#include <string.h>
#include <sys/wait.h>
#include <version.h>

#include "base/wrap.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/help.h"
#include "lint/input_findings.h"
#include "lint/lint.h"
#include "support/test.h"

#define MAX_WORDS 8

typedef struct Parsed {
    Arena *arena;
    Arguments arguments;
    Error err;
    bool done;
} Parsed;

static Parsed
parse(const char *line)
{
    Parsed parsed = {.arena = arena_new()};
    char *argv[MAX_WORDS + 2] = {arena_strdup(parsed.arena, "lockstep")};
    int argc = 1;
    while (*line != '\0' && argc <= MAX_WORDS) {
        size_t length = strcspn(line, " ");
        argv[argc++] = arena_strndup(parsed.arena, line, length);
        line += length + (line[length] == ' ');
    }
    parsed.done = arguments_parse(parsed.arena, argc, argv, &parsed.arguments, &parsed.err);
    return parsed;
}

static void
assert_flag(const Parsed *parsed, size_t index, SettingId id, const char *value)
{
    assert_true(index < parsed->arguments.flags.count);
    assert_int_equal(parsed->arguments.flags.items[index].id, id);
    assert_string_equal(parsed->arguments.flags.items[index].value, value);
}

static void
flags_and_words_mix(void **state)
{
    (void)state;
    Parsed parsed = parse("--sandbox up -n 3 --to=12 --no-sandbox -q extra");
    assert_true(parsed.done);
    assert_int_equal(parsed.arguments.words.count, 2);
    assert_string_equal(parsed.arguments.words.items[0], "up");
    assert_string_equal(parsed.arguments.words.items[1], "extra");
    assert_int_equal(parsed.arguments.flags.count, 5);
    assert_flag(&parsed, 0, SETTING_SANDBOX, "true");
    assert_flag(&parsed, 1, SETTING_COUNT, "3");
    assert_flag(&parsed, 2, SETTING_TO, "12");
    assert_flag(&parsed, 3, SETTING_SANDBOX, "false");
    assert_flag(&parsed, 4, SETTING_QUIET, "true");
    arena_free(parsed.arena);
}

static void
two_dashes_end_the_flags(void **state)
{
    (void)state;
    Parsed parsed = parse("sandbox psql -- -c --help");
    assert_true(parsed.done);
    assert_false(parsed.arguments.help);
    assert_int_equal(parsed.arguments.words.count, 4);
    assert_string_equal(parsed.arguments.words.items[2], "-c");
    arena_free(parsed.arena);
}

static void
wrong_flags_are_named(void **state)
{
    static const struct {
        const char *line;
        const char *message;
        const char *hint;
    } cases[] = {
        {"up --lock-timout 2s", "there is no option --lock-timout", "Did you mean --lock-timeout?"},
        {"up --lock-timout=2s", "there is no option --lock-timout", "Did you mean --lock-timeout?"},
        {"up --mig x",          "there is no option --mig",         "Did you mean --migrations?"  },
        {"up --migration=x",    "there is no option --migration",   "Did you mean --migrations?"  },
        {"up -x",               "there is no option -x",            ""                            },
        {"up -qx",              "there is no option -x",            ""                            },
        {"up --to",             "--to needs a value",               ""                            },
        {"up -n",               "-n needs a value",                 ""                            },
        {"up --quiet=1",        "--quiet takes no value",           ""                            },
        {"up --zzzzzzzz",       "there is no option --zzzzzzzz",    ""                            },
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Parsed parsed = parse(cases[i].line);
        assert_false(parsed.done);
        assert_int_equal(parsed.err.kind, ERROR_USAGE);
        assert_string_equal(parsed.err.message, cases[i].message);
        assert_string_equal(parsed.err.hint, cases[i].hint);
        arena_free(parsed.arena);
    }
}

static void
every_command_is_complete(void **state)
{
    (void)state;
    size_t count = 0;
    const Command *commands = commands_table(&count);
    int bits = 0;
    for (size_t i = 0; i < count; i++) {
        assert_ptr_equal(command_find(commands[i].name), &commands[i]);
        assert_false(bits & (int)commands[i].bit);
        bits |= (int)commands[i].bit;
        assert_non_null(commands[i].run);
        assert_non_null(commands[i].description);
        assert_true(commands[i].least <= commands[i].most);
        assert_true(commands[i].hidden || commands[i].examples[0].line != NULL);
    }
    assert_int_equal(bits, CMD_ALL);
    assert_null(command_find("stauts"));
}

static void
every_finding_that_is_no_rule_is_explained(void **state)
{
    static const char *const ids[] = {FINDING_SYNTAX_ERROR,        FINDING_UNREADABLE_FILE,
                                      FINDING_BAD_DIRECTIVE,       FINDING_UNUSED_ALLOW,
                                      FINDING_MISSING_DOWN,        FINDING_DOWN_DIFFERS,
                                      FINDING_TRANSACTION_CONTROL, FINDING_MISSING_LOCK_TIMEOUT,
                                      FINDING_LOCK_ORDER,          FINDING_REFUSED,
                                      FINDING_SESSION_SETTING,     FINDING_UNFILLED_TEMPLATE};
    (void)state;
    size_t count = 0;
    (void)input_findings(&count);
    assert_int_equal(count, sizeof ids / sizeof *ids);
    for (size_t i = 0; i < count; i++) {
        assert_non_null(input_finding_find(ids[i]));
        assert_null(rule_find(ids[i]));
    }
}

static const char *
wrapped(Arena *arena, const char *text, int column, int indent, int width)
{
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    wrap_text(out, text, column, indent, width);
    fclose(out);
    const char *copy = arena_strdup(arena, bytes);
    free(bytes);
    return copy;
}

static void
text_is_wrapped_at_blanks(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    assert_string_equal(wrapped(arena, "one two three", 0, 0, 7), "one two\nthree\n");
    assert_string_equal(wrapped(arena, "one two three", 0, 0, 6), "one\ntwo\nthree\n");
    assert_string_equal(wrapped(arena, "one two three", 4, 2, 8), "one\n  two\n  three\n");
    assert_string_equal(wrapped(arena, "äöü äöü äöü", 0, 0, 7), "äöü äöü\näöü\n");
    assert_string_equal(wrapped(arena, "muchtoolong x", 0, 1, 4), " muchtoolong\n x\n");
    assert_string_equal(wrapped(arena, "a\n\n    b  c d\ne", 0, 0, 4), "a\n\n    b  c d\ne\n");
    arena_free(arena);
}

static void
the_version_names_tool_grammar_and_client(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    char *bytes = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&bytes, &length);
    help_version(arena, out);
    fclose(out);
    char *end = NULL;
    assert_memory_equal(bytes, "lockstep " LOCKSTEP_VERSION "\n", 10);
    assert_non_null(strstr(bytes, "\nSQL grammar of PostgreSQL " LOCKSTEP_GRAMMAR_MAJOR "\n"));
    const char *libpq = strstr(bytes, "\nlibpq ");
    assert_non_null(libpq);
    assert_true(strtol(libpq + 7, &end, 10) >= 15);
    assert_true(*end == '.');
    free(bytes);
    arena_free(arena);
}

/* The exit status of the tool with these redirections. */
static int
status_with(const char *redirections)
{
    char line[1024];
    snprintf(line, sizeof line, LOCKSTEP_BINARY " help %s", redirections);
    int status = system(line); /* NOLINT(cert-env33-c): a shell is what redirects */
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

static void
a_full_disk_is_noticed(void **state)
{
    (void)state;
    assert_int_equal(status_with(">/dev/full 2>/dev/null"), EXIT_USAGE);
    assert_int_equal(status_with(">&- 2>/dev/null"), EXIT_USAGE);
    assert_int_equal(status_with(">/dev/null 2>&-"), EXIT_DONE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(flags_and_words_mix),
        cmocka_unit_test(two_dashes_end_the_flags),
        cmocka_unit_test(wrong_flags_are_named),
        cmocka_unit_test(every_command_is_complete),
        cmocka_unit_test(text_is_wrapped_at_blanks),
        cmocka_unit_test(every_finding_that_is_no_rule_is_explained),
        cmocka_unit_test(the_version_names_tool_grammar_and_client),
        cmocka_unit_test(a_full_disk_is_noticed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
