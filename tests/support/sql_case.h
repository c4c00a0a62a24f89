/* SPDX-License-Identifier: MIT */
/* Short SQL in, schema and lock effects out: for the tests of src/schema and src/locks. */
#ifndef LOCKSTEP_TESTS_SQL_CASE_H
#define LOCKSTEP_TESTS_SQL_CASE_H

#include "lockstep/lock.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

#include "schema/replay.h"

typedef struct SqlCase {
    Arena *arena;
    Schema *schema;
    int pg_version;
} SqlCase;

/* An empty database and a server version. sql_case_close() frees all that came out of the case. */
SqlCase sql_case_open(int pg_version);
void sql_case_close(SqlCase *sql);

/* The operations of a text; the test fails where it does not parse. */
OpList sql_case_parse(SqlCase *sql, const char *text);

/* Replays a text, each statement in a transaction of its own unless it says BEGIN. */
void sql_case_replay(SqlCase *sql, const char *text);

/* What the text does, its operations one after the other in one transaction: each relation once.
 * The schema is the changed one afterwards. */
LockEffectList sql_case_effects(SqlCase *sql, const char *text);

/* Effects as text, ordered as they are: "public.t AccessExclusiveLock rewrite scan index; public.u
 * …". Relations made by the text itself are left out. */
const char *sql_case_words(SqlCase *sql, const char *text);

/* The relation, which must be there; NULL for the names that the test expects to be gone comes from
 * schema_find_relation(). */
const SimRelation *sql_case_relation(SqlCase *sql, const char *name);

/* "id int4 not null default nextval('t_id_seq'::regclass), a text" and "t_pkey PRIMARY KEY (id),
 * …": what the schema knows of a relation, for comparing. */
const char *sql_case_columns(SqlCase *sql, const char *relation);
const char *sql_case_constraints(SqlCase *sql, const char *relation);

/* "public.t_pkey, public.t_a_idx": all that the list names. */
const char *sql_case_names(SqlCase *sql, RelationIdList ids);

#endif
