/* SPDX-License-Identifier: MIT */
/*
 * How the planner will read the relations of a query: a guess in a few rules.
 *
 * A table is read through an index where a condition compares the index's first column with values
 * that are fixed before, or with columns of a table of which only few rows are read; a range of
 * values counts too. Everything else is read whole, unless the query stops early.
 */
#ifndef LOCKSTEP_LOCKS_QUERY_GUESS_H
#define LOCKSTEP_LOCKS_QUERY_GUESS_H

#include "lockstep/schema.h"

/* A source of the query or of a view in it. */
typedef struct GuessSource {
    SqlSource written;
    const SimRelation *relation; /* NULL where the schema does not have it, and for what is none */
    bool few;                    /* only a few of its rows are read */
    bool in_view;                /* its view is among the sources before it */
} GuessSource;

/* A column of a source that is compared. */
typedef struct GuessColumn {
    size_t source;
    const char *column;
    const char *function; /* applied to it, or NULL */
    Comparison comparison;
    const StringList *values; /* the constants; NULL where they are not known */
} GuessColumn;

typedef LIST(GuessSource) GuessSourceList;
typedef LIST(GuessColumn) GuessColumnList;

typedef struct QueryGuess {
    Arena *arena;
    const Schema *schema;
    QueryLevelList levels;
    GuessSourceList sources;
    QueryConditionList conditions;
    GuessColumnList fixed; /* columns compared with what is known before */
} QueryGuess;

/* `ids` are the relations of the sources, where they were resolved before; NULL: by name. */
QueryGuess query_guess(Arena *arena, const Schema *schema, const SqlQuery *query,
                       const RelationIdList *ids);

/* Whether every row of `relation` is read, which is the source's or one below it. */
bool query_guess_scans(const QueryGuess *guess, size_t source, const SimRelation *relation);

/* The partitions below the source at `at` that its conditions do not exclude; others below it too.
 */
RelationIdList query_guess_below(const QueryGuess *guess, size_t at);

#endif
