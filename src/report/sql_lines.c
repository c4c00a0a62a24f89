/* SPDX-License-Identifier: MIT */
#include "report/sql_lines.h"

#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/utf8.h"

#define INDENT 4

typedef struct SqlLines {
    Out *out;
    const char *sql; /* all of it */
    size_t width;
    const char *before; /* on each line */
    size_t before_length;
    const char *behind;
    size_t behind_length;
    bool is_plain; /* every line can be read without those before it; known once one is too wide */
    bool plain_is_known;
} SqlLines;

/* Within the quotes that `quote` says, a sign only ends them; a doubled one begins them again. */
static char
after_sign(char quote, char sign)
{
    if (quote != '\0')
        return sign == quote ? '\0' : quote;
    return sign == '\'' || sign == '"' ? sign : '\0';
}

static bool
is_comment(const char *line)
{
    return strncmp(line + strspn(line, " "), "--", 2) == 0;
}

/* Whether every line can be read without those before it. */
static bool
is_plain(const char *sql)
{
    static const char signs[] = "\n'\"-/$\\";
    char quote = '\0';
    bool in_comment = is_comment(sql);
    for (const char *c = sql + strcspn(sql, signs); *c != '\0'; c += 1 + strcspn(c + 1, signs)) {
        if (*c == '\n') {
            if (quote != '\0')
                return false;
            in_comment = is_comment(c + 1);
            continue;
        }
        if (in_comment)
            continue;
        bool begins_comment = (c[0] == '-' && c[1] == '-') || (c[0] == '/' && c[1] == '*');
        if (*c == '$' || *c == '\\' || (quote == '\0' && begins_comment))
            return false;
        quote = after_sign(quote, *c);
    }
    return quote == '\0';
}

/* What reads well at the beginning of a line, by its first letter. */
static const char *const clauses['Z' - 'A' + 1][4] = {
    ['A' - 'A'] = {"ADD ", "ALTER ", "AND "},
    ['C' - 'A'] = {"CHECK "},
    ['D' - 'A'] = {"DROP "},
    ['E' - 'A'] = {"EXCLUDE "},
    ['F' - 'A'] = {"FOREIGN KEY", "FROM "},
    ['N' - 'A'] = {"NOT VALID"},
    ['O' - 'A'] = {"ON ", "OR ", "ORDER BY "},
    ['P' - 'A'] = {"PRIMARY KEY"},
    ['R' - 'A'] = {"REFERENCES "},
    ['S' - 'A'] = {"SELECT ", "SET "},
    ['U' - 'A'] = {"USING "},
    ['V' - 'A'] = {"VALIDATE ", "VALUES "},
    ['W' - 'A'] = {"WHERE "},
};

static bool
begins_clause(const char *words)
{
    if (*words < 'A' || *words > 'Z')
        return false;
    const char *const *clause = clauses[*words - 'A'];
    while (*clause != NULL && strncmp(words, *clause, strlen(*clause)) != 0)
        clause++;
    return *clause != NULL;
}

/* How well a line may be broken at a blank: between clauses, outside of brackets, at all. */
typedef enum BreakRank {
    BREAK_NOWHERE,
    BREAK_IN_BRACKETS,
    BREAK_BETWEEN_WORDS,
    BREAK_BETWEEN_CLAUSES
} BreakRank;

static BreakRank
rank_of(const char *blank, size_t columns, size_t width, int depth)
{
    if (columns > width)
        return BREAK_NOWHERE;
    if (depth > 0)
        return BREAK_IN_BRACKETS;
    bool is_far = columns >= width / 3;
    return is_far && begins_clause(blank + 1) ? BREAK_BETWEEN_CLAUSES : BREAK_BETWEEN_WORDS;
}

/* Neither a blank nor a sign that means something here, and one column wide: most of SQL. Blanks,
 * quotes and brackets come before these in ASCII. */
static bool
is_of_word(char sign)
{
    return sign >= '*' && sign <= '~';
}

/* Of eight signs, how many stand before the first that is none of a word: one that comes before '*'
 * borrows, one that comes behind '~' carries, and either sets its highest bit. */
static size_t
length_in_eight(const char *text)
{
    uint64_t eight;
    memcpy(&eight, text, sizeof eight);
    if (__BYTE_ORDER__ == __ORDER_BIG_ENDIAN__)
        eight = __builtin_bswap64(eight);
    const uint64_t others =
        (eight | (eight - UINT64_C(0x2A2A2A2A2A2A2A2A)) | (eight + UINT64_C(0x0101010101010101))) &
        UINT64_C(0x8080808080808080);
    return others == 0 ? sizeof eight : (size_t)__builtin_ctzll(others) / CHAR_BIT;
}

static size_t
length_of_word(const char *text, size_t length)
{
    size_t signs = 0;
    while (signs + sizeof(uint64_t) <= length) {
        const size_t more = length_in_eight(text + signs);
        signs += more;
        if (more < sizeof(uint64_t))
            return signs;
    }
    while (signs < length && is_of_word(text[signs]))
        signs++;
    return signs;
}

static size_t
width_of(const char *text, size_t length, size_t *bytes)
{
    *bytes = 1;
    if (*text >= ' ' && *text <= '~')
        return 1;
    return (size_t)utf8_character_width(utf8_character(text, length, bytes));
}

/* The last of the best blanks outside of quotes that are not further than `width`; the first one
 * behind it where there is none; `length` where the line fits. */
static size_t
find_break(const char *line, size_t length, size_t width)
{
    size_t found = length;
    BreakRank best = BREAK_NOWHERE;
    /* A character has at least as many bytes as columns. */
    if (length <= width)
        return length;
    size_t columns = 0;
    int depth = 0;
    char quote = '\0';
    for (size_t at = strspn(line, " "), bytes; at < length; at += bytes) {
        const size_t signs = length_of_word(line + at, length - at);
        at += signs;
        columns += signs;
        if (at == length || (columns > width && found < length))
            break;
        if (quote == '\0' && line[at] == ' ') {
            BreakRank rank = rank_of(line + at, columns, width, depth);
            found = rank >= best ? at : found;
            best = rank >= best ? rank : best;
        }
        if (quote == '\0')
            depth += (line[at] == '(') - (line[at] == ')');
        quote = after_sign(quote, line[at]);
        columns += width_of(line + at, length - at, &bytes);
    }
    return columns > width ? found : length;
}

static void
write_line(const SqlLines *lines, const char *sign, size_t blanks, const char *text, size_t length)
{
    Out *out = lines->out;
    out_bytes(out, lines->before, lines->before_length);
    if (*sign != '\0')
        out_string(out, sign);
    if (blanks > 0)
        out_repeat(out, ' ', blanks);
    out_visible(out, text, length);
    if (lines->behind_length > 0)
        out_bytes(out, lines->behind, lines->behind_length);
    out_char(out, '\n');
}

/* Most texts have no line that is too wide, and need not be looked into. */
static bool
may_break(SqlLines *lines, const char *line, size_t length, size_t width)
{
    if (length <= width || is_comment(line))
        return false;
    if (!lines->plain_is_known)
        lines->is_plain = is_plain(lines->sql);
    lines->plain_is_known = true;
    return lines->is_plain;
}

static void
write_words(SqlLines *lines, const char *line, size_t length)
{
    const size_t width = lines->width;
    const size_t indent = strspn(line, " ");
    const size_t shown = indent < length ? indent : 0;
    const size_t first = width > shown ? width - shown : 0;
    size_t end = may_break(lines, line, length, first) ? find_break(line, length, first) : length;
    write_line(lines, "", 0, line, end);
    while (end < length) {
        size_t start = end + strspn(line + end, " ");
        size_t room = width > indent + INDENT ? width - indent - INDENT : 0;
        end = start + find_break(line + start, length - start, room);
        write_line(lines, "", indent + INDENT, line + start, end - start);
    }
}

/* The last blank that is not further than `width`, or the first one behind it; `length` where the
 * text fits or has none. */
static size_t
find_blank(const char *text, size_t length, size_t width)
{
    size_t found = length;
    if (utf8_width(text, length) <= width)
        return length;
    for (size_t at = 1; at < length; at++) {
        if (text[at] != ' ')
            continue;
        if (found < length && utf8_width(text, at) > width)
            break;
        found = at;
    }
    return found;
}

/* Each line of a comment is one. */
static void
write_comment(const SqlLines *lines, const char *line, size_t length)
{
    const size_t blanks = strspn(line + strlen("--"), " ");
    const size_t begin = strlen("--") + blanks;
    const size_t room = lines->width > begin ? lines->width - begin : 0;
    for (size_t at = begin; at < length || at == begin;) {
        size_t end = at + find_blank(line + at, length - at, room);
        write_line(lines, "--", blanks, line + at, end - at);
        at = end + strspn(line + end, " ") + (end == begin);
    }
}

void
sql_lines_write(Out *out, const char *sql, size_t width, const char *before, const char *behind)
{
    SqlLines lines = {.out = out,
                      .sql = sql,
                      .width = width,
                      .before = before,
                      .before_length = strlen(before),
                      .behind = behind,
                      .behind_length = strlen(behind)};
    bool is_head = true;
    while (*sql != '\0') {
        size_t length = (size_t)(strchrnul(sql, '\n') - sql);
        is_head = is_head && strncmp(sql, "--", strlen("--")) == 0;
        /* Further down, it may be within what is quoted. */
        if (is_head)
            write_comment(&lines, sql, length);
        else
            write_words(&lines, sql, length);
        sql += length;
        sql += *sql == '\n';
    }
}
