/* SPDX-License-Identifier: MIT */
/* Does changing a column from one type to another rewrite the table? */
#ifndef LOCKSTEP_SCHEMA_TYPE_CHANGE_H
#define LOCKSTEP_SCHEMA_TYPE_CHANGE_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

typedef struct TypeChange {
    bool rewrites;
    bool rebuilds_indexes; /* the plain indexes on the column, though the heap stays: operator class
                              or collation differs */
    bool known;      /* false: a type that we do not know is involved; rewrites is then true */
    const char *why; /* "int4 and int8 are stored differently", "varchar(20) to varchar(50) only
                        raises the limit" */
} TypeChange;

/* PostgreSQL: tablecmds.c, ATPrepAlterColumnType() and ATColumnChangeRequiresRewrite(); the strings
 * live in `arena`. */
TypeChange type_change(Arena *arena, const Schema *schema, const SimColumn *column,
                       const Op *alter_type);

/* Whether USING only names the column and casts it: `column`, `column::type`. */
bool type_using_is_cast(Arena *arena, const char *column, const SqlExpr *using);

/* "varchar(20)", "timestamptz", "app.money[]": as a person writes it. */
const char *type_words(Arena *arena, const SqlType *type);
bool type_equals(const SqlType *a, const SqlType *b);

#endif
