/* SPDX-License-Identifier: MIT */
/* What one server does with the cases, as it is recorded in answers/<major>.json: one line for each
 * case. */
#ifndef LOCKSTEP_TESTS_ORACLE_ANSWER_H
#define LOCKSTEP_TESTS_ORACLE_ANSWER_H

#include <stdbool.h>

#include "lockstep/error.h"
#include "lockstep/list.h"
#include "lockstep/lock.h"

typedef struct OracleRelation {
    const char *name; /* schema public left out */
    RelationKind kind;
    LockLevel level; /* the strongest that was asked for */
    LockLevel held;  /* at the end of the transaction; NONE outside of one */
    bool rewrites;
    bool scans;
    bool builds_index;
} OracleRelation;

typedef LIST(OracleRelation) OracleRelationList;

typedef struct OracleAnswer {
    const char *name;     /* of the case */
    const char *sqlstate; /* of the refusal; NULL: there was none, and the relations count */
    const char *message;
    bool refused_setup; /* by the server: the statement was not tried */
    OracleRelationList relations;
} OracleAnswer;

typedef LIST(OracleAnswer) OracleAnswerList;

typedef struct OracleRecord {
    const char *server_version; /* "15.18" */
    OracleAnswerList answers;
} OracleRecord;

bool oracle_record_load(Arena *arena, const char *path, OracleRecord *out, Error *err) MUST_USE;
bool oracle_record_save(Arena *arena, const char *path, const OracleRecord *record,
                        Error *err) MUST_USE;

/* NULL where there is none. */
const OracleAnswer *oracle_find_answer(const OracleRecord *record, const char *name);

/* "parcel ShareLock scan; parcel_pkey AccessExclusiveLock", ordered by name; `held` says which of
 * the two locks. */
const char *oracle_relation_words(Arena *arena, const OracleRelationList *relations, bool held);

/* By name. */
void oracle_sort_relations(OracleRelationList *relations);

/* Whether it has rows of its own or below it, so that work on them is compared and not only the
 * lock. */
bool oracle_is_table_like(RelationKind kind);

#endif
