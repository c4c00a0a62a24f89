/* SPDX-License-Identifier: MIT */
#include "base/wrap.h"

#include <stdbool.h>

#include "base/utf8.h"

typedef struct Wrap {
    Out *out;
    int column;
    int indent;
    int width;
    bool has_word; /* the line at hand has one */
} Wrap;

static void
end_line(Wrap *wrap)
{
    out_char(wrap->out, '\n');
    wrap->column = 0;
    wrap->has_word = false;
}

static void
write_word(Wrap *wrap, const char *word, size_t length)
{
    int wide = (int)utf8_width(word, length);
    if (wrap->has_word && wrap->column + 1 + wide > wrap->width)
        end_line(wrap);
    if (wrap->column == 0) {
        out_repeat(wrap->out, ' ', (size_t)wrap->indent);
        wrap->column = wrap->indent;
    }
    if (wrap->has_word) {
        out_char(wrap->out, ' ');
        wrap->column++;
    }
    out_visible(wrap->out, word, length);
    wrap->column += wide;
    wrap->has_word = true;
}

/* Of a line: the blank behind it, or the end. */
static const char *
end_of_word(const char *word, const char *end)
{
    while (word < end && *word != ' ')
        word++;
    return word;
}

static void
write_line(Wrap *wrap, const char *text, size_t length)
{
    if (strncmp(text, "    ", 4) == 0) {
        out_visible(wrap->out, text, length);
        return;
    }
    const char *end = text + length;
    while (text < end) {
        const char *behind = end_of_word(text, end);
        if (behind > text)
            write_word(wrap, text, (size_t)(behind - text));
        text = behind + 1;
    }
}

void
wrap_out(Out *out, const char *text, int column, int indent, int width)
{
    Wrap wrap = {.out = out, .column = column, .indent = indent, .width = width};
    for (;;) {
        size_t length = (size_t)(strchrnul(text, '\n') - text);
        write_line(&wrap, text, length);
        end_line(&wrap);
        if (text[length] == '\0')
            return;
        text += length + 1;
    }
}

void
wrap_text(FILE *stream, const char *text, int column, int indent, int width)
{
    Out out;
    out_open(&out, stream);
    wrap_out(&out, text, column, indent, width);
    out_flush(&out);
}
