/* SPDX-License-Identifier: MIT */
/* Text that is nested or long beyond reason ends in an answer or in an error, on a small stack too.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "support/explain_case.h"
#include "support/test.h"

#define STACK_SIZE ((rlim_t)512 * 1024)

/* The grammar gives up at 10000, so that the deepest trees are a little less deep. */
static const size_t depths[] = {300, 3000, 9000, 100000};

typedef struct Nest {
    const char *before;
    const char *open; /* repeated */
    const char *middle;
    const char *close; /* repeated as often */
    const char *after;
} Nest;

static const Nest nests[] = {
    {"SELECT ",                                 "(",                    "1",                        ")",                ""          },
    {"CREATE TABLE t (a int DEFAULT ",          "abs(",                 "1",                        ")",                ")"         },
    {"CREATE TABLE t (a int, CHECK (",          "NOT ",                 "a > 0",                    "",                 "))"        },
    {"ALTER TABLE t ADD CHECK (",               "(a > 0 OR ",           "a > 1",                    ")",                ")"         },
    {"SELECT ",                                 "CASE WHEN true THEN ", "1",                        " END",             ""          },
    {"CREATE VIEW v AS SELECT * FROM ",         "(SELECT * FROM ",      "t",                        ") x",              ""          },
    {"SELECT ",                                 "(SELECT ",             "1",                        ")",                ""          },
    {"",                                        "WITH a AS (",          "SELECT 1",                 ") SELECT 1",       ""          },
    {"SELECT * FROM ",                          "(",                    "a",                        " JOIN b ON true)", ""          },
    {"SELECT ",                                 "ARRAY[",               "1",                        "]",                ""          },
    {"CREATE VIEW v AS SELECT 1",               " UNION SELECT 1",      "",                         "",                 ""          },
    {"SELECT 1",                                "::int",                "",                         "",                 ""          },
    {"ALTER TABLE t ADD CHECK (a > 0",          " AND a > 0",           "",                         "",                 ")"         },
    {"CREATE TABLE t (a int[] DEFAULT ARRAY[1", ", 1",                  "",                         "",                 "])"        },
    {"DO $$ ",                                  "BEGIN ",               "NULL;",                    " END;",            " $$"       },
    {"DO $$ BEGIN ",                            "IF true THEN ",        "ALTER TABLE t ADD b int;", " END IF;",         " END $$"   },
    {"CREATE TABLE \"",                         "x",                    "",                         "",                 "\" (a int)"},
};

static const char *
nested(Arena *arena, const Nest *nest, size_t depth)
{
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    fputs(nest->before, out);
    for (size_t i = 0; i < depth; i++)
        fputs(nest->open, out);
    fputs(nest->middle, out);
    for (size_t i = 0; i < depth; i++)
        fputs(nest->close, out);
    fputs(nest->after, out);
    assert_int_equal(fclose(out), 0);
    const char *kept = arena_strndup(arena, text, length);
    free(text);
    return kept;
}

static void
nesting_ends_in_an_answer(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof nests / sizeof nests[0]; i++) {
        for (size_t j = 0; j < sizeof depths / sizeof depths[0]; j++) {
            Arena *arena = arena_new();
            const char *text = nested(arena, &nests[i], depths[j]);
            const ExplainResult result = explain_case(arena, 17, text, text);
            assert_true(result.files.items[0].statements.count > 0);
            arena_free(arena);
        }
    }
}

/* Sanitizers make every frame several times as large. */
static void
take_small_stack(void)
{
#if !defined(__SANITIZE_ADDRESS__) && !defined(__clang__)
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0)
        abort();
    limit.rlim_cur = STACK_SIZE;
    if (setrlimit(RLIMIT_STACK, &limit) != 0)
        abort();
#endif
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nesting_ends_in_an_answer),
    };
    take_small_stack();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
