/* SPDX-License-Identifier: MIT */
/*
 * What a lint rule is. Each rule is one file in lint_rules/ with one constant, `rule_<file name>`,
 * and one line in lint_rules/rules.def.
 *
 * A rule decides whether a fact of the lock model is a hazard here and says so in words; the fact
 * itself comes with the context. `check` is pure: the same context gives the same answer, and
 * nothing outside of the arena changes.
 *
 * Most rules look at an operation before it is applied. What only shows later (a foreign key whose
 * index follows in the same file, a constraint that is validated in another one) is looked at again
 * with the schema as the file, or the whole history, has left it.
 */
#ifndef LOCKSTEP_RULE_H
#define LOCKSTEP_RULE_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/finding.h"
#include "lockstep/lock.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"
#include "lockstep/text.h"

/* All that a rule may look at. `effect`, `effects`, `blocking`, `held` and `stopped` are all zero
 * for a rule that looks later. */
typedef struct LintContext {
    Arena *arena;
    int pg_version;       /* major: 14 to 18 */
    const Schema *schema; /* before the operation, or as Rule.when says */
    const char *source;   /* the file's text */
    bool has_schema;      /* somebody said what existed before the first file */
    bool is_down;         /* the file takes a migration back */
    bool is_own;          /* the operation's target, or the column that it names, has been made (or
                             given the type that it has) by this same migration; in a down file also
                             where the history does not show by whom */
    bool has_gap; /* for a rule that looks later: something was read of the migration of which it is
                     not known what it did, or whether it ran */
    bool in_transaction;
    bool claimed; /* a rule for this kind of operation has an error to say of it */
    const Statement *statement;
    const SimRelation *table; /* the target (for an index or a trigger: its table); assumed where
                                 the history does not have it, NULL where the operation has none */
    const SimRelation *found; /* the same as the operation found it, for a rule that looks later */
    const SimFunction *function; /* that the operation drops, renames or makes another one beside,
                                    as it found it; NULL where the history does not have it */
    const SimRelation *table_before; /* the same as the file found it, for one of several
                                        operations of a statement, RENAME COLUMN, DROP DEFAULT and
                                        SET NOT NULL; NULL where it was not there */
    bool table_is_new; /* made in this transaction, or temporary: nobody can be waiting for it */
    bool columns_are_gone;  /* DROP TYPE: columns of it have been dropped in the file */
    bool table_is_empty;    /* the file has emptied it before */
    SpanList sifted;        /* for ALTER COLUMN TYPE: the UPDATEs and DELETEs with a condition that
                               the file has run on the table before, as places of `source` */
    LockEffect effect;      /* what the operation does to `table`; all zero where it has none */
    LockEffectList effects; /* what it does to every relation, `effect` included */
    const LockEffect
        *blocking;         /* the one that keeps writers out of a relation that existed, while
                              it reads, rewrites or indexes all of it: `effect` if it does, else
                              that on the first other relation (a partition). NULL when there is
                              none, so also when nobody can be waiting for the table */
    LockLevel held;        /* strongest lock on `table` that this transaction holds already, or that
                              another subcommand of the statement takes */
    StrongestLock stopped; /* what the statements before this one in the transaction keep from the
                              application; level LOCK_NONE: nothing */
    int64_t number; /* what Rule.number is here: as the project says, else as the rule does */
} LintContext;

/* Where a rule's rewrite goes. */
typedef struct Rewrite {
    Arena *arena;
    RewriteStepList steps;
} Rewrite;

/* Begins a transaction with this statement (written with its semicolon). */
void rewrite_step(Rewrite *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds a statement to the transaction that the last rewrite_step() began. */
void rewrite_and(Rewrite *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* A statement that must run outside of a transaction, such as CREATE INDEX CONCURRENTLY. */
void rewrite_outside(Rewrite *out, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The schema that a rule looks at its operations with. */
typedef enum RuleMoment {
    RULE_BEFORE,     /* as the operation finds it */
    RULE_AFTER_FILE, /* as the operation's file leaves it */
    RULE_AFTER_ALL   /* as the last migration leaves it; of files that take none back */
} RuleMoment;

/* The relation that a finding is about. */
typedef enum RuleSubject {
    SUBJECT_TABLE,  /* the operation's, or the one of its effects for which the application waits */
    SUBJECT_BESIDE, /* one that the operation does not name */
    SUBJECT_STOPPED /* that of LintContext.stopped */
} RuleSubject;

/* A threshold of a rule, which a project may move: `NAME = VALUE` in [rule RULE] of lockstep.ini.
 */
typedef struct RuleNumber {
    const char *name; /* "rows"; NULL: the rule has none */
    const char *what; /* what it is the most of, in words: "rows that one statement may write" */
    bool is_duration; /* in milliseconds, written as "2s"; else a plain number */
    int64_t initial;
    int64_t least;
    int64_t most;
} RuleNumber;

#define RULE_OPS 8

/* What a rule looks at beside the operations that it lists; always before they are applied. */
typedef enum RuleAny {
    RULE_ANY_NONE,
    RULE_ANY_THAT_NAMES,  /* the first operation of each CREATE and ALTER */
    RULE_ANY_THAT_BLOCKS, /* any with LintContext.blocking */
    RULE_ANY_COUNT
} RuleAny;

/* What there must be for a rule to be asked of an operation before it is applied. */
typedef enum RuleNeed {
    RULE_NEEDS_NOTHING,
    RULE_NEEDS_UP,       /* the file does not take a migration back */
    RULE_NEEDS_BLOCKING, /* LintContext.blocking */
    RULE_NEEDS_STOPPED   /* LintContext.stopped keeps writers out */
} RuleNeed;

typedef struct Rule {
    const char *id;      /* file name with "-" for "_" */
    const char *name;    /* a short sentence without full stop: what hurts */
    Severity severity;   /* SEVERITY_OFF: an opinion, for those who ask for it */
    OpKind on[RULE_OPS]; /* the operations that it looks at; OP_UNKNOWN behind the last */
    RuleAny on_any;
    /* Whether one of these may be a case for it at all, from the operation alone and from the text
     * of its statement: only then the context is made. NULL: each may. */
    bool (*concerns)(const Op *op);
    bool (*concerns_text)(const char *source, Span statement, int64_t number);
    RuleNeed needs;
    RuleMoment when;
    LockLevel lock;      /* what `bad` takes on its table; LOCK_NONE: the hazard is none of locks */
    RuleSubject subject; /* on which it takes it */
    bool brief; /* the lock is held for a moment: not worth a word on a relation that the same file
                   drops, or where the transaction has it already for something else */
    const char *why;     /* one to three sentences for the person who never heard of it */
    const char *instead; /* one sentence: what to do */
    RuleNumber number;
    int since;          /* the version that its examples need; 0: any */
    const char *given;  /* SQL that makes the schema in which bad and good stand; its rows exist */
    const char *unseen; /* SQL that makes what the database has beside, although no migration made
                           it; NULL: nothing */
    const char *bad;    /* one statement that gives one finding */
    const char *good; /* statements that give none; a line "-- next migration" parts transactions */
    const char *(*check)(const LintContext *ctx,
                         const Op *op); /* message in ctx->arena, or NULL: nothing to say */
    void (*rewrite)(const LintContext *ctx, const Op *op,
                    Rewrite *out); /* NULL: there is no safe version */
} Rule;

/* The value as it is written: "50000", "1min". */
const char *rule_number_text(Arena *arena, const RuleNumber *number, int64_t value);

/* How long the effect lasts, in words: "for as long as it takes to read all of public.orders". */
const char *effect_duration(Arena *arena, const LockEffect *effect);

#endif
