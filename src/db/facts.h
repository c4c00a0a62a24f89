/* SPDX-License-Identifier: MIT */
/* What the runner asks a server about itself, its sessions and its catalog. Nothing here changes
 * anything but the locks and the restore point that are named so. */
#ifndef LOCKSTEP_DB_FACTS_H
#define LOCKSTEP_DB_FACTS_H

#include <stdbool.h>
#include <stdint.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "db/batch.h"

/* One session that stands in the way, or that holds the runner's lock. Texts may be "" where the
 * role may not see them. */
typedef struct Blocker {
    int pid;                 /* 0: a prepared transaction, or nobody that can be seen */
    const char *application; /* of a prepared transaction: its identifier */
    const char *user;
    const char *address; /* of its client; "": a Unix socket */
    const char *state;   /* "idle in transaction" */
    const char *backend; /* "autovacuum worker", "prepared transaction"; "": an ordinary session */
    bool is_wraparound;  /* an autovacuum that gives way to nobody */
    const char *wait_event;  /* "Lock: relation"; "": it works, or is unknown */
    const char *transaction; /* as the server's locks name it; "": unknown, or not asked for */
    const char *query;       /* its first words, on one line; "" where they are not to be shown */
    int64_t age_ms; /* of its transaction, of a lock's holder: of its session; -1 where unknown */
} Blocker;

typedef LIST(Blocker) BlockerList;

typedef struct SessionFacts {
    bool in_recovery;
    bool read_only;
    const char *database;
    const char *user;
    bool has_event_triggers;
} SessionFacts;

bool facts_session(Arena *arena, Db *db, SessionFacts *out, Error *err) MUST_USE;

/* The session-level advisory lock: never waits. */
bool facts_try_lock(Arena *scratch, Db *db, int64_t key, bool *taken, Error *err) MUST_USE;
/* The same lock until the end of the transaction that is open in the batch; the first cell of
 * `rows` says whether it was to be had. From here on the transaction has this lock timeout; -1: the
 * one that it has. */
void facts_add_try_lock(Arena *arena, int64_t key, int64_t lock_timeout_ms, DbRows *rows,
                        DbCommandList *batch);

/* What is done about the prepared statements of a session that is put back. */
typedef enum PreparedLeft {
    PREPARED_LOOK, /* whether there are others than ours is asked */
    PREPARED_DROP  /* all of them are thrown away, ours too */
} PreparedLeft;

/* Its answers, where they came. */
typedef struct SessionReset {
    DbRows lock;     /* the first cell: whether it is ours */
    DbRows prepared; /* of PREPARED_LOOK, for facts_is_reset() */
} SessionReset;

/* Brings the session back to how it was after db_open(), whatever a migration has changed in it,
 * and takes its lock once more, in case it was dropped. In no transaction only, not behind a
 * pooler, and in a part that ends before what follows begins a transaction. */
void facts_add_reset(Arena *arena, const Db *db, int64_t key, PreparedLeft prepared,
                     SessionReset *reset, DbCommandList *batch);

/* What that has answered to PREPARED_LOOK: the lock is ours, and the prepared statements are those
 * that we keep. False where nothing was sent. */
bool facts_is_reset(const Db *db, const SessionReset *reset);
bool facts_unlock(Arena *scratch, Db *db, Error *err) MUST_USE;

/* Who holds it; pid 0: nobody. `is_ours`: this session does. */
bool facts_lock_holder(Arena *arena, Db *db, int64_t key, Blocker *out, bool *is_ours,
                       Error *err) MUST_USE;

/* One row: clock, insert LSN, timeline, system identifier, database, transactions in flight, xmin,
 * wal_level, archive_mode, last archived WAL, archiver fails. */
bool facts_restore_point(Arena *arena, Db *db, DbRows *out, Error *err) MUST_USE;

/* Creates a named restore point and gives the LSN of its end. */
bool facts_create_restore_point(Arena *arena, Db *db, const char *name, const char **lsn,
                                Error *err) MUST_USE;

/* "7234567890123456789" */
bool facts_system_identifier(Arena *arena, Db *db, const char **out, Error *err) MUST_USE;

typedef enum IndexState {
    INDEX_ABSENT,
    INDEX_USABLE,
    INDEX_INVALID,
    INDEX_BEING_BUILT, /* by a session that is at it now */
    INDEX_NAME_TAKEN   /* by something that is not an index of this table */
} IndexState;

/* An index by its table (as SQL) and its bare name; `qualified` is its name as SQL where it is
 * there. */
bool facts_index_state(Arena *arena, Db *db, const char *table, const char *index, IndexState *out,
                       const char **qualified, Error *err) MUST_USE;

/* The newest index of the table (as SQL) that was made since a transaction, and that has a name
 * such as the server chooses; INDEX_ABSENT where there is none. */
bool facts_new_index(Arena *arena, Db *db, const char *table, const char *since, IndexState *out,
                     const char **qualified, Error *err) MUST_USE;

/* Of which tables the indexes are meant. */
typedef struct IndexScope {
    const char *relation; /* a table as SQL, or an index of it; NULL: … */
    const char *schema;   /* … all of a schema, by its bare name; NULL: of the database */
    const char *since;    /* made since this transaction, as xid; NULL: whenever */
    bool leftovers_only;  /* only what REINDEX CONCURRENTLY leaves */
} IndexScope;

/* Names (as SQL) of the unusable indexes. */
bool facts_invalid_indexes(Arena *arena, Db *db, const IndexScope *scope, StringList *out,
                           Error *err) MUST_USE;

/* Whether an index, by its name as SQL, is valid and ready; one that is not there is fine too. */
bool facts_index_is_usable(Arena *scratch, Db *db, const char *index, bool *out,
                           Error *err) MUST_USE;

bool facts_relation_exists(Arena *scratch, Db *db, const char *relation, bool *out,
                           Error *err) MUST_USE;

/* Something that a statement has left half done. Names as SQL, with their schemas. */
typedef struct Leftover {
    bool is_index;          /* an index that is not valid and ready; else a partition of which the
                               detachment was begun */
    const char *name;       /* of the index or the partition */
    const char *table;      /* the index's table, or the partitioned table */
    const char *definition; /* CREATE INDEX …; NULL for a partition */
} Leftover;

typedef LIST(Leftover) LeftoverList;

/* Of the whole database; what a session is building now is none. */
bool facts_leftovers(Arena *arena, Db *db, LeftoverList *out, Error *err) MUST_USE;

typedef enum PartitionState {
    PARTITION_ATTACHED,
    PARTITION_PENDING,
    PARTITION_DETACHED
} PartitionState;

/* Both names as SQL. */
bool facts_partition_state(Arena *scratch, Db *db, const char *parent, const char *partition,
                           PartitionState *out, Error *err) MUST_USE;

#endif
