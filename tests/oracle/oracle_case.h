/* SPDX-License-Identifier: MIT */
/*
 * The cases that real servers were asked about: a schema, and what is run on it.
 *
 * A case file is SQL with directives; a line that begins with "--- " is one, a line that begins
 * with "-- " is a comment:
 *
 *   --- schema NAME          the SQL that follows makes a schema that cases share
 *   --- case NAME [on SCHEMA]
 *   --- each a -> b          a case for each row below; {a} and {b} stand for its fields, in the
 *   ---   int -> bigint      name too
 *   --- setup                SQL, run after the schema's; committed
 *   --- session              SQL, run in the session before the statement
 *   --- run                  the statements, in one transaction
 *   --- run outside          instead: each statement by itself, outside of transaction blocks; a
 *                            statement ends where a line ends in ";"
 *
 * Tables hold rows, or else a scan of them cannot be seen.
 */
#ifndef LOCKSTEP_TESTS_ORACLE_CASE_H
#define LOCKSTEP_TESTS_ORACLE_CASE_H

#include <stdbool.h>

#include "lockstep/error.h"
#include "lockstep/list.h"

typedef struct OracleCase {
    const char *name;
    const char *file; /* "partitions.sql" */
    const char *setup;
    const char *session;
    const char *run;
    bool outside;
} OracleCase;

typedef LIST(OracleCase) OracleCaseList;

/* All cases of all "*.sql" files of a directory, in the order of the file names; names are unique.
 */
bool oracle_cases_load(Arena *arena, const char *directory, OracleCaseList *out,
                       Error *err) MUST_USE;

/* The statements of a case that runs outside of transactions. */
StringList oracle_case_statements(Arena *arena, const OracleCase *item);

#endif
