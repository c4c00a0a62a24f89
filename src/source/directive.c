/* SPDX-License-Identifier: MIT */
#include "source/directive.h"

#include <string.h>

#include "source/directive_read.h"

/* The text between two statements. */
typedef struct Gap {
    Arena *arena;
    const char *text;
    const Script *script;
    size_t statement; /* the one that follows */
    size_t end;
    DirectiveList *out;
} Gap;

static bool
begins(const Gap *gap, size_t at, const char *two)
{
    return at + 1 < gap->end && gap->text[at] == two[0] && gap->text[at + 1] == two[1];
}

static size_t
line_end(const Gap *gap, size_t at)
{
    const char *newline = memchr(gap->text + at, '\n', gap->end - at);
    return newline == NULL ? gap->end : (size_t)(newline - gap->text);
}

/* Block comments nest. */
static size_t
block_end(const Gap *gap, size_t at)
{
    size_t depth = 0;
    while (at < gap->end) {
        if (begins(gap, at, "/*")) {
            depth++;
            at += 2;
        } else if (begins(gap, at, "*/")) {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            at++;
        }
    }
    return gap->end;
}

static bool
stands_alone(const char *text, size_t at)
{
    while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
        at--;
    return at == 0 || text[at - 1] == '\n';
}

/* Most comments are of somebody else: a directive begins with our name. */
static bool
may_be_directive(const Gap *gap, size_t at)
{
    at += 2;
    while (at < gap->end && text_is_space(gap->text[at]))
        at++;
    return at < gap->end && (gap->text[at] | 0x20) == 'l';
}

/* Nothing but the first line of a block comment can be mistaken for a directive. */
static void
scan_comment(const Gap *gap, size_t at)
{
    if (!may_be_directive(gap, at))
        return;
    size_t end = line_end(gap, at);
    if (end > at && gap->text[end - 1] == '\r')
        end--;

    Directive directive = {
        .span = {at, end},
          .statement = gap->statement
    };
    if (!directive_read(gap->arena, gap->text, gap->script, &directive))
        return;
    if (gap->text[at] == '/')
        directive.problem = "it stands in a block comment: write it as \"-- lockstep: …\"";
    else if (!stands_alone(gap->text, at))
        directive.problem = "it stands behind something else: give it a line of its own";
    if (directive.problem != NULL)
        directive.kind = DIRECTIVE_MALFORMED;
    LIST_APPEND(gap->arena, gap->out, directive);
}

static inline size_t
skip_between(const Gap *gap, size_t at)
{
    while (at < gap->end && (text_is_space(gap->text[at]) || gap->text[at] == ';'))
        at++;
    return at;
}

/* Between statements lie blanks, comments, semicolons and the lines of psql, which are stepped over
 * whole. */
static void
scan_gap(const Gap *gap, size_t at)
{
    while ((at = skip_between(gap, at)) < gap->end) {
        if (begins(gap, at, "--")) {
            scan_comment(gap, at);
            at = line_end(gap, at);
        } else if (begins(gap, at, "/*")) {
            scan_comment(gap, at);
            at = block_end(gap, at);
        } else {
            at = line_end(gap, at);
        }
    }
}

DirectiveList
directive_scan(Arena *arena, const char *text, const Script *script)
{
    DirectiveList list = {0};
    Gap gap = {.arena = arena, .text = text, .script = script, .out = &list};
    foreach (statement, &script->statements) {
        gap.statement = (size_t)(statement - script->statements.items);
        gap.end = statement->leading.end;
        const size_t first = skip_between(&gap, statement->leading.start);
        if (first < gap.end)
            scan_gap(&gap, first);
    }

    gap.statement = script->statements.count;
    if (script->errors.count == 0) {
        gap.end = script->trailing.end;
        scan_gap(&gap, script->trailing.start);
    } else if (gap.statement == 0) {
        /* Nobody knows where the broken statement ends, but what stands at the top is for the file.
         */
        gap.end = text_skip_blank(text, script->errors.items[0].span.start);
        scan_gap(&gap, 0);
    }
    return list;
}

bool
directive_has(const DirectiveList *directives, DirectiveKind kind)
{
    foreach (directive, directives) {
        if (directive->kind == kind)
            return true;
    }
    return false;
}
