/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "cli/settings.h"

#define PREFIX "LOCKSTEP_VAR_"

static bool
is_name(const char *text)
{
    if (!isalpha((unsigned char)text[0]) && text[0] != '_')
        return false;
    for (; *text != '\0'; text++)
        if (!isalnum((unsigned char)*text) && *text != '_')
            return false;
    return true;
}

/* NULL where the pair is another's. */
static const char *
value_of_pair(const char *pair, const char *name)
{
    size_t length = strlen(name);
    return strncmp(pair, name, length) == 0 && pair[length] == '=' ? pair + length + 1 : NULL;
}

/* The last one counts. */
static const char *
find_in(const StringList *pairs, const char *name)
{
    const char *value = NULL;
    foreach (pair, pairs) {
        const char *found = value_of_pair(*pair, name);
        value = found != NULL ? found : value;
    }
    return value;
}

static const char *
find_value(Arena *arena, const Settings *settings, const char *name)
{
    const char *value = find_in(&settings->set, name);
    if (value == NULL)
        value = getenv(arena_printf(arena, PREFIX "%s", name));
    if (value == NULL)
        value = find_in(&settings->target_variables, name);
    return value != NULL ? value : find_in(&settings->file_variables, name);
}

/* A misspelled name would be silently without effect. */
static bool
check_pairs(const Settings *settings, const StringList *pairs, const char *where, Error *err)
{
    foreach (pair, pairs) {
        bool known = false;
        foreach (name, &settings->substitute)
            known = known || value_of_pair(*pair, *name) != NULL;
        if (known)
            continue;
        (void)error_set(err, ERROR_USAGE, "%s %.*s: no file asks for it", where,
                        (int)strcspn(*pair, "="), *pair);
        return error_hint(err, "Name it in substitute: only the variables named there are "
                               "replaced.");
    }
    return true;
}

bool
settings_resolve_variables(Arena *arena, Settings *settings, Error *err)
{
    settings->variables = (VariableList){0};
    foreach (name, &settings->substitute) {
        if (!is_name(*name))
            return error_set(err, ERROR_USAGE, "substitute: \"%s\" cannot be a variable's name",
                             *name);
        const char *value = find_value(arena, settings, *name);
        if (value == NULL) {
            (void)error_set(err, ERROR_USAGE, "the variable %s has no value", *name);
            return error_hint(err,
                              "Say --set %s=VALUE, set " PREFIX "%s, or write it into a section "
                              "[variables] of lockstep.ini.",
                              *name, *name);
        }
        if (strpbrk(value, "\r\n") != NULL)
            return error_set(err, ERROR_USAGE, "the value of the variable %s is not one line",
                             *name);
        LIST_APPEND(arena, &settings->variables, (Variable){*name, arena_strdup(arena, value)});
    }
    return check_pairs(settings, &settings->set, "--set", err) &&
           check_pairs(settings, &settings->target_variables, "lockstep.ini, variables:", err) &&
           check_pairs(settings, &settings->file_variables, "lockstep.ini, variables:", err);
}
