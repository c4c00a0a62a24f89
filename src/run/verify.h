/* SPDX-License-Identifier: MIT */
/* Whether files, history and catalog agree. */
#ifndef LOCKSTEP_RUN_VERIFY_H
#define LOCKSTEP_RUN_VERIFY_H

#include "run/run.h"

typedef enum ProblemKind {
    PROBLEM_FILE_CHANGED,   /* an applied file is not what was applied */
    PROBLEM_FILE_MISSING,   /* an applied migration has no file */
    PROBLEM_FILE_LATE,      /* a pending file is older than the newest applied one */
    PROBLEM_DOWN_CHANGED,   /* the way back is not the one that was there when it was applied */
    PROBLEM_HALF_DONE,      /* an attempt stopped between its steps */
    PROBLEM_INVALID_INDEX,  /* left by a build that failed */
    PROBLEM_DETACH_PENDING, /* a partition that is half detached */
    PROBLEM_SCHEMA          /* the catalog is not what the applied files make */
} ProblemKind;

/* "file-changed": stable, for programs. */
const char *problem_kind_key(ProblemKind kind);

typedef struct VerifyProblem {
    ProblemKind kind;
    const char *version; /* as written; NULL for what is no migration's */
    const char *message; /* names the file or the object */
} VerifyProblem;

typedef LIST(VerifyProblem) VerifyProblemList;

typedef struct RunVerify {
    RunTarget target;
    bool is_running; /* another run is at work, so that what it does now may show */
    Blocker runner;
    Plan plan;
    VerifyProblemList problems;
    bool is_compared;         /* the catalog, with what the applied files make */
    const char *not_compared; /* else why not */
    StringList unsure;        /* differences that code may have made that cannot be foreseen … */
    StringList unsure_files;  /* … in these files */
    size_t partitions;        /* of the catalog, that no migration makes */
} RunVerify;

/* Writes nothing, and takes no lock. `schema` is what existed before the first migration, or NULL:
 * nothing did. */
bool run_verify(Arena *arena, const RunOptions *options, const SourceFile *schema,
                const RunObserver *observer, RunVerify *out, Error *err) MUST_USE;

#endif
