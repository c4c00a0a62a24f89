/* SPDX-License-Identifier: MIT */
#include "source/part.h"

#include <string.h>
#include <strings.h>

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

bool
part_next_line(const SourceFile *file, size_t *at, Span *line)
{
    if (*at >= file->length)
        return false;
    const char *newline = memchr(file->text + *at, '\n', file->length - *at);
    size_t end = newline == NULL ? file->length : (size_t)(newline - file->text);
    *line = (Span){*at, end};
    *at = end + 1;
    if (line->end > line->start && file->text[line->end - 1] == '\r')
        line->end--;
    return true;
}

static size_t
skip_blanks(const SourceFile *file, size_t at, size_t end)
{
    while (at < end && is_blank(file->text[at]))
        at++;
    return at;
}

/* The place behind the dashes of a comment; 0 where it is none. */
static size_t
skip_dashes(const SourceFile *file, Span line, bool any_indent)
{
    size_t at = any_indent ? skip_blanks(file, line.start, line.end) : line.start;
    if (at + 2 > line.end || file->text[at] != '-' || file->text[at + 1] != '-')
        return 0;
    at += 2;
    while (at < line.end && (is_blank(file->text[at]) || (any_indent && file->text[at] == '-')))
        at++;
    return at;
}

/* The place behind the words; 0 where they are others, as most are with their first byte. */
static size_t
skip_words(const SourceFile *file, Span line, size_t at, const PartMark *mark)
{
    if (at == line.end || (file->text[at] | 0x20) != (*mark->words | 0x20))
        return 0;
    for (const char *words = mark->words; *words != '\0';) {
        size_t length = strcspn(words, " ");
        if (line.end - at < length)
            return 0;
        int order = mark->any_case ? strncasecmp(file->text + at, words, length)
                                   : strncmp(file->text + at, words, length);
        if (order != 0)
            return 0;
        at += length;
        words += length;
        if (*words == '\0')
            break;
        size_t next = skip_blanks(file, at, line.end);
        if (next == at)
            return 0;
        at = next;
        words++;
    }
    return at;
}

bool
part_is_mark(const SourceFile *file, Span line, const PartMark *mark, Span *rest)
{
    const char first = file->text[line.start]; /* most lines are no comment */
    if (first != '-' && !is_blank(first))
        return false;
    size_t at = skip_dashes(file, line, mark->any_indent);
    at = at == 0 ? 0 : skip_words(file, line, at, mark);
    if (at == 0 || (at < line.end && !is_blank(file->text[at])))
        return false;
    if (rest != NULL)
        *rest = (Span){skip_blanks(file, at, line.end), line.end};
    return true;
}

/* The next line that is a comment, as few are; at *at a line begins. */
static bool
next_comment(const SourceFile *file, size_t *at, Span *line)
{
    const char *from = file->text + *at;
    const char *end = file->text + file->length;
    for (const char *dash = from; dash < end; dash++) {
        dash = memchr(dash, '-', (size_t)(end - dash));
        if (dash == NULL)
            break;
        if (dash[1] != '-')
            continue;
        const char *first = dash;
        while (first > from && is_blank(first[-1]))
            first--;
        if (first == from || first[-1] == '\n') {
            *at = (size_t)(first - file->text);
            return part_next_line(file, at, line);
        }
    }
    return false;
}

bool
part_find_mark(const SourceFile *file, const PartMark *mark, Span *line)
{
    for (size_t at = 0; next_comment(file, &at, line);) {
        if (part_is_mark(file, *line, mark, NULL))
            return true;
    }
    return false;
}

static const struct {
    PartMark mark;
    bool first_line;
} alone_marks[] = {
    {{.words = "no-transaction"},    true },
    {{.words = "atlas:txmode none"}, false},
    {{.words = "! no-transaction"},  false},
};

bool
part_runs_alone(const SourceFile *file)
{
    Span line;
    bool first = true;
    for (size_t at = 0; part_next_line(file, &at, &line); first = false) {
        if (skip_blanks(file, line.start, line.end) == line.end)
            continue;
        if (skip_dashes(file, line, false) == 0)
            return false;
        for (size_t i = 0; i < sizeof alone_marks / sizeof *alone_marks; i++) {
            if ((first || !alone_marks[i].first_line) &&
                part_is_mark(file, line, &alone_marks[i].mark, NULL))
                return true;
        }
    }
    return false;
}

static size_t
count_lines(const char *text, size_t length)
{
    size_t lines = 0;
    const char *end = text + length;
    for (const char *at = text; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++)
        lines++;
    return lines;
}

/* All of it but the text. */
static SourceFile *
file_of_part(Arena *arena, const SourceFile *whole, Span part)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = *whole;
    file->length = part.end - part.start;
    file->text_at = whole->text_at + part.start;
    file->lines_before = whole->lines_before + count_lines(whole->text, part.start);
    return file;
}

SourceFile *
part_cut(Arena *arena, const SourceFile *whole, Span part)
{
    SourceFile *file = file_of_part(arena, whole, part);
    file->text = arena_strndup(arena, whole->text + part.start, file->length);
    return file;
}

/* ---- one section for each direction */

/* All sections for one direction. */
typedef struct Section {
    bool found;
    Span span; /* from the beginning of the first one to the end of the last one */
    Span rest; /* behind the mark of the first one */
} Section;

typedef struct Cutter {
    const SourceFile *whole;
    const PartGrammar *grammar;
    Section up;
    Section down;
    SpanList ups; /* each section */
    SpanList downs;
    size_t header; /* where the first mark stands */
} Cutter;

static void
end_section(Arena *arena, Cutter *cutter, Section *open, size_t start, size_t end)
{
    if (open == NULL)
        return;
    open->span.end = end;
    if (open == &cutter->up)
        LIST_APPEND(arena, &cutter->ups, ((Span){start, end}));
    else
        LIST_APPEND(arena, &cutter->downs, ((Span){start, end}));
}

/* What stands before the first mark belongs to the first section. */
static void
find_sections(Arena *arena, Cutter *cutter)
{
    Span line;
    Span rest;
    Section *open = NULL;
    size_t start = 0;
    for (size_t at = 0; next_comment(cutter->whole, &at, &line);) {
        bool is_up = part_is_mark(cutter->whole, line, &cutter->grammar->up, &rest);
        if (!is_up && !part_is_mark(cutter->whole, line, &cutter->grammar->down, &rest))
            continue;
        if (open == NULL)
            cutter->header = line.start;
        end_section(arena, cutter, open, start, line.start);
        start = open == NULL ? 0 : line.start;
        open = is_up ? &cutter->up : &cutter->down;
        if (!open->found)
            *open = (Section){
                .found = true, .span = {start, start},
                     .rest = rest
            };
    }
    end_section(arena, cutter, open, start, cutter->whole->length);
}

void
part_blank(char *text, size_t start, size_t end)
{
    for (size_t i = start; i < end; i++) {
        if (text[i] != '\n' && text[i] != '\r')
            text[i] = ' ';
    }
}

/* The sections of one direction, with blanks for those of the other one between them. */
static SourceFile *
cut_section(Arena *arena, const SourceFile *whole, const Section *section, const Span *others,
            size_t count)
{
    SourceFile *file = file_of_part(arena, whole, section->span);
    char *text = arena_strndup(arena, whole->text + section->span.start, file->length);
    for (size_t i = 0; i < count; i++) {
        if (others[i].start >= section->span.start && others[i].end <= section->span.end)
            part_blank(text, others[i].start - section->span.start,
                       others[i].end - section->span.start);
    }
    file->text = text;
    return file;
}

Parts
part_cut_sections(Arena *arena, SourceFile *whole, const PartGrammar *grammar)
{
    static const char hint[] = "Write one section for each direction, or say with --layout which "
                               "layout it is in.";
    Cutter cutter = {.whole = whole, .grammar = grammar};
    Parts parts = {.up = whole};
    if (whole->broken != NULL)
        return parts;
    find_sections(arena, &cutter);
    if (!cutter.up.found) {
        source_break(whole, arena_printf(arena, "has no line \"-- %s\"", grammar->up.words), hint);
        return parts;
    }
    if (text_skip_blank(whole->text, cutter.header) < cutter.header) {
        source_break(whole, "has statements before its first section", hint);
        return parts;
    }
    parts.up = cut_section(arena, whole, &cutter.up, cutter.downs.items, cutter.downs.count);
    parts.up_rest = cutter.up.rest;
    if (cutter.down.found)
        parts.down = cut_section(arena, whole, &cutter.down, cutter.ups.items, cutter.ups.count);
    parts.down_rest = cutter.down.rest;
    return parts;
}
