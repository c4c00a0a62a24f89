/* SPDX-License-Identifier: MIT */
/*
 * Liquibase's formatted SQL: a file holds any number of changesets, each a migration of its own
 * with its way back in comments, `--rollback …`. A changeset is known by file, id and author, and
 * its checksum is its own: the usual way to go on is to append to the file.
 */
#include <string.h>
#include <strings.h>

#include "source/layout.h"
#include "source/part.h"

static const PartMark header = {.words = "liquibase formatted sql", .any_case = true};
static const PartMark changeset = {.words = "changeset", .any_case = true};
static const PartMark rollback = {.words = "rollback", .any_case = true};

static bool
is_changelog(const SourceFile *file)
{
    Span line;
    for (size_t at = 0; part_next_line(file, &at, &line);) {
        if (line.end > line.start)
            return part_is_mark(file, line, &header, NULL);
    }
    return false;
}

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    return layout_ends(directory, entry, ".sql") && is_changelog(layout_file(directory, entry));
}

/* ---- the line that begins a changeset */

typedef struct Changeset {
    Span part;          /* from its line to the next one's */
    const char *author; /* NULL where the line cannot be read */
    const char *id;
    const char *attributes; /* the rest of the line */
} Changeset;

typedef LIST(Changeset) ChangesetList;

/* A word up to one of the signs, or what stands in quotes; *at is then behind it. */
static const char *
take_word(Arena *arena, const char **at, const char *signs)
{
    const char *word = *at;
    size_t length = strcspn(word, signs);
    bool is_quoted = *word == '"' && strchr(word + 1, '"') != NULL;
    if (is_quoted)
        length = strcspn(++word, "\"");
    *at = word + length + is_quoted;
    return arena_strndup(arena, word, length);
}

static Changeset
read_changeset(Arena *arena, const SourceFile *file, Span line, Span rest)
{
    Changeset read = {
        .part = {line.start, file->length}
    };
    const char *at = arena_strndup(arena, file->text + rest.start, rest.end - rest.start);
    const char *author = take_word(arena, &at, ":");
    if (*at != ':')
        return read;
    at++;
    read.id = take_word(arena, &at, " \t");
    read.author = author;
    read.attributes = at;
    return read;
}

static ChangesetList
read_changesets(Arena *arena, const SourceFile *file)
{
    ChangesetList list = {0};
    Span line;
    Span rest;
    for (size_t at = 0; part_next_line(file, &at, &line);) {
        if (!part_is_mark(file, line, &changeset, &rest))
            continue;
        if (list.count > 0)
            list.items[list.count - 1].part.end = line.start;
        LIST_APPEND(arena, &list, read_changeset(arena, file, line, rest));
    }
    return list;
}

/* The value of `name:value`, or NULL. */
static const char *
attribute(Arena *arena, const Changeset *set, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = set->attributes; *at != '\0';) {
        at += strspn(at, " \t");
        bool found = strncasecmp(at, name, length) == 0 && at[length] == ':';
        const char *key_end = at + strcspn(at, ": \t");
        at = *key_end == ':' ? key_end + 1 : key_end;
        const char *value = take_word(arena, &at, " \t");
        if (found)
            return value;
    }
    return NULL;
}

static bool
is_false(const char *value)
{
    return value != NULL && strcasecmp(value, "false") == 0;
}

/* `dbms:postgresql,h2`, `dbms:!mysql`; `ignore:true`. */
static bool
is_for_postgresql(Arena *arena, const Changeset *set)
{
    const char *ignored = attribute(arena, set, "ignore");
    const char *names = attribute(arena, set, "dbms");
    if (ignored != NULL && strcasecmp(ignored, "true") == 0)
        return false;
    if (names == NULL || *names == '\0' || strcasecmp(names, "all") == 0)
        return true;
    if (*names == '!')
        return strcasestr(names, "!postgresql") == NULL;
    return strcasestr(names, "postgresql") != NULL;
}

/* ---- its two directions */

static bool
says_nothing(const SourceFile *part, Span rest)
{
    static const char *const words[] = {"empty", "not required"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (rest.end - rest.start == strlen(words[i]) &&
            strncasecmp(part->text + rest.start, words[i], strlen(words[i])) == 0)
            return true;
    }
    return false;
}

/* Keeps what stands in one block comment, `liquibase rollback` … and its end. */
static bool
keep_block(const SourceFile *part, char *text)
{
    static const char open[] = "/* liquibase rollback";
    const char *begin = strcasestr(part->text, open);
    if (begin == NULL)
        return false;
    size_t start = (size_t)(begin - part->text) + sizeof open - 1;
    const char *close = strstr(part->text + start, "*/");
    size_t end = close == NULL ? part->length : (size_t)(close - part->text);
    memcpy(text + start, part->text + start, end - start);
    return true;
}

/* All is blank but the text behind each `--rollback`. NULL where there is none. */
static SourceFile *
cut_rollback(Arena *arena, const SourceFile *part)
{
    Span line;
    Span rest;
    SourceFile *down = ARENA_NEW(arena, SourceFile);
    char *text = arena_strndup(arena, part->text, part->length);
    *down = *part;
    down->text = text;
    part_blank(text, 0, part->length);
    bool found = keep_block(part, text);
    for (size_t at = 0; part_next_line(part, &at, &line);) {
        if (!part_is_mark(part, line, &rollback, &rest))
            continue;
        /* The way back stands in another changeset. */
        if (strncasecmp(part->text + rest.start, "changesetId:", strlen("changesetId:")) == 0 ||
            strncasecmp(part->text + rest.start, "changeset ", strlen("changeset ")) == 0)
            return NULL;
        if (!says_nothing(part, rest))
            memcpy(text + rest.start, part->text + rest.start, rest.end - rest.start);
        found = true;
    }
    return found ? down : NULL;
}

/* Whether a line of code ends with the delimiter. */
static bool
ends_with(const SourceFile *part, Span line, const char *delimiter, size_t length)
{
    const char *begin = part->text + line.start;
    size_t size = line.end - line.start;
    bool is_comment = (size >= 2 && memcmp(begin, "--", 2) == 0) ||
                      (size >= 2 && memcmp(begin + size - 2, "*/", 2) == 0);
    return length > 0 && size >= length && !is_comment &&
           strncasecmp(begin + size - length, delimiter, length) == 0;
}

/* Where another sign than a semicolon ends statements, a semicolon takes its place. */
static void
replace_delimiter(Arena *arena, SourceFile *part, const char *delimiter)
{
    if (delimiter == NULL || *delimiter == '\0' || strcmp(delimiter, ";") == 0)
        return;
    if (strncmp(delimiter, "\\n", 2) == 0)
        delimiter += 2;
    char *text = arena_strndup(arena, part->text, part->length);
    size_t length = strlen(delimiter);
    Span line;
    for (size_t at = 0; part_next_line(part, &at, &line);) {
        while (line.end > line.start && strchr(" \t", part->text[line.end - 1]) != NULL)
            line.end--;
        if (!ends_with(part, line, delimiter, length))
            continue;
        part_blank(text, line.end - length, line.end);
        text[line.end - length] = ';';
    }
    part->text = text;
}

static void
add_changeset(LayoutDirectory *directory, const SourceFile *whole, const char *name,
              const Changeset *set, FoundList *out)
{
    Arena *arena = directory->arena;
    SourceFile *up = part_cut(arena, whole, set->part);
    up->bytes = up->text;
    up->byte_count = up->length;
    SourceFile *down = cut_rollback(arena, up);
    replace_delimiter(arena, up, attribute(arena, set, "endDelimiter"));
    const char *version = arena_printf(arena, "%s::%s::%s", name, set->id, set->author);
    bool alone = is_false(attribute(arena, set, "runInTransaction"));
    LIST_APPEND(arena, out,
                (Found){
                    .version = version,
                    .version_text = version,
                    .name = "",
                    .up = {.path = whole->path,                       .file = up, .no_transaction = alone},
                    .down = {.path = down != NULL ? whole->path : NULL,
                           .file = down,
                           .no_transaction = alone                                                       },
                    .down_words = "\"--rollback …\" into its changeset"
    });
}

/* A file that cannot be read stands for all that would be in it. */
static void
add_file(LayoutDirectory *directory, size_t entry, FoundList *out)
{
    Arena *arena = directory->arena;
    const char *name = directory->entries.items[entry].name;
    SourceFile *whole = layout_file(directory, entry);
    if (whole->broken != NULL) {
        Found broken = {.version = name, .version_text = name, .name = ""};
        broken.up = (FoundPart){.path = whole->path, .file = whole};
        LIST_APPEND(arena, out, broken);
        return;
    }
    if (!is_changelog(whole))
        return;
    const ChangesetList sets = read_changesets(arena, whole);
    foreach (set, &sets) {
        if (set->author != NULL && is_for_postgresql(arena, set))
            add_changeset(directory, whole, name, set, out);
    }
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (layout_ends(directory, i, ".sql"))
            add_file(directory, i, out);
    }
    return true;
}

const Layout layout_liquibase = {.title = "Liquibase", .claims = claims, .scan = scan};
