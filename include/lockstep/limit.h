/* SPDX-License-Identifier: MIT */
/* Comparisons of columns with constants: what a CHECK says for certain, and the bounds of
 * partitions. */
#ifndef LOCKSTEP_LIMIT_H
#define LOCKSTEP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/list.h"

typedef enum LimitKind {
    LIMIT_LESS,
    LIMIT_LESS_OR_EQUAL,
    LIMIT_EQUAL,
    LIMIT_GREATER_OR_EQUAL,
    LIMIT_GREATER
} LimitKind;

/* An integer, or a literal in quotes; `text` is NULL for what is neither. */
typedef struct SqlValue {
    const char *text;
    bool is_integer;
    int64_t integer;
} SqlValue;

/* A comparison of a column with a constant: `column kind value`. */
typedef struct SqlLimit {
    const char *column;
    LimitKind kind;
    SqlValue value;
} SqlLimit;

typedef LIST(SqlLimit) SqlLimitList;

/* FOR VALUES …: only what the model needs. */
typedef struct PartitionBound {
    bool is_default;
    const char *text; /* the clause as written, without FOR VALUES; NULL for DEFAULT */
    struct {          /* FROM and TO of a range over one column */
        bool is_known;
        SqlValue from; /* without a text: MINVALUE */
        SqlValue to;   /* without a text: MAXVALUE */
    } range;
} PartitionBound;

#endif
