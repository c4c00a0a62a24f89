/* SPDX-License-Identifier: MIT */
#include "base/wrap.h"

#include <stdbool.h>
#include <string.h>

#include "base/utf8.h"

typedef struct Wrap {
    Out *out;
    const char *run; /* words of the line at hand that wait, as they stand in the text */
    size_t run_length;
    int column; /* behind these */
    int indent;
    int width;
    bool is_plain; /* each byte is a column */
    bool is_even;  /* and no two blanks stand side by side */
    bool has_word; /* the line at hand has one */
} Wrap;

static void
write_run(Wrap *wrap)
{
    out_visible(wrap->out, wrap->run, wrap->run_length);
    wrap->run_length = 0;
}

static void
end_line(Wrap *wrap)
{
    write_run(wrap);
    out_char(wrap->out, '\n');
    wrap->column = 0;
    wrap->has_word = false;
}

static void
write_word(Wrap *wrap, const char *word, size_t length)
{
    int wide = (int)(wrap->is_plain ? length : utf8_width(word, length));
    if (wrap->has_word && wrap->column + 1 + wide > wrap->width)
        end_line(wrap);
    if (wrap->column == 0) {
        out_repeat(wrap->out, ' ', (size_t)wrap->indent);
        wrap->column = wrap->indent;
    }
    if (wrap->run_length > 0 && word == wrap->run + wrap->run_length + 1) {
        wrap->run_length += 1 + length;
    } else {
        write_run(wrap);
        if (wrap->has_word)
            out_char(wrap->out, ' ');
        wrap->run = word;
        wrap->run_length = length;
    }
    wrap->column += wrap->has_word + wide;
    wrap->has_word = true;
}

/* Where to break a line of which `room` columns are left: the last blank that is not behind them,
 * or the first behind them; `length`: nowhere. */
static size_t
find_break(const char *text, size_t length, size_t room)
{
    if (length <= room)
        return length;
    const char *blank = memrchr(text, ' ', room + 1);
    if (blank == NULL)
        blank = memchr(text + room, ' ', length - room);
    return blank != NULL ? (size_t)(blank - text) : length;
}

/* As write_line() does, without looking at each word. */
static void
write_even_line(Wrap *wrap, const char *text, size_t length)
{
    for (;;) {
        if (wrap->column == 0)
            out_repeat(wrap->out, ' ', (size_t)wrap->indent);
        const int column = wrap->column > 0 ? wrap->column : wrap->indent;
        const int room = wrap->width > column ? wrap->width - column : 0;
        const size_t end = find_break(text, length, (size_t)room);
        out_bytes(wrap->out, text, end);
        if (end == length)
            return;
        end_line(wrap);
        text += end + 1;
        length -= end + 1;
    }
}

static void
write_line(Wrap *wrap, const char *text, size_t length)
{
    if (wrap->is_even && length > 0 && *text != ' ' && text[length - 1] != ' ') {
        write_even_line(wrap, text, length);
        return;
    }
    if (strncmp(text, "    ", 4) == 0) {
        out_visible(wrap->out, text, length);
        return;
    }
    const char *end = text + length;
    while (text < end) {
        const char *blank = memchr(text, ' ', (size_t)(end - text));
        const char *behind = blank != NULL ? blank : end;
        if (behind > text)
            write_word(wrap, text, (size_t)(behind - text));
        text = behind + 1;
    }
}

void
wrap_out(Out *out, const char *text, int column, int indent, int width)
{
    const size_t whole = strlen(text);
    const bool is_plain = utf8_plain_length(text, whole) == whole;
    Wrap wrap = {.out = out,
                 .run = text,
                 .column = column,
                 .indent = indent,
                 .width = width,
                 .is_plain = is_plain,
                 .is_even = is_plain && strstr(text, "  ") == NULL};
    for (;;) {
        size_t length = is_plain ? whole : (size_t)(strchrnul(text, '\n') - text);
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
