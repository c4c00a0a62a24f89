/* SPDX-License-Identifier: MIT */
/* Types, expressions and queries as written, as far as anybody needs to know them. Plain data in
 * the arena that was given to parse_script(). */
#ifndef LOCKSTEP_EXPRESSION_H
#define LOCKSTEP_EXPRESSION_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/limit.h"
#include "lockstep/list.h"
#include "lockstep/text.h"

typedef LIST(QualifiedName) NameList;

/*
 * A type as written, with the parser's own aliases resolved: `int` is pg_catalog.int4,
 * `varchar(10)` is pg_catalog.varchar with one modifier, `timestamp with time zone` is
 * pg_catalog.timestamptz. serial, smallserial and bigserial keep their names (serial4, serial8 and
 * serial2 become them).
 */
typedef struct SqlType {
    QualifiedName name;
    int modifier_count;   /* written modifiers, at most 2 are kept */
    int32_t modifiers[2]; /* constants; meaningless where modifiers_known is false */
    bool modifiers_known; /* false where a modifier was not an integer constant */
    int array_dimensions; /* 0 for no array */
    bool is_set;          /* SETOF */
} SqlType;

typedef LIST(SqlType) TypeList;

/* No type but a habit: a column of integers with a sequence of its own (parse_utilcmd.c,
 * transformColumnDefinition()). */
typedef struct SerialType {
    const char *name;     /* "serial" */
    const char *numbered; /* "serial4", which means the same */
    const char *base;     /* "int4", in pg_catalog */
    const char *words;    /* "integer" */
} SerialType;

/* NULL where it is none. Of an array, that of its elements, which the server refuses. */
const SerialType *serial_type_of(const SqlType *type);

/* The same of a word, as it may be written. */
const SerialType *serial_type_written(const char *word);

/* A cast of nothing but a column. */
typedef struct ColumnCast {
    const char *column;
    SqlType type;
} ColumnCast;

typedef LIST(ColumnCast) ColumnCastList;

/* What the other parts need to know of an expression. */
typedef struct SqlExpr {
    Span span;             /* the whole expression */
    const char *text;      /* the same as text, copied */
    bool is_null_constant; /* NULL, also cast to something */
    bool is_constant;      /* a literal, also cast or negated: no column, no function */
    bool has_subquery;     /* so that `columns` and `functions` may be incomplete */
    StringList columns;    /* the last part of each column name in it, each once */
    NameList functions;    /* each function called (by name, operators not included), each once */
    NameList sequences;    /* each that nextval() and its like or a cast to regclass name by a
                              constant */
    TypeList casts;        /* each type cast to */
    ColumnCastList column_casts; /* those of them that are of a column */
    bool asks_session; /* CURRENT_DATE, CURRENT_USER and their like: neither constant nor a call */
    const struct SqlFormula *formula; /* of a CHECK, a key to partition by and an index's WHERE;
 else NULL */
} SqlExpr;

/* A column that a query or a condition names. */
typedef struct ColumnUse {
    const char *name; /* NULL: every column of all of `among` (*) */
    NameList among;   /* the relations that it may belong to: it is of the first that has it */
} ColumnUse;

typedef LIST(ColumnUse) ColumnUseList;

/* What a query, a condition or a body of statements stands on: each name once, names of WITH and
 * of the query's own aliases left out. */
typedef struct SqlUses {
    NameList relations;    /* that it reads */
    NameList written;      /* that an INSERT, UPDATE or DELETE in it changes */
    ColumnUseList columns; /* of both */
    NameList functions;
    TypeList types; /* cast to */
} SqlUses;

/* A column of a query's result. */
typedef struct QueryColumn {
    const char *name;     /* NULL where it cannot be told, and for * */
    const ColumnUse *use; /* a plain column, or the * that stands for several; NULL else */
    SqlType type;         /* of a cast; else name.name is NULL */
} QueryColumn;

typedef LIST(QueryColumn) QueryColumnList;

#endif
