/* SPDX-License-Identifier: MIT */
/* Files and history put side by side: what is applied, what is pending, what does not agree. Pure:
 * reads neither. */
#ifndef LOCKSTEP_RUN_PLAN_H
#define LOCKSTEP_RUN_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "db/history.h"
#include "source/migration.h"

typedef enum PlanState {
    PLAN_PENDING, /* a repeatable one, too, that has changed since it ran */
    PLAN_APPLIED,
    PLAN_HALF_UP,  /* an up stopped half way */
    PLAN_HALF_DOWN /* a down stopped half way */
} PlanState;

/* "applied" */
const char *plan_state_words(PlanState state);

/* How the up file stands to the one that was applied. */
typedef enum FileState {
    FILE_SAME,        /* or not applied yet */
    FILE_REFORMATTED, /* other bytes, the same tokens: comments or white space */
    FILE_CHANGED,     /* drift */
    FILE_MISSING
} FileState;

/* "changed since it was applied" */
const char *file_state_words(FileState state);

/* One version, known from a file, from the history or from both. Borrows the migration and the
 * history. */
typedef struct PlanItem {
    const char *version;
    const char *version_text;
    const char *name;
    PlanState state;
    FileState file;
    bool out_of_order;          /* pending, though a later one is applied */
    const Migration *migration; /* NULL: no file */
    const HistoryRow *applied;  /* the row that made it applied, or NULL */
    const HistoryRow *last;     /* its newest row of any outcome, or NULL */
    bool has_down;              /* a file, or a text stored in the history */
} PlanItem;

typedef LIST(PlanItem) PlanItemList;

typedef struct Plan {
    PlanItemList items; /* in the order of the files; those without one among them */
    size_t pending;     /* half done ups included */
    size_t applied;
    size_t drifted; /* FILE_CHANGED */
    size_t out_of_order;
    size_t half_done;
    size_t missing; /* applied, without a file */
    size_t reformatted;
} Plan;

/* Computes checksums of files as needed. No migration's up is broken. */
void plan_make(Arena *arena, const MigrationList *migrations, const History *history, Plan *out);

/* What to do with pending files that are older than the newest applied one. */
typedef enum OrderPolicy {
    ORDER_STRICT, /* refuse to go on */
    ORDER_ALLOW,  /* apply them where they stand */
    ORDER_SKIP    /* leave them pending */
} OrderPolicy;

/* One of the items to run, by its number in `plan->items`. */
typedef struct PlanStep {
    size_t item;
    Direction direction;
} PlanStep;

/* In the order in which they run. */
typedef LIST(PlanStep) PlanOrder;

/* The same for somebody who does not have the plan. */
typedef struct PlannedRun {
    PlanItem item;
    Direction direction;
} PlannedRun;

typedef LIST(PlannedRun) PlannedRunList;

/*
 * Chooses what `up` runs: pending ones, up to version `to` (NULL: all) and not more than `count`
 * (0: all). ERROR_DRIFT for a changed file or, where the policy is strict, one that came too late;
 * ERROR_HALF_DONE where a down stopped half way; ERROR_USAGE where `to` is not known.
 */
bool plan_up(Arena *arena, const Plan *plan, const char *to, size_t count, OrderPolicy policy,
             PlanOrder *out, Error *err) MUST_USE;

/*
 * Chooses what `down` reverts, the last one first: `count` migrations (0: one), or where `to` is
 * not NULL all behind that version, and all there are where it is "0"; never a repeatable one.
 * ERROR_USAGE where one has no way back: neither a down file nor a stored text; ERROR_HALF_DONE
 * where an up stopped half way.
 */
bool plan_down(Arena *arena, const Plan *plan, size_t count, const char *to, PlanOrder *out,
               Error *err) MUST_USE;

/*
 * Chooses what `redo` runs: the last `count` migrations (0: one) down and then up again, in the
 * order that they have. Their files may have changed; ERROR_DRIFT where another one has. Else as
 * plan_down(), and ERROR_USAGE where one has no file to go up with.
 */
bool plan_redo(Arena *arena, const Plan *plan, size_t count, PlanOrder *out, Error *err) MUST_USE;

/*
 * Chooses what leads to version `to` ("0": before the first one), so that all up to it are applied
 * and none behind it: either downs or ups. ERROR_USAGE where it would take both; else as plan_up()
 * and plan_down().
 */
bool plan_goto(Arena *arena, const Plan *plan, const char *to, OrderPolicy policy, PlanOrder *out,
               Error *err) MUST_USE;

#endif
