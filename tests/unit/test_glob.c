/* SPDX-License-Identifier: MIT */
#include "base/glob.h"
#include "support/test.h"

static void
patterns_fit_the_end_of_a_path(void **state)
{
    (void)state;
    static const struct {
        const char *pattern;
        const char *path;
        bool fits;
    } cases[] = {
        {"001_a.up.sql", "001_a.up.sql",               true },
        {"001_a.up.sql", "migrations/001_a.up.sql",    true },
        {"001_a.up.sql", "/x/migrations/001_a.up.sql", true },
        {"a.up.sql",     "001_a.up.sql",               false},
        {"*.up.sql",     "db/001_a.up.sql",            true },
        {"*",            "db/001_a.up.sql",            true },
        {"db/*",         "db/001_a.up.sql",            true },
        {"db/*",         "db/old/001_a.up.sql",        false},
        {"db/**",        "db/old/001_a.up.sql",        true },
        {"**/001_*",     "001_a.up.sql",               true },
        {"db/**/001_*",  "db/001_a.up.sql",            true },
        {"db/**/001_*",  "x/db/a/b/001_a.up.sql",      true },
        {"db/**/001_*",  "dbx/a/001_a.up.sql",         false},
        {"b/**",         "db/001_a.up.sql",            false},
        {"00?_*",        "002_b.sql",                  true },
        {"00?",          "00/",                        false},
        {"",             "a",                          false},
        {"*.down.sql",   "001_a.up.sql",               false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (glob_fits_end(cases[i].pattern, cases[i].path) != cases[i].fits)
            fail_msg("\"%s\" and \"%s\"", cases[i].pattern, cases[i].path);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(patterns_fit_the_end_of_a_path)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
