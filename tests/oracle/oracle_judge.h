/* SPDX-License-Identifier: MIT */
/* What `explain` says of a case, against what a server did with it. */
#ifndef LOCKSTEP_TESTS_ORACLE_JUDGE_H
#define LOCKSTEP_TESTS_ORACLE_JUDGE_H

#include "oracle/oracle_answer.h"
#include "oracle/oracle_case.h"

typedef enum OracleVerdict {
    VERDICT_EXACT_WITH_ALL, /* every relation */
    VERDICT_EXACT,          /* every relation that has rows; an index, sequence or view differs */
    VERDICT_WRONG,
    VERDICT_REFUSAL_FORESEEN,
    VERDICT_REFUSAL_MISSED,
    VERDICT_FALSE_REFUSAL,
    VERDICT_NOT_JUDGED, /* the setup failed, or an error that the rows decide */
    VERDICT_COUNT
} OracleVerdict;

const char *oracle_verdict_words(OracleVerdict verdict);

typedef struct OracleJudgement {
    OracleVerdict verdict;
    const char *predicted; /* relations or the refusal, as words */
    const char *recorded;
} OracleJudgement;

OracleJudgement oracle_judge(Arena *arena, const OracleCase *item, const OracleAnswer *answer,
                             int pg_version);

/* The case as a migration file: what ran in one transaction stands between BEGIN and COMMIT. */
const char *oracle_migration(Arena *of, const OracleCase *item);

#endif
