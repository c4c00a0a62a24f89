/* SPDX-License-Identifier: MIT */
/*
 * What several rules share: the words of a message, and safe sequences of statements ("recipes")
 * that end in the schema that the user's statement would have made. Everything lives in ctx->arena.
 * Recipes append to `out`; they keep the clauses of the user's statement.
 */
#ifndef LOCKSTEP_RECIPE_H
#define LOCKSTEP_RECIPE_H

#include <stdbool.h>

#include "lockstep/rule.h"

/* The effect on ctx->table of work that writers can live with, done under a lock that the
 * transaction took before or that another subcommand takes. */
const LockEffect *recipe_work_under_held_lock(const LintContext *ctx);

/* "SHARE on public.orders blocks writes while <doing>: for as long as …", with the reason and with
 * what the verdict hangs on. */
const char *recipe_message(const LintContext *ctx, const LockEffect *effect, const char *doing, ...)
    __attribute__((format(printf, 3, 4)));

/* The same where the operation does not do to every partition what it does to the effect's
 * relation. */
const char *recipe_message_of_one(const LintContext *ctx, const LockEffect *effect,
                                  const char *doing, ...) __attribute__((format(printf, 3, 4)));

/* The effect on a relation with rows that existed, other than ctx->table, that takes at least this
 * lock: the first; NULL when there is none. */
const LockEffect *recipe_effect_beside(const LintContext *ctx, LockLevel at_least);

/* "ACCESS EXCLUSIVE on public.orders blocks reads and writes for a moment (why)". */
const char *recipe_brief_message(const LintContext *ctx, const LockEffect *effect);

/* The lock under which the effect's work is done: its own or a stronger one that is held. */
LockLevel recipe_level(const LintContext *ctx, const LockEffect *effect);

/*
 * The name that the server would choose for an object of `relation`, made of columns and a label
 * ("key", "check"), that no constraint of ctx->table and no relation of the schema has. Not quoted.
 */
const char *recipe_new_name(const LintContext *ctx, QualifiedName relation,
                            const StringList *columns, const char *label);

/* The constraint's own name, or the one that the server would choose. Not quoted. */
const char *recipe_constraint_name(const LintContext *ctx, const Op *op,
                                   const ConstraintDefinition *constraint);

/*
 * A transaction with the other subcommands of the user's ALTER TABLE, nothing when there are none;
 * and, at the end of the rewrite, the proofs that were left out there: what they add is NOT VALID
 * first, and VALIDATE gets a transaction of its own. recipe_set_siblings_not_null() is that part of
 * recipe_prove_siblings() which a primary key needs before it is added.
 */
void recipe_siblings(const LintContext *ctx, const Op *op, Rewrite *out);
void recipe_prove_siblings(const LintContext *ctx, const Op *op, Rewrite *out);
void recipe_set_siblings_not_null(const LintContext *ctx, const Op *op, Rewrite *out);
void recipe_validate_siblings(const LintContext *ctx, const Op *op, Rewrite *out);

/*
 * Of the user's ALTER TABLE, the drops that recipe_siblings() leaves out because they go with the
 * new `constraint` (`op`, or a sibling), so that the table is never without either:
 * "DROP CONSTRAINT a, ", or "".
 */
const char *recipe_replaced(const LintContext *ctx, const Op *op, const Op *constraint);

/* Proves that the column holds no null, then makes it NOT NULL. `target` is as the user wrote it.
 */
void recipe_set_not_null(const LintContext *ctx, QualifiedName target, const char *name,
                         Rewrite *out);

/* recipe_siblings() without those that set or drop the default of this column, and these alone,
 * added to the transaction that the last step began. */
void recipe_siblings_but_default(const LintContext *ctx, const Op *op, const char *column,
                                 Rewrite *out);
void recipe_and_default(const LintContext *ctx, const Op *op, const char *column, Rewrite *out);

/* Gives the rows in which `column` is null a value. All is SQL; `and_where` is "" or begins with
 * " AND ". */
void recipe_fill_nulls(const char *table, const char *column, const char *value,
                       const char *and_where, Rewrite *out);

/* An index, made of what stands in the user's statement. */
typedef struct IndexPlan {
    bool unique;
    bool if_not_exists;
    const char *name;   /* NULL: the server chooses; not on a partitioned table */
    StringList columns; /* what the names of the partitions' indexes are made of */
    const char *label;  /* "idx" */
    const char *tail;   /* all that follows the table's name, as SQL */
} IndexPlan;

/* Builds it beside the traffic; on a partitioned table partition by partition. */
void recipe_build_index(const LintContext *ctx, QualifiedName table, const IndexPlan *plan,
                        Rewrite *out);

/* Builds the index of a UNIQUE or PRIMARY KEY constraint beside the traffic and adopts it.
 * `columns_are_set`: its columns are known to be NOT NULL; `replaced`: recipe_replaced(), or "". */
void recipe_add_key(const LintContext *ctx, const Op *op, const ConstraintDefinition *key,
                    bool columns_are_set, const char *replaced, Rewrite *out);

/* Adds a CHECK, NOT NULL or FOREIGN KEY constraint unproven and proves it in a transaction of its
 * own. */
void recipe_add_proven(const LintContext *ctx, const Op *op, Rewrite *out);

/* ADD COLUMN in steps: the column, its values, its constraints. */
void recipe_add_column(const LintContext *ctx, const Op *op, Rewrite *out);

/* ADD COLUMN … NOT NULL without a value, in steps: with a constant of the type for the time being,
 * else without NOT NULL until every row has a value. Nothing for a domain with constraints,
 * and on the way back, which is one step. */
void recipe_add_required_column(const LintContext *ctx, const Op *op, Rewrite *out);

/* Whether ADD COLUMN gives each row a value of its own: serial, identity, or a default where
 * `effect` rewrites. */
bool recipe_column_fills_itself(const LintContext *ctx, const Op *op);

/* A column whose type is a domain that the server has to check for every row. */
bool recipe_has_constrained_domain(const LintContext *ctx, const ColumnDefinition *column);

/* Changes a column's type through a second column, which a trigger keeps up to date until they
 * change places. */
void recipe_exchange_column(const LintContext *ctx, const Op *op, Rewrite *out);

/* A new partition without reading a row under a lock: the bound is proved before, by CHECKs that go
 * again. Nothing where the bound cannot be written as a CHECK of a few words, or more is read. */
void recipe_attach_partition(const LintContext *ctx, const Op *op, Rewrite *out);
void recipe_create_partition(const LintContext *ctx, const Op *op, Rewrite *out);

/* The new type of ALTER COLUMN TYPE as the user wrote it, without COLLATE. */
const char *recipe_new_type(const LintContext *ctx, const Op *op);

/* Whether a key, an expression or the predicate of the index mentions the column. */
bool recipe_index_mentions(const SimRelation *index, const char *column);
bool recipe_index_computes_from(const SimRelation *index,
                                const char *column); /* an expression or the predicate */

/* What CREATE INDEX says after the table's name, from the history, with the key column `from`
 * called `to`. */
const char *recipe_index_tail(const LintContext *ctx, const SimRelation *index, const char *from,
                              const char *to);

#endif
