/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/hazard.h"
#include "lockstep/slice.h"

/* NAMEDATALEN of every server that was not built specially, without its last byte. */
enum { SERVERS_OWN = 63 };

static inline bool
is_name_byte(char c)
{
    const unsigned letter = ((unsigned char)c | 0x20U) - 'a';

    return letter < 26 || c == '_' || (unsigned)(c - '0') < 10 || c == '$' ||
           (unsigned char)c >= 0x80;
}

static bool
has_long_word(const char *source, Span span, size_t longest)
{
    /* From behind: whatever is no byte of a name parts all words that begin before it. */
    for (size_t start = span.start; start + longest < span.end;) {
        size_t at = start + longest;
        while (at > start && is_name_byte(source[at]))
            at--;
        if (at == start && is_name_byte(source[at]))
            return true;
        start = at + 1;
    }
    return false;
}

/* From quote to quote, each time to the last one within reach. */
static bool
has_distant_quotes(const char *source, Span span, size_t longest)
{
    const char *end = source + span.end;
    const char *at = memchr(source + span.start, '"', span.end - span.start);

    while (at != NULL && (size_t)(end - at) > longest + 1) {
        const char *next = memrchr(at + 1, '"', longest);
        if (next == NULL)
            return memchr(at + 1, '"', (size_t)(end - at - 1)) != NULL;
        at = next;
    }
    return false;
}

/* Most statements have nothing so long, and need not be taken apart. */
static bool
may_have_long_name(const char *source, Span span, int64_t number)
{
    const size_t longest = (size_t)number;

    return has_long_word(source, span, longest) || has_distant_quotes(source, span, longest);
}

static bool
is_long_name(const char *source, Span token, size_t longest)
{
    char first = source[token.start];
    bool is_quoted = first == '"';
    bool is_word = is_name_byte(first) && first != '$' && !(first >= '0' && first <= '9');
    size_t length = token.end - token.start - (is_quoted ? 2 : 0);
    return (is_quoted || is_word) && length > longest;
}

/* Names also stand in the parentheses of a column list. */
static Span
find_long_name(const char *source, Span within, size_t longest)
{
    while (within.start < within.end) {
        within.start += text_skip_blank(source + within.start, within.end - within.start);
        if (within.start < within.end && source[within.start] == '(') {
            within.start++;
            continue;
        }
        Span token = slice_next(source, within);
        if (is_long_name(source, token, longest))
            return token;
        within = slice_after(within, token);
    }
    return (Span){within.end, within.end};
}

/* Only where a name is given: who uses a long one elsewhere means the truncated one too. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    const size_t longest = (size_t)ctx->number;

    (void)op;
    const Span token = find_long_name(ctx->source, ctx->statement->span, longest);
    if (token.start == token.end)
        return NULL;
    const char *of = ctx->table == NULL ? ""
                                        : arena_printf(ctx->arena, ", of %s,",
                                                       sql_qualified(ctx->arena, ctx->table->name));
    return arena_printf(ctx->arena, "the name %s%s is longer than %zu bytes%s",
                        slice_text(ctx->arena, ctx->source, token), of, longest,
                        longest < SERVERS_OWN ? ""
                                              : ": the server cuts it off, and two names that "
                                                "differ only behind that are one");
}

const Rule rule_identifier_too_long = {
    .id = "identifier-too-long",
    .name = "a name is longer than the server keeps",
    .severity = SEVERITY_WARNING,
    .on_any = RULE_ANY_THAT_NAMES,
    .concerns_text = may_have_long_name,
    .needs = RULE_NEEDS_UP,
    .number = {.name = "bytes",
               .what = "bytes of a name; what is longer than 63 most servers cut off",
               .initial = SERVERS_OWN,
               .least = 8,
               .most = 1023},
    .why = "The server cuts names to 63 bytes with no more than a notice. Tools that look for the "
           "full name do not find it, and IF NOT EXISTS may take another object for this one.",
    .instead = "Choose a name of at most 63 bytes.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY);",
    .bad = "ALTER TABLE orders ADD COLUMN\n"
           "    the_date_on_which_the_customer_was_told_that_the_parcel_would_be_late date;",
    .good = "ALTER TABLE orders ADD COLUMN told_late_on date;",
    .check = check,
};
