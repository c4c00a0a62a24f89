/* SPDX-License-Identifier: MIT */
#include "source/segment.h"
#include "support/test.h"

static Arena *arena;

static int
begin(void **state)
{
    (void)state;
    arena = arena_new();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

/* One statement for each letter: "a" any, "m" maybe outside, "o" only outside, "B" BEGIN, "C"
 * COMMIT, "R" ROLLBACK, "S" SAVEPOINT, "P" PREPARE, "c" COMMIT PREPARED. */
static Script
script_of(const char *letters)
{
    static const struct {
        char letter;
        TransactionControl control;
    } controls[] = {
        {'B', TRANSACTION_BEGIN          },
        {'C', TRANSACTION_COMMIT         },
        {'R', TRANSACTION_ROLLBACK       },
        {'S', TRANSACTION_SAVEPOINT      },
        {'P', TRANSACTION_PREPARE        },
        {'c', TRANSACTION_COMMIT_PREPARED},
    };
    Script script = {0};
    for (const char *at = letters; *at != '\0'; at++) {
        Statement statement = {.kind = "ANY", .use = TRANSACTION_USE_ANY};
        Op op = {.kind = OP_NO_RELATION};
        if (*at == 'm')
            statement.use = TRANSACTION_USE_MAYBE_OUTSIDE;
        if (*at == 'o') {
            statement.use = TRANSACTION_USE_OUTSIDE;
            statement.outside_why = "CREATE INDEX CONCURRENTLY";
        }
        for (size_t i = 0; i < sizeof controls / sizeof *controls; i++) {
            if (controls[i].letter == *at) {
                statement.use = TRANSACTION_USE_CONTROL;
                op = (Op){.kind = OP_TRANSACTION, .transaction.control = controls[i].control};
            }
        }
        LIST_APPEND(arena, &statement.ops, op);
        LIST_APPEND(arena, &script.statements, statement);
    }
    return script;
}

/* Segments as text: "0+2t 2+1o" is statements 0 and 1 in a transaction, then statement 2 outside of
 * one. */
static const char *
words_of(const SegmentList *segments)
{
    const char *words = "";
    foreach (segment, segments)
        words = arena_printf(arena, "%s%s%zu+%zu%c", words, *words == '\0' ? "" : " ",
                             segment->first, segment->count, segment->in_transaction ? 't' : 'o');
    return words;
}

static void
segments_follow_the_statements(void **state)
{
    (void)state;
    static const struct {
        const char *letters;
        bool no_transaction;
        const char *segments;
        const char *problem;
        size_t problem_at;
    } cases[] = {
        {"",       false, "",               NULL,                                                            0},
        {"aaa",    false, "0+3t",           NULL,                                                            0},
        {"aoaa",   false, "0+1t 1+1o 2+2t", NULL,                                                            0},
        {"oo",     false, "0+1o 1+1o",      NULL,                                                            0},
        {"aoa",    true,  "0+1t 1+1o 2+1t", NULL,                                                            0},
        {"BaaC",   false, "1+2t",           NULL,                                                            0},
        {"aBaCa",  false, "0+1t 2+1t 4+1t", NULL,                                                            0},
        {"aCa",    false, "0+1t 2+1t",      NULL,                                                            0},
        {"aBaaCa", true,  "0+1t 2+2t 5+1t", NULL,                                                            0},
        {"BC",     false, "",               NULL,                                                            0},
        {"aSa",    false, "0+3t",           NULL,                                                            0},
        {"ac",     false, "0+1t 1+1o",      NULL,                                                            0},
        {"m",      false, "0+1o",           NULL,                                                            0},
        {"ama",    false, "0+3t",           NULL,                                                            0},
        {"ama",    true,  "0+1t 1+1o 2+1t", NULL,                                                            0},
        {"BmC",    false, "1+1t",           NULL,                                                            0},
        {"BmC",    true,  "1+1t",           NULL,                                                            0},
        {"aBa",    false, "0+1t 2+1t",      "BEGIN without a COMMIT",                                        1},
        {"aCBa",   false, "0+1t 3+1t",      NULL,                                                            0},
        {"aCBa",   true,  "0+1t 3+1t",      "BEGIN without a COMMIT",                                        2},
        {"BaCBa",  false, "1+1t 4+1t",      "BEGIN without a COMMIT",                                        3},
        {"BBaC",   false, "2+1t",           "BEGIN inside of a transaction that BEGIN has already opened",   1},
        {"BoC",    false, "1+1o",           "CREATE INDEX CONCURRENTLY cannot run between BEGIN and COMMIT", 1},
        {"aR",     false, "0+1t",           "ROLLBACK undoes what the migration did before it",              1},
        {"BaP",    false, "1+1t",           "PREPARE TRANSACTION leaves the transaction to somebody else",   2},
        {"RBo",    false, "2+1o",           "ROLLBACK undoes what the migration did before it",              0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Script script = script_of(cases[i].letters);
        const char *problem = "unset";
        size_t at = 99;
        SegmentList segments =
            segment_script(arena, &script, cases[i].no_transaction, &problem, &at);
        assert_string_equal(words_of(&segments), cases[i].segments);
        if (cases[i].problem == NULL) {
            assert_null(problem);
            continue;
        }
        assert_non_null(problem);
        assert_string_equal(problem, cases[i].problem);
        assert_int_equal(at, cases[i].problem_at);
    }
}

static void
the_problem_may_be_nobodys_business(void **state)
{
    (void)state;
    Script script = script_of("BaR");
    SegmentList segments = segment_script(arena, &script, false, NULL, NULL);
    assert_string_equal(words_of(&segments), "1+1t");
}

static void
what_is_rolled_back_is_said(void **state)
{
    (void)state;
    Script script = script_of("aBaaRaBaC");
    SegmentList segments = segment_script(arena, &script, false, NULL, NULL);
    assert_string_equal(words_of(&segments), "0+1t 2+2t 5+1t 7+1t");
    for (size_t i = 0; i < segments.count; i++)
        assert_int_equal(segments.items[i].rolled_back, i == 1);
}

/* The COMMIT may stand behind what could not be parsed. */
static void
a_syntax_error_excuses_a_missing_commit(void **state)
{
    (void)state;
    Script script = script_of("Ba");
    LIST_APPEND(arena, &script.errors, (SyntaxError){.message = "syntax error"});
    const char *problem = "unset";
    size_t at = 0;
    segment_script(arena, &script, false, &problem, &at);
    assert_null(problem);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(segments_follow_the_statements, begin, end),
        cmocka_unit_test_setup_teardown(what_is_rolled_back_is_said, begin, end),
        cmocka_unit_test_setup_teardown(the_problem_may_be_nobodys_business, begin, end),
        cmocka_unit_test_setup_teardown(a_syntax_error_excuses_a_missing_commit, begin, end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
