/* SPDX-License-Identifier: MIT */
#include "cli/visible.h"

#include <string.h>

#include "base/utf8.h"

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
