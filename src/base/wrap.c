/* SPDX-License-Identifier: MIT */
#include "base/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

typedef struct Wrap {
    FILE *out;
    int column;
    int indent;
    int width;
    bool has_word; /* the line at hand has one */
} Wrap;

static void
end_line(Wrap *wrap)
{
    fputc('\n', wrap->out);
    wrap->column = 0;
    wrap->has_word = false;
}

static void
write_word(Wrap *wrap, const char *word, size_t length)
{
    int wide = (int)utf8_width(word, length);
    if (wrap->has_word && wrap->column + 1 + wide > wrap->width)
        end_line(wrap);
    if (wrap->column == 0)
        wrap->column = fprintf(wrap->out, "%*s", wrap->indent, "");
    if (wrap->has_word) {
        fputc(' ', wrap->out);
        wrap->column++;
    }
    utf8_write_visible(wrap->out, word, length);
    wrap->column += wide;
    wrap->has_word = true;
}

static void
write_line(Wrap *wrap, const char *text, size_t length)
{
    if (strncmp(text, "    ", 4) == 0) {
        utf8_write_visible(wrap->out, text, length);
        return;
    }
    const char *end = text + length;
    while (text < end) {
        text += strspn(text, " ");
        size_t word = strcspn(text, " \n");
        if (word > 0)
            write_word(wrap, text, word);
        text += word;
    }
}

void
wrap_text(FILE *out, const char *text, int column, int indent, int width)
{
    Wrap wrap = {.out = out, .column = column, .indent = indent, .width = width};
    for (;;) {
        size_t length = strcspn(text, "\n");
        write_line(&wrap, text, length);
        end_line(&wrap);
        if (text[length] == '\0')
            return;
        text += length + 1;
    }
}
