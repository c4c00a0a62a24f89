/* SPDX-License-Identifier: MIT */
/*
 * Code within SQL: DO blocks and the bodies of functions. Private to this folder.
 *
 * PL/pgSQL is read by its words, not by a grammar: what separates statements and opens and closes
 * branches is enough, every statement goes to the parser by itself, and one that cannot be read
 * costs only itself. libpg_query's own parser for PL/pgSQL gives JSON without places, and nothing
 * for a body with one mistake.
 */
#ifndef LOCKSTEP_PARSE_CODE_H
#define LOCKSTEP_PARSE_CODE_H

#include "lower.h"

/* A variable that keeps the value it is declared with. */
typedef struct CodeConstant {
    const char *name;
    const char *value;
} CodeConstant;

typedef LIST(CodeConstant) CodeConstantList;

/* A body on its way. */
typedef struct CodeReader {
    Arena *arena;   /* of the code */
    Arena *scratch; /* dead when the body has been read */
    char *text;     /* in which the body stands; changed in place: INTO and its variables become
                       blanks, as in the server (pl_gram.y, make_execsql_stmt) */
    int depth;      /* blocks of code around it */
    Code *code;
    bool *adds_labels;      /* as of Lower */
    ParseDepth parse_depth; /* the same */
    CodeConstantList constants;
} CodeReader;

/* The body at this place of the reader's text; what cannot be read is in `unknown`. NULL for a
 * language that is not read; `language` NULL is PL/pgSQL, as for DO. */
Code *code_read(CodeReader reader, const char *language, Span body);

/* ---- code_plpgsql.c */

void code_read_plpgsql(CodeReader *reader, Span span);

/* ---- code_statement.c */

/* A statement of SQL at this place of the text. */
void code_add_sql(CodeReader *reader, Span piece);
/* The same in PL/pgSQL, where INTO is followed by variables. */
void code_add_statement(CodeReader *reader, Span piece);
/* An expression that is evaluated, which may read relations and call functions. */
void code_add_expression(CodeReader *reader, Span piece);
/* EXECUTE: an expression that gives a statement's text; `place` is the statement's. */
void code_add_dynamic(CodeReader *reader, Span expression, Span place);

/* The string that the expression at this place gives, in `scratch`; NULL where that is not known.
 */
const char *code_constant(CodeReader *reader, Span expression);

/* Says that the code does more than its statements show. */
void code_doubt(CodeReader *reader, const char *what);

/* ---- code_fold.c */

/* The string that an expression of constants gives, or NULL. */
const char *code_fold(Arena *arena, const CodeConstantList *constants, const Node *expression);

#endif
