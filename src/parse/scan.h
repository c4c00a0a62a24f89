/* SPDX-License-Identifier: MIT */
/*
 * A small scanner of SQL text that knows what separates tokens: strings, dollar quotes, quoted
 * names, nested comments, brackets. It finds places that PostgreSQL's raw trees do not record, and
 * the ends of statements that its grammar refuses. It never fails: what is not closed ends at the
 * limit.
 */
#ifndef LOCKSTEP_PARSE_SCAN_H
#define LOCKSTEP_PARSE_SCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/text.h"

typedef enum TokenKind {
    TOKEN_END, /* empty, at the limit */
    TOKEN_WORD,
    TOKEN_QUOTED_NAME,
    TOKEN_STRING, /* also a dollar-quoted one */
    TOKEN_NUMBER,
    TOKEN_OPEN, /* ( or [ */
    TOKEN_CLOSE,
    TOKEN_COMMA,
    TOKEN_SEMICOLON,
    TOKEN_OTHER /* one character of an operator, or of what SQL does not know */
} TokenKind;

typedef struct ScanToken {
    TokenKind kind;
    Span span;
} ScanToken;

/* The first token in text[at, limit), blanks and comments in front of it left out. */
ScanToken scan_token(const char *text, size_t at, size_t limit);

bool scan_is_whole_word(const char *text, ScanToken token, const char *word);

/* Whether the token is this word; `word` is in lower case. Most differ in their first byte. */
static inline bool
scan_is_word(const char *text, ScanToken token, const char *word)
{
    return token.kind == TOKEN_WORD && (text[token.span.start] | 0x20) == *word &&
           scan_is_whole_word(text, token, word);
}

/* Whether something in text[start, end) looks like a comment; in a string or name it is none. */
bool scan_may_have_comment(const char *text, size_t start, size_t end);

/* From the first token to the last in text[start, end); empty at `start` where there is none. */
Span scan_trim(const char *text, size_t start, size_t end);

/* What stands in the first brackets in text[at, limit), trimmed; `after` (may be NULL) is set
 * behind the closing one. False where there are none. */
bool scan_brackets(const char *text, size_t at, size_t limit, Span *inside, size_t *after);

/* The place behind the first such word that stands outside of brackets; `limit` where there is
 * none. */
size_t scan_after_word(const char *text, size_t at, size_t limit, const char *word);

/* The place behind a possibly qualified name, or `at` where there is none. */
size_t scan_after_name(const char *text, size_t at, size_t limit);

/* The place behind the first opening bracket, or `limit`. */
size_t scan_after_open(const char *text, size_t at, size_t limit);

/* The list element that begins at `at`, trimmed. It ends at a comma or closing bracket outside of
 * its own brackets; `next` is set behind the comma, or where the list ends. */
Span scan_element(const char *text, size_t at, size_t limit, size_t *next);

/* The same where the next element begins at `next` and no comment stands between; false where
 * there is no comma in front of it. */
bool scan_element_before(const char *text, size_t start, size_t next, Span *element);

/*
 * The place behind the semicolon that ends the statement at `at`, or the limit. Semicolons in
 * brackets (CREATE RULE) and in BEGIN ATOMIC bodies do not end one. `closed` (may be NULL) says
 * whether there was such a semicolon.
 */
size_t scan_statement_end(const char *text, size_t at, size_t limit, bool *closed);

#endif
