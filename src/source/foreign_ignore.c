/* SPDX-License-Identifier: MIT */
#include "source/foreign_ignore.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

typedef enum Linter {
    LINTER_SQUAWK,
    LINTER_EUGENE,
    LINTER_PGFENCE,
    LINTER_PGLS,
    LINTER_ATLAS
} Linter;

static const struct Row {
    Linter linter;
    const char *theirs;
    const char *ours;
} rows[] = {
#define FOREIGN(linter, theirs, ours) {LINTER_##linter, theirs, ours},
#include "source/foreign_ignores.def"
#undef FOREIGN
};

#define ROW_COUNT (sizeof rows / sizeof *rows)

typedef enum Reach {
    REACH_STATEMENT,
    REACH_HEAD, /* the statement; the file where it stands at its top, with an empty line behind */
    REACH_FILE,
    REACH_BEGIN, /* until an end with the same rules */
    REACH_END
} Reach;

/* A mark that is the beginning of another one stands behind it. */
static const struct Mark {
    const char *word;
    Linter linter;
    Reach reach;
    const char *all; /* this name, too, stands for all its rules; or NULL */
    bool needs_name; /* without a name it means nothing over there; else all rules */
} marks[] = {
    {"squawk-ignore-file", LINTER_SQUAWK,  REACH_FILE,      NULL,     false},
    {"squawk-ignore",      LINTER_SQUAWK,  REACH_STATEMENT, NULL,     false},
    {"eugene: ignore",     LINTER_EUGENE,  REACH_STATEMENT, NULL,     false},
    {"pgfence-ignore",     LINTER_PGFENCE, REACH_STATEMENT, NULL,     false},
    {"pgfence: ignore",    LINTER_PGFENCE, REACH_STATEMENT, NULL,     false},
    {"pgls-ignore-all",    LINTER_PGLS,    REACH_FILE,      "safety", true },
    {"pgls-ignore-start",  LINTER_PGLS,    REACH_BEGIN,     "safety", true },
    {"pgls-ignore-end",    LINTER_PGLS,    REACH_END,       "safety", true },
    {"pgls-ignore",        LINTER_PGLS,    REACH_STATEMENT, "safety", true },
    {"pglt-ignore",        LINTER_PGLS,    REACH_STATEMENT, "safety", true },
    {"pgt-ignore-all",     LINTER_PGLS,    REACH_FILE,      "safety", true },
    {"pgt-ignore-start",   LINTER_PGLS,    REACH_BEGIN,     "safety", true },
    {"pgt-ignore-end",     LINTER_PGLS,    REACH_END,       "safety", true },
    {"pgt-ignore",         LINTER_PGLS,    REACH_STATEMENT, "safety", true },
    {"atlas:nolint",       LINTER_ATLAS,   REACH_HEAD,      NULL,     false},
};

typedef struct Scan {
    Arena *arena;
    const char *text;
    size_t length;
    const Script *script;
    ForeignIgnoreList *out;
} Scan;

const char *
foreign_ignore_ours(size_t row)
{
    return row < ROW_COUNT ? rows[row].ours : NULL;
}

/* ---- which rules */

static void
add_rules(const Scan *scan, Linter linter, const char *theirs, StringList *out)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (rows[i].linter == linter &&
            (theirs == NULL || strcasecmp(rows[i].theirs, theirs) == 0) &&
            !string_list_has(out, rows[i].ours))
            LIST_APPEND(scan->arena, out, rows[i].ours);
    }
}

static bool
is_of_name(char byte)
{
    return isalnum((unsigned char)byte) || byte == '-' || byte == '_' || byte == '/';
}

/* The names up to the reason, which "--" or a colon begins. A name may have its group before it. */
static StringList
read_names(const Scan *scan, const struct Mark *mark, size_t at)
{
    StringList out = {0};
    bool is_named = false;
    at += at < scan->length && scan->text[at] == ':';
    for (;;) {
        while (at < scan->length && strchr(" \t,", scan->text[at]) != NULL)
            at++;
        size_t end = at;
        while (end < scan->length && is_of_name(scan->text[end]))
            end++;
        if (end == at || scan->text[at] == '-')
            break;
        is_named = true;
        const char *name = arena_strndup(scan->arena, scan->text + at, end - at);
        const char *slash = strrchr(name, '/');
        name = slash != NULL ? slash + 1 : name;
        bool is_all =
            mark->all != NULL && (strcmp(name, mark->all) == 0 || strcmp(name, "lint") == 0);
        add_rules(scan, mark->linter, is_all ? NULL : name, &out);
        at = end;
    }
    if (!is_named && !mark->needs_name)
        add_rules(scan, mark->linter, NULL, &out);
    return out;
}

/* ---- which statements */

static bool
is_same_line(const Scan *scan, size_t from, size_t to)
{
    return memchr(scan->text + from, '\n', to - from) == NULL;
}

/* The statement that the place is in front of, inside of, or behind on the same line. */
static size_t
statement_at(const Scan *scan, size_t at)
{
    const StatementList *statements = &scan->script->statements;
    size_t index = 0;
    while (index < statements->count && statements->items[index].span.end <= at)
        index++;
    const bool is_inside = index < statements->count && statements->items[index].span.start <= at;
    if (index > 0 && !is_inside && is_same_line(scan, statements->items[index - 1].span.end, at))
        return index - 1;
    return index;
}

/* Whether an empty line ends the comments that the place is among, and nothing but comments stands
 * before. */
static bool
is_head(const Scan *scan, size_t at)
{
    if (scan->script->statements.count > 0 && at > scan->script->statements.items[0].span.start)
        return false;
    const char *line = scan->text + at;
    while ((line = strchr(line, '\n')) != NULL) {
        line++;
        line += strspn(line, " \t\r");
        if (strncmp(line, "--", 2) != 0)
            return *line == '\n';
    }
    return false;
}

static void
add(const Scan *scan, const struct Mark *mark, const StringList *ours, size_t first, size_t end)
{
    const char *name = arena_strndup(scan->arena, mark->word, strcspn(mark->word, " "));
    if (mark->linter == LINTER_EUGENE || strchr(mark->word, ' ') != NULL)
        name = mark->word;
    LIST_APPEND(scan->arena, scan->out, (ForeignIgnore){name, *ours, first, end});
}

static bool
has_same_rules(const StringList *one, const StringList *other)
{
    for (size_t i = 0; i < one->count && i < other->count; i++) {
        if (strcmp(one->items[i], other->items[i]) != 0)
            return false;
    }
    return one->count == other->count;
}

/* Ends the nearest one that is still open, which concerns the rest of the file so far. */
static void
end_range(const Scan *scan, const StringList *ours, size_t statement)
{
    const size_t all = scan->script->statements.count + 1;
    for (size_t i = scan->out->count; i-- > 0;) {
        ForeignIgnore *open = &scan->out->items[i];
        if (strstr(open->mark, "-start") == NULL || open->end != all ||
            !has_same_rules(&open->rules, ours))
            continue;
        open->end = statement;
        return;
    }
}

static void
take(const Scan *scan, const struct Mark *mark, size_t at)
{
    const StringList ours = read_names(scan, mark, at + strlen(mark->word));
    if (ours.count == 0)
        return;
    const size_t all = scan->script->statements.count + 1;
    const size_t statement = statement_at(scan, at);
    switch (mark->reach) {
    case REACH_HEAD:
    case REACH_STATEMENT:
        if (mark->reach == REACH_HEAD && is_head(scan, at))
            add(scan, mark, &ours, 0, all);
        else
            add(scan, mark, &ours, statement, statement + 1);
        return;
    case REACH_FILE:
        add(scan, mark, &ours, 0, all);
        return;
    case REACH_BEGIN:
        add(scan, mark, &ours, statement, all);
        return;
    case REACH_END:
        end_range(scan, &ours, statement);
        return;
    }
}

static const struct Mark *
mark_at(const Scan *scan, size_t at)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if ((scan->text[at] | 0x20) != *marks[i].word)
            continue;
        const size_t length = strlen(marks[i].word);
        if (at + length <= scan->length &&
            strncasecmp(scan->text + at, marks[i].word, length) == 0 &&
            !is_of_name(scan->text[at + length]))
            return &marks[i];
    }
    return NULL;
}

/* A mark is a comment's first word. */
static void
take_comment(const Scan *scan, const char *dashes)
{
    size_t at = (size_t)(dashes + 2 - scan->text);
    while (at < scan->length && (scan->text[at] == ' ' || scan->text[at] == '\t'))
        at++;
    const struct Mark *mark = at < scan->length ? mark_at(scan, at) : NULL;
    if (mark != NULL)
        take(scan, mark, at);
}

static void
scan_comments(const Scan *scan, const char *opening)
{
    const char *end = scan->text + scan->length;
    const char *at = scan->text;
    while ((at = memchr(at, *opening, (size_t)(end - at))) != NULL) {
        if (at[1] == opening[1])
            take_comment(scan, at);
        at++;
    }
}

ForeignIgnoreList
foreign_ignore_scan(Arena *arena, const char *text, size_t length, const Script *script)
{
    ForeignIgnoreList list = {0};
    const Scan scan = {
        .arena = arena, .text = text, .length = length, .script = script, .out = &list};
    scan_comments(&scan, "--");
    scan_comments(&scan, "/*");
    return list;
}
