/* SPDX-License-Identifier: MIT */
#include "report/markdown_table.h"

#include <string.h>

#include "report/effect_words.h"
#include "report/markdown.h"

/* Bytes of a statement that its cell shows. */
#define MOST_BYTES 60

#define BLANKS " \t\r\n\f\v"

typedef struct MarkdownTable {
    FILE *out;
    Arena *scratch;
    const ExplainedFile *file;
    const ExplainedStatement *shown; /* the last statement whose words were written */
    size_t rows;
    size_t most;
} MarkdownTable;

static bool
is_index(const LockEffect *effect)
{
    return effect->kind == RELATION_INDEX || effect->kind == RELATION_PARTITIONED_INDEX;
}

/* An index is locked along with its table. */
static bool
is_row(const ExplainedStatement *statement, const LockEffect *effect)
{
    if (!effect->existed || effect->level == LOCK_NONE)
        return false;
    bool has_table = false;
    foreach (other, &statement->effects)
        has_table |= other->existed && !is_index(other);
    return !has_table || !is_index(effect);
}

/* That it cannot be parsed is a finding. */
static bool
is_told(const ExplainedStatement *statement)
{
    return strcmp(statement->kind, EXPLAINED_UNPARSED) != 0;
}

size_t
markdown_table_rows(const ExplainedFile *file)
{
    size_t rows = 0;
    foreach (statement, &file->statements) {
        if (!is_told(statement))
            continue;
        rows += statement->error != NULL;
        rows += !statement->known;
        foreach (effect, &statement->effects)
            rows += is_row(statement, effect);
    }
    return rows;
}

static size_t
whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80)
        length--;
    return length;
}

/* The first words, each with one blank before the next. A word that is longer than the cell is cut,
 * though never within a character. */
static void
write_words(const MarkdownTable *table, Span span)
{
    const char *text = table->file->source->text;
    char words[MOST_BYTES + 1];
    size_t length = 0;
    size_t at = span.start;
    while (at < span.end) {
        size_t word = 0;
        while (at + word < span.end && strchr(BLANKS, text[at + word]) == NULL)
            word++;
        size_t blank = length > 0;
        size_t room = length + blank < MOST_BYTES ? MOST_BYTES - length - blank : 0;
        if (word > room && length > 0)
            break;
        size_t taken = word > room ? whole_characters(text + at, room) : word;
        if (length > 0)
            words[length++] = ' ';
        memcpy(words + length, text + at, taken);
        length += taken;
        at += taken;
        if (taken < word)
            break;
        while (at < span.end && strchr(BLANKS, text[at]) != NULL)
            at++;
    }
    markdown_code(table->out, words, length);
    fputs(at < span.end ? " …" : "", table->out);
}

/* The statement stands in the first of its rows. Returns whether there is room for one more. */
static bool
begin_row(MarkdownTable *table, const ExplainedStatement *statement)
{
    if (table->rows++ >= table->most)
        return false;
    if (table->shown == statement) {
        fputs("| | ", table->out);
        return true;
    }
    table->shown = statement;
    fprintf(table->out, "| %zu | ", statement->line);
    write_words(table, statement->span);
    fputc(' ', table->out);
    return true;
}

static void
write_remark(MarkdownTable *table, const ExplainedStatement *statement, const char *label,
             const char *words)
{
    if (!begin_row(table, statement))
        return;
    fprintf(table->out, "| | | | **%s**: ", label);
    markdown_text(table->out, words != NULL ? words : "");
    fputs(" |\n", table->out);
}

static void
write_effect(MarkdownTable *table, const ExplainedStatement *statement, const LockEffect *effect)
{
    if (!begin_row(table, statement))
        return;
    bool hurts = effect_takes_long(effect) && lock_blocks_writes(effect->level);
    const char *bold = hurts ? "**" : "";
    const char *relation = sql_qualified(table->scratch, effect->relation);
    fputs("| ", table->out);
    markdown_text(table->out, relation);
    fprintf(table->out, " | %s | %s%s%s | ", lock_words(effect->level), bold,
            effect_blocks_words(effect->level), bold);
    const char *work = effect_work_words(effect);
    if (work[0] != '\0')
        fprintf(table->out, "%s%s%s ", bold, work, bold);
    fputs("|\n", table->out);
}

void
markdown_table(FILE *out, Arena *scratch, const ExplainedFile *file, size_t most)
{
    MarkdownTable table = {.out = out, .scratch = scratch, .file = file, .most = most};
    fputs("| line | statement | relation | lock | blocks | work |\n|--:|---|---|---|---|---|\n",
          out);
    foreach (statement, &file->statements) {
        if (!is_told(statement))
            continue;
        if (statement->error != NULL)
            write_remark(&table, statement, "refused", statement->error);
        foreach (effect, &statement->effects) {
            if (is_row(statement, effect))
                write_effect(&table, statement, effect);
        }
        if (!statement->known)
            write_remark(&table, statement, "not certain", statement->unknown);
    }
    if (table.rows > most)
        fprintf(out, "\n… and %zu more rows: `lockstep explain` shows all.\n", table.rows - most);
}
