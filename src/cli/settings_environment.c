/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest.h"
#include "cli/settings.h"

#define PREFIX "LOCKSTEP_"

/* The value of a variable; NULL where it is not set or empty, which is how scripts and CI say "not
 * set". */
static const char *
variable_value(char *const *environment, const char *name)
{
    size_t length = strlen(name);
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], name, length) != 0 || environment[i][length] != '=')
            continue;
        const char *value = environment[i] + length + 1;
        return value[0] == '\0' ? NULL : value;
    }
    return NULL;
}

/* The part of the names that tells them apart, so that the common beginning does not count as
 * likeness. */
static StringList
known_endings(Arena *arena)
{
    StringList names = {0};
    for (size_t id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (setting->places & PLACE_ENVIRONMENT)
            LIST_APPEND(arena, &names, setting_variable(arena, setting) + strlen(PREFIX));
    }
    return names;
}

/* A misspelled variable would be silently without effect. One that begins like ours but resembles
 * none of them is somebody else's. */
static bool
reject_misspelled(Arena *arena, char *const *environment, Error *err)
{
    StringList known = known_endings(arena);
    for (size_t i = 0; environment[i] != NULL; i++) {
        if (strncmp(environment[i], PREFIX, strlen(PREFIX)) != 0)
            continue;
        const char *ending = environment[i] + strlen(PREFIX);
        ending = arena_strndup(arena, ending, strcspn(ending, "="));
        const char *nearest = nearest_within(ending, known.items, known.count, 2);
        if (nearest == NULL || string_list_has(&known, ending))
            continue;
        (void)error_set(err, ERROR_USAGE, "the environment has " PREFIX "%s, which is no setting",
                        ending);
        return error_hint(err, "Did you mean " PREFIX "%s?", nearest);
    }
    return true;
}

bool
settings_read_environment(Arena *arena, char *const *environment, Settings *out, Error *err)
{
    if (!reject_misspelled(arena, environment, err))
        return false;
    for (size_t id = 0; id < SETTING_ID_COUNT; id++) {
        const Setting *setting = &settings_table()[id];
        if (!(setting->places & PLACE_ENVIRONMENT))
            continue;
        const char *name = setting_variable(arena, setting);
        const char *value = variable_value(environment, name);
        if (value == NULL && setting->variable != NULL) {
            name = setting->variable;
            value = variable_value(environment, name);
        }
        if (value != NULL &&
            !setting_store(arena, out, (SettingId)id, value, LEVEL_ENVIRONMENT, name, err))
            return false;
    }
    return true;
}
