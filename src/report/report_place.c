/* SPDX-License-Identifier: MIT */
#include "report/report_place.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

/* Without "." and with ".." taken back, as far as the path itself tells. */
static const char *
clean_path(Arena *arena, const char *path)
{
    StringList parts = {0};
    bool is_absolute = path[0] == '/';
    while (*path != '\0') {
        size_t length = strcspn(path, "/");
        const char *part = arena_strndup(arena, path, length);
        path += length;
        path += strspn(path, "/");
        if (length == 0 || strcmp(part, ".") == 0)
            continue;
        bool goes_up = strcmp(part, "..") == 0;
        bool has_parent = parts.count > 0 && strcmp(parts.items[parts.count - 1], "..") != 0;
        if (goes_up && has_parent)
            parts.count--;
        else if (!goes_up || !is_absolute)
            LIST_APPEND(arena, &parts, part);
    }
    const char *joined = string_list_join(arena, &parts, "/");
    return is_absolute ? arena_printf(arena, "/%s", joined) : joined;
}

const char *
report_path(Arena *arena, const Report *report, const char *path)
{
    if (path[0] == '<')
        return path;
    if (path[0] != '/' && report->directory != NULL)
        path = arena_printf(arena, "%s/%s", report->directory, path);
    path = clean_path(arena, path);
    size_t length = report->root != NULL ? strlen(report->root) : 0;
    bool is_within = length > 0 && strncmp(path, report->root, length) == 0 && path[length] == '/';
    return is_within ? path + length + 1 : path;
}

/* RFC 3986, section 2.3, and the slash. */
static bool
is_unreserved(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("-._~/", c) != NULL);
}

const char *
report_uri(Arena *arena, const char *path)
{
    static const char digits[] = "0123456789ABCDEF";
    char *uri = ARENA_ARRAY(arena, char, 3 * strlen(path) + 1);
    size_t length = 0;
    for (const char *c = path; *c != '\0'; c++) {
        if (is_unreserved(*c)) {
            uri[length++] = *c;
            continue;
        }
        uri[length++] = '%';
        uri[length++] = digits[(unsigned char)*c >> 4];
        uri[length++] = digits[(unsigned char)*c & 15];
    }
    return path[0] == '/' ? arena_printf(arena, "file://%s", uri) : uri;
}

size_t
report_utf16_column(const LintSource *source, size_t offset)
{
    const SourceFile *file = source->file;
    const char *text = file->original != NULL ? file->original : file->text;
    Position position = line_index_position(source->lines, offset);
    Span line = line_index_line(source->lines, position.line);
    size_t start = substitute_origin(&file->substitutions, line.start);
    size_t end = substitute_origin(&file->substitutions, offset < line.end ? offset : line.end);
    size_t column = 1;
    for (size_t at = start, bytes; at < end; at += bytes)
        column += utf8_character(text + at, end - at, &bytes) >= 0x10000 ? 2 : 1;
    return column;
}
