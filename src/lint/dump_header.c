/* SPDX-License-Identifier: MIT */
#include "lockstep/dump_header.h"

#include <string.h>

#include "lockstep/text.h"

static const char switched_off[] = "SET lock_timeout = 0;";

/* The first line of the header, and one further down, which no person has a reason to write. */
static const char before[] = "SET statement_timeout = 0;";
static const char behind[] = "SET standard_conforming_strings = on;";

/* How many bytes may lie between: a few settings, which differ from version to version. */
enum { HEADER_LENGTH = 250 };

static bool
follows(const char *text, size_t at)
{
    const size_t length = sizeof before - 1;
    while (at > 0 && text_is_space(text[at - 1]))
        at--;
    return at >= length && strncmp(text + at - length, before, length) == 0;
}

bool
dump_header_at(const char *text, size_t at)
{
    const char *statement = text + at;
    if (strncmp(statement, switched_off, sizeof switched_off - 1) != 0 || !follows(text, at))
        return false;
    const char *sign = strstr(statement, behind);
    return sign != NULL && sign - statement <= HEADER_LENGTH;
}

bool
dump_header_in(const char *text)
{
    const char *found = strstr(text, switched_off);
    for (; found != NULL; found = strstr(found + 1, switched_off)) {
        if (dump_header_at(text, (size_t)(found - text)))
            return true;
    }
    return false;
}
