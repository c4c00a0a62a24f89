/* SPDX-License-Identifier: MIT */
#include "source/migration.h"

#include <string.h>

#include "base/file.h"
#include "base/hash.h"
#include "base/utf8.h"

#define BYTE_ORDER_MARK "\xEF\xBB\xBF"
#define BYTE_ORDER_MARK_LENGTH 3

const char *
direction_words(Direction direction)
{
    switch (direction) {
    case DIRECTION_UP:
        return "up";
    case DIRECTION_DOWN:
        return "down";
    }
    return "up";
}

static void
mark_broken(SourceFile *file, size_t at, const char *why, const char *hint)
{
    file->broken = why;
    file->broken_hint = hint;
    file->broken_at = at;
    file->text = "";
    file->length = 0;
    file->bytes = "";
    file->byte_count = 0;
}

static size_t
line_at(const char *bytes, size_t offset)
{
    size_t line = 1;
    const char *end = bytes + offset;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        line++;
    return line;
}

static bool
is_utf16(const FileBytes *file)
{
    return file->length >= 2 &&
           (memcmp(file->bytes, "\xFF\xFE", 2) == 0 || memcmp(file->bytes, "\xFE\xFF", 2) == 0);
}

static void
check_characters(Arena *arena, SourceFile *file, const FileBytes *bytes)
{
    if (is_utf16(bytes)) {
        mark_broken(file, 0, "is UTF-16, not UTF-8", "Convert the file to UTF-8.");
        return;
    }
    const char *nul = memchr(bytes->bytes, '\0', bytes->length);
    if (nul != NULL) {
        size_t at = (size_t)(nul - bytes->bytes);
        mark_broken(file, at,
                    arena_printf(arena, "holds a NUL byte at offset %zu (line %zu)", at,
                                 line_at(bytes->bytes, at)),
                    "Take the byte out: SQL text cannot hold one.");
        return;
    }
    size_t valid = utf8_valid_length(bytes->bytes, bytes->length);
    if (valid < bytes->length)
        mark_broken(file, valid,
                    arena_printf(arena, "is not UTF-8: byte 0x%02X at offset %zu (line %zu)",
                                 (unsigned char)bytes->bytes[valid], valid,
                                 line_at(bytes->bytes, valid)),
                    "Convert the file to UTF-8.");
}

SourceFile *
source_read(Arena *arena, const char *path, size_t max_bytes)
{
    return source_read_from(arena, NULL, path, max_bytes);
}

SourceFile *
source_read_from(Arena *arena, FileBase *base, const char *path, size_t max_bytes)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    file->path = strcmp(path, "-") == 0 ? SOURCE_STDIN : path;

    FileBytes bytes = {0};
    Error err;
    if (!file_read_from(arena, base, path, max_bytes, &bytes, &err)) {
        mark_broken(file, 0, arena_strdup(arena, err.message),
                    "Make the file readable, or take it out of the migrations.");
        return file;
    }

    file->bytes = bytes.bytes;
    file->byte_count = bytes.length;
    bool marked = bytes.length >= BYTE_ORDER_MARK_LENGTH &&
                  memcmp(bytes.bytes, BYTE_ORDER_MARK, BYTE_ORDER_MARK_LENGTH) == 0;
    size_t left_out = marked ? BYTE_ORDER_MARK_LENGTH : 0;
    file->text = bytes.bytes + left_out;
    file->text_at = left_out;
    file->length = bytes.length - left_out;
    check_characters(arena, file, &bytes);
    return file;
}

SourceFile *
source_unread(Arena *arena, const char *path)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    file->path = arena_strdup(arena, path);
    mark_broken(file, 0, "was not read", "");
    return file;
}

const char *
source_checksum(Arena *arena, SourceFile *file)
{
    if (file->broken != NULL)
        return NULL;
    if (file->checksum == NULL) {
        char hex[HASH_HEX_SIZE];
        hash_sha256_hex(file->bytes, file->byte_count, hex);
        file->checksum = arena_strdup(arena, hex);
    }
    return file->checksum;
}

LineIndex *
source_lines(Arena *arena, const SourceFile *file)
{
    LineIndex *lines = line_index_new(arena, file->text, file->length);
    line_index_begin_after(lines, file->lines_before);
    if (file->original != NULL)
        line_index_set_original(lines, file->original, &file->substitutions);
    return lines;
}

void
source_substitute(Arena *arena, SourceFile *file, const VariableList *variables)
{
    const char *text =
        substitute_text(arena, variables, file->text, &file->length, &file->substitutions);
    if (text == file->text)
        return;
    file->original = file->text;
    file->text = text;
}

void
migrations_substitute(Arena *arena, const MigrationList *migrations, const VariableList *variables)
{
    if (variables == NULL || variables->count == 0)
        return;
    foreach (migration, migrations) {
        if (migration->up != NULL)
            source_substitute(arena, migration->up, variables);
        if (migration->down != NULL)
            source_substitute(arena, migration->down, variables);
    }
}

size_t
source_offset(const SourceFile *file, size_t offset)
{
    return file->text_at + substitute_origin(&file->substitutions, offset);
}

void
source_break(SourceFile *file, const char *why, const char *hint)
{
    mark_broken(file, 0, why, hint);
}

bool
source_require(const SourceFile *file, Error *err)
{
    if (file->broken == NULL)
        return true;
    /* What the system said names the file already. */
    if (strstr(file->broken, file->path) != NULL)
        error_set(err, ERROR_USAGE, "%s", file->broken);
    else
        error_set(err, ERROR_USAGE, "%s %s", file->path, file->broken);
    return error_hint(err, "%s", file->broken_hint);
}

const char *
source_stored_text(Arena *arena, const SourceFile *down)
{
    return down->no_transaction ? arena_printf(arena, "-- lockstep: no-transaction\n%s", down->text)
                                : down->text;
}
