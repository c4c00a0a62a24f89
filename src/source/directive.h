/* SPDX-License-Identifier: MIT */
/* Comments addressed to us: `-- lockstep: …` on a line of their own, in front of a statement or at
 * the top of a file. */
#ifndef LOCKSTEP_SOURCE_DIRECTIVE_H
#define LOCKSTEP_SOURCE_DIRECTIVE_H

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/op.h"
#include "lockstep/text.h"

typedef enum DirectiveKind {
    DIRECTIVE_ALLOW,
    DIRECTIVE_ALLOW_FILE,
    DIRECTIVE_NO_TRANSACTION,
    DIRECTIVE_IRREVERSIBLE,
    DIRECTIVE_LOCK_TIMEOUT,
    DIRECTIVE_MAX_HOLD,
    DIRECTIVE_STATEMENT_TIMEOUT,
    DIRECTIVE_MALFORMED /* `problem` says what is wrong with it */
} DirectiveKind;

typedef struct Directive {
    DirectiveKind kind;
    Span span;        /* the comment, from "--" to the end of its line */
    size_t statement; /* index of the statement that it stands in front of; the number of statements
                         where none follows */
    StringList rules; /* ALLOW, ALLOW_FILE */
    const char *reason;  /* ALLOW, ALLOW_FILE, IRREVERSIBLE; NULL where missing */
    const char *until;   /* "2027-03-01", or NULL */
    long timeout_ms;     /* LOCK_TIMEOUT, MAX_HOLD, STATEMENT_TIMEOUT */
    const char *problem; /* MALFORMED, with the nearest known word where one was misspelled */
} Directive;

typedef LIST(Directive) DirectiveList;

/* All directives of a file, in order. Only comments between statements count: text in strings and
 * dollar quotes is left alone. */
DirectiveList directive_scan(Arena *arena, const char *text, const Script *script);

/* Whether there is one of this kind. */
bool directive_has(const DirectiveList *directives, DirectiveKind kind);

#endif
