/* SPDX-License-Identifier: MIT */
/* Findings about files that somebody fills in say what stands there, not the names that it was read
 * as. */
#include <string.h>

#include "support/lint_text.h"
#include "support/test.h"

static const Finding *
find(const LintResult *result, const char *rule)
{
    foreach (finding, &result->findings) {
        if (strcmp(finding->rule, rule) == 0)
            return finding;
    }
    fail_msg("nothing of %s", rule);
    return NULL;
}

static LintResult
lint(Arena *arena, const char *text)
{
    StringList texts = {0};
    LIST_APPEND(arena, &texts, text);
    return lint_texts(arena, 17, &texts, 0);
}

static void
templates_are_shown_as_they_are_written(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *message; /* what it holds */
        const char *rewrite;
    } cases[] = {
        {"CREATE INDEX i ON {{ index .Options \"Schema\" }}.orders (note);",
         "SHARE on {{ index .Options \"Schema\" }}.orders blocks writes", "CREATE INDEX CONCURRENTLY i ON {{ index .Options \"Schema\" }}.orders (note);"},
        {"CREATE INDEX i ON app_${env}_orders (note) WHERE kind = :kind;",
         "SHARE on public.app_${env}_orders blocks writes",               "CREATE INDEX CONCURRENTLY i ON app_${env}_orders (note) WHERE kind = :kind;"  },
        /* A name that ends as a template reads is none. */
        {"GRANT SELECT ON t TO :role; CREATE INDEX x_role ON t (a_role);",
         "while the index x_role is built",                               "CREATE INDEX CONCURRENTLY x_role ON t (a_role);"                              },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Arena *arena = arena_new();
        const LintResult result = lint(arena, cases[i].text);
        const Finding *finding = find(&result, "create-index-blocks-writes");
        if (strstr(finding->message, cases[i].message) == NULL)
            fail_msg("%s", finding->message);
        assert_int_equal(finding->rewrite.count, 1);
        assert_string_equal(finding->rewrite.items[0].sql, cases[i].rewrite);
        arena_free(arena);
    }
}

static void
the_query_beforehand_names_them_too(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    const LintResult result =
        lint(arena, "ALTER TABLE ${schema}.orders ALTER COLUMN note SET NOT NULL;");
    assert_string_equal(find(&result, "set-not-null-scans-table")->preflight,
                        "SELECT count(*) FROM ${schema}.orders WHERE note IS NULL;");
    arena_free(arena);
}

static void
they_are_a_finding_that_can_be_accepted(void **state)
{
    (void)state;
    Arena *arena = arena_new();
    LintResult result = lint(arena, "SELECT 1 FROM ${schema}.a;");
    assert_int_equal(find(&result, FINDING_UNFILLED_TEMPLATE)->severity, SEVERITY_ERROR);
    result = lint(arena, "-- lockstep: allow-file unfilled-template: the deploy fills it in\n"
                         "SELECT 1 FROM ${schema}.a;");
    assert_int_equal(lint_count(&result, SEVERITY_INFO), 0);
    arena_free(arena);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(templates_are_shown_as_they_are_written),
        cmocka_unit_test(the_query_beforehand_names_them_too),
        cmocka_unit_test(they_are_a_finding_that_can_be_accepted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
