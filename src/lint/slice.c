/* SPDX-License-Identifier: MIT */
#include "lockstep/slice.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/* Of a word and of a number; 2: a word may begin with it. */
static const unsigned char word_bytes[256] = {
    ['$'] = 1,         ['0' ... '9'] = 1, ['A' ... 'Z'] = 2,
    ['a' ... 'z'] = 2, ['_'] = 2,         [0x80 ... 0xFF] = 2,
};

static bool
is_word_start(char c)
{
    return word_bytes[(unsigned char)c] == 2;
}

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t
skip_word(const char *source, size_t at, size_t end)
{
    while (at < end && word_bytes[(unsigned char)source[at]] != 0)
        at++;
    return at;
}

/* From a quote to behind its partner; a doubled quote is one inside of it. */
static size_t
skip_quoted(const char *source, size_t at, size_t end, bool backslashes)
{
    const char quote = source[at++];

    while (at < end) {
        if (backslashes && source[at] == '\\')
            at++;
        else if (source[at] == quote && (at + 1 >= end || source[at + 1] != quote))
            return at + 1;
        else if (source[at] == quote)
            at++;
        at++;
    }
    return end;
}

/* From the dollar of $tag$ to behind the closing one; a dollar alone is one sign. */
static size_t
skip_dollar_quoted(const char *source, size_t at, size_t end)
{
    size_t tag_end = at + 1;

    while (tag_end < end && (is_word_start(source[tag_end]) || is_digit(source[tag_end])))
        tag_end++;
    if (tag_end >= end || source[tag_end] != '$')
        return at + 1;

    const size_t length = ++tag_end - at;
    const char *closing = memmem(source + tag_end, end - tag_end, source + at, length);
    return closing != NULL ? (size_t)(closing - source) + length : end;
}

/* From an opening parenthesis or bracket to behind its partner, without recursion: nesting may be
 * deep. */
static size_t
skip_group(const char *source, size_t at, size_t end)
{
    size_t depth = 0;

    while (at < end) {
        const char c = source[at];
        if (c == '(' || c == '[') {
            depth++;
            at++;
        } else if (c == ')' || c == ']') {
            at++;
            if (--depth == 0)
                return at;
        } else {
            const size_t blank = text_skip_blank(source + at, end - at);
            at = blank > 0 ? at + blank : slice_next(source, (Span){at, end}).end;
        }
    }
    return end;
}

/* E'…' may hold backslashes, U&"…" is one name: what follows the letter belongs to it. */
static size_t
skip_word_and_quote(const char *source, size_t at, size_t end)
{
    const size_t after = skip_word(source, at, end);
    const bool one_letter = after == at + 1;

    if (one_letter && after < end && source[after] == '\'')
        return skip_quoted(source, after, end, (source[at] | 0x20) == 'e');
    if (one_letter && (source[at] | 0x20) == 'u' && after + 1 < end && source[after] == '&' &&
        (source[after + 1] == '"' || source[after + 1] == '\''))
        return skip_quoted(source, after + 1, end, false);
    return after;
}

static size_t
skip_number(const char *source, size_t at, size_t end)
{
    while (at < end && (is_word_start(source[at]) || is_digit(source[at]) || source[at] == '.'))
        at++;
    return at;
}

Span
slice_trim(const char *source, Span within)
{
    return (Span){within.start + text_skip_blank(source + within.start, within.end - within.start),
                  within.end};
}

Span
slice_next(const char *source, Span within)
{
    const size_t at = slice_trim(source, within).start;
    const size_t end = within.end;

    if (at >= end)
        return (Span){end, end};
    if (is_word_start(source[at]))
        return (Span){at, skip_word_and_quote(source, at, end)};
    if (is_digit(source[at]))
        return (Span){at, skip_number(source, at, end)};
    if (source[at] == '\'' || source[at] == '"')
        return (Span){at, skip_quoted(source, at, end, false)};
    if (source[at] == '$')
        return (Span){at, skip_dollar_quoted(source, at, end)};
    if (source[at] == '(' || source[at] == '[')
        return (Span){at, skip_group(source, at, end)};
    return (Span){at, at + 1};
}

const char *
slice_text(Arena *arena, const char *source, Span span)
{
    return arena_strndup(arena, source + span.start, span.end - span.start);
}

Span
slice_after(Span within, Span token)
{
    return (Span){token.end, within.end};
}

bool
slice_is(const char *source, Span token, const char *word)
{
    const size_t length = token.end - token.start;
    return length == strlen(word) && strncasecmp(source + token.start, word, length) == 0;
}

bool
slice_may_have(const char *source, Span within, const char *word)
{
    const size_t length = strlen(word);
    const char capital = (char)toupper((unsigned char)word[0]);

    for (size_t at = within.start; at + length <= within.end; at++) {
        if ((source[at] == word[0] || source[at] == capital) &&
            strncasecmp(source + at, word, length) == 0)
            return true;
    }
    return false;
}

Span
slice_find(const char *source, Span within, const char *word)
{
    Span token = slice_next(source, within);

    while (token.start < token.end && !slice_is(source, token, word))
        token = slice_next(source, slice_after(within, token));
    return token;
}

Span
slice_skip_name(const char *source, Span within)
{
    Span rest = slice_after(within, slice_next(source, within));

    for (;;) {
        const Span dot = slice_trim(source, rest);
        if (dot.start == dot.end || source[dot.start] != '.')
            return rest;
        rest = (Span){dot.start + 1, rest.end};
        rest = slice_after(rest, slice_next(source, rest));
    }
}

static bool
ends_type(const char *source, Span token)
{
    static const char *const words[] = {
        "collate", "using",   "constraint", "not",       "null",       "default",  "check",
        "unique",  "primary", "references", "generated", "deferrable", "initially"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (slice_is(source, token, words[i]))
            return true;
    return false;
}

Span
slice_type(const char *source, Span within)
{
    /* The first token is the type's whatever it is: not every word of ends_type() is reserved. */
    Span token = slice_next(source, within);
    Span type = token;

    for (;;) {
        token = slice_next(source, slice_after(within, token));
        if (token.start == token.end || ends_type(source, token))
            return type;
        type.end = token.end;
    }
}
