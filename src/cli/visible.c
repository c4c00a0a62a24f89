/* SPDX-License-Identifier: MIT */
#include "cli/visible.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/wrap.h"

void
visible_write(FILE *out, const char *text)
{
    size_t length = strlen(text);
    while (length > 0) {
        size_t bytes = 0;
        char shown[4];
        int32_t character = utf8_character(text, length, &bytes);
        if (character == '\n')
            fputs("\n    ", out);
        else
            fwrite(shown, 1, utf8_encode(utf8_visible(character), shown), out);
        text += bytes;
        length -= bytes;
    }
}

size_t
visible_fitting(const char *text, int width)
{
    size_t length = strlen(text);
    size_t used = 0;
    while (used < length) {
        size_t bytes = 0;
        width -= utf8_character_width(utf8_character(text + used, length - used, &bytes));
        if (width < 0)
            break;
        used += bytes;
    }
    return used;
}

void
visible_line(FILE *out, const char *text, int column, int width)
{
    char *seen = NULL;
    size_t length = 0;
    if (width == 0) {
        visible_write(out, text);
        fputc('\n', out);
        return;
    }
    FILE *memory = open_memstream(&seen, &length);
    if (memory == NULL)
        abort();
    visible_write(memory, text);
    if (fclose(memory) != 0)
        abort();
    int blanks = (int)strspn(seen, " ");
    fprintf(out, "%*s", blanks, "");
    /* What begins at the left edge would be moved, too. */
    int at = column + blanks;
    wrap_text(out, seen + blanks, at, at > 0 ? blanks + 2 : 0, width);
    free(seen);
}
