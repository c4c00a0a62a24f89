/* SPDX-License-Identifier: MIT */
/*
 * The catalog of a live database as SQL text, such as pg_dump writes it: what --url starts lint and
 * explain from goes the same way as the file of --schema.
 */
#ifndef LOCKSTEP_DB_LIVE_SCHEMA_H
#define LOCKSTEP_DB_LIVE_SCHEMA_H

#include "lockstep/text.h"

#include "db/db.h"

typedef struct LiveSchema {
    const char *text; /* NUL-terminated */
    size_t length;
} LiveSchema;

/*
 * Everything but system schemas, temporary relations and what extensions have made, in one
 * snapshot: a read-only transaction that asks for ACCESS SHARE at most and waits no longer than two
 * seconds for it. Any role may read it. In no transaction only. ERROR_SERVER or ERROR_CONNECTION.
 */
bool live_schema_read(Arena *arena, Db *db, LiveSchema *out, Error *err) MUST_USE;

#endif
