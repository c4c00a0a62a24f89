/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli/settings.h"
#include "support/temp_dir.h"
#include "support/test.h"

typedef struct Fixture {
    Arena *arena;
    TempDir *directory;
    Settings settings;
    Error err;
} Fixture;

static int
set_up(void **state)
{
    Fixture *fixture = calloc(1, sizeof *fixture);
    fixture->arena = arena_new();
    fixture->directory = temp_dir_new();
    *state = fixture;
    return 0;
}

static int
tear_down(void **state)
{
    Fixture *fixture = *state;
    temp_dir_free(fixture->directory);
    arena_free(fixture->arena);
    free(fixture);
    return 0;
}

/* One flag at most; `variable` may be NULL. */
static bool
load(Fixture *fixture, const char *variable, SettingId id, const char *value)
{
    FlagList flags = {0};
    if (value != NULL)
        LIST_APPEND(
            fixture->arena, &flags,
            (FlagValue){.id = id,
                        .value = value,
                        .flag = arena_printf(fixture->arena, "--%s", settings_table()[id].name)});
    char *environment[] = {arena_strdup(fixture->arena, variable), NULL};
    fixture->err = (Error){0};
    return settings_load(fixture->arena, &flags, environment, temp_dir_root(fixture->directory),
                         &fixture->settings, &fixture->err);
}

static bool
load_file(Fixture *fixture, const char *text)
{
    temp_dir_write(fixture->directory, "lockstep.ini", text);
    return load(fixture, NULL, SETTING_URL, NULL);
}

static void
assert_refused(const Fixture *fixture, const char *message, const char *hint)
{
    if (strstr(fixture->err.message, message) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", fixture->err.message, message);
    if (strstr(fixture->err.hint, hint) == NULL)
        fail_msg("the hint \"%s\" does not say \"%s\"", fixture->err.hint, hint);
    assert_int_equal(fixture->err.kind, ERROR_USAGE);
}

static void
every_row_is_complete(void **state)
{
    (void)state;
    for (int id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        assert_non_null(setting->name);
        assert_non_null(setting->help);
        assert_true(setting->used_by != 0);
        assert_true(setting->places & PLACE_FLAG);
        assert_int_equal(setting_find(setting->name), id);
        assert_true((setting->type == TYPE_SWITCH) == (setting->value == NULL));
        assert_true((setting->type == TYPE_CHOICE) == (setting->choices != NULL));
        assert_true(!setting->is_secret || setting->type == TYPE_TEXT);
    }
}

static void
defaults_are_what_the_table_says(void **state)
{
    Fixture *fixture = *state;
    assert_true(load(fixture, NULL, SETTING_URL, NULL));
    assert_null(fixture->settings.url);
    assert_string_equal(fixture->settings.migrations, "migrations");
    assert_string_equal(fixture->settings.history_schema, "lockstep");
    assert_int_equal(fixture->settings.lock_timeout_ms, 2000);
    assert_int_equal(fixture->settings.lock_budget_ms, 600000);
    assert_int_equal(fixture->settings.lock_wait_ms, 60000);
    assert_int_equal(fixture->settings.statement_timeout_ms, 0);
    assert_int_equal(fixture->settings.pg_version, 17);
    assert_int_equal(fixture->settings.max_file_size, 64 * 1024 * 1024);
    assert_int_equal(fixture->settings.format, FORMAT_TEXT);
    assert_int_equal(fixture->settings.level[SETTING_URL], LEVEL_UNSET);
    assert_int_equal(fixture->settings.level[SETTING_FORMAT], LEVEL_DEFAULT);
}

static void
the_stronger_place_wins(void **state)
{
    Fixture *fixture = *state;
    assert_true(load_file(fixture, "lock-timeout = 3s\n"));
    assert_int_equal(fixture->settings.lock_timeout_ms, 3000);
    assert_int_equal(fixture->settings.level[SETTING_LOCK_TIMEOUT], LEVEL_FILE);

    assert_true(load(fixture, "LOCKSTEP_LOCK_TIMEOUT=4s", SETTING_URL, NULL));
    assert_int_equal(fixture->settings.lock_timeout_ms, 4000);
    assert_int_equal(fixture->settings.level[SETTING_LOCK_TIMEOUT], LEVEL_ENVIRONMENT);

    assert_true(load(fixture, "LOCKSTEP_LOCK_TIMEOUT=4s", SETTING_LOCK_TIMEOUT, "5s"));
    assert_int_equal(fixture->settings.lock_timeout_ms, 5000);
    assert_int_equal(fixture->settings.level[SETTING_LOCK_TIMEOUT], LEVEL_FLAG);
}

static void
an_empty_variable_is_not_set(void **state)
{
    Fixture *fixture = *state;
    assert_true(load(fixture, "DATABASE_URL=", SETTING_URL, NULL));
    assert_null(fixture->settings.url);
    assert_true(load(fixture, "DATABASE_URL=postgresql://a/b", SETTING_URL, NULL));
    assert_string_equal(fixture->settings.url, "postgresql://a/b");
}

static void
only_the_chosen_target_counts(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "lockstep.ini",
                   "lock-timeout = 3s\n"
                   "[target staging]\nlock-timeout = 4s\n"
                   "[target production]\nlock-timeout = 5s\nurl = \"host=db1 dbname=shop\"\n");
    assert_true(load(fixture, NULL, SETTING_URL, NULL));
    assert_int_equal(fixture->settings.lock_timeout_ms, 3000);
    assert_null(fixture->settings.url);

    assert_true(load(fixture, NULL, SETTING_TARGET, "production"));
    assert_int_equal(fixture->settings.lock_timeout_ms, 5000);
    assert_string_equal(fixture->settings.url, "host=db1 dbname=shop");

    assert_false(load(fixture, NULL, SETTING_TARGET, "stagging"));
    assert_refused(fixture, "has no section [target stagging]", "Did you mean staging?");
}

static void
a_target_without_settings_is_known(void **state)
{
    Fixture *fixture = *state;
    temp_dir_write(fixture->directory, "lockstep.ini", "lock-timeout = 3s\n[target local]\n");
    assert_true(load(fixture, NULL, SETTING_TARGET, "local"));
    assert_int_equal(fixture->settings.lock_timeout_ms, 3000);
}

static void
paths_in_the_file_are_relative_to_it(void **state)
{
    Fixture *fixture = *state;
    const char *path = temp_dir_write(fixture->directory, "etc/my.ini", "migrations = sql\n");
    assert_true(load(fixture, NULL, SETTING_CONFIG, path));
    assert_string_equal(fixture->settings.migrations, temp_dir_path(fixture->directory, "etc/sql"));

    temp_dir_write(fixture->directory, "etc/my.ini", "migrations = /sql\n");
    assert_true(load(fixture, NULL, SETTING_CONFIG, path));
    assert_string_equal(fixture->settings.migrations, "/sql");
}

static void
mistakes_in_the_file_have_a_line(void **state)
{
    static const struct {
        const char *text;
        const char *message;
        const char *hint;
    } cases[] = {
        {"\n# c\nlock-timout = 2s\n",                                                           "lockstep.ini:3: there is no setting \"lock-timout\"",
         "Did you mean lock-timeout?"                                                                                                                                        },
        {"lock-timeout = soon\n",                                                               "lockstep.ini:1: lock-timeout: \"soon\" is not a duration",
         "500ms"                                                                                                                                                             },
        {"[target a]\nformat = xml\n",                                                          "lockstep.ini:2: format: \"xml\" is not text, json, sarif",
         ""                                                                                                                                                                  },
        {"[targets a]\n",
         "lockstep.ini:1: only sections called [target NAME], [variables], [variables NAME] "
         "and [rule RULE] are known",                                                                                                                          ""            },
        {"[target ]\n",                                                                         "lockstep.ini:1: the target has no name",                      ""            },
        {"[target a]\n[target a]\n",                                                            "lockstep.ini:2: target \"a\" stands here for the second",     ""            },
        {"\nformat\n",                                                                          "lockstep.ini:2: the line is neither",                         "NAME = VALUE"},
        {"to = 1\n",                                                                            "lockstep.ini:1: to cannot be set in a file",                  "--to"        },
        {"format = text\nformat = json\n",                                                      "lockstep.ini:2: format stands here for the second",           ""            },
        {"pg-version = 13\n",                                                                   "lockstep.ini:1: pg-version: \"13\" is not between 14 and 18", ""            },
        {"sandbox = maybe\n",                                                                   "lockstep.ini:1: sandbox: \"maybe\" is not a yes or no",       ""            },
        {"max-file-size = 64XB\n",                                                              "lockstep.ini:1: max-file-size: \"64XB\" is not a size",       ""            },
        {"max-file-size = 9GB\n",                                                               "lockstep.ini:1: max-file-size: \"9GB\" is not between",       ""            },
        {"url =\n",                                                                             "lockstep.ini:1: url: the value is empty",                     ""            },
        {"history-schema = aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n",
         "lockstep.ini:1: history-schema: the value is longer than 63 bytes",                                                                                  ""            },
    };
    Fixture *fixture = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_false(load_file(fixture, cases[i].text));
        assert_refused(fixture, cases[i].message, cases[i].hint);
    }
}

static void
a_line_is_refused_rather_than_cut(void **state)
{
    Fixture *fixture = *state;
    char text[400];
    for (size_t length = 150; length < 300; length++) {
        snprintf(text, sizeof text, "url = %0*d\n", (int)length - 6, 0);
        bool loaded = load_file(fixture, text);
        if (length > 198) {
            assert_false(loaded);
            assert_refused(fixture, "lockstep.ini:1: the line is longer than 198 bytes",
                           "environment");
        } else {
            assert_true(loaded);
            assert_int_equal(strlen(fixture->settings.url), length - 6);
        }
    }
}

static void
blanks_and_line_ends_do_not_matter(void **state)
{
    Fixture *fixture = *state;
    assert_true(load_file(fixture, "\xEF\xBB\xBF"
                                   "url = a=b\r\n   lock-timeout=3s\r\n\t; c\n[target x]\r\n"
                                   "\tformat = json"));
    assert_string_equal(fixture->settings.url, "a=b");
    assert_int_equal(fixture->settings.lock_timeout_ms, 3000);
    assert_int_equal(fixture->settings.format, FORMAT_TEXT);
}

static void
a_file_that_was_asked_for_must_exist(void **state)
{
    Fixture *fixture = *state;
    assert_false(load(fixture, NULL, SETTING_CONFIG, temp_dir_path(fixture->directory, "no.ini")));
    assert_refused(fixture, "no.ini", "");
    assert_false(load(fixture, NULL, SETTING_TARGET, "production"));
    assert_refused(fixture, "lockstep.ini", "");
}

static void
a_misspelled_variable_is_refused(void **state)
{
    Fixture *fixture = *state;
    assert_false(load(fixture, "LOCKSTEP_LOCK_TIMOUT=2s", SETTING_URL, NULL));
    assert_refused(fixture, "LOCKSTEP_LOCK_TIMOUT", "Did you mean LOCKSTEP_LOCK_TIMEOUT?");
    assert_true(load(fixture, "LOCKSTEP_BINARY=x", SETTING_URL, NULL));
    assert_true(load(fixture, "LOCKSTEP_VERSION=1.2", SETTING_URL, NULL));
}

static void
a_password_is_in_no_message(void **state)
{
    Fixture *fixture = *state;
    char url[300] = "url = postgresql://me:hunter2@db/";
    memset(url + strlen(url), 'x', 200);
    assert_false(load_file(fixture, url));
    assert_null(strstr(fixture->err.message, "hunter2"));
    assert_null(strstr(fixture->err.detail, "hunter2"));
    assert_null(strstr(fixture->err.hint, "hunter2"));
    assert_false(load_file(fixture, "postgresql://me:hunter2@db/x\n"));
    assert_null(strstr(fixture->err.message, "hunter2"));
}

static void
lists_are_parted_at_commas(void **state)
{
    Fixture *fixture = *state;
    assert_true(load(fixture, NULL, SETTING_ACCEPT, " 1, 22 ,3"));
    assert_string_equal(string_list_join(fixture->arena, &fixture->settings.accept, "|"), "1|22|3");
    assert_false(load(fixture, NULL, SETTING_ACCEPT, "1,,2"));
    assert_refused(fixture, "a value of the list is empty", "");
}

static const char *
value_of(Fixture *fixture, const char *name)
{
    assert_true(settings_resolve_variables(fixture->arena, &fixture->settings, &fixture->err));
    foreach (variable, &fixture->settings.variables)
        if (strcmp(variable->name, name) == 0)
            return variable->value;
    return "";
}

static void
variables_may_be_of_a_target(void **state)
{
    Fixture *fixture = *state;
    assert_true(load_file(fixture, "substitute = SCHEMA, OWNER\n"
                                   "[variables x]\nSCHEMA = shop\n"
                                   "[target x]\n[target y]\n"
                                   "[variables]\nSCHEMA = test\nOWNER = \"an owner\"\n"));
    assert_string_equal(value_of(fixture, "SCHEMA"), "test");
    assert_string_equal(value_of(fixture, "OWNER"), "an owner");
    assert_true(load(fixture, NULL, SETTING_TARGET, "x"));
    assert_string_equal(value_of(fixture, "SCHEMA"), "shop");
    assert_string_equal(value_of(fixture, "OWNER"), "an owner");
    assert_true(load(fixture, NULL, SETTING_TARGET, "y"));
    assert_string_equal(value_of(fixture, "SCHEMA"), "test");
    setenv("LOCKSTEP_VAR_SCHEMA", "outside", 1);
    assert_string_equal(value_of(fixture, "SCHEMA"), "outside");
    unsetenv("LOCKSTEP_VAR_SCHEMA");
    assert_true(load(fixture, NULL, SETTING_SET, "SCHEMA=said"));
    assert_string_equal(value_of(fixture, "SCHEMA"), "said");
}

static void
wrong_variables_are_refused(void **state)
{
    Fixture *fixture = *state;
    assert_false(load_file(fixture, "[variables]\nA = 1\nA = 2\n"));
    assert_refused(fixture, "lockstep.ini:3: A stands here for the second time", "");
    assert_false(load_file(fixture, "[variables]\n[variables]\n"));
    assert_refused(fixture, "lockstep.ini:2: these variables stand here for the second time", "");
    assert_false(load_file(fixture, "[variables x]\nA = 1\n"));
    assert_refused(fixture, "has a section [variables x], and no section [target x]", "");
    assert_true(load_file(fixture, "[variables]\nA = 1\n"));
    assert_false(settings_resolve_variables(fixture->arena, &fixture->settings, &fixture->err));
    assert_refused(fixture, "lockstep.ini, variables: A: no file asks for it",
                   "Name it in substitute: only the variables named there are replaced.");
}

static void
hooks_say_what_they_are(void **state)
{
    Fixture *fixture = *state;
    assert_true(load_file(fixture, "before-run = sql:a.sql, command:/bin/b\n"
                                   "[target x]\nbefore-run = command:c\n"));
    const HookList *hooks = &fixture->settings.hooks.at[HOOK_BEFORE_RUN];
    assert_int_equal(hooks->count, 2);
    assert_int_equal(hooks->items[0].kind, HOOK_SQL);
    assert_string_equal(hooks->items[0].path, temp_dir_path(fixture->directory, "a.sql"));
    assert_int_equal(hooks->items[1].kind, HOOK_COMMAND);
    assert_string_equal(hooks->items[1].path, "/bin/b");
    assert_true(load(fixture, NULL, SETTING_TARGET, "x"));
    assert_int_equal(hooks->count, 1);
    assert_string_equal(hooks->items[0].path, temp_dir_path(fixture->directory, "c"));
    assert_true(load(fixture, NULL, SETTING_BEFORE_RUN, "sql:here.sql"));
    assert_int_equal(hooks->count, 1);
    assert_string_equal(hooks->items[0].path, "here.sql");
    assert_false(load_file(fixture, "after-run = notify.sh\n"));
    assert_refused(fixture, "\"notify.sh\" is not a hook", "Write sql:FILE or command:PROGRAM.");
}

#define WITH_FIXTURE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_row_is_complete),
        WITH_FIXTURE(defaults_are_what_the_table_says),
        WITH_FIXTURE(the_stronger_place_wins),
        WITH_FIXTURE(an_empty_variable_is_not_set),
        WITH_FIXTURE(only_the_chosen_target_counts),
        WITH_FIXTURE(a_target_without_settings_is_known),
        WITH_FIXTURE(paths_in_the_file_are_relative_to_it),
        WITH_FIXTURE(mistakes_in_the_file_have_a_line),
        WITH_FIXTURE(a_line_is_refused_rather_than_cut),
        WITH_FIXTURE(blanks_and_line_ends_do_not_matter),
        WITH_FIXTURE(a_file_that_was_asked_for_must_exist),
        WITH_FIXTURE(a_misspelled_variable_is_refused),
        WITH_FIXTURE(a_password_is_in_no_message),
        WITH_FIXTURE(lists_are_parted_at_commas),
        WITH_FIXTURE(hooks_say_what_they_are),
        WITH_FIXTURE(variables_may_be_of_a_target),
        WITH_FIXTURE(wrong_variables_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
