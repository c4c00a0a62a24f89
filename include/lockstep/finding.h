/* SPDX-License-Identifier: MIT */
/* Something wrong in the user's SQL: where, what, and what to write instead. */
#ifndef LOCKSTEP_FINDING_H
#define LOCKSTEP_FINDING_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/list.h"
#include "lockstep/lock.h"
#include "lockstep/text.h"

typedef enum Severity { SEVERITY_OFF, SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR } Severity;

/* "error" */
const char *severity_words(Severity severity);

/* One transaction, or one statement that must run outside of any. */
typedef struct RewriteStep {
    bool in_transaction;
    const char *sql; /* statements with their semicolons, one a line */
} RewriteStep;

typedef LIST(RewriteStep) RewriteStepList;

typedef struct Finding {
    const char *rule; /* id: "set-not-null-scans-table" */
    Severity severity;
    size_t file;      /* index of the source in the lint result */
    size_t statement; /* 1-based number within the file; 0: the file itself */
    Span span;
    const char *message;
    QualifiedName relation; /* name NULL when the finding concerns none */
    LockLevel lock;
    RewriteStepList rewrite;
    Span replaces; /* the statement that the rewrite may be written in place of; empty where it is
                      no more than a hint, or takes several migrations */
    const char *preflight;  /* a SELECT that tells whether rows stand in the way, or NULL */
    const char *suppressed; /* the reason of the allow comment that accepts it, or NULL */
    bool in_baseline;       /* it is suppressed because it was there before */
} Finding;

typedef LIST(Finding) FindingList;

#endif
