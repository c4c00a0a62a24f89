/* SPDX-License-Identifier: MIT */
/* What rules about data and compatibility share. Everything lives in ctx->arena. */
#ifndef LOCKSTEP_HAZARD_H
#define LOCKSTEP_HAZARD_H

#include <stdbool.h>

#include "lockstep/rule.h"

/* Whether rows or readers of the target may be hurt: it was there before the transaction, the file
 * is not the way back of what made it, and it is no tool's own. */
bool hazard_is_in_use(const LintContext *ctx);

/* The few rows in which a migration tool notes what it has run: alembic_version and its like. What
 * the tool writes there is in the SQL that it prints. */
bool hazard_is_of_a_tool(const SimRelation *table); /* false for NULL */

/* CREATE TEMP TABLE: at the end of the file or the history, a table of that name is another one. */
bool hazard_makes_temporary(const Op *op);

/* Whether CREATE TABLE has such a constraint, of the table or of a column. */
bool hazard_table_declares(const Op *op, ConstraintKind kind);

/* Whether CREATE TABLE, ADD COLUMN or ADD CONSTRAINT does. */
bool hazard_makes_foreign_key(const Op *op);

/* What goes with the objects that the operation drops, each in words: "view public.totals". With
 * `parts` also what goes without CASCADE: indexes and constraints of a column. */
StringList hazard_lost(const LintContext *ctx, const Op *op, bool parts);

/* The words with commas and "and"; of many the first ones and a count. "" for none. */
const char *hazard_list(Arena *arena, const StringList *words);

/* The target's name as SQL, with the schema where that is known. */
const char *hazard_target(const LintContext *ctx, const Op *op);

/* Whether the columns, in whatever order, hold all columns of a unique index of the relation. */
bool hazard_has_key_in(const LintContext *ctx, const SimRelation *relation,
                       const StringList *columns);

/* Whether the UPDATE or DELETE names a range of a key of `relation` that holds no more than `most`
 * rows, by the whole numbers in it. */
bool hazard_is_short_range(const LintContext *ctx, const SimRelation *relation, const Op *op,
                           int64_t most);

/* Whether some index of the relation over all rows begins with these columns, in whatever order. */
bool hazard_has_index_on(const LintContext *ctx, const SimRelation *relation,
                         const StringList *columns);

/* Whether a row that does not mention the new column gets a value in it: from a default, of its
 * own or of its domain, a sequence or an expression. */
bool hazard_column_has_value(const LintContext *ctx, const ColumnDefinition *column);

/* Whether the type is a built-in one of this name, and no array. */
bool hazard_is_type(const SqlType *type, const char *name);

/* The columns that CREATE TABLE, ADD COLUMN or ALTER COLUMN TYPE gives this built-in type or an
 * array of it, as SQL. */
StringList hazard_columns_of_type(const LintContext *ctx, const Op *op, const char *type);

/* What ALTER COLUMN TYPE does to values that the new type cannot hold; NULL where it holds all, or
 * where that is not known. */
const char *hazard_narrowing(const LintContext *ctx, const Op *op);

/* Whether the file has mended or deleted them before, by a condition on the column that says the
 * new limit. */
bool hazard_narrowing_is_prepared(const LintContext *ctx, const Op *op);

/* The type as SQL: "varchar(20)". */
const char *hazard_type_words(Arena *arena, const SqlType *type);

#endif
