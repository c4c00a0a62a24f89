/* SPDX-License-Identifier: MIT */
#include "base/out.h"

#include "base/plain_format.h"
#include "base/utf8.h"

void
out_open(Out *out, FILE *stream)
{
    out->stream = stream;
    out->count = 0;
}

void
out_flush(Out *out)
{
    fwrite(out->bytes, 1, out->count, out->stream);
    out->count = 0;
}

void
out_many_bytes(Out *out, const char *bytes, size_t length)
{
    for (size_t room; length > (room = OUT_SIZE - out->count); bytes += room, length -= room) {
        memcpy(out->bytes + out->count, bytes, room);
        out->count = OUT_SIZE;
        out_flush(out);
    }
    memcpy(out->bytes + out->count, bytes, length);
    out->count += length;
}

void
out_repeat(Out *out, char sign, size_t count)
{
    while (count > 0) {
        if (out->count == OUT_SIZE)
            out_flush(out);
        size_t room = OUT_SIZE - out->count;
        size_t now = count < room ? count : room;
        memset(out->bytes + out->count, sign, now);
        out->count += now;
        count -= now;
    }
}

void
out_number(Out *out, size_t number)
{
    char digits[MOST_DIGITS];
    const char *first = digits_before(digits + sizeof digits, number);
    out_bytes(out, first, (size_t)(digits + sizeof digits - first));
}

void
out_visible(Out *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        size_t plain = utf8_plain_length(text + at, length - at);
        out_bytes(out, text + at, plain);
        at += plain;
        if (at == length)
            return;

        size_t bytes;
        char encoded[4];
        int32_t character = utf8_character(text + at, length - at, &bytes);
        if (character != '\t')
            character = utf8_visible(character);
        out_bytes(out, encoded, utf8_encode(character, encoded));
        at += bytes;
    }
}
