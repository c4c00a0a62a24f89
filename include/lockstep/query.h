/* SPDX-License-Identifier: MIT */
/*
 * A query as the lock model sees it: what it names, how, and which conditions narrow what is read.
 * The server decides by its planner; this is what is needed to guess well.
 *
 * A query holds others: in WITH, in FROM, in expressions. Each is a level; level 0 is the whole.
 */
#ifndef LOCKSTEP_QUERY_H
#define LOCKSTEP_QUERY_H

#include <stdbool.h>

#include "lockstep/list.h"
#include "lockstep/text.h"

/* How far a data statement goes. */
typedef enum DataPhase {
    DATA_RUNS,
    DATA_IS_PLANNED, /* EXPLAIN, a cursor that is opened */
    DATA_IS_NAMED    /* PREPARE: not even that */
} DataPhase;

typedef enum SourceUse {
    SOURCE_READ,
    SOURCE_ROWS_LOCKED, /* FOR UPDATE and its like */
    SOURCE_CHANGED,     /* the target of UPDATE, DELETE or MERGE */
    SOURCE_ADDED_TO     /* the target of INSERT */
} SourceUse;

/* An item of a FROM, or the target of a write. */
typedef struct SqlSource {
    QualifiedName relation; /* name NULL for what is none */
    const char *alias;      /* by which conditions call it; NULL for none */
    int level;              /* the query in whose FROM it stands */
    int result_of;          /* the query in WITH or FROM whose rows it is; -1 for none */
    SourceUse use;
    bool only;
    bool is_sample; /* TABLESAMPLE */
} SqlSource;

typedef LIST(SqlSource) SqlSourceList;

/* One side of a condition. */
typedef struct QueryTerm {
    int level;             /* the query in which it is written */
    const char *qualifier; /* NULL for none */
    const char *column;    /* NULL: a value that is fixed before rows are read */
    const char *function;  /* the column is its only argument; NULL for the bare column */
    bool is_expression;    /* of the column: an index of the column does not find it */
    int result_of;         /* column NULL: the first column of this query's result; -1: a value */
} QueryTerm;

typedef enum Comparison {
    COMPARISON_EQUAL, /* also with one of several values */
    COMPARISON_IS_NULL,
    COMPARISON_LESS,
    COMPARISON_LESS_EQUAL,
    COMPARISON_GREATER,
    COMPARISON_GREATER_EQUAL
} Comparison;

/* A condition that holds for each row that its level goes on with. */
typedef struct QueryCondition {
    QueryTerm left;
    Comparison comparison;
    QueryTerm right;
    StringList values; /* right is one of these constants; empty where it is anything else */
    bool is_using;     /* USING: the column of all sources of the level that have it */
} QueryCondition;

typedef LIST(QueryCondition) QueryConditionList;

/* A column of a level's result. */
typedef struct QueryOutput {
    const char *name; /* NULL for * */
    QueryTerm term;   /* a column, or of what qualifier the * is */
} QueryOutput;

typedef LIST(QueryOutput) QueryOutputList;

typedef enum QueryPlace {
    QUERY_WHOLE,
    QUERY_IN_FROM,
    QUERY_IN_WITH,
    QUERY_ARM,    /* of UNION and its like */
    QUERY_SOURCE, /* of INSERT */
    QUERY_EXISTS, /* in EXISTS (…) */
    QUERY_IN,     /* in … IN (…) */
    QUERY_EXPRESSION
} QueryPlace;

typedef struct QueryLevel {
    int outer; /* the query around it; -1 for none */
    QueryPlace place;
    bool is_lateral;  /* it sees the sources of the query around it */
    bool never;       /* its condition is constant and not true, or nobody asks for its rows */
    bool limited;     /* LIMIT */
    bool needs_all;   /* before its first row: grouping, aggregates, DISTINCT, window functions */
    bool is_barrier;  /* conditions on its result do not reach its sources */
    bool is_ordered;  /* ORDER BY */
    QueryTerm order;  /* its first key, where that is a column */
    bool is_extremes; /* of nothing but min() and max() of `order`s column */
    QueryOutputList outputs;
} QueryLevel;

typedef LIST(QueryLevel) QueryLevelList;

typedef struct SqlQuery {
    QueryLevelList levels;
    SqlSourceList sources;
    QueryConditionList conditions;
} SqlQuery;

/* pg_relation_size() and its like. */
typedef enum Measured { MEASURED_NOT, MEASURED_ALONE, MEASURED_WITH_INDEXES } Measured;

/* A sequence that nextval(), setval() and their like name, or what another function measures. */
typedef struct SequenceUse {
    Measured measured;
    QualifiedName sequence; /* name NULL: that of the column below (pg_get_serial_sequence()) */
    QualifiedName table;
    const char *column;
} SequenceUse;

typedef LIST(SequenceUse) SequenceUseList;

#endif
