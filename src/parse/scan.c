/* SPDX-License-Identifier: MIT */
#include "scan.h"

#include <string.h>

static ScanToken word_token(const char *text, size_t at, size_t limit);
static size_t skip_blank(const char *text, size_t at, size_t limit);
static ScanToken quoted_token(const char *text, size_t at, size_t limit);
static bool starts_word(unsigned char c);
static bool continues_word(unsigned char c);
static Span trim_comments(const char *text, size_t start, size_t end);
static ScanToken find_open(const char *text, size_t at, size_t limit);
static size_t skip_word(const char *text, size_t at, size_t limit);
static size_t skip_number(const char *text, size_t at, size_t limit);
static size_t skip_quoted(const char *text, size_t at, size_t limit, bool escapes);
static size_t skip_dollar_quote(const char *text, size_t at, size_t limit);

/* What a token is by its first byte; 0: TOKEN_OTHER. TOKEN_STRING: by what follows, too. */
static const unsigned char first_bytes[256] = {
    ['('] = TOKEN_OPEN,           ['['] = TOKEN_OPEN,           [')'] = TOKEN_CLOSE,
    [']'] = TOKEN_CLOSE,          [','] = TOKEN_COMMA,          [';'] = TOKEN_SEMICOLON,
    ['0' ... '9'] = TOKEN_NUMBER, ['A' ... 'Z'] = TOKEN_WORD,   ['a' ... 'z'] = TOKEN_WORD,
    ['_'] = TOKEN_WORD,           [0x80 ... 0xFF] = TOKEN_WORD, ['\''] = TOKEN_STRING,
    ['"'] = TOKEN_STRING,         ['$'] = TOKEN_STRING,
};

ScanToken
scan_token(const char *text, size_t at, size_t limit)
{
    at = skip_blank(text, at, limit);
    if (at >= limit)
        return (ScanToken){
            TOKEN_END, {limit, limit}
        };

    const TokenKind kind = first_bytes[(unsigned char)text[at]];
    if (kind == TOKEN_WORD)
        return word_token(text, at, limit);
    if (kind == TOKEN_STRING)
        return quoted_token(text, at, limit);
    return (ScanToken){
        kind == 0 ? TOKEN_OTHER : kind,
        {at, kind == TOKEN_NUMBER ? skip_number(text, at, limit) : at + 1}
    };
}

static ScanToken
quoted_token(const char *text, size_t at, size_t limit)
{
    if (text[at] == '"')
        return (ScanToken){
            TOKEN_QUOTED_NAME, {at, skip_quoted(text, at, limit, false)}
        };
    const size_t end =
        text[at] == '$' ? skip_dollar_quote(text, at, limit) : skip_quoted(text, at, limit, false);
    return (ScanToken){
        end > at ? TOKEN_STRING : TOKEN_OTHER, {at, end > at ? end : at + 1}
    };
}

/* Most gaps are white space alone. */
static size_t
skip_blank(const char *text, size_t at, size_t limit)
{
    while (at < limit && text_is_space(text[at]))
        at++;
    if (at < limit && (text[at] == '-' || text[at] == '/'))
        at += text_skip_blank(text + at, limit - at);
    return at;
}

/* A word, or a string or quoted name with a prefix: E'', N'', B'', X'', U&''. */
static ScanToken
word_token(const char *text, size_t at, size_t limit)
{
    ScanToken token = {
        TOKEN_WORD, {at, skip_word(text, at, limit)}
    };
    size_t quote = token.span.end;

    if (quote != at + 1)
        return token;
    if (quote + 1 < limit && text[quote] == '&' && (text[at] == 'U' || text[at] == 'u'))
        quote++;
    if (quote < limit && text[quote] == '"' && quote == at + 2) {
        token.kind = TOKEN_QUOTED_NAME;
        token.span.end = skip_quoted(text, quote, limit, false);
    } else if (quote < limit && text[quote] == '\'' && strchr("eEnNbBxXuU", text[at]) != NULL &&
               (quote == at + 2 || (text[at] != 'u' && text[at] != 'U'))) {
        token.kind = TOKEN_STRING;
        token.span.end = skip_quoted(text, quote, limit, text[at] == 'e' || text[at] == 'E');
    }
    return token;
}

/* 2 begins a word and goes on with it, 1 only goes on with it: asked for every byte. */
static const unsigned char word_bytes[256] = {
    ['$'] = 1,         ['0' ... '9'] = 1, ['A' ... 'Z'] = 2,
    ['a' ... 'z'] = 2, ['_'] = 2,         [0x80 ... 0xFF] = 2,
};

static bool
starts_word(unsigned char c)
{
    return word_bytes[c] == 2;
}

static bool
continues_word(unsigned char c)
{
    return word_bytes[c] != 0;
}

static size_t
skip_word(const char *text, size_t at, size_t limit)
{
    while (at < limit && continues_word((unsigned char)text[at]))
        at++;
    return at;
}

static size_t
skip_number(const char *text, size_t at, size_t limit)
{
    while (at < limit && (continues_word((unsigned char)text[at]) || text[at] == '.'))
        at++;
    return at;
}

/* `at` is the opening quote; a doubled quote stands for itself, and with `escapes` a backslash
 * protects the next byte. */
static size_t
skip_quoted(const char *text, size_t at, size_t limit, bool escapes)
{
    const char quote = text[at++];

    while (at < limit) {
        const char *found = text + at;
        if (escapes)
            while (found < text + limit && *found != quote && *found != '\\')
                found++;
        else
            found = memchr(found, quote, limit - at);
        at = found != NULL ? (size_t)(found - text) : limit;
        if (at >= limit)
            return limit;
        if (text[at] == quote && (at + 1 >= limit || text[at + 1] != quote))
            return at + 1;
        at += 2;
    }
    return limit;
}

/* Returns `at` where this dollar sign does not open a quote. */
static size_t
skip_dollar_quote(const char *text, size_t at, size_t limit)
{
    size_t tag_end = at + 1;

    if (tag_end < limit && starts_word((unsigned char)text[tag_end])) {
        while (tag_end < limit && text[tag_end] != '$' &&
               continues_word((unsigned char)text[tag_end]))
            tag_end++;
    }
    if (tag_end >= limit || text[tag_end] != '$')
        return at;

    size_t length = tag_end + 1 - at;
    const char *close = memmem(text + tag_end + 1, limit - tag_end - 1, text + at, length);
    return close == NULL ? limit : (size_t)(close - text) + length;
}

bool
scan_is_whole_word(const char *text, ScanToken token, const char *word)
{
    const size_t length = token.span.end - token.span.start;

    for (size_t i = 0; i < length; i++) {
        char c = text[token.span.start + i];
        if (c >= 'A' && c <= 'Z')
            c = (char)(c - 'A' + 'a');
        if (c != word[i])
            return false;
    }
    return word[length] == '\0';
}

/* As memmem() would, which for two bytes is slower than memchr() for one. */
static bool
has_pair(const char *at, const char *end, const char *pair)
{
    while ((at = memchr(at, *pair, (size_t)(end - at))) != NULL) {
        at++;
        if (at < end && *at == pair[1])
            return true;
    }
    return false;
}

bool
scan_may_have_comment(const char *text, size_t start, size_t end)
{
    return has_pair(text + start, text + end, "--") || has_pair(text + start, text + end, "/*");
}

Span
scan_trim(const char *text, size_t start, size_t end)
{
    if (scan_may_have_comment(text, start, end))
        return trim_comments(text, start, end);
    while (end > start && text_is_space(text[end - 1]))
        end--;
    while (start < end && text_is_space(text[start]))
        start++;
    return (Span){start, end};
}

static Span
trim_comments(const char *text, size_t start, size_t end)
{
    Span trimmed = {start, start};
    ScanToken token = scan_token(text, start, end);

    if (token.kind == TOKEN_END)
        return trimmed;
    trimmed.start = token.span.start;
    while (token.kind != TOKEN_END) {
        trimmed.end = token.span.end;
        token = scan_token(text, token.span.end, end);
    }
    return trimmed;
}

bool
scan_brackets(const char *text, size_t at, size_t limit, Span *inside, size_t *after)
{
    ScanToken token = find_open(text, at, limit);

    if (token.kind == TOKEN_END)
        return false;

    size_t depth = 1;
    Span found = {token.span.end, token.span.end};
    bool empty = true;
    for (;;) {
        token = scan_token(text, token.span.end, limit);
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE)
            depth--;
        if (token.kind == TOKEN_END || depth == 0)
            break;
        if (empty)
            found.start = token.span.start;
        empty = false;
        found.end = token.span.end;
    }
    *inside = found;
    if (after != NULL)
        *after = token.span.end;
    return true;
}

size_t
scan_after_word(const char *text, size_t at, size_t limit, const char *word)
{
    size_t depth = 0;
    ScanToken token = scan_token(text, at, limit);

    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, limit)) {
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE && depth > 0)
            depth--;
        else if (depth == 0 && scan_is_word(text, token, word))
            return token.span.end;
    }
    return limit;
}

size_t
scan_after_name(const char *text, size_t at, size_t limit)
{
    size_t end = at;

    for (;;) {
        ScanToken part = scan_token(text, end, limit);
        if (part.kind != TOKEN_WORD && part.kind != TOKEN_QUOTED_NAME)
            return end;
        end = part.span.end;

        ScanToken dot = scan_token(text, end, limit);
        if (dot.kind != TOKEN_OTHER || text[dot.span.start] != '.')
            return end;
        end = dot.span.end;
    }
}

size_t
scan_after_open(const char *text, size_t at, size_t limit)
{
    return find_open(text, at, limit).span.end;
}

static ScanToken
find_open(const char *text, size_t at, size_t limit)
{
    ScanToken token = scan_token(text, at, limit);

    while (token.kind != TOKEN_OPEN && token.kind != TOKEN_END)
        token = scan_token(text, token.span.end, limit);
    return token;
}

bool
scan_element_before(const char *text, size_t start, size_t next, Span *element)
{
    size_t end = next;

    while (end > start && text_is_space(text[end - 1]))
        end--;
    if (end == start || text[end - 1] != ',')
        return false;
    end--;
    while (end > start && text_is_space(text[end - 1]))
        end--;
    *element = (Span){start, end};
    return end > start;
}

/* The next token that is not a plain word; `*words_end` moves behind the words in front of it. A
 * single letter may begin a string. */
static ScanToken
skip_words(const char *text, size_t at, size_t limit, size_t *words_end)
{
    for (;;) {
        while (at < limit && text_is_space(text[at]))
            at++;
        size_t after =
            at < limit && starts_word((unsigned char)text[at]) ? skip_word(text, at, limit) : at;
        if (after < at + 2)
            return scan_token(text, at, limit);
        *words_end = at = after;
    }
}

Span
scan_element(const char *text, size_t at, size_t limit, size_t *next)
{
    size_t depth = 0;
    ScanToken token = scan_token(text, at, limit);
    Span element = {token.span.start, token.span.start};

    for (; token.kind != TOKEN_END; token = skip_words(text, token.span.end, limit, &element.end)) {
        if (depth == 0 && (token.kind == TOKEN_COMMA || token.kind == TOKEN_CLOSE))
            break;
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE)
            depth--;
        element.end = token.span.end;
    }
    *next = token.kind == TOKEN_COMMA ? token.span.end : token.span.start;
    return element;
}

size_t
scan_statement_end(const char *text, size_t at, size_t limit, bool *closed)
{
    size_t brackets = 0;
    size_t body = 0; /* open BEGIN ATOMIC and CASE */
    bool after_begin = false;
    ScanToken token = scan_token(text, at, limit);

    if (closed != NULL)
        *closed = false;
    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, limit)) {
        if (token.kind == TOKEN_OPEN)
            brackets++;
        else if (token.kind == TOKEN_CLOSE && brackets > 0)
            brackets--;
        else if ((after_begin && scan_is_word(text, token, "atomic")) ||
                 (body > 0 && scan_is_word(text, token, "case")))
            body++;
        else if (body > 0 && scan_is_word(text, token, "end"))
            body--;
        else if (token.kind == TOKEN_SEMICOLON && brackets == 0 && body == 0) {
            if (closed != NULL)
                *closed = true;
            return token.span.end;
        }
        after_begin = scan_is_word(text, token, "begin");
    }
    return limit;
}
