/* SPDX-License-Identifier: MIT */
#include "base/utf8.h"

#include <stdbool.h>
#include <string.h>
#include <utf8proc.h>

#include "base/out.h"

#define REPLACEMENT_CHARACTER 0xFFFD
#define CONTROL_PICTURES 0x2400
#define PICTURE_OF_DELETE 0x2421

/* So many bytes are looked at together: migrations are nearly all ASCII. */
enum { ASCII_WORDS = 4, ASCII_BLOCK = ASCII_WORDS * sizeof(uint64_t) };

static bool
is_ascii_block(const char *text)
{
    uint64_t words[ASCII_WORDS];
    memcpy(words, text, sizeof words);
    return ((words[0] | words[1] | words[2] | words[3]) & UINT64_C(0x8080808080808080)) == 0;
}

/* Bytes of ASCII that the text begins with. */
static size_t
ascii_length(const char *text, size_t length)
{
    size_t at = 0;
    while (at + ASCII_BLOCK <= length && is_ascii_block(text + at))
        at += ASCII_BLOCK;
    while (at < length && (unsigned char)text[at] < 0x80)
        at++;
    return at;
}

static utf8proc_ssize_t
decode(const char *text, size_t length, int32_t *character)
{
    /* One character is at most four bytes. */
    utf8proc_ssize_t most = length < 4 ? (utf8proc_ssize_t)length : 4;
    return utf8proc_iterate((const utf8proc_uint8_t *)text, most, character);
}

size_t
utf8_valid_length(const char *text, size_t length)
{
    size_t at = ascii_length(text, length);
    while (at < length) {
        int32_t character;
        utf8proc_ssize_t bytes = decode(text + at, length - at, &character);
        if (bytes <= 0)
            return at;
        at += (size_t)bytes;
        at += ascii_length(text + at, length - at);
    }
    return at;
}

static bool
is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* What shows itself in one column: mostly all of a text. */
static bool
is_plain(int32_t character)
{
    return character >= ' ' && character <= '~';
}

int32_t
utf8_character(const char *text, size_t length, size_t *bytes)
{
    int32_t character;
    if (length > 0 && is_ascii(text[0])) {
        *bytes = 1;
        return text[0];
    }
    utf8proc_ssize_t got = decode(text, length, &character);
    *bytes = got > 0 ? (size_t)got : 1;
    return got > 0 ? character : REPLACEMENT_CHARACTER;
}

int
utf8_character_width(int32_t character)
{
    return is_plain(character) ? 1 : utf8proc_charwidth(character);
}

/* All eight at once: one that is below a blank borrows, one that is a delete carries, and either
 * leaves its highest bit set. */
static bool
are_eight_plain(const char *text)
{
    uint64_t eight;
    memcpy(&eight, text, sizeof eight);
    uint64_t signs =
        eight | (eight - UINT64_C(0x2020202020202020)) | (eight + UINT64_C(0x0101010101010101));
    return (signs & UINT64_C(0x8080808080808080)) == 0;
}

size_t
utf8_plain_length(const char *text, size_t length)
{
    size_t plain = 0;
    while (plain + 8 <= length && are_eight_plain(text + plain))
        plain += 8;
    /* What is left with some that have been looked at. */
    if (length >= 8 && plain + 8 > length && are_eight_plain(text + length - 8))
        return length;
    while (plain < length && is_plain(text[plain]))
        plain++;
    return plain;
}

size_t
utf8_width(const char *text, size_t length)
{
    size_t width = utf8_plain_length(text, length);
    for (size_t at = width, bytes; at < length; at += bytes) {
        int32_t character = utf8_character(text + at, length - at, &bytes);
        width += (size_t)utf8_character_width(utf8_visible(character));
    }
    return width;
}

int32_t
utf8_visible(int32_t character)
{
    if (character >= 0 && character < 0x20)
        return CONTROL_PICTURES + character;
    if (character == 0x7F)
        return PICTURE_OF_DELETE;
    /* The second set of controls, and what turns the direction of writing round. */
    if ((character >= 0x80 && character < 0xA0) || (character >= 0x202A && character <= 0x202E) ||
        (character >= 0x2066 && character <= 0x2069))
        return REPLACEMENT_CHARACTER;
    return character;
}

size_t
utf8_encode(int32_t character, char out[4])
{
    if (is_plain(character)) {
        out[0] = (char)character;
        return 1;
    }
    utf8proc_uint8_t bytes[4];
    size_t count = (size_t)utf8proc_encode_char(character, bytes);
    memcpy(out, bytes, count);
    return count;
}

void
utf8_write_visible(FILE *stream, const char *text, size_t length)
{
    Out out;
    out_open(&out, stream);
    out_visible(&out, text, length);
    out_flush(&out);
}
