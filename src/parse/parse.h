/* SPDX-License-Identifier: MIT */
/* From text to operations, by PostgreSQL's own parser. The only door to libpg_query. */
#ifndef LOCKSTEP_PARSE_PARSE_H
#define LOCKSTEP_PARSE_PARSE_H

#include "lockstep/arena.h"
#include "lockstep/code.h"
#include "lockstep/op.h"

/*
 * Parses a whole file: valid UTF-8 without NUL bytes but the one at text[length]. A byte order
 * mark, CRLF, psql lines (`\restrict`, `\connect` …) and COPY … FROM stdin data are understood and
 * count as blanks. Never fails: what the grammar does not accept is in `errors`, and the statements
 * in front of it are kept. The script lives in `arena` and does not point into `text`.
 */
Script *parse_script(Arena *arena, const char *text, size_t length);

/* How far a text is read. */
typedef enum ParseDepth {
    PARSE_WHOLE,
    /* What changes the schema or may take a strong lock. Of a query or a write of rows there is
     * what it calls: no SqlQuery, no sequences, no InsertRows and nothing else that only its own
     * locks hang on. Nothing that only a refusal asks for: Statement's since, versioned_functions
     * and labels, and the code of functions in SQL, which parse_code() reads where one is called.
     * Nothing of an evaluation in code that calls nothing, not even whether it can be read. */
    PARSE_SCHEMA
} ParseDepth;

/* The same with what is needed meanwhile in `scratch`, which is another arena. */
Script *parse_script_to(Arena *arena, Arena *scratch, const char *text, size_t length,
                        ParseDepth depth);

/*
 * Reads the body of a function; NULL for a language other than sql and plpgsql. What cannot be read
 * is in the code's `unknown`. `text` is borrowed.
 */
const Code *parse_code(Arena *arena, const char *language, const char *text);
const Code *parse_code_to(Arena *arena, const char *language, const char *text, ParseDepth depth);

/* The PostgreSQL version whose grammar is inside: "18" and "18.1" or the like. */
int parse_grammar_version(void);
const char *parse_grammar_version_words(void);

#endif
