/* SPDX-License-Identifier: MIT */
/*
 * One reading of a history, for all that judge it: files are parsed, cut into transactions and
 * replayed in order, and whoever listens sees each operation with its effects on the schema as the
 * operations before it have left it.
 */
#ifndef LOCKSTEP_LINT_READING_H
#define LOCKSTEP_LINT_READING_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

#include "lint/held.h"
#include "lint/read_file.h"
#include "source/discover.h"
#include "source/migration.h"

/* An operation before it is applied. Those of the code that it runs follow it. */
typedef struct ReadOp {
    const Statement *statement;
    size_t number;    /* of the statement in its file, from 1 */
    bool in_code;     /* the statement is one of a DO block or function that the file's one runs */
    const char *text; /* that the spans of the statement and the operation are places of: the file's
                         but for most code */
    Span place;       /* of the operation in the file */
    const Op *op;
    const Schema *schema;
    const SimRelation *table; /* lock_model_table() */
    LockEffectList effects;
    LockEffect effect;     /* on the table */
    const HeldLocks *held; /* what the transaction has taken before it */
    LockLevel beside;      /* on the table: held, or taken by another operation of the statement */
    StrongestLock stopped; /* what the statements before it hold */
    bool in_transaction;
    SchemaMark before;   /* the schema as other sessions see it: as it was before the transaction */
    const char *refusal; /* why the server will not do it, or NULL */
    const char *unknown; /* what the code that it runs may do beside, or NULL */
} ReadOp;

/* Who listens. What is handed to it lives until it returns, but for `file`, its script and all that
 * the schema gives, which live until the history ends. Any function may be NULL. */
typedef struct Reader {
    void *self;     /* handed to each function */
    bool keeps;     /* these live as long as the arena that the reading was given */
    bool wants_all; /* else files are read to PARSE_SCHEMA: operations that are
                       lock_model_is_weak() have no effects, and of refusals only that of a new
                       label is foreseen; of the schema file none is */
    bool foresees;  /* refusals are looked for */
    /* Which of these are shown nevertheless, beside those that may be refused; NULL: none. */
    bool (*looks_at)(const void *self, const Op *op);
    void (*begin_file)(void *self, const ReadFile *file);
    void (*see_op)(void *self, const ReadFile *file, const ReadOp *op, Arena *scratch);
    /* After its last operation. `segment` is NULL for BEGIN and COMMIT, which only part them. */
    void (*end_statement)(void *self, const ReadFile *file, const Segment *segment, size_t index);
    void (*end_segment)(void *self, const ReadFile *file, const Segment *segment, Arena *scratch);
    void (*end_file)(void *self, const ReadFile *file, Arena *scratch);
    /* As its last up leaves it. */
    void (*end_history)(void *self, const Schema *schema, Arena *scratch);
} Reader;

typedef struct ReadingOptions {
    int pg_version;           /* 14 to 18 */
    const SourceFile *schema; /* replayed before all else and never reported; NULL for none */
    const Runner *runner;     /* NULL: lockstep. Each file is a deploy of another one's: what the
                                 files before it set for their session is gone */
    bool split_transactions;  /* so is each block between BEGIN and COMMIT */
} ReadingOptions;

/* The migrations of one history: from `first` to before `end`. */
typedef struct HistorySpan {
    size_t first;
    size_t end;
} HistorySpan;

typedef LIST(HistorySpan) HistorySpanList;

/* At least one, which is empty where there are no migrations. */
HistorySpanList reading_histories(Arena *arena, const MigrationList *migrations);

/* Reads one of them, and nothing that others read is written to: several may be read at a time.
 * Otherwise as reading_run(). */
SyntaxErrorList reading_history(Arena *arena, const ReadingOptions *options,
                                const DiscoveredFiles *files, HistorySpan history,
                                const Reader *reader);

SyntaxErrorList syntax_errors_copy(Arena *arena, const SyntaxErrorList *errors);

/*
 * Reads the histories, each on a schema of its own. A broken file begins and ends without a
 * statement. Returns what the grammar did not accept in the schema file, in `arena`: the list is
 * empty when all is well.
 */
SyntaxErrorList reading_run(Arena *arena, const ReadingOptions *options,
                            const DiscoveredFiles *files, const Reader *reader);

#endif
