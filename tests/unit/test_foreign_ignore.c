/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "lint/lint.h"
#include "parse/parse.h"
#include "source/foreign_ignore.h"
#include "support/test.h"

/* "squawk-ignore 1-1 create-index-blocks-writes; …": from the first statement to the last. */
static const char *
ignores_in(Arena *arena, const char *text)
{
    const Script *script = parse_script(arena, text, strlen(text));
    const ForeignIgnoreList list = foreign_ignore_scan(arena, text, strlen(text), script);
    const char *words = "";
    foreach (ignore, &list)
        words = arena_printf(arena, "%s%s%s %zu-%zu %s", words, *words != '\0' ? "; " : "",
                             ignore->mark, ignore->first + 1, ignore->end,
                             string_list_join(arena, &ignore->rules, ","));
    return words;
}

#define INDEX "CREATE INDEX i ON t (a);\n"
#define PREFER "prefer-robust-stmts"
#define BUILDS "create-index-blocks-writes"

static const struct {
    const char *text;
    const char *ignores;
} cases[] = {
    {"-- squawk-ignore require-concurrent-index-creation\n" INDEX,                             "squawk-ignore 1-1 " BUILDS                   },
    {"--squawk-ignore " PREFER ", require-concurrent-index-creation -- 5 rows\n" INDEX,
     "squawk-ignore 1-1 " BUILDS                                                                                                             },
    {"/* squawk-ignore require-concurrent-index-creation */\n" INDEX,                          "squawk-ignore 1-1 " BUILDS                   },
    {"SELECT 1;\n-- squawk-ignore changing-column-type\n" INDEX,
     "squawk-ignore 2-2 change-type-rewrites,narrowing-type-change"                                                                          },
    {"CREATE INDEX i ON t (a); -- squawk-ignore require-concurrent-index-creation\n" INDEX,
     "squawk-ignore 1-1 " BUILDS                                                                                                             },
    {INDEX "ALTER TABLE t\n  -- squawk-ignore changing-column-type\n  ALTER a TYPE bigint;\n",
     "squawk-ignore 2-2 change-type-rewrites,narrowing-type-change"                                                                          },
    {"-- squawk-ignore-file require-concurrent-index-creation\n" INDEX INDEX,
     "squawk-ignore-file 1-3 " BUILDS                                                                                                        },
    {"-- squawk-ignore " PREFER "\n" INDEX,                                                    ""                                            },
    {"-- squawk-ignored require-concurrent-index-creation\n" INDEX,                            ""                                            },
    {"-- we squawk-ignore require-concurrent-index-creation\n" INDEX,                          ""                                            },
    {"SELECT 'squawk-ignore require-concurrent-index-creation';\n" INDEX,                      ""                                            },
    {"-- squawk-ignore adding-required-field, require-concurrent-partition-detach\n" INDEX,
     "squawk-ignore 1-1 add-required-column,new-column-required,detach-partition-blocks"                                                     },
    {"-- pgls-ignore lint/safety/requireSeparateConstraintValidation\n" INDEX,
     "pgls-ignore 1-1 validate-under-lock"                                                                                                   },
    {"-- squawk-ignore require-timeout-settings, prefer-timestamptz\n" INDEX,
     "squawk-ignore 1-1 missing-lock-timeout,timestamp-without-time-zone"                                                                    },
    {"-- eugene: ignore E15\n" INDEX,                                                          "eugene: ignore 1-1 foreign-key-without-index"},
    {"-- pgfence-ignore: drop-index-not-concurrent\n" INDEX,
     "pgfence-ignore 1-1 drop-index-blocks"                                                                                                  },
    {"-- atlas:nolint data_depend\n" INDEX,
     "atlas:nolint 1-1 add-required-column,new-column-required,add-unique-builds-index,"
     "set-not-null-scans-table"                                                                                                              },
    {"-- eugene: ignore E6, W12\n" INDEX,                                                      "eugene: ignore 1-1 " BUILDS                  },
    {"-- eugene: ignore W12\n" INDEX,                                                          ""                                            },
    {"-- pgfence-ignore: create-index-not-concurrent\n" INDEX,                                 "pgfence-ignore 1-1 " BUILDS                  },
    {"-- pgfence: ignore create-index-not-concurrent\n" INDEX,                                 "pgfence: ignore 1-1 " BUILDS                 },
    {"-- pgls-ignore lint/safety/requireConcurrentIndexCreation: 5 rows\n" INDEX,
     "pgls-ignore 1-1 " BUILDS                                                                                                               },
    {"-- pgls-ignore requireConcurrentIndexCreation\n" INDEX,                                  "pgls-ignore 1-1 " BUILDS                     },
    {"-- pgt-ignore-all lint/safety/requireConcurrentIndexCreation\n\n" INDEX,
     "pgt-ignore-all 1-2 " BUILDS                                                                                                            },
    {INDEX "-- pgls-ignore-start requireConcurrentIndexCreation\n" INDEX INDEX
           "-- pgls-ignore-end lint/safety/requireConcurrentIndexCreation\n" INDEX,
     "pgls-ignore-start 2-3 " BUILDS                                                                                                         },
    {"-- pgls-ignore typecheck\n" INDEX,                                                       ""                                            },
    {"-- pgls-ignore\n" INDEX,                                                                 ""                                            },
    {"-- atlas:nolint PG101 MF103\n" INDEX,
     "atlas:nolint 1-1 " BUILDS ",add-required-column,new-column-required"                                                                   },
    {"-- atlas:nolint PG101\n\n" INDEX INDEX,                                                  "atlas:nolint 1-3 " BUILDS                    },
    {"-- atlas:txmode none\n-- atlas:nolint PG101\n\n" INDEX,                                  "atlas:nolint 1-2 " BUILDS                    },
    {INDEX "-- atlas:nolint PG101\n\n" INDEX,                                                  "atlas:nolint 2-2 " BUILDS                    },
};

static void
comments_are_read_as_their_linters_read_them(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const char *found = ignores_in(arena, cases[i].text);
        if (strcmp(found, cases[i].ignores) != 0)
            fail_msg("%s: \"%s\", not \"%s\"", cases[i].text, found, cases[i].ignores);
        arena_free(arena);
    }
}

/* What a linter never looked at was not accepted there. */
static void
without_a_name_all_that_the_linter_knows_is_meant(void **state)
{
    (void)state;
    static const char *const texts[] = {"-- squawk-ignore\n" INDEX, "-- eugene: ignore\n" INDEX,
                                        "-- pgfence-ignore\n" INDEX,
                                        "-- pgls-ignore lint/safety\n" INDEX};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        Arena *arena = arena_new();
        const char *found = ignores_in(arena, texts[i]);
        assert_non_null(strstr(found, BUILDS));
        assert_null(strstr(found, "missing-down"));
        arena_free(arena);
    }
}

static void
every_row_names_a_rule_of_ours(void **state)
{
    (void)state;
    for (size_t i = 0; foreign_ignore_ours(i) != NULL; i++) {
        if (rule_find(foreign_ignore_ours(i)) == NULL &&
            strcmp(foreign_ignore_ours(i), FINDING_MISSING_LOCK_TIMEOUT) != 0)
            fail_msg("there is no rule %s", foreign_ignore_ours(i));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(comments_are_read_as_their_linters_read_them),
        cmocka_unit_test(without_a_name_all_that_the_linter_knows_is_meant),
        cmocka_unit_test(every_row_names_a_rule_of_ours),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
