/* SPDX-License-Identifier: MIT */
/* Code within SQL: what the statements of a DO block or of a function's body do. */
#ifndef LOCKSTEP_CODE_H
#define LOCKSTEP_CODE_H

#include "lockstep/op.h"

/* A question to the catalog: whether there is an object with these names. NULL: not asked for. */
typedef struct CatalogTest {
    const char *relation; /* a table or index; that of the column or constraint */
    const char *column;
    const char *constraint;
    const char *type;
} CatalogTest;

/* A branch of IF, or none. */
typedef struct CodeBranch {
    const CatalogTest *test; /* whether it runs hangs on this; NULL: on what is not known */
    bool runs_if_found;      /* IF EXISTS; else it is skipped where there is such an object */
} CodeBranch;

/* A statement within code. */
typedef struct CodeStatement {
    Statement statement; /* its spans are bytes of `text`; its operations are `guarded` where it may
                            not run */
    const char *text;    /* one that the code puts together and executes; NULL: the code's */
    Span place;          /* where it stands in the code's text */
    CodeBranch branch;   /* in which it stands; the statements of one IF share the test */
} CodeStatement;

/* What a DO block or the body of a function does: its statements as they stand, those of branches
 * and loops too. Expressions that read no relation and call no function are left out. */
typedef struct Code {
    LIST(CodeStatement) statements;
    const char *text;    /* in which the code stands; NULL: the text of the statement around it */
    const char *unknown; /* what of it cannot be told; NULL where all can */
    bool gives_up;       /* it ends in an error that it raises itself, whatever it finds */
} Code;

#endif
