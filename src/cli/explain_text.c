/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/term.h"
#include "base/utf8.h"
#include "base/wrap.h"
#include "cli/explain_report.h"
#include "report/effect_words.h"

#define INDENT 2
#define GAP 2
#define BLOCKS_WIDTH 12
#define WORK_WIDTH 16

typedef struct ExplainText {
    FILE *out;
    Arena *scratch;
    bool colour;
    int width;
    int relation_width; /* of the file at hand */
    int lock_width;
} ExplainText;

typedef struct Row {
    const char *relation;
    const char *lock;
    const char *blocks;
    const char *last;
    TermStyle style; /* of what it blocks and of the last cell */
} Row;

static int
width_of(const char *text)
{
    return (int)utf8_width(text, strlen(text));
}

static const char *
style_of(const ExplainText *text, TermStyle style)
{
    return term_style(text->colour, style);
}

/* ---- the rows of the table */

static Row
effect_row(Arena *scratch, const LockEffect *effect)
{
    Row row = {.relation = sql_qualified(scratch, effect->relation),
               .lock = lock_words(effect->level),
               .blocks = effect_blocks_words(effect->level),
               .last = effect_work_words(effect),
               .style = TERM_PLAIN};
    if (!effect->existed)
        return (Row){row.relation, row.lock, "nobody", "new here", TERM_DIM};
    if (effect_takes_long(effect) && lock_blocks_writes(effect->level))
        row.style = lock_blocks_reads(effect->level) ? TERM_ERROR : TERM_WARNING;
    return row;
}

static void
measure_name(ExplainText *text, QualifiedName relation, LockLevel level)
{
    int name = width_of(sql_qualified(text->scratch, relation));
    int lock = width_of(lock_words(level));
    text->relation_width = name > text->relation_width ? name : text->relation_width;
    text->lock_width = lock > text->lock_width ? lock : text->lock_width;
}

/* One layout for all tables of a file. A name for which there is no room stands on a line alone. */
static void
measure(ExplainText *text, const ExplainedFile *file)
{
    ArenaMark mark = arena_mark(text->scratch);
    text->relation_width = 0;
    text->lock_width = 0;
    foreach (statement, &file->statements) {
        foreach (effect, &statement->effects)
            measure_name(text, effect->relation, effect->level);
    }
    arena_rewind(text->scratch, mark);
    int room =
        text->width - INDENT - GAP - text->lock_width - GAP - BLOCKS_WIDTH - GAP - WORK_WIDTH;
    if (text->relation_width > room)
        text->relation_width = room > 0 ? room : 0;
}

static void
write_styled(const ExplainText *text, const char *words, TermStyle style)
{
    bool styled = style != TERM_PLAIN;
    fputs(styled ? style_of(text, style) : "", text->out);
    utf8_write_visible(text->out, words, strlen(words));
    fputs(styled ? style_of(text, TERM_PLAIN) : "", text->out);
}

/* A negative width is that of the last cell of a row, which needs no blanks behind it. */
static void
write_cell(const ExplainText *text, const char *words, int width, TermStyle style)
{
    write_styled(text, words, style);
    int blank = width - width_of(words) + (width < 0 ? 0 : GAP);
    fprintf(text->out, "%*s", blank > 0 ? blank : 0, "");
}

static void
write_row(const ExplainText *text, const Row *row)
{
    TermStyle quiet = row->style == TERM_DIM ? TERM_DIM : TERM_PLAIN;
    bool has_last = row->last[0] != '\0';
    fprintf(text->out, "%*s", INDENT, "");
    if (width_of(row->relation) > text->relation_width) {
        write_styled(text, row->relation, quiet);
        fprintf(text->out, "\n%*s", INDENT + text->relation_width + GAP, "");
    } else {
        write_cell(text, row->relation, text->relation_width, quiet);
    }
    write_cell(text, row->lock, text->lock_width, quiet);
    write_cell(text, row->blocks, has_last ? BLOCKS_WIDTH : -1, row->style);
    if (has_last)
        write_styled(text, row->last, row->style);
    fputc('\n', text->out);
}

static void
write_titles(const ExplainText *text)
{
    const int widths[] = {text->relation_width, text->lock_width, BLOCKS_WIDTH};
    const char *const titles[] = {"RELATION", "LOCK", "BLOCKS"};
    fprintf(text->out, "%s%*s", style_of(text, TERM_DIM), INDENT, "");
    for (size_t i = 0; i < sizeof titles / sizeof *titles; i++)
        fprintf(text->out, "%-*s%*s", widths[i], titles[i], GAP, "");
    fprintf(text->out, "WORK%s\n", style_of(text, TERM_PLAIN));
}

/* ---- a statement */

/* Its first words: as much as goes on the line behind `column` columns. */
static void
write_first_words(const ExplainText *text, const char *sql, size_t length, int column)
{
    int room = text->width - column - 2;
    size_t at = 0;
    while (at < length) {
        size_t blank = strspn(sql + at, " \t\r\n\f\v");
        at += blank;
        size_t word = strcspn(sql + at, " \t\r\n\f\v");
        word = word > length - at ? length - at : word;
        int columns = (int)utf8_width(sql + at, word) + 1;
        if (columns > room) {
            fputs(" …", text->out);
            return;
        }
        fputc(' ', text->out);
        utf8_write_visible(text->out, sql + at, word);
        room -= columns;
        at += word;
    }
}

/* The path stands above all statements of the file, so that there is room for their words. */
static void
write_header(const ExplainText *text, const ExplainedFile *file,
             const ExplainedStatement *statement)
{
    const char *place = arena_printf(text->scratch, "line %zu", statement->line);
    fprintf(text->out, "%s%s%s ", style_of(text, TERM_BOLD), place, style_of(text, TERM_PLAIN));
    write_first_words(text, file->source->text + statement->span.start,
                      statement->span.end - statement->span.start, width_of(place) + 1);
    fputc('\n', text->out);
}

static void
write_remark(const ExplainText *text, TermStyle style, const char *label, const char *words)
{
    const char *line = words != NULL ? arena_printf(text->scratch, "%s: %s", label, words) : label;
    fprintf(text->out, "%*s%s", INDENT, "", style_of(text, style));
    wrap_text(text->out, line, INDENT, 2 * INDENT, text->width);
    fputs(style_of(text, TERM_PLAIN), text->out);
}

static void
write_effects(const ExplainText *text, const ExplainedStatement *statement)
{
    foreach (effect, &statement->effects) {
        const Row row = effect_row(text->scratch, effect);
        write_row(text, &row);
        if (effect->existed && effect_takes_long(effect) && effect->reason != NULL) {
            fprintf(text->out, "%*s%s", 2 * INDENT, "", style_of(text, TERM_DIM));
            wrap_text(text->out, effect->reason, 2 * INDENT, 2 * INDENT, text->width);
            fputs(style_of(text, TERM_PLAIN), text->out);
        }
    }
}

static void
write_statement(const ExplainText *text, const ExplainedFile *file,
                const ExplainedStatement *statement)
{
    write_header(text, file, statement);
    if (statement->error != NULL)
        write_remark(text, TERM_ERROR, "refused", statement->error);
    write_effects(text, statement);
    if (statement->effects.count == 0 && statement->known)
        write_remark(text, TERM_DIM, "locks no relation", NULL);
    if (!statement->known)
        write_remark(text, TERM_WARNING, "not certain", statement->unknown);
    if (!statement->in_transaction && statement->effects.count > 0 && statement->error == NULL)
        write_remark(text, TERM_DIM, "runs alone, outside of a transaction", NULL);
    fputc('\n', text->out);
}

/* ---- the end of a transaction */

/* An index is held along with its table; what only stops DDL of the same table stops nobody. */
static bool
is_worth_telling(const KeptLock *lock)
{
    return lock->existed && lock->until == 0 && lock->level >= LOCK_SHARE_UPDATE_EXCLUSIVE &&
           lock->kind != RELATION_INDEX && lock->kind != RELATION_PARTITIONED_INDEX;
}

static void
write_held(const ExplainText *text, const ExplainedTransaction *transaction)
{
    bool first = true;
    foreach (lock, &transaction->held) {
        if (!is_worth_telling(lock))
            continue;
        if (first)
            write_remark(text, TERM_BOLD, "held until this transaction ends", NULL);
        first = false;
        const Row row = {
            .relation = sql_qualified(text->scratch, lock->relation),
            .lock = lock_words(lock->level),
            .blocks = effect_blocks_words(lock->level),
            .last = arena_printf(text->scratch, "since line %zu", lock->since_line),
        };
        write_row(text, &row);
    }
    if (!first)
        fputc('\n', text->out);
}

static void
write_file(ExplainText *text, const ExplainedFile *file)
{
    if (file->source->broken != NULL) {
        write_remark(text, TERM_ERROR, file->source->path, file->source->broken);
        return;
    }
    measure(text, file);
    write_styled(text, file->source->path, TERM_BOLD);
    fputc('\n', text->out);
    if (text->lock_width > 0)
        write_titles(text);
    fputc('\n', text->out);
    const ExplainedTransaction *next = file->transactions.items;
    const ExplainedTransaction *end = next == NULL ? NULL : next + file->transactions.count;
    foreach (statement, &file->statements) {
        ArenaMark mark = arena_mark(text->scratch);
        write_statement(text, file, statement);
        bool has_tag = statement->span.end > statement->span.start;
        for (; next < end && has_tag && next->last <= statement->number; next++) {
            if (next->last > next->first)
                write_held(text, next);
        }
        arena_rewind(text->scratch, mark);
    }
}

void
explain_text(FILE *out, const ExplainResult *result, bool colour, int width)
{
    ExplainText text = {.out = out, .scratch = arena_new(), .colour = colour, .width = width};
    foreach (file, &result->files)
        write_file(&text, file);
    arena_free(text.scratch);
}
