/* SPDX-License-Identifier: MIT */
/*
 * What a person decides and no migration does: baseline and repair. Each is first a list of what
 * would be changed, shown to whoever has to agree, and then done in one run, with its lock and its
 * marker; every change is a row in the history.
 */
#ifndef LOCKSTEP_RUN_MEND_H
#define LOCKSTEP_RUN_MEND_H

#include "run/run.h"

typedef enum MendKind {
    MEND_BASELINE,    /* record a file as applied */
    MEND_ACCEPT,      /* take a changed file for what was applied */
    MEND_FORGET,      /* record a migration without a file as not applied */
    MEND_STEP_DONE,   /* a step whose end nobody knows has had its effect … */
    MEND_STEP_FAILED, /* … has had none */
    MEND_DROP_INDEX,  /* an INVALID one */
    MEND_FINALIZE     /* the detachment of a partition */
} MendKind;

/* "drop-index": stable, for programs. */
const char *mend_kind_key(MendKind kind);

typedef struct Mend {
    MendKind kind;
    const char *version; /* as written; NULL for what is no migration's */
    const char *name;    /* of the migration; as SQL, of the index or the partition */
    const char *words;   /* what is done: "record 001_people as applied" */
    bool done;
    /* For the one that does it. */
    const PlanItem *item;
    const HistoryStep *step;
    const Leftover *leftover;
} Mend;

typedef LIST(Mend) MendList;

/* A step as "VERSION:NUMBER". */
typedef struct MendRequest {
    const char *baseline; /* up to this version; NULL: none */
    StringList accept;    /* versions */
    StringList forget;
    StringList steps_done;
    StringList steps_failed;
    bool leftovers;   /* what failed statements left in the catalog */
    bool has_history; /* baseline: go on although there are rows already */
} MendRequest;

typedef struct MendReport {
    const char *run;
    RunTarget target;
    MendList mends;       /* what it set out to do, in order */
    StringList undecided; /* steps that need a decision and got none, each as a sentence */
    bool has_marker;
    RestorePoint marker;
} MendReport;

/* Asked once, with all that would be done, before anything is. False: nothing is to be done; the
 * error is set. */
typedef struct MendConsent {
    void *context;
    bool (*asks)(void *context, const MendReport *report, Error *err);
} MendConsent;

/*
 * ERROR_USAGE for what cannot be: a version or a step that is not known, or not in the state that
 * it would be taken out of; ERROR_GATE where a baseline finds rows in the history. `options->order`
 * and `options->count` are not looked at; with `options->dry_run` nobody is asked and nothing is
 * done.
 */
bool run_mend(Arena *arena, const RunOptions *options, const MendRequest *request,
              const MendConsent *consent, const RunObserver *observer, MendReport *out,
              Error *err) MUST_USE;

#endif
