/* SPDX-License-Identifier: MIT */
#include "run/token_checksum.h"

#include <stdbool.h>
#include <string.h>

#include "base/hash.h"

/* Tokens, each with a NUL behind it, so that `a b` and `ab` differ. */
typedef struct TokenBuffer {
    char *bytes;
    size_t used;
} TokenBuffer;

static void
put(TokenBuffer *buffer, const char *bytes, size_t length, bool fold)
{
    for (size_t i = 0; i < length; i++) {
        char byte = bytes[i];
        bool capital = byte >= 'A' && byte <= 'Z';
        buffer->bytes[buffer->used++] = fold && capital ? (char)(byte - 'A' + 'a') : byte;
    }
}

static bool
is_word(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= '0' && byte <= '9') || byte == '_' || (unsigned char)byte >= 0x80;
}

static bool
is_operator(char byte)
{
    return byte != '\0' && strchr("+-*/<>=~!@#%^&|`?", byte) != NULL;
}

static size_t
word_length(const char *at, size_t left)
{
    size_t length = 0;
    while (length < left && (is_word(at[length]) || (length > 0 && at[length] == '$')))
        length++;
    return length;
}

/* With both quotes; a doubled quote goes on, and in E'' a backslash takes the next byte with it. */
static size_t
quoted_length(const char *at, size_t left, bool backslashes)
{
    char quote = at[0];
    size_t length = 1;
    while (length < left) {
        if (backslashes && at[length] == '\\' && length + 1 < left)
            length += 2;
        else if (at[length] != quote)
            length++;
        else if (length + 1 < left && at[length + 1] == quote)
            length += 2;
        else
            return length + 1;
    }
    return left;
}

/* 0 where no dollar quote begins. */
static size_t
dollar_quoted_length(const char *at, size_t left)
{
    size_t tag = 1;
    while (tag < left && is_word(at[tag]))
        tag++;
    bool is_parameter = tag > 1 && at[1] >= '0' && at[1] <= '9';
    if (is_parameter || tag >= left || at[tag] != '$')
        return 0;
    tag++;
    for (size_t end = tag; end + tag <= left; end++)
        if (memcmp(at + end, at, tag) == 0)
            return end + tag;
    return left;
}

/* An operator ends where a comment begins. */
static size_t
operator_length(const char *at, size_t left)
{
    size_t length = 0;
    while (length < left && is_operator(at[length])) {
        bool comment = length + 1 < left && ((at[length] == '-' && at[length + 1] == '-') ||
                                             (at[length] == '/' && at[length + 1] == '*'));
        if (comment && length > 0)
            break;
        length++;
    }
    return length;
}

/* Length of the token at `at`; `*fold` where its case does not matter. */
static size_t
token_length(const char *at, size_t left, bool *fold)
{
    *fold = false;
    if (at[0] == '\'' || at[0] == '"')
        return quoted_length(at, left, false);
    if ((at[0] == 'e' || at[0] == 'E') && left > 1 && at[1] == '\'')
        return 1 + quoted_length(at + 1, left - 1, true);
    size_t length = at[0] == '$' ? dollar_quoted_length(at, left) : 0;
    if (length > 0)
        return length;
    *fold = true;
    length = word_length(at, left);
    if (length == 0)
        length = operator_length(at, left);
    return length > 0 ? length : 1;
}

static void
put_tokens(TokenBuffer *buffer, const char *text, Span span)
{
    size_t at = span.start;
    while (at < span.end) {
        at += text_skip_blank(text + at, span.end - at);
        if (at >= span.end)
            break;
        bool fold = false;
        size_t length = token_length(text + at, span.end - at, &fold);
        put(buffer, text + at, length, fold);
        buffer->bytes[buffer->used++] = '\0';
        at += length;
    }
}

static size_t
room_needed(const Script *script, size_t first, size_t count)
{
    size_t room = 1;
    for (size_t i = first; i < first + count; i++) {
        const Statement *statement = &script->statements.items[i];
        room += 2 * (statement->span.end - statement->span.start) + 4;
        room += statement->copy_data.end - statement->copy_data.start;
    }
    return room;
}

const char *
token_checksum_part(Arena *arena, const char *text, const Script *script, size_t first,
                    size_t count)
{
    char *hex = arena_alloc(arena, HASH_HEX_SIZE);
    ArenaMark mark = arena_mark(arena);
    TokenBuffer buffer = {.bytes = arena_alloc(arena, room_needed(script, first, count))};
    for (size_t i = first; i < first + count; i++) {
        const Statement *statement = &script->statements.items[i];
        put_tokens(&buffer, text, statement->span);
        put(&buffer, ";\0", 2, false);
        Span data = statement->copy_data;
        put(&buffer, text + data.start, data.end - data.start, false);
    }
    hash_sha256_hex(buffer.bytes, buffer.used, hex);
    arena_rewind(arena, mark);
    return hex;
}

const char *
token_checksum(Arena *arena, const char *text, const Script *script)
{
    return token_checksum_part(arena, text, script, 0, script->statements.count);
}
