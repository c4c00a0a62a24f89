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
ends_with(const char *text, size_t length, const char *ending)
{
    const size_t wanted = strlen(ending);
    return length >= wanted && strcasecmp(text + length - wanted, ending) == 0;
}

/* The length of the part before the ending, or 0; the case of letters is not looked at. */
static size_t
split_ending(const char *name, size_t length, Direction *direction, bool *lower_case)
{
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        if (!ends_with(name, length, endings[i].ending))
            continue;
        const size_t stem = length - strlen(endings[i].ending);
        *direction = endings[i].direction;
        *lower_case = strcmp(name + stem, endings[i].ending) == 0;
        return stem;
    }
    return 0;
}

/* `out` is NULL where the strings are not wanted. */
static const char *
read_stem(Arena *arena, const char *stem, size_t length, NativeName *out)
{
    const size_t digits = strspn(stem, "0123456789");
    if (digits == 0)
        return "its name does not begin with a version in digits";
    if (digits == length || stem[digits] != '_')
        return "there is no \"_\" behind the version";
    if (digits + 1 == length)
        return "there is no name behind the version";
    if (out == NULL)
        return NULL;
    out->version = version_of_digits(arena, stem, digits);
    out->version_text = arena_strndup(arena, stem, digits);
    out->name = arena_strndup(arena, stem + digits + 1, length - digits - 1);
    return NULL;
}

NameVerdict
native_name_read(Arena *arena, const char *file_name, NativeName *out, const char **problem)
{
    const size_t length = strlen(file_name);
    if (*file_name == '.' || !ends_with(file_name, length, ".sql"))
        return NAME_FOREIGN;

    bool lower_case = true;
    Direction direction = DIRECTION_UP;
    const size_t stem = split_ending(file_name, length, &direction, &lower_case);
    if (stem == 0) {
        *problem = "its name says neither .up.sql nor .down.sql";
        return NAME_OTHER;
    }
    *problem = read_stem(arena, file_name, stem, out);
    if (out != NULL)
        out->direction = direction;
    if (*problem == NULL && !lower_case)
        *problem = "its ending is not in lower case";
    if (*problem == NULL)
        return NAME_NATIVE;
    return isdigit((unsigned char)*file_name) ? NAME_NEARLY : NAME_OTHER;
}
