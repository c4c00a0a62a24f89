/* SPDX-License-Identifier: MIT */
#include "base/duration.h"
#include "support/test.h"

static void
reads_every_unit(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        long ms;
    } cases[] = {
        {"500ms",        500            },
        {"2s",           2000           },
        {"10min",        600000         },
        {"1h",           3600000        },
        {"1d",           86400000       },
        {"0",            0              },
        {"0s",           0              },
        {"2 s",          2000           },
        {"2147483647ms", DURATION_MAX_MS}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long ms = -1;
        Error err;
        assert_true(duration_parse(cases[i].text, &ms, &err));
        assert_int_equal(ms, cases[i].ms);
    }
}

static void
refuses_nonsense_and_says_why(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        const char *why;
    } cases[] = {
        {"",                         "it is empty"                   },
        {"5",                        "it has no unit"                },
        {"-5s",                      "it does not begin with a digit"},
        {"s",                        "it does not begin with a digit"},
        {" 5s",                      "it does not begin with a digit"},
        {"1.5s",                     "it has a fraction"             },
        {"5m",                       "minutes are written min"       },
        {"5 parsecs",                "there is no such unit"         },
        {"5s ",                      "there is no such unit"         },
        {"25d",                      "it is longer than 24 days"     },
        {"2147483648ms",             "it is longer than 24 days"     },
        {"99999999999999999999999s", "it is longer than 24 days"     }
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        long ms = -1;
        Error err = {0};
        assert_false(duration_parse(cases[i].text, &ms, &err));
        assert_int_equal(err.kind, ERROR_USAGE);
        assert_int_equal(ms, -1);
        if (strstr(err.message, cases[i].why) == NULL)
            fail_msg("\"%s\": %s", cases[i].text, err.message);
        assert_true(err.hint[0] != '\0');
    }
}

static void
prints_what_it_reads_back(void **state)
{
    (void)state;
    static const struct {
        long ms;
        const char *text;
    } cases[] = {
        {0,               "0"           },
        {1,               "1ms"         },
        {1500,            "1500ms"      },
        {2000,            "2s"          },
        {90000,           "90s"         },
        {120000,          "2min"        },
        {3600000,         "1h"          },
        {86400000,        "1d"          },
        {DURATION_MAX_MS, "2147483647ms"}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[DURATION_SIZE];
        long back = -1;
        Error err;
        assert_string_equal(duration_print(cases[i].ms, text), cases[i].text);
        assert_true(duration_parse(text, &back, &err));
        assert_int_equal(back, cases[i].ms);
    }
}

static void
the_clock_does_not_go_back(void **state)
{
    (void)state;
    int64_t before = duration_clock_ms();
    assert_true(before > 0);
    assert_true(duration_clock_ms() >= before);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_unit),
        cmocka_unit_test(refuses_nonsense_and_says_why),
        cmocka_unit_test(prints_what_it_reads_back),
        cmocka_unit_test(the_clock_does_not_go_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
