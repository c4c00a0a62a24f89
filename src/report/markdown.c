/* SPDX-License-Identifier: MIT */
#include "report/markdown.h"

#include <string.h>

#include "base/utf8.h"

#define ZERO_WIDTH_SPACE "\xE2\x80\x8B"

static void
write_escaped(FILE *out, const char *text, const char *escaped)
{
    size_t length = strlen(text);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        (void)utf8_character(text + at, length - at, &bytes);
        if (strchr("\r\n\t", text[at]) != NULL)
            fputc(' ', out);
        else if (strchr("<>&|", text[at]) != NULL)
            fprintf(out, "&#%d;", text[at]);
        else if (text[at] == '@')
            fputs("@" ZERO_WIDTH_SPACE, out);
        else {
            if (strchr(escaped, text[at]) != NULL)
                fputc('\\', out);
            utf8_write_visible(out, text + at, bytes);
        }
    }
}

void
markdown_text(FILE *out, const char *text)
{
    write_escaped(out, text, "\\`*_{}[]#~");
}

void
markdown_html(FILE *out, const char *text)
{
    write_escaped(out, text, "");
}

static size_t
longest_run(const char *text, size_t length, char sign)
{
    size_t longest = 0;
    for (size_t at = 0, run = 0; at < length; at++) {
        run = text[at] == sign ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void
write_run(FILE *out, char sign, size_t count)
{
    for (size_t i = 0; i < count; i++)
        fputc(sign, out);
}

/* The fence is longer than any run of its sign within. */
void
markdown_code(FILE *out, const char *text, size_t length)
{
    size_t fence = longest_run(text, length, '`') + 1;
    const char *pad = fence > 1 ? " " : "";
    write_run(out, '`', fence);
    fputs(pad, out);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        (void)utf8_character(text + at, length - at, &bytes);
        if (text[at] == '|')
            fputs("\\|", out);
        else if (strchr("\r\n\t", text[at]) != NULL)
            fputc(' ', out);
        else
            utf8_write_visible(out, text + at, bytes);
    }
    fputs(pad, out);
    write_run(out, '`', fence);
}

void
markdown_sql(FILE *out, const char *sql)
{
    size_t length = strlen(sql);
    size_t fence = longest_run(sql, length, '`') + 1;
    fence = fence < 3 ? 3 : fence;
    write_run(out, '`', fence);
    fputs("sql\n", out);
    for (size_t at = 0, bytes; at < length; at += bytes) {
        (void)utf8_character(sql + at, length - at, &bytes);
        if (sql[at] == '\n' || sql[at] == '\t')
            fputc(sql[at], out);
        else if (sql[at] != '\r')
            utf8_write_visible(out, sql + at, bytes);
    }
    if (length > 0 && sql[length - 1] != '\n')
        fputc('\n', out);
    write_run(out, '`', fence);
    fputc('\n', out);
}

size_t
markdown_length(const char *text, size_t bytes)
{
    size_t count = 0;
    for (size_t at = 0; at < bytes; at++)
        count += ((unsigned char)text[at] & 0xC0) != 0x80;
    return count;
}
