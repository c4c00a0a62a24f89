/* SPDX-License-Identifier: MIT */
/* Constants, and the bounds of partitions. */
#ifndef LOCKSTEP_LIMIT_H
#define LOCKSTEP_LIMIT_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/list.h"

/* A number, a truth value or a literal in quotes; `text` is NULL for what is none. */
typedef struct SqlValue {
    const char *text;
    bool is_integer;
    int64_t integer;
} SqlValue;

/* A value of INSERT … VALUES. */
typedef struct InsertValue {
    const char *text; /* of a constant; NULL for what is none */
    bool is_null;
} InsertValue;

typedef LIST(InsertValue) InsertRow;
typedef LIST(InsertRow) InsertRowList;

typedef enum SplitStrategy { SPLIT_RANGE, SPLIT_LIST, SPLIT_HASH } SplitStrategy;

typedef enum DatumKind {
    DATUM_VALUE,
    DATUM_MINVALUE,
    DATUM_MAXVALUE,
    DATUM_NULL,
    DATUM_COLUMN, /* which the server refuses */
    DATUM_UNKNOWN /* an expression that is no constant here */
} DatumKind;

/* One value of a bound. */
typedef struct BoundDatum {
    DatumKind kind;
    SqlValue value;
} BoundDatum;

typedef LIST(BoundDatum) BoundDatumList;

/* FOR VALUES … */
typedef struct PartitionBound {
    bool is_default;
    const char *text; /* the clause as written, without FOR VALUES; NULL for DEFAULT */
    SplitStrategy strategy;
    BoundDatumList from; /* FROM; IN; a datum for each column or value */
    BoundDatumList to;   /* TO */
    int modulus;         /* WITH (MODULUS, REMAINDER) */
    int remainder;
} PartitionBound;

#endif
