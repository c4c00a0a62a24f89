/* SPDX-License-Identifier: MIT */
/* One walk over a query, for lower_query.c and lower_condition.c. */
#ifndef LOCKSTEP_PARSE_QUERY_WALK_H
#define LOCKSTEP_PARSE_QUERY_WALK_H

#include "lower.h"
#include "walk.h"

/* Conditions, queries in FROM: deeper than this nobody writes and nothing is looked at. */
enum { QUERY_DEPTH = 50 };

/* A level while the walk goes on. */
typedef struct QueryFrame {
    const Node *node;
    LIST(const Node *) quals; /* WHERE and the ON of joins */
} QueryFrame;

/* A query that stands within one that was seen. */
typedef struct ExpectedQuery {
    const Node *node;
    QueryPlace place;
    int outer;
    bool is_lateral;
} ExpectedQuery;

typedef struct WithQuery {
    const CommonTableExpr *cte;
    int level;
    int uses;
} WithQuery;

typedef struct QueryWalk {
    Lower *lower;
    NameList *functions;        /* or NULL */
    SequenceUseList *sequences; /* or NULL */
    SqlQuery query;             /* in the scratch arena */
    LIST(QueryFrame) frames;    /* one for each level of the query */
    LIST(ExpectedQuery) expected;
    LIST(WithQuery) with;
    bool is_sample; /* the next relation is */
} QueryWalk;

/* Fills in the conditions, orders and outputs of all levels once all are known. */
void query_walk_conditions(QueryWalk *walk);
void query_walk_join(QueryWalk *walk, int level, const JoinExpr *join);

QueryPlace query_walk_place(const SubLink *link);

/* Whether the first row comes only after all others were read. */
bool query_walk_needs_all(const SelectStmt *select);
bool query_walk_is_null(const Node *constant);

#endif
