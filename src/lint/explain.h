/* SPDX-License-Identifier: MIT */
/* What each statement of a history locks and does, and what its transaction then still holds. */
#ifndef LOCKSTEP_LINT_EXPLAIN_H
#define LOCKSTEP_LINT_EXPLAIN_H

#include "lockstep/arena.h"
#include "lockstep/op.h"

#include "lint/reading.h"
#include "source/line_index.h"

/* The kind of what cannot be parsed. */
#define EXPLAINED_UNPARSED "unknown statement"

typedef struct ExplainedStatement {
    size_t number;    /* in its file, from 1, as lint counts; what cannot be parsed has the number
                         of the statement behind it */
    Span span;        /* where the grammar stops, for what cannot be parsed */
    size_t line;      /* of its first word, from 1 */
    size_t end_line;  /* of its last */
    const char *kind; /* the command tag: "ALTER TABLE"; or EXPLAINED_UNPARSED */
    bool in_transaction;
    bool known;             /* false: there may be more effects, or others; `unknown` says why */
    const char *unknown;    /* "the default holds a subquery" */
    const char *error;      /* the server's refusal that is foreseen, or NULL */
    LockEffectList effects; /* each relation once, with all that the statement does to it */
} ExplainedStatement;

/* A lock that a statement added to what its transaction held. A stronger lock on a relation that is
 * locked already is one more. */
typedef struct KeptLock {
    QualifiedName relation;
    uint32_t relation_id; /* 0 where the simulated schema does not have it */
    RelationKind kind;
    bool existed;
    LockLevel level;
    size_t since; /* number of the statement */
    size_t since_line;
    size_t until; /* number of the ROLLBACK TO that gives it back; 0: held until the end */
} KeptLock;

typedef LIST(KeptLock) KeptLockList;

/* Its locks are held until its end, but for those that ROLLBACK TO gives back. */
typedef struct ExplainedTransaction {
    size_t first; /* statements, by number */
    size_t last;
    KeptLockList held; /* in the order in which they are taken */
} ExplainedTransaction;

typedef struct ExplainedFile {
    const SourceFile *source; /* a broken one has no statements */
    Direction direction;
    LIST(ExplainedStatement) statements; /* in the order of the file */
    LIST(ExplainedTransaction) transactions;
} ExplainedFile;

typedef struct ExplainResult {
    int pg_version;
    LIST(ExplainedFile) files;
    SyntaxErrorList schema_errors; /* what the schema file has that could not be read */
} ExplainResult;

/* Never fails: a broken file and a statement that cannot be parsed are part of the result, which
 * lives in `arena`. */
void explain_run(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files,
                 ExplainResult *out);

#endif
