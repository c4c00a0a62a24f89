/* SPDX-License-Identifier: MIT */
#include "parse.h"

#include <string.h>

#include "blank_out.h"
#include "log_lines.h"
#include "lower.h"
#include "psql_lines.h"
#include "scan.h"
#include "template.h"

/* A file that is not SQL at all would give nothing but noise. */
#define ERROR_LIMIT ((size_t)20)
#define ERRORS_IN_A_ROW ((size_t)5)
#define MESSAGE_LIMIT ((size_t)160)

/* A file on its way through the parser. */
typedef struct Parse {
    Arena *arena;
    Arena *scratch;
    Script *script;
    const char *text; /* the caller's, or our copy with blanks where it is not SQL */
    char *own;        /* the copy, once somebody wants to write in it; else NULL */
    size_t length;
    CopyBlockList blocks;
    size_t next_block;    /* the first that no statement has taken yet */
    size_t passed_blocks; /* lie in front of the last statement */
    size_t done;          /* behind the last statement and its semicolon */
    size_t dashes;        /* the first two at or behind the statement that was last looked at */
    size_t errors_in_a_row;
    PreparedList prepared;
    bool adds_labels; /* to an enum, before this */
    ParseDepth depth;
} Parse;

/* What the grammar said to a piece of the text. */
typedef struct Refusal {
    const char *message;
    size_t place; /* offset in the text; the piece's start where the parser names none */
} Refusal;

static char *own_text(Parse *parse);
static void parse_pieces(Parse *parse);
static void refuse_named_template(Parse *parse);
static bool parse_piece(Parse *parse, size_t start, size_t end, Refusal *refusal);
static Refusal read_error(Parse *parse, const PgQueryError *error, size_t start, size_t end);
static const char *short_message(Arena *arena, const char *message);
static size_t byte_of_character(const char *text, size_t start, size_t end, int character);
static size_t next_semicolon(const Parse *parse, size_t place);
static void add_error(Parse *parse, const Refusal *refusal, size_t end);
static bool note_too_many(Parse *parse, size_t rest);
static void add_statements(Parse *parse, const List *trees, size_t start, size_t end);
static void add_statement(Parse *parse, Lower *lower, const RawStmt *tree, size_t end);
static Span statement_span(Parse *parse, size_t start, size_t end);
static Span leading_gap(Parse *parse, size_t start);
static void take_copy_data(Parse *parse, Statement *statement, size_t semicolon);

Script *
parse_script(Arena *arena, const char *text, size_t length)
{
    Arena *scratch = arena_new();
    Script *script = parse_script_to(arena, scratch, text, length, PARSE_WHOLE);

    arena_free(scratch);
    return script;
}

Script *
parse_script_to(Arena *arena, Arena *scratch, const char *text, size_t length, ParseDepth depth)
{
    const ArenaMark mark = arena_mark(scratch);
    Parse parse = {
        .arena = arena,
        .scratch = scratch,
        .script = ARENA_NEW(arena, Script),
        .text = text,
        .length = length,
        .depth = depth,
    };

    BlankedOut blanked = {0};
    if (blank_out_concerns(text, length))
        blanked = blank_out(parse.scratch, own_text(&parse), length);
    parse.blocks = blanked.blocks;
    /* While the code of a DO is read, its pieces are ended and its words replaced. */
    if (memchr(text, '$', length) != NULL)
        (void)own_text(&parse);

    parse_pieces(&parse);
    refuse_named_template(&parse);
    psql_lines_judge(arena, parse.script, text, &blanked.psql_lines);

    parse.script->trailing = leading_gap(&parse, length);
    arena_rewind(scratch, mark);
    return parse.script;
}

/* Most files are parsed as they are. */
static char *
own_text(Parse *parse)
{
    if (parse->own == NULL)
        parse->text = parse->own = arena_strndup(parse->scratch, parse->text, parse->length);
    return parse->own;
}

static void
add_template(Parse *parse, const char *text, Span template, const char *why)
{
    size_t length = strcspn(text + template.start, "\r\n");
    if (length > template.end - template.start)
        length = template.end - template.start;
    SyntaxError error = {.span = template, .is_template = true};
    error.message = arena_printf(parse->arena, "%.*s is filled in by another program: %s",
                                 (int)length, text + template.start, why);
    LIST_APPEND(parse->arena, &parse->script->errors, error);
}

/* The statements are read as if the templates were names. */
static bool
refuse_template(Parse *parse)
{
    Span first;
    const char *original = arena_strndup(parse->scratch, parse->text, parse->length);

    if (!template_fill(own_text(parse), parse->length, &first))
        return false;
    parse->script->filled = arena_strndup(parse->arena, parse->text, parse->length);
    add_template(parse, original, first, "PostgreSQL cannot run the file as it is");
    return true;
}

/* One finding for all templates of a file is enough. */
static void
refuse_named_template(Parse *parse)
{
    Span first;

    if (parse->script->filled == NULL && template_in_name(parse->text, parse->length, &first))
        add_template(parse, parse->text, first, "PostgreSQL takes it for the name itself");
}

/* The statements of a log are read, with what is around them blanked. */
static bool
refuse_log(Parse *parse)
{
    Span first;

    if (!log_fill(own_text(parse), parse->length, &first))
        return false;
    SyntaxError error = {
        .span = first,
        .message = "this is what Rails prints while it migrates, not a file of SQL: the statements "
                   "in it are read, if there are any (db/structure.sql has the whole schema)"};
    LIST_APPEND(parse->arena, &parse->script->errors, error);
    return true;
}

/*
 * All at once when all is well. Otherwise the parser gives nothing, not even what stands before the
 * error: then statement by statement, as our own scanner tells them apart.
 */
static void
parse_pieces(Parse *parse)
{
    Refusal refusal;
    size_t at = 0;

    if (parse_piece(parse, 0, parse->length, &refusal))
        return;
    if (refuse_log(parse) && parse_piece(parse, 0, parse->length, &refusal))
        return;
    if (refuse_template(parse) && parse_piece(parse, 0, parse->length, &refusal))
        return;
    while (at < parse->length) {
        bool closed;
        size_t end = scan_statement_end(parse->text, at, parse->length, &closed);

        if (!parse_piece(parse, at, end, &refusal)) {
            if (!closed)
                end = next_semicolon(parse, refusal.place);
            add_error(parse, &refusal, end);
            if (note_too_many(parse, end))
                return;
        }
        at = end;
    }
}

/* Adds the statements of text[start, end), or says why not. */
static bool
parse_piece(Parse *parse, size_t start, size_t end, Refusal *refusal)
{
    MemoryContext context = pg_query_enter_memory_context();
    char *cut = end < parse->length ? own_text(parse) + end : NULL;
    const char behind = cut != NULL ? *cut : '\0';

    if (cut != NULL)
        *cut = '\0';
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse(parse->text + start, 0);
    if (cut != NULL)
        *cut = behind;

    bool accepted = result.error == NULL;
    if (accepted)
        add_statements(parse, result.tree, start, end);
    else
        *refusal = read_error(parse, result.error, start, end);
    if (!accepted)
        pg_query_free_error(result.error);
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
    return accepted;
}

static Refusal
read_error(Parse *parse, const PgQueryError *error, size_t start, size_t end)
{
    Refusal refusal = {.message = short_message(parse->arena, error->message), .place = start};

    if (error->cursorpos > 0)
        refusal.place = byte_of_character(parse->text, start, end, error->cursorpos);
    return refusal;
}

/* `unterminated … at or near "` is followed by the rest of the file. */
static const char *
short_message(Arena *arena, const char *message)
{
    size_t length = strcspn(message, "\r\n");

    if (length > MESSAGE_LIMIT)
        length = MESSAGE_LIMIT;
    if (message[length] == '\0')
        return arena_strdup(arena, message);
    while (length > 0 && ((unsigned char)message[length] & 0xC0) == 0x80)
        length--;
    return arena_printf(arena, "%.*s…\"", (int)length, message);
}

/* `character` counts from 1, in characters of UTF-8. */
static size_t
byte_of_character(const char *text, size_t start, size_t end, int character)
{
    size_t at = start;

    while (at < end && character > 1) {
        at++;
        while (at < end && ((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
        character--;
    }
    return at;
}

/* Where the statement ends that is broken at `place` and leaves a bracket or quote open. */
static size_t
next_semicolon(const Parse *parse, size_t place)
{
    ScanToken token = scan_token(parse->text, place, parse->length);

    while (token.kind != TOKEN_SEMICOLON && token.kind != TOKEN_END)
        token = scan_token(parse->text, token.span.end, parse->length);
    return token.span.end;
}

static void
add_error(Parse *parse, const Refusal *refusal, size_t end)
{
    SyntaxError error = {.message = refusal->message};
    ScanToken token = scan_token(parse->text, refusal->place, end);

    error.span = token.span;
    if (token.kind == TOKEN_END)
        error.span.start = error.span.end = parse->length;

    /* A string that is not closed goes on for the rest of the file. */
    const char *line =
        memchr(parse->text + error.span.start, '\n', error.span.end - error.span.start);
    if (line != NULL)
        error.span.end = (size_t)(line - parse->text);
    LIST_APPEND(parse->arena, &parse->script->errors, error);
    parse->errors_in_a_row++;
    parse->done = end;
}

/* Whether it is time to stop reading at `rest`; the last message then says so. */
static bool
note_too_many(Parse *parse, size_t rest)
{
    SyntaxErrorList *errors = &parse->script->errors;

    if (errors->count < ERROR_LIMIT && parse->errors_in_a_row < ERRORS_IN_A_ROW)
        return false;
    if (scan_token(parse->text, rest, parse->length).kind == TOKEN_END)
        return false;
    SyntaxError *last = &errors->items[errors->count - 1];
    last->message = arena_printf(parse->arena, "%s; too many errors, the file is not read further",
                                 last->message);
    return true;
}

static void
add_statements(Parse *parse, const List *trees, size_t start, size_t end)
{
    StatementList *statements = &parse->script->statements;
    Lower lower = {.arena = parse->arena,
                   .scratch = parse->scratch,
                   .text = parse->text,
                   .own_text = parse->own,
                   .base = start,
                   .prepared = &parse->prepared,
                   .adds_labels = &parse->adds_labels,
                   .depth = parse->depth};

    if (trees == NIL)
        return;
    if (statements->items == NULL) {
        statements->capacity = (size_t)list_length(trees);
        statements->items =
            arena_reserve(parse->arena, statements->capacity * sizeof *statements->items);
    }
    EACH_NODE (RawStmt, tree, trees) {
        const ArenaMark mark = arena_mark(parse->scratch);
        LIST_APPEND(parse->arena, statements, (Statement){0});
        lower.statement = &statements->items[statements->count - 1];
        add_statement(parse, &lower, tree, end);
        arena_rewind(parse->scratch, mark);
    }
    parse->errors_in_a_row = 0;
}

/* `lower->base` and `end` are those of the piece in which the tree's positions count. */
static void
add_statement(Parse *parse, Lower *lower, const RawStmt *tree, size_t end)
{
    Statement *statement = lower->statement;
    size_t from = lower->base + (size_t)(tree->stmt_location > 0 ? tree->stmt_location : 0);
    size_t to = tree->stmt_len > 0 ? from + (size_t)tree->stmt_len : end;

    statement->span = statement_span(parse, from, to);
    /* A semicolon that stands for itself is in no tree. */
    statement->leading = from > parse->done || parse->blocks.count > 0
                             ? leading_gap(parse, statement->span.start)
                             : (Span){parse->done, statement->span.start};
    take_copy_data(parse, statement, to);
    lower_statement(lower, tree->stmt);
    bool closed = to < parse->length && parse->text[to] == ';';
    parse->done = closed ? to + 1 : statement->span.end;
}

/* Whether text[start, end) has two dashes; what is asked for comes later each time. */
static bool
has_dashes(Parse *parse, size_t start, size_t end)
{
    while (parse->dashes < start) {
        const char *dash = memchr(parse->text + start, '-', parse->length - start);
        while (dash != NULL && dash[1] != '-')
            dash = memchr(dash + 1, '-', parse->length - (size_t)(dash + 1 - parse->text));
        parse->dashes = dash != NULL ? (size_t)(dash - parse->text) : parse->length;
    }
    return parse->dashes < end;
}

static bool
last_line_has_comment(const char *text, size_t start, size_t end)
{
    const char *newline = memrchr(text + start, '\n', end - start);

    return scan_may_have_comment(text, newline != NULL ? (size_t)(newline - text) : start, end);
}

/* The parser counts comments around a statement in. */
static Span
statement_span(Parse *parse, size_t start, size_t end)
{
    const char *text = parse->text;
    size_t from = start + text_skip_blank(text + start, end - start);
    size_t to = end;

    while (to > from && text_is_space(text[to - 1]))
        to--;
    bool may_end_in_comment =
        (to - from >= 2 && memcmp(text + to - 2, "*/", 2) == 0) ||
        (has_dashes(parse, from, to) && last_line_has_comment(text, from, to));
    return may_end_in_comment ? scan_trim(text, from, to) : (Span){from, to};
}

/* From the last statement to `start`, behind COPY data and semicolons that stand for themselves. */
static Span
leading_gap(Parse *parse, size_t start)
{
    const CopyBlockList *blocks = &parse->blocks;
    size_t from = parse->done;

    for (; parse->passed_blocks < blocks->count; parse->passed_blocks++) {
        size_t after = blocks->items[parse->passed_blocks].after;
        if (after > start)
            break;
        from = after > from ? after : from;
    }
    if (from >= start || memchr(parse->text + from, ';', start - from) == NULL)
        return (Span){from, start};
    ScanToken token = scan_token(parse->text, from, start);
    while (token.kind == TOKEN_SEMICOLON) {
        from = token.span.end;
        token = scan_token(parse->text, from, start);
    }
    return (Span){from, start};
}

static void
take_copy_data(Parse *parse, Statement *statement, size_t semicolon)
{
    while (parse->next_block < parse->blocks.count) {
        const CopyBlock *block = &parse->blocks.items[parse->next_block];
        if (block->semicolon > semicolon)
            return;
        parse->next_block++;
        if (block->semicolon == semicolon)
            statement->copy_data = block->data;
    }
}

int
parse_grammar_version(void)
{
    return PG_VERSION_NUM / 10000;
}

const char *
parse_grammar_version_words(void)
{
    return PG_VERSION;
}
