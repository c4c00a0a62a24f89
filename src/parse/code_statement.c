/* SPDX-License-Identifier: MIT */
/* One statement or expression of a body: from its text to operations. */
#include <string.h>

#include "code.h"
#include "scan.h"

#define DYNAMIC_TEXT_UNKNOWN "EXECUTE of a text that is only known at run time"
#define STATEMENT_UNREADABLE "a statement of the code cannot be read"

/* What is parsed: a piece of the body, or a text that the body puts together. */
typedef struct Piece {
    char *text;
    Span span;
    const char *own_text; /* CodeStatement.text */
    Span place;           /* where a text of its own stands; of the piece's own spans else */
} Piece;

void
code_doubt(CodeReader *reader, const char *what)
{
    if (reader->code->unknown == NULL)
        reader->code->unknown = what;
}

static PgQueryInternalParsetreeAndError
parse(const Piece *piece, int mode)
{
    char behind = piece->text[piece->span.end];

    piece->text[piece->span.end] = '\0';
    PgQueryInternalParsetreeAndError result =
        pg_query_raw_parse(piece->text + piece->span.start, mode);
    piece->text[piece->span.end] = behind;
    free(result.stderr_buffer);
    if (result.error != NULL)
        pg_query_free_error(result.error);
    return result;
}

/* Whether an evaluation does nothing that anybody could see. */
static bool
is_idle(const Statement *statement)
{
    foreach (op, &statement->ops) {
        if (op->kind != OP_SELECT || op->data.query != NULL || op->data.functions.count > 0)
            return false;
    }
    return true;
}

static void
add_tree(CodeReader *reader, const Piece *piece, const RawStmt *tree)
{
    size_t from = piece->span.start + (size_t)(tree->stmt_location > 0 ? tree->stmt_location : 0);
    size_t to = tree->stmt_len > 0 ? from + (size_t)tree->stmt_len : piece->span.end;
    CodeStatement added = {.text = piece->own_text};
    PreparedList prepared = {0};
    Lower lower = {.arena = reader->arena,
                   .prepared = &prepared,
                   .scratch = reader->scratch,
                   .text = piece->text,
                   .own_text = piece->text,
                   .base = piece->span.start,
                   .statement = &added.statement,
                   .code_depth = reader->depth,
                   .adds_labels = reader->adds_labels,
                   .depth = reader->parse_depth};

    added.statement.span = scan_trim(piece->text, from, to);
    added.place = piece->own_text != NULL ? piece->place : added.statement.span;
    lower_statement(&lower, tree->stmt);
    if (!is_idle(&added.statement))
        LIST_APPEND(reader->arena, &reader->code->statements, added);
}

static void
add_piece(CodeReader *reader, const Piece *piece, int mode)
{
    PgQueryInternalParsetreeAndError result = parse(piece, mode);

    if (result.error != NULL) {
        code_doubt(reader, STATEMENT_UNREADABLE);
        return;
    }
    EACH_NODE (RawStmt, tree, result.tree)
        add_tree(reader, piece, tree);
}

static size_t
skip_indices(const char *text, size_t at, size_t limit)
{
    ScanToken token = scan_token(text, at, limit);
    Span inside;

    while (token.kind == TOKEN_OPEN && text[token.span.start] == '[') {
        if (!scan_brackets(text, token.span.start, limit, &inside, &at))
            return limit;
        token = scan_token(text, at, limit);
    }
    return at;
}

/* Behind `target [, …]` of an INTO. */
static size_t
skip_targets(const char *text, size_t at, size_t limit)
{
    ScanToken token = scan_token(text, at, limit);

    if (scan_is_word(text, token, "strict"))
        at = token.span.end;
    for (;;) {
        at = skip_indices(text, scan_after_name(text, at, limit), limit);
        token = scan_token(text, at, limit);
        if (token.kind != TOKEN_COMMA)
            return at;
        at = token.span.end;
    }
}

/* The variables of INTO are no part of the query. INSERT INTO and MERGE INTO are, and the schema of
 * IMPORT FOREIGN SCHEMA (pl_gram.y, make_execsql_stmt). */
static void
blank_into(char *text, Span piece, ScanToken first)
{
    bool own = false;
    ScanToken token = first;

    if (scan_is_word(text, first, "import"))
        return;
    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, piece.end)) {
        if (scan_is_word(text, token, "into") && !own) {
            size_t end = skip_targets(text, token.span.end, piece.end);
            memset(text + token.span.start, ' ', end - token.span.start);
            token.span.end = end;
        }
        own = scan_is_word(text, token, "insert") || scan_is_word(text, token, "merge");
    }
}

void
code_add_sql(CodeReader *reader, Span piece)
{
    add_piece(reader, &(Piece){.text = reader->text, .span = piece}, PG_QUERY_PARSE_DEFAULT);
}

/* Stand in front of brackets without calling anything. */
static const char *const not_called[] = {
    "all",  "and",       "any",     "as",     "coalesce", "exists", "except", "from",
    "in",   "intersect", "lateral", "not",    "on",       "or",     "select", "some",
    "then", "union",     "using",   "values", "when",     "where",
};

static bool
may_be_called(const char *text, ScanToken name)
{
    for (size_t i = 0; i < sizeof not_called / sizeof *not_called; i++) {
        if (scan_is_word(text, name, not_called[i]))
            return false;
    }
    return name.kind == TOKEN_WORD || name.kind == TOKEN_QUOTED_NAME;
}

/* Whether an evaluation may do more than compute: without brackets nothing is called, and nothing
 * is read, but for `FROM`: `x := a FROM t`. What is only read is left out by PARSE_SCHEMA. */
static bool
may_act(const CodeReader *reader, Span piece)
{
    const bool wants_reads = reader->parse_depth == PARSE_WHOLE;
    const char *text = reader->text;
    ScanToken before = {0};
    ScanToken token = scan_token(text, piece.start, piece.end);

    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, piece.end)) {
        const bool opens = token.kind == TOKEN_OPEN;
        if (opens &&
            (wants_reads || (text[token.span.start] == '(' && may_be_called(text, before))))
            return true;
        if (wants_reads && scan_is_word(text, token, "from"))
            return true;
        before = token;
    }
    return false;
}

void
code_add_statement(CodeReader *reader, Span piece)
{
    const ScanToken first = scan_token(reader->text, piece.start, piece.end);

    blank_into(reader->text, piece, first);
    if (reader->parse_depth == PARSE_WHOLE || !scan_is_word(reader->text, first, "select") ||
        may_act(reader, piece))
        code_add_sql(reader, piece);
}

void
code_add_expression(CodeReader *reader, Span piece)
{
    if (may_act(reader, piece))
        add_piece(reader, &(Piece){.text = reader->text, .span = piece},
                  PG_QUERY_PARSE_PLPGSQL_EXPR);
}

/* The one value of an expression that was parsed as a SELECT list. */
static const Node *
only_value(const List *trees)
{
    if (list_length(trees) != 1)
        return NULL;
    const Node *statement = ((const RawStmt *)linitial(trees))->stmt;
    if (statement == NULL || !IsA(statement, SelectStmt))
        return NULL;
    const List *targets = ((const SelectStmt *)statement)->targetList;
    if (list_length(targets) != 1 || !IsA(linitial(targets), ResTarget))
        return NULL;
    return ((const ResTarget *)linitial(targets))->val;
}

const char *
code_constant(CodeReader *reader, Span expression)
{
    PgQueryInternalParsetreeAndError result =
        parse(&(Piece){.text = reader->text, .span = expression}, PG_QUERY_PARSE_PLPGSQL_EXPR);

    if (result.error != NULL)
        return NULL;
    return code_fold(reader->scratch, &reader->constants, only_value(result.tree));
}

void
code_add_dynamic(CodeReader *reader, Span expression, Span place)
{
    const char *text = code_constant(reader, expression);

    if (text == NULL) {
        code_doubt(reader, DYNAMIC_TEXT_UNKNOWN);
        return;
    }
    size_t length = strlen(text);
    char *own = arena_strndup(reader->arena, text, length);
    add_piece(reader,
              &(Piece){
                  .text = own, .span = {0, length},
                       .own_text = own, .place = place
    },
              PG_QUERY_PARSE_DEFAULT);
}
