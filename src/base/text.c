/* SPDX-License-Identifier: MIT */
#include "lockstep/text.h"

#include <string.h>

#include "lockstep/list.h"

#include "base/keywords.h"

#define NAME_LIMIT ((size_t)63) /* NAMEDATALEN - 1 */

bool
name_equals(QualifiedName a, QualifiedName b)
{
    return text_equals_or_null(a.name, b.name) && text_equals_or_null(a.schema, b.schema);
}

QualifiedName
name_copy(Arena *arena, QualifiedName name)
{
    return (QualifiedName){.schema = arena_strdup(arena, name.schema),
                           .name = arena_strdup(arena, name.name)};
}

/* A carriage return by itself ends the line too: scan.l, {newline}. */
static size_t
line_comment_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length && text[at] != '\n' && text[at] != '\r')
        at++;
    return at;
}

static size_t
block_comment_length(const char *text, size_t length)
{
    size_t depth = 0;
    size_t at = 0;
    while (at + 1 < length) {
        bool opens = text[at] == '/' && text[at + 1] == '*';
        bool closes = text[at] == '*' && text[at + 1] == '/';
        depth += opens;
        depth -= closes;
        at += opens || closes ? 2 : 1;
        if (depth == 0)
            return at;
    }
    return length;
}

size_t
text_skip_blank(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        const char *here = text + at;
        size_t rest = length - at;
        if (text_is_space(*here))
            at++;
        else if (rest >= 2 && here[0] == '-' && here[1] == '-')
            at += line_comment_length(here, rest);
        else if (rest >= 2 && here[0] == '/' && here[1] == '*')
            at += block_comment_length(here, rest);
        else
            break;
    }
    return at;
}

/* What a name may have without quotes. */
static const bool plain_bytes[256] = {['a' ... 'z'] = true, ['0' ... '9'] = true, ['_'] = true};

/* Whether the scanner would read the name back as it is: scan.l, {identifier}; reserved words would
 * be read as something else. */
static bool
needs_no_quotes(const char *name)
{
    const char *c = name;
    if (*c >= '0' && *c <= '9')
        return false;
    while (plain_bytes[(unsigned char)*c])
        c++;
    return *c == '\0' && c > name && !keyword_needs_quotes(name, (size_t)(c - name));
}

/* The longest that put_quoted() makes of it. */
static size_t
quoted_size(const char *string)
{
    return strlen(string) * 2 + 2;
}

/* Returns the place behind it. */
static char *
put_quoted(char *to, const char *string, char quote, bool double_backslash)
{
    *to++ = quote;
    for (const char *from = string; *from != '\0'; from++) {
        if (*from == quote || (double_backslash && *from == '\\'))
            *to++ = *from;
        *to++ = *from;
    }
    *to++ = quote;
    return to;
}

static char *
put_ident(char *to, const char *name)
{
    return needs_no_quotes(name) ? stpcpy(to, name) : put_quoted(to, name, '"', false);
}

const char *
sql_ident(Arena *arena, const char *name)
{
    if (needs_no_quotes(name))
        return arena_strdup(arena, name);
    char *out = arena_alloc(arena, quoted_size(name) + 1);
    put_quoted(out, name, '"', false);
    return out;
}

const char *
sql_qualified(Arena *arena, QualifiedName name)
{
    if (name.schema == NULL)
        return sql_ident(arena, name.name);
    char *out = arena_alloc(arena, quoted_size(name.schema) + quoted_size(name.name) + 2);
    char *to = put_ident(out, name.schema);
    *to++ = '.';
    put_ident(to, name.name);
    return out;
}

const char *
sql_ident_list(Arena *arena, const char *const *names, size_t count)
{
    StringList quoted_names = {0};
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &quoted_names, sql_ident(arena, names[i]));
    return string_list_join(arena, &quoted_names, ", ");
}

const char *
sql_literal(Arena *arena, const char *string)
{
    bool has_backslash = strchr(string, '\\') != NULL;
    char *out = arena_alloc(arena, quoted_size(string) + 2);
    char *to = out;
    if (has_backslash)
        *to++ = 'E';
    put_quoted(to, string, '\'', has_backslash);
    return out;
}

/* The longest prefix of at most `limit` bytes that does not cut a UTF-8 character. */
static size_t
clip(const char *text, size_t limit)
{
    size_t length = strlen(text);
    if (length <= limit)
        return length;
    while (limit > 0 && ((unsigned char)text[limit] & 0xC0) == 0x80)
        limit--;
    return limit;
}

/* PostgreSQL: indexcmds.c, makeObjectName(): the longer of the two names is cut until all fits; the
 * label is kept. */
const char *
sql_new_name(Arena *arena, const char *first, const char *second, const char *label)
{
    size_t overhead = (second ? 1 : 0) + (label ? strlen(label) + 1 : 0);
    size_t first_length = strlen(first);
    size_t second_length = second ? strlen(second) : 0;
    while (first_length + second_length + overhead > NAME_LIMIT) {
        if (first_length > second_length)
            first_length--;
        else
            second_length--;
    }
    first_length = clip(first, first_length);
    second_length = second ? clip(second, second_length) : 0;
    char *name = arena_alloc(arena, first_length + second_length + overhead + 1);
    char *to = mempcpy(name, first, first_length);
    if (second != NULL) {
        *to++ = '_';
        to = mempcpy(to, second, second_length);
    }
    if (label != NULL) {
        *to++ = '_';
        memcpy(to, label, strlen(label));
    }
    return name;
}
