/* SPDX-License-Identifier: MIT */
#include "template.h"

#include <string.h>
#include <strings.h>

#include "scan.h"

/* No template is longer. */
enum { LONGEST = 400 };

/* What stands in the place of a template. */
typedef enum TemplateUse {
    USE_NAME,
    USE_BLANK, /* it steers, and leaves nothing */
    USE_PREFIX /* only the opening is left out: what it is put in front of is SQL */
} TemplateUse;

static const struct {
    const char *open;
    const char *close; /* NULL: the end of the word behind the opening, or its quote again */
    TemplateUse use;
} patterns[] = {
    {"{{",  "}}", USE_NAME  }, /* Go, Jinja, Handlebars */
    {"{%",  "%}", USE_BLANK },
    {"${",  "}",  USE_NAME  }, /* Flyway, Liquibase, goose ENVSUB, shells */
    {"#{",  "}",  USE_NAME  }, /* Ruby */
    {"<%=", "%>", USE_NAME  }, /* ERB */
    {"<%",  "%>", USE_BLANK },
    {"%(",  ")s", USE_NAME  }, /* Python */
    {"@",   "@",  USE_NAME  }, /* extension scripts, autoconf */
    {":'",  NULL, USE_PREFIX}, /* psql */
    {":\"", NULL, USE_PREFIX},
    {":",   NULL, USE_NAME  },
};

/* Words that begin what only steers, in {{ }}. */
static const char *const steering[] = {"if",     "else",  "end",      "range", "with",
                                       "define", "block", "template", "#",     "/"};

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static size_t
word_length(const char *text, size_t at, size_t length)
{
    size_t start = at;
    while (at < length && is_word_byte(text[at]))
        at++;
    return at - start;
}

/* A cast and an argument's name have a colon too, and in brackets it is a slice; @ is an operator.
 */
static bool
is_possible(const char *text, size_t length, Span found, char open, size_t brackets)
{
    size_t word = word_length(text, found.start + 1, length);
    char before = found.start > 0 ? text[found.start - 1] : ' ';
    bool quoted = text[found.start + 1] == '\'' || text[found.start + 1] == '"';
    if (open == ':')
        return before != ':' && brackets == 0 && (quoted || word > 0);
    if (open == '@')
        return word > 0 && found.end == found.start + word + 2;
    return true;
}

static bool
match(const char *text, size_t at, size_t length, size_t index, Span *out)
{
    const char *open = patterns[index].open;
    const char *close = patterns[index].close;
    size_t size = strlen(open);
    if (length - at < size || memcmp(text + at, open, size) != 0)
        return false;
    *out = (Span){at, at + size};
    if (close == NULL && patterns[index].use == USE_NAME) {
        out->end += word_length(text, at + size, length);
        return true;
    }
    if (close == NULL)
        close = open + size - 1; /* the quote */
    size_t left = length - at - size;
    const char *end =
        memmem(text + at + size, left < LONGEST ? left : LONGEST, close, strlen(close));
    if (end == NULL)
        return false;
    out->end = (size_t)(end - text) + strlen(close);
    return true;
}

/* The template that begins at `at`, and what takes its place. */
static bool
find_at(const char *text, size_t at, size_t length, size_t brackets, Span *out, TemplateUse *use)
{
    for (size_t i = 0; i < sizeof patterns / sizeof *patterns; i++) {
        if (text[at] != *patterns[i].open || !match(text, at, length, i, out))
            continue;
        *use = patterns[i].use;
        return is_possible(text, length, *out, *patterns[i].open, brackets);
    }
    return false;
}

static bool
steers(const char *text, Span template)
{
    size_t at = template.start + 2;
    while (at < template.end && strchr("- \t", text[at]) != NULL)
        at++;
    for (size_t i = 0; i < sizeof steering / sizeof *steering; i++) {
        size_t size = strlen(steering[i]);
        if (template.end - at > size && strncasecmp(text + at, steering[i], size) == 0 &&
            (!is_word_byte(*steering[i]) || !is_word_byte(text[at + size])))
            return true;
    }
    return false;
}

static void
fill(char *text, Span template, TemplateUse use)
{
    bool blank = use == USE_BLANK || (text[template.start] == '{' && steers(text, template));
    size_t end = use == USE_PREFIX ? template.start + 1 : template.end;
    for (size_t i = template.start; i < end; i++) {
        bool stays = text[i] == '\n' || text[i] == '\r' || (!blank && is_word_byte(text[i]));
        if (!stays)
            text[i] = blank || use == USE_PREFIX ? ' ' : '_';
    }
}

/* ---- in quoted names */

/* The first template of the kinds that have brackets in text[from, end), which may reach beyond
 * `end`. */
static bool
find_bracketed(const char *text, size_t from, size_t end, size_t length, Span *out)
{
    const char *brace;
    for (size_t at = from; (brace = memchr(text + at, '{', end - at)) != NULL;) {
        at = (size_t)(brace - text);
        const bool has_sign = at > from && (text[at - 1] == '$' || text[at - 1] == '#');
        const bool opens = has_sign || brace[1] == '{' || brace[1] == '%';
        TemplateUse use;
        if (opens && find_at(text, has_sign ? at - 1 : at, length, 0, out, &use))
            return true;
        at++;
    }
    return false;
}

/* A quote within the template has ended the name: "{{ index .Tables "orders" }}". */
static bool
is_cut(const char *text, ScanToken token, size_t length, Span *out)
{
    return token.kind == TOKEN_QUOTED_NAME &&
           find_bracketed(text, token.span.start, token.span.end, length, out) &&
           out->end > token.span.end;
}

/* Whether some template may stand in a name: no name goes on in a new line. */
static bool
may_be_in_name(const char *text, size_t length)
{
    Span found;
    for (size_t at = 0; find_bracketed(text, at, length, length, &found); at = found.start + 1) {
        const char *newline = memrchr(text + at, '\n', found.start - at);
        const size_t line = newline != NULL ? (size_t)(newline - text) : at;
        if (memchr(text + line, '"', found.start - line) != NULL)
            return true;
    }
    return false;
}

bool
template_in_name(const char *text, size_t length, Span *first)
{
    if (!may_be_in_name(text, length))
        return false;
    for (size_t at = 0; at < length;) {
        const ScanToken token = scan_token(text, at, length);
        if (token.kind == TOKEN_END)
            return false;
        if (token.kind == TOKEN_QUOTED_NAME &&
            find_bracketed(text, token.span.start, token.span.end, token.span.end, first))
            return true;
        at = token.span.end;
    }
    return false;
}

/* ---- all of a text */

static void
fill_found(char *text, Span template, TemplateUse use, bool *found, Span *first)
{
    fill(text, template, use);
    if (!*found)
        *first = template;
    *found = true;
}

bool
template_fill(char *text, size_t length, Span *first)
{
    bool found = false;
    size_t brackets = 0;
    for (size_t at = 0; at < length;) {
        ScanToken token = scan_token(text, at, length);
        if (token.kind == TOKEN_END)
            break;
        at = token.span.end;
        /* A dollar sign may belong to a word. */
        bool is_inside = token.kind == TOKEN_WORD && text[at - 1] == '$' && text[at] == '{';
        size_t start = is_inside ? at - 1 : token.span.start;
        Span template;
        TemplateUse use;
        if (is_cut(text, token, length, &template)) {
            fill_found(text, template, USE_NAME, &found, first);
            at = start;
        } else if ((is_inside || token.kind == TOKEN_OTHER) &&
                   find_at(text, start, length, brackets, &template, &use)) {
            fill_found(text, template, use, &found, first);
            at = use == USE_PREFIX ? template.start + 1 : template.end;
        } else if (token.kind == TOKEN_OPEN && text[token.span.start] == '[') {
            brackets++;
        } else if (token.kind == TOKEN_CLOSE && text[token.span.start] == ']' && brackets > 0) {
            brackets--;
        }
    }
    return found;
}
