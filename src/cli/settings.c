/* SPDX-License-Identifier: MIT */
#include "cli/settings.h"

#include <assert.h>
#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "base/file.h"
#include "base/nearest.h"
#include "cli/settings_rule.h"

typedef struct Store {
    Arena *arena;
    const Setting *setting;
    const char *value;
    const char *where;
    void *field;
    bool adds;             /* to what a flag before this one said */
    const char *directory; /* that paths are relative to; NULL: the current one */
} Store;

/* Shows the value: no type that calls this may be a secret's. */
static bool
bad_value(const Store *store, Error *err, const char *expected)
{
    return error_set(err, ERROR_USAGE, "%s: \"%s\" is not %s", store->where, store->value,
                     expected);
}

static bool
in_range(const Store *store, int64_t number, const char *least, const char *most, Error *err)
{
    if (number >= store->setting->least && number <= store->setting->most) {
        memcpy(store->field, &number, sizeof number);
        return true;
    }
    (void)bad_value(store, err, arena_printf(store->arena, "between %s and %s", least, most));
    return false;
}

static bool
store_text(const Store *store, Error *err)
{
    if (store->value[0] == '\0')
        return error_set(err, ERROR_USAGE, "%s: the value is empty", store->where);
    int64_t most = store->setting->most;
    if (most > 0 && strlen(store->value) > (size_t)most)
        return error_set(err, ERROR_USAGE, "%s: the value is longer than %" PRId64 " bytes",
                         store->where, most);
    const char *copy = arena_strdup(store->arena, store->value);
    memcpy(store->field, &copy, sizeof copy);
    return true;
}

static bool
store_duration(const Store *store, Error *err)
{
    long milliseconds = 0;
    char least[DURATION_SIZE];
    char most[DURATION_SIZE];
    if (!duration_parse(store->value, &milliseconds, err)) {
        (void)bad_value(store, err, "a duration");
        return error_hint(err, "Write a number and a unit, such as 500ms, 2s, 10min or 1h.");
    }
    return in_range(store, milliseconds, duration_print((long)store->setting->least, least),
                    duration_print((long)store->setting->most, most), err);
}

/* Digits only; -1 where it is something else. `rest` is what follows them. */
static int64_t
leading_number(const char *text, const char **rest)
{
    char *end = NULL;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    *rest = end;
    if (!isdigit((unsigned char)text[0]) || errno != 0)
        return -1;
    return number;
}

static bool
store_number(const Store *store, Error *err)
{
    const char *rest = NULL;
    int64_t number = leading_number(store->value, &rest);
    if (number < 0 || *rest != '\0')
        return bad_value(store, err, "a number");
    return in_range(store, number, arena_printf(store->arena, "%" PRId64, store->setting->least),
                    arena_printf(store->arena, "%" PRId64, store->setting->most), err);
}

static bool
store_size(const Store *store, Error *err)
{
    static const struct {
        const char *name;
        int64_t bytes;
    } units[] = {
        {"",   1      },
        {"B",  1      },
        {"kB", 1024   },
        {"KB", 1024   },
        {"MB", 1 << 20},
        {"GB", 1 << 30}
    };

    const char *rest = NULL;
    int64_t number = leading_number(store->value, &rest);
    for (size_t i = 0; number >= 0 && i < sizeof units / sizeof *units; i++) {
        if (strcmp(rest, units[i].name) != 0)
            continue;
        if (number > store->setting->most / units[i].bytes)
            number = store->setting->most / units[i].bytes + 1;
        return in_range(store, number * units[i].bytes, "1 byte", "1GB", err);
    }
    (void)bad_value(store, err, "a size");
    return error_hint(err, "Write a number and a unit, such as 64MB.");
}

static bool
store_switch(const Store *store, Error *err)
{
    static const struct {
        const char *word;
        bool value;
    } words[] = {
        {"true",  true },
        {"yes",   true },
        {"on",    true },
        {"1",     true },
        {"false", false},
        {"no",    false},
        {"off",   false},
        {"0",     false}
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(store->value, words[i].word) != 0)
            continue;
        memcpy(store->field, &words[i].value, sizeof words[i].value);
        return true;
    }
    (void)bad_value(store, err, "a yes or no");
    return error_hint(err, "Write true or false.");
}

static const char *
choice_list(Arena *arena, const char *const *choices)
{
    const char *list = choices[0];
    for (size_t i = 1; choices[i] != NULL; i++)
        list =
            arena_printf(arena, "%s%s%s", list, choices[i + 1] == NULL ? " or " : ", ", choices[i]);
    return list;
}

static bool
store_choice(const Store *store, Error *err)
{
    const char *const *choices = store->setting->choices;
    size_t count = 0;
    for (; choices[count] != NULL; count++) {
        if (strcmp(store->value, choices[count]) != 0)
            continue;
        unsigned int chosen = (unsigned int)count;
        static_assert(sizeof chosen == sizeof(OutputFormat), "enums are stored as unsigned int");
        memcpy(store->field, &chosen, sizeof chosen);
        return true;
    }
    (void)bad_value(store, err, choice_list(store->arena, choices));
    const char *nearest = nearest_word(store->value, choices, count);
    if (nearest != NULL)
        (void)error_hint(err, "Did you mean %s?", nearest);
    return false;
}

/* What the value says, parted at its commas; appended to `list`. */
static bool
part_list(const Store *store, StringList *list, Error *err)
{
    for (const char *at = store->value; at != NULL;) {
        const char *comma = strchr(at, ',');
        size_t length = comma != NULL ? (size_t)(comma - at) : strlen(at);
        size_t blank = strspn(at, " \t");
        blank = blank < length ? blank : length;
        while (length > blank && strchr(" \t", at[length - 1]) != NULL)
            length--;
        if (length == blank)
            return error_set(err, ERROR_USAGE, "%s: a value of the list is empty", store->where);
        LIST_APPEND(store->arena, list, arena_strndup(store->arena, at + blank, length - blank));
        at = comma != NULL ? comma + 1 : NULL;
    }
    return true;
}

/* What a stronger place says is in the place of what a weaker one said. */
static bool
store_list(const Store *store, Error *err)
{
    StringList list = {0};
    if (store->adds)
        memcpy(&list, store->field, sizeof list);
    if (!part_list(store, &list, err))
        return false;
    memcpy(store->field, &list, sizeof list);
    return true;
}

/* A value may hold commas. */
static bool
store_pair(const Store *store, Error *err)
{
    StringList list = {0};
    if (store->adds)
        memcpy(&list, store->field, sizeof list);
    const char *equals = strchr(store->value, '=');
    if (equals == NULL || equals == store->value) {
        (void)bad_value(store, err, "NAME=VALUE");
        return false;
    }
    LIST_APPEND(store->arena, &list, arena_strdup(store->arena, store->value));
    memcpy(store->field, &list, sizeof list);
    return true;
}

/* "sql:PATH" or "command:PATH". */
static bool
parse_hook(const Store *store, const char *text, Hook *out, Error *err)
{
    static const struct {
        const char *prefix;
        HookKind kind;
    } kinds[] = {
        {"sql:",     HOOK_SQL    },
        {"command:", HOOK_COMMAND}
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        size_t length = strlen(kinds[i].prefix);
        if (strncmp(text, kinds[i].prefix, length) != 0 || text[length] == '\0')
            continue;
        const char *path = text + length;
        if (store->directory != NULL && path[0] != '/')
            path = file_join(store->arena, store->directory, path);
        *out = (Hook){kinds[i].kind, path};
        return true;
    }
    (void)error_set(err, ERROR_USAGE, "%s: \"%s\" is not a hook", store->where, text);
    return error_hint(err, "Write sql:FILE or command:PROGRAM.");
}

static bool
store_hooks(const Store *store, Error *err)
{
    HookList hooks = {0};
    StringList texts = {0};
    if (store->adds)
        memcpy(&hooks, store->field, sizeof hooks);
    if (!part_list(store, &texts, err))
        return false;
    foreach (text, &texts) {
        Hook hook;
        if (!parse_hook(store, *text, &hook, err))
            return false;
        LIST_APPEND(store->arena, &hooks, hook);
    }
    memcpy(store->field, &hooks, sizeof hooks);
    return true;
}

static bool
store_rule(const Store *store, Error *err)
{
    return rule_setting_store_flag(store->arena, store->field, store->value, store->where, err);
}

static bool
store_value(const Store *store, Error *err)
{
    switch (store->setting->type) {
    case TYPE_TEXT:
    case TYPE_PATH:
        return store_text(store, err);
    case TYPE_DURATION:
        return store_duration(store, err);
    case TYPE_NUMBER:
        return store_number(store, err);
    case TYPE_SIZE:
        return store_size(store, err);
    case TYPE_SWITCH:
        return store_switch(store, err);
    case TYPE_CHOICE:
        return store_choice(store, err);
    case TYPE_LIST:
        return store_list(store, err);
    case TYPE_PAIRS:
        return store_pair(store, err);
    case TYPE_HOOKS:
        return store_hooks(store, err);
    case TYPE_RULE:
        return store_rule(store, err);
    }
    abort();
}

bool
setting_store(Arena *arena, Settings *settings, SettingId id, const char *value, SettingLevel level,
              const char *where, Error *err)
{
    const Setting *setting = &settings_table()[id];
    Store store = {.arena = arena,
                   .setting = setting,
                   .value = value,
                   .where = where,
                   .field = (char *)settings + setting->at,
                   .adds = level == LEVEL_FLAG && settings->level[id] == level,
                   .directory = settings->directory};
    if (!store_value(&store, err))
        return false;
    settings->level[id] = level;
    return true;
}

SettingId
setting_find(const char *name)
{
    for (size_t id = 0; id < SETTING_ID_COUNT; id++) {
        if (strcmp(settings_table()[id].name, name) == 0)
            return (SettingId)id;
    }
    return SETTING_ID_COUNT;
}

void
setting_hint_nearest(Arena *arena, const char *name, SettingPlace place, const char *prefix,
                     Error *err)
{
    StringList names = {0};
    for (size_t id = 0; id < SETTING_ID_COUNT; id++) {
        if (settings_table()[id].places & place)
            LIST_APPEND(arena, &names, settings_table()[id].name);
    }
    const char *nearest = nearest_word(name, names.items, names.count);
    if (nearest != NULL)
        (void)error_hint(err, "Did you mean %s%s?", prefix, nearest);
}

const char *
setting_variable(Arena *arena, const Setting *setting)
{
    char *name = arena_printf(arena, "LOCKSTEP_%s", setting->name);
    for (char *c = name; *c != '\0'; c++)
        *c = *c == '-' ? '_' : (char)toupper((unsigned char)*c);
    return name;
}

static bool
store_defaults(Arena *arena, Settings *out, Error *err)
{
    for (size_t id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->initial == NULL)
            continue;
        const char *where = arena_printf(arena, "default of %s", setting->name);
        if (!setting_store(arena, out, (SettingId)id, setting->initial, LEVEL_DEFAULT, where, err))
            return false;
    }
    return true;
}

static bool
store_flags(Arena *arena, const FlagList *flags, Settings *out, Error *err)
{
    foreach (flag, flags) {
        if (!setting_store(arena, out, flag->id, flag->value, LEVEL_FLAG, flag->flag, err))
            return false;
    }
    return true;
}

/* The environment and the flags say which file and which section to read; what they say wins over
 * both, so they are stored again afterwards. */
static bool
read_file(Arena *arena, const FlagList *flags, char *const *environment, const char *directory,
          Settings *out, Error *err)
{
    Settings early = {0};
    if (!settings_read_environment(arena, environment, &early, err) ||
        !store_flags(arena, flags, &early, err))
        return false;

    const char *path = early.config;
    if (path == NULL)
        path = strcmp(directory, ".") == 0 ? "lockstep.ini"
                                           : arena_printf(arena, "%s/lockstep.ini", directory);
    bool must_exist = early.config != NULL || early.target != NULL;
    return settings_read_file(arena, path, must_exist, early.target, out, err);
}

bool
settings_load(Arena *arena, const FlagList *flags, char *const *environment, const char *directory,
              Settings *out, Error *err)
{
    *out = (Settings){0};
    return store_defaults(arena, out, err) &&
           read_file(arena, flags, environment, directory, out, err) &&
           settings_read_environment(arena, environment, out, err) &&
           store_flags(arena, flags, out, err);
}
