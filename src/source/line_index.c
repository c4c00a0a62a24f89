/* SPDX-License-Identifier: MIT */
#include "source/line_index.h"

#include <string.h>

#include "lockstep/list.h"

struct LineIndex {
    const char *text;
    size_t length;
    size_t before;       /* lines of the file */
    LIST(size_t) starts; /* offset of each line's first byte */
    const char *original;
    const SubstitutionList *substitutions; /* NULL: the text is the original */
};

LineIndex *
line_index_new(Arena *arena, const char *text, size_t length)
{
    LineIndex *index = ARENA_NEW(arena, LineIndex);
    index->text = text;
    index->length = length;
    LIST_APPEND(arena, &index->starts, 0);

    const char *end = text + length;
    for (const char *at = text; at < end; at++) {
        at = memchr(at, '\n', (size_t)(end - at));
        if (at == NULL)
            break;
        LIST_APPEND(arena, &index->starts, (size_t)(at + 1 - text));
    }
    return index;
}

void
line_index_begin_after(LineIndex *index, size_t lines)
{
    index->before = lines;
}

void
line_index_set_original(LineIndex *index, const char *original,
                        const SubstitutionList *substitutions)
{
    index->original = original;
    index->substitutions = substitutions;
}

static size_t
count_characters(const char *text, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++)
        count += ((unsigned char)text[i] & 0xC0) != 0x80;
    return count;
}

/* Of the last line that begins there or before. */
static size_t
find_line(const LineIndex *index, size_t offset)
{
    size_t low = 0;
    size_t high = index->starts.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (index->starts.items[middle] <= offset)
            low = middle;
        else
            high = middle;
    }
    return low;
}

Position
line_index_position(const LineIndex *index, size_t offset)
{
    if (offset > index->length)
        offset = index->length;
    size_t line = find_line(index, offset);
    size_t start = index->starts.items[line];
    const char *text = index->text;
    if (index->substitutions != NULL) {
        text = index->original;
        start = substitute_origin(index->substitutions, start);
        offset = substitute_origin(index->substitutions, offset);
    }
    return (Position){.line = index->before + line + 1,
                      .column = count_characters(text + start, offset - start) + 1};
}

size_t
line_index_number(const LineIndex *index, size_t offset)
{
    return index->before + find_line(index, offset) + 1;
}

Span
line_index_line(const LineIndex *index, size_t line)
{
    if (line <= index->before || line - index->before > index->starts.count)
        return (Span){0};

    line -= index->before;
    size_t start = index->starts.items[line - 1];
    size_t end = index->length;
    if (line < index->starts.count)
        end = index->starts.items[line] - 1;
    if (end > start && index->text[end - 1] == '\r')
        end--;
    return (Span){.start = start, .end = end};
}

size_t
line_index_count(const LineIndex *index)
{
    return index->starts.count;
}
