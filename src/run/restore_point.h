/* SPDX-License-Identifier: MIT */
/*
 * The PITR marker: where the server stood before a run changed anything, in all the words that a
 * restore can be asked for. It is taken after the runner's lock is held and kept outside of the
 * database (src/journal), because a restore rewinds what is inside.
 */
#ifndef LOCKSTEP_RUN_RESTORE_POINT_H
#define LOCKSTEP_RUN_RESTORE_POINT_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "db/db.h"

typedef struct RestorePoint {
    const char *run;  /* id of the run, 8 hex digits */
    const char *name; /* "lockstep-20261121T081226Z-1a2b3c4d"; NULL where none could be created */
    const char *name_missing; /* why there is no name, or NULL */
    const char *taken_at;     /* the server's clock: "2026-11-21T08:12:26.123456Z" */
    const char *lsn;          /* insert position, or the end of the restore point's record */
    int64_t timeline;
    const char *system_identifier; /* of the cluster; decimal */
    const char *database;
    int64_t in_flight;             /* other transactions that had written and were open */
    const char *snapshot_xmin;     /* the oldest transaction that was open */
    const char *wal_level;         /* "replica" */
    const char *archive_mode;      /* "off", "on", "always" */
    const char *last_archived_wal; /* NULL: none yet */
    bool archiver_failing;         /* its last failure is newer than its last success */
} RestorePoint;

/* Takes a marker on a connection that is in no transaction. That the role may not create a named
 * restore point is no error: `name_missing` says so. */
bool restore_point_take(Arena *arena, Db *db, const char *run, RestorePoint *out,
                        Error *err) MUST_USE;

/* The marker as a JSON object, as it stands in the history. */
const char *restore_point_json(Arena *arena, const RestorePoint *point);

#endif
