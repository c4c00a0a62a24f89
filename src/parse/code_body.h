/* SPDX-License-Identifier: MIT */
/* Where the reading of a body of PL/pgSQL stands: its place in the text, and the blocks, branches
 * and loops around it. Private to this folder. */
#ifndef LOCKSTEP_PARSE_CODE_BODY_H
#define LOCKSTEP_PARSE_CODE_BODY_H

#include "code.h"
#include "scan.h"

typedef enum CodeFrameKind { FRAME_BLOCK, FRAME_IF, FRAME_CASE, FRAME_LOOP } CodeFrameKind;

/* What END will close. */
typedef struct CodeFrame {
    CodeFrameKind kind;
    bool guards;       /* what stands in it now may not run */
    size_t first;      /* its first statement */
    CodeBranch around; /* the body's `branch` where it begins */
} CodeFrame;

typedef struct CodeBody {
    CodeReader *reader;
    size_t at;
    size_t end;
    LIST(CodeFrame) frames;
    size_t guards;      /* frames that guard */
    CodeBranch branch;  /* the innermost of those at hand whose condition was read */
    bool may_have_left; /* a branch has left the code: what follows may not run */
    bool declares;      /* between DECLARE and BEGIN */
    bool done;          /* the outermost block is closed, or the rest is out of reach */
} CodeBody;

static inline const char *
code_text(const CodeBody *body)
{
    return body->reader->text;
}

/* The next token, which stays the next one. */
ScanToken code_next_token(const CodeBody *body);

static inline bool
code_is_word(const CodeBody *body, ScanToken token, const char *word)
{
    return scan_is_word(code_text(body), token, word);
}

/* Goes behind the next token if it is this word. */
bool code_take_word(CodeBody *body, const char *word);

/* What stands in front of the next such word outside of brackets, or of the semicolon; goes on
 * behind either. `word` may be NULL. */
Span code_take_until(CodeBody *body, const char *word);

void code_open_frame(CodeBody *body, CodeFrameKind kind);
void code_close_frame(CodeBody *body);     /* the innermost, if there is one */
CodeFrame *code_top_frame(CodeBody *body); /* NULL where there is none */

/* All statements from this one on may not run. */
void code_guard_from(CodeBody *body, size_t first);

/* Add what stands at this place of the text, guarded as the place is. */
void code_body_expression(CodeBody *body, Span span);
void code_body_statement(CodeBody *body, Span span);
/* `span` stands behind EXECUTE and may end in INTO and USING; `start` is where the statement
 * begins. */
void code_body_dynamic(CodeBody *body, Span span, size_t start);

/* ---- code_test.c */

/* What `NOT EXISTS (SELECT … FROM pg_constraint WHERE conname = 'c')` and its like ask for, and
 * `to_regclass('t') IS NULL`; NULL for any other condition. `wanted`: they hold where there is such
 * an object. */
const CatalogTest *code_catalog_test(const CodeBody *body, Span condition, bool *wanted);

#endif
