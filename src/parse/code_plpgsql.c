/* SPDX-License-Identifier: MIT */
/* The control structure of PL/pgSQL, as pl_gram.y has it. */
#include <string.h>
#include <strings.h>

#include "code_body.h"
#include "scan.h"

/* Reads what follows the word, up to the next statement. */
typedef void ReadWord(CodeBody *body, ScanToken word);

typedef struct WordRow {
    const char *word;
    ReadWord *read;
} WordRow;

static ReadWord read_begin, read_exception, read_when, read_if, read_elsif, read_else, read_case;
static ReadWord read_loop, read_while, read_for, read_end, read_return, read_perform, read_execute;
static ReadWord read_open, read_assert, read_nothing, read_declare, read_raise;
static void read_declaration(CodeBody *body, ScanToken first);
static void read_statement(CodeBody *body, ScanToken first);

static const WordRow rows[] = {
    {"begin",     read_begin    },
    {"exception", read_exception},
    {"when",      read_when     },
    {"if",        read_if       },
    {"elsif",     read_elsif    },
    {"elseif",    read_elsif    },
    {"else",      read_else     },
    {"case",      read_case     },
    {"loop",      read_loop     },
    {"while",     read_while    },
    {"for",       read_for      },
    {"foreach",   read_for      },
    {"end",       read_end      },
    {"return",    read_return   },
    {"perform",   read_perform  },
    {"execute",   read_execute  },
    {"open",      read_open     },
    {"assert",    read_assert   },
    {"declare",   read_declare  },
    {"raise",     read_raise    },
    {"null",      read_nothing  },
    {"exit",      read_nothing  },
    {"continue",  read_nothing  },
    {"get",       read_nothing  },
    {"fetch",     read_nothing  },
    {"move",      read_nothing  },
    {"close",     read_nothing  },
};

/* ---- blocks */

static void
read_declare(CodeBody *body, ScanToken word)
{
    (void)word;
    body->declares = true;
}

static void
read_begin(CodeBody *body, ScanToken word)
{
    (void)word;
    body->declares = false;
    code_open_frame(body, FRAME_BLOCK);
}

/* What an error ends is undone, and what it throws may be caught. */
static void
read_exception(CodeBody *body, ScanToken word)
{
    CodeFrame *frame = code_top_frame(body);

    (void)word;
    if (frame == NULL || frame->kind != FRAME_BLOCK || frame->guards)
        return;
    code_guard_from(body, frame->first);
    body->reader->code->gives_up = false;
    frame->guards = true;
    body->guards++;
}

static void
read_when(CodeBody *body, ScanToken word)
{
    Span condition = code_take_until(body, "then");
    const CodeFrame *frame = code_top_frame(body);

    (void)word;
    if (frame != NULL && frame->kind == FRAME_CASE)
        code_body_expression(body, condition);
}

/* END, END IF, END CASE, END LOOP, with a label */
static void
read_end(CodeBody *body, ScanToken word)
{
    (void)word;
    (void)code_take_until(body, NULL);
    code_close_frame(body);
    body->done = body->frames.count == 0;
}

/* ---- branches and loops */

static void
read_if(CodeBody *body, ScanToken word)
{
    (void)word;
    Span condition = code_take_until(body, "then");

    code_body_expression(body, condition);
    code_open_frame(body, FRAME_IF);
    CodeBranch branch = {0};
    branch.test = code_catalog_test(body, condition, &branch.runs_if_found);
    if (branch.test != NULL)
        body->branch = branch;
}

static void
read_elsif(CodeBody *body, ScanToken word)
{
    const CodeFrame *frame = code_top_frame(body);

    (void)word;
    if (frame != NULL)
        body->branch = frame->around;
    code_body_expression(body, code_take_until(body, "then"));
}

static void
read_else(CodeBody *body, ScanToken word)
{
    const CodeFrame *frame = code_top_frame(body);

    (void)word;
    if (frame != NULL && body->branch.test != frame->around.test)
        body->branch.runs_if_found = !body->branch.runs_if_found;
}

static void
read_case(CodeBody *body, ScanToken word)
{
    (void)word;
    code_body_expression(body, code_take_until(body, "when"));
    code_open_frame(body, FRAME_CASE);
    read_when(body, word);
}

static void
read_loop(CodeBody *body, ScanToken word)
{
    (void)word;
    code_open_frame(body, FRAME_LOOP);
}

static void
read_while(CodeBody *body, ScanToken word)
{
    (void)word;
    code_body_expression(body, code_take_until(body, "loop"));
    code_open_frame(body, FRAME_LOOP);
}

static bool
begins_query(const CodeBody *body, ScanToken token)
{
    static const char *const words[] = {"select", "with",   "values", "table",
                                        "insert", "update", "delete", "merge"};

    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (code_is_word(body, token, words[i]))
            return true;
    }
    return token.kind == TOKEN_OPEN;
}

/* `1..10` is one token for the scanner, `a .. b` has two dots of its own. */
static bool
is_range(const CodeBody *body, Span span)
{
    size_t depth = 0;
    ScanToken token = scan_token(code_text(body), span.start, span.end);

    for (; token.kind != TOKEN_END; token = scan_token(code_text(body), token.span.end, span.end)) {
        const char *at = code_text(body) + token.span.start;
        size_t length = token.span.end - token.span.start;
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE && depth > 0)
            depth--;
        else if (depth > 0 || token.span.end >= span.end)
            continue;
        else if ((token.kind == TOKEN_OTHER && at[0] == '.' && at[1] == '.') ||
                 (token.kind == TOKEN_NUMBER && memmem(at, length, "..", 2) != NULL))
            return true;
    }
    return false;
}

/* FOR x IN query, EXECUTE text, from .. to, cursor(arguments); FOREACH x IN ARRAY expression */
static void
read_for(CodeBody *body, ScanToken word)
{
    (void)word;
    (void)code_take_until(body, "in");
    Span what = code_take_until(body, "loop");
    ScanToken first = scan_token(code_text(body), what.start, what.end);
    Span rest = {first.span.end, what.end};

    if (code_is_word(body, first, "execute"))
        code_body_dynamic(body, rest, first.span.start);
    else if (code_is_word(body, first, "array"))
        code_body_expression(body, rest);
    else if (begins_query(body, first) && !is_range(body, what))
        code_body_statement(body, what);
    code_open_frame(body, FRAME_LOOP);
}

/* ---- statements of one line */

static void
read_nothing(CodeBody *body, ScanToken word)
{
    (void)word;
    (void)code_take_until(body, NULL);
}

/* At these levels the code goes on. */
static void
read_raise(CodeBody *body, ScanToken word)
{
    static const char *const levels[] = {"debug", "log", "info", "notice", "warning"};
    bool goes_on = false;

    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++)
        goes_on |= code_is_word(body, code_next_token(body), levels[i]);
    read_nothing(body, word);
    if (!goes_on && body->guards == 0 && !body->may_have_left)
        body->reader->code->gives_up = true;
}

static void
read_return(CodeBody *body, ScanToken word)
{
    (void)word;
    if (code_take_word(body, "query")) {
        ScanToken first = code_next_token(body);
        Span what = code_take_until(body, NULL);
        if (code_is_word(body, first, "execute"))
            code_body_dynamic(body, (Span){first.span.end, what.end}, first.span.start);
        else
            code_body_statement(body, what);
        return;
    }
    if (code_take_word(body, "next")) {
        code_body_expression(body, code_take_until(body, NULL));
        return;
    }
    code_body_expression(body, code_take_until(body, NULL));
    body->may_have_left = true;
}

/* The server puts SELECT in its place, too (pl_gram.y, stmt_perform). */
static void
read_perform(CodeBody *body, ScanToken word)
{
    Span what = code_take_until(body, NULL);
    memcpy(body->reader->text + word.span.start, "SELECT ", strlen("SELECT "));
    code_body_statement(body, (Span){word.span.start, what.end});
}

static void
read_execute(CodeBody *body, ScanToken word)
{
    code_body_dynamic(body, code_take_until(body, NULL), word.span.start);
}

/* OPEN cursor FOR query, FOR EXECUTE text; OPEN cursor(arguments) */
static void
read_open(CodeBody *body, ScanToken word)
{
    Span what = code_take_until(body, NULL);
    size_t after = scan_after_word(code_text(body), what.start, what.end, "for");
    ScanToken first = scan_token(code_text(body), after, what.end);

    (void)word;
    if (first.kind == TOKEN_END)
        return;
    if (code_is_word(body, first, "execute"))
        code_body_dynamic(body, (Span){first.span.end, what.end}, first.span.start);
    else
        code_body_statement(body, (Span){after, what.end});
}

static void
read_assert(CodeBody *body, ScanToken word)
{
    (void)word;
    code_body_expression(body, code_take_until(body, NULL));
}

/* Behind := or =; `limit` where there is none. A default's = may also be DEFAULT. */
static size_t
after_assignment(const CodeBody *body, size_t at, size_t limit)
{
    const char *text = code_text(body);
    ScanToken token = scan_token(text, at, limit);

    if (token.kind == TOKEN_OTHER && text[token.span.start] == ':' && token.span.end < limit &&
        text[token.span.end] == '=')
        return token.span.end + 1;
    return token.kind == TOKEN_OTHER && text[token.span.start] == '=' ? token.span.end : limit;
}

static bool
is_same_word(const CodeBody *body, ScanToken a, ScanToken b)
{
    size_t length = a.span.end - a.span.start;

    return a.kind == TOKEN_WORD && b.kind == TOKEN_WORD && length == b.span.end - b.span.start &&
           strncasecmp(code_text(body) + a.span.start, code_text(body) + b.span.start, length) == 0;
}

/* In front of a variable that gets a value: a statement's beginning, INTO, FOR, a list of either.
 */
static bool
begins_target(const CodeBody *body, ScanToken before, size_t depth)
{
    static const char *const words[] = {"begin", "then",   "else", "loop",
                                        "into",  "strict", "for",  "foreach"};

    if (before.kind == TOKEN_SEMICOLON || (before.kind == TOKEN_COMMA && depth == 0))
        return true;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (code_is_word(body, before, words[i]))
            return true;
    }
    return false;
}

/* Whether the rest of the body may give the variable another value. */
static bool
may_change(const CodeBody *body, ScanToken name)
{
    size_t depth = 0;
    ScanToken before = {
        TOKEN_SEMICOLON, {body->at, body->at}
    };
    ScanToken token = code_next_token(body);

    for (; token.kind != TOKEN_END;
         token = scan_token(code_text(body), token.span.end, body->end)) {
        if (token.kind == TOKEN_OPEN)
            depth++;
        else if (token.kind == TOKEN_CLOSE && depth > 0)
            depth--;
        else if (is_same_word(body, token, name) && begins_target(body, before, depth))
            return true;
        before = token;
    }
    return false;
}

/* As the parser folds names: in ASCII, which is all that our own folding knows. */
static void
note_constant(CodeBody *body, ScanToken name, Span expression)
{
    if (name.kind != TOKEN_WORD || may_change(body, name))
        return;
    const char *value = code_constant(body->reader, expression);
    if (value == NULL)
        return;
    size_t length = name.span.end - name.span.start;
    char *folded = arena_strndup(body->reader->scratch, code_text(body) + name.span.start, length);
    for (size_t i = 0; i < length; i++)
        folded[i] =
            (char)(folded[i] >= 'A' && folded[i] <= 'Z' ? folded[i] + ('a' - 'A') : folded[i]);
    LIST_APPEND(body->reader->scratch, &body->reader->constants,
                (CodeConstant){.name = folded, .value = value});
}

/* name [CONSTANT] type [COLLATE c] [NOT NULL] [DEFAULT | := | = value]; name CURSOR FOR query */
static void
read_declaration(CodeBody *body, ScanToken first)
{
    body->at = first.span.end;
    Span what = code_take_until(body, NULL);
    ScanToken token = scan_token(code_text(body), what.start, what.end);

    for (; token.kind != TOKEN_END; token = scan_token(code_text(body), token.span.end, what.end)) {
        size_t after = after_assignment(body, token.span.start, what.end);
        if (after == what.end && code_is_word(body, token, "default"))
            after = token.span.end;
        if (after < what.end) {
            code_body_expression(body, (Span){after, what.end});
            note_constant(body, first, (Span){after, what.end});
            return;
        }
        if (code_is_word(body, token, "for") || code_is_word(body, token, "is")) {
            code_body_statement(body, (Span){token.span.end, what.end});
            return;
        }
    }
}

/* Behind a variable, its fields and indices. */
static size_t
after_variable(const CodeBody *body, size_t at)
{
    const char *text = code_text(body);
    size_t end = scan_after_name(text, at, body->end);
    ScanToken token = scan_token(text, end, body->end);

    while (end > at && token.kind == TOKEN_OPEN && text[token.span.start] == '[') {
        Span inside;
        if (!scan_brackets(text, token.span.start, body->end, &inside, &end))
            return body->end;
        token = scan_token(text, end, body->end);
        if (token.kind == TOKEN_OTHER && text[token.span.start] == '.')
            end = scan_after_name(text, token.span.end, body->end);
        token = scan_token(text, end, body->end);
    }
    return end;
}

/* An assignment, or a statement of SQL. */
static void
read_statement(CodeBody *body, ScanToken first)
{
    size_t after = after_assignment(body, after_variable(body, first.span.start), body->end);

    if (after < body->end) {
        body->at = after;
        code_body_expression(body, code_take_until(body, NULL));
        return;
    }
    bool closed;
    size_t end = scan_statement_end(code_text(body), first.span.start, body->end, &closed);
    body->at = end;
    code_body_statement(body, (Span){first.span.start, closed ? end - 1 : end});
}

static void
read_label(CodeBody *body, ScanToken first)
{
    body->at = first.span.end;
    ScanToken token = code_next_token(body);

    while (token.kind != TOKEN_END && code_text(body)[token.span.start] != '>') {
        body->at = token.span.end;
        token = code_next_token(body);
    }
    while (token.kind == TOKEN_OTHER && code_text(body)[token.span.start] == '>') {
        body->at = token.span.end;
        token = code_next_token(body);
    }
}

static void
read_next(CodeBody *body, ScanToken token)
{
    if (token.kind == TOKEN_OTHER && code_text(body)[token.span.start] == '<') {
        read_label(body, token);
        return;
    }
    if (token.kind == TOKEN_SEMICOLON || token.kind == TOKEN_OTHER) {
        body->at = token.span.end;
        return;
    }
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        if (!code_is_word(body, token, rows[i].word))
            continue;
        if (body->declares && rows[i].read != read_begin)
            break;
        body->at = token.span.end;
        rows[i].read(body, token);
        return;
    }
    if (body->declares)
        read_declaration(body, token);
    else
        read_statement(body, token);
}

void
code_read_plpgsql(CodeReader *reader, Span span)
{
    CodeBody body = {.reader = reader, .at = span.start, .end = span.end};
    ScanToken token = code_next_token(&body);

    while (!body.done && token.kind != TOKEN_END) {
        read_next(&body, token);
        token = code_next_token(&body);
    }
    if (!body.done)
        code_doubt(reader, "the code cannot be read to its end");
}
