/* SPDX-License-Identifier: MIT */
#include "source/native_name.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "source/version.h"

static const struct {
    const char *ending;
    Direction direction;
} endings[] = {
    {".up.sql",   DIRECTION_UP  },
    {".down.sql", DIRECTION_DOWN},
};

static bool
ends_with(const char *text, const char *ending)
{
    size_t length = strlen(text);
    size_t wanted = strlen(ending);
    return length >= wanted && strcasecmp(text + length - wanted, ending) == 0;
}

/* The part before the ending, or NULL; the case of letters is not looked at. */
static char *
split_ending(Arena *arena, const char *file_name, Direction *direction, bool *lower_case)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!ends_with(file_name, endings[i].ending))
            continue;
        size_t stem = strlen(file_name) - strlen(endings[i].ending);
        *direction = endings[i].direction;
        *lower_case = strcmp(file_name + stem, endings[i].ending) == 0;
        return arena_strndup(arena, file_name, stem);
    }
    return NULL;
}

static const char *
read_stem(Arena *arena, const char *stem, NativeName *out)
{
    size_t digits = strspn(stem, "0123456789");
    if (digits == 0)
        return "its name does not begin with a version in digits";
    if (stem[digits] != '_')
        return "there is no \"_\" behind the version";
    if (stem[digits + 1] == '\0')
        return "there is no name behind the version";

    out->version = version_of_digits(arena, stem, digits);
    out->version_text = arena_strndup(arena, stem, digits);
    out->name = stem + digits + 1;
    return NULL;
}

NameVerdict
native_name_read(Arena *arena, const char *file_name, NativeName *out, const char **problem)
{
    if (*file_name == '.' || !ends_with(file_name, ".sql"))
        return NAME_FOREIGN;

    bool lower_case = true;
    char *stem = split_ending(arena, file_name, &out->direction, &lower_case);
    if (stem == NULL) {
        *problem = "its name says neither .up.sql nor .down.sql";
        return NAME_OTHER;
    }
    *problem = read_stem(arena, stem, out);
    if (*problem == NULL && !lower_case)
        *problem = "its ending is not in lower case";
    if (*problem == NULL)
        return NAME_NATIVE;
    return isdigit((unsigned char)*file_name) ? NAME_NEARLY : NAME_OTHER;
}
