/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "db/batch.h"
#include "db/db_internal.h"

/* So that no migration has a statement of the same name. */
static uint32_t
mark(Db *db)
{
    if (db->kept_mark == 0 && getrandom(&db->kept_mark, sizeof db->kept_mark, 0) < 0)
        db->kept_mark = 1;
    return db->kept_mark;
}

size_t
db_keep(Db *db, const char *sql)
{
    for (size_t i = 0; i < db->kept_count; i++)
        if (strcmp(db->kept[i].sql, sql) == 0)
            return i;
    if (db->kept_count == DB_MOST_KEPT)
        return DB_NOT_KEPT;
    char *copy = strdup(sql);
    if (copy == NULL)
        return DB_NOT_KEPT;
    DbKept *kept = &db->kept[db->kept_count];
    *kept = (DbKept){.sql = copy};
    snprintf(kept->name, sizeof kept->name, "lockstep %08" PRIx32 " %zu", mark(db), db->kept_count);
    return db->kept_count++;
}

void
db_forget_kept(Db *db)
{
    for (size_t i = 0; i < db->kept_count; i++)
        db->kept[i].is_there = false;
}

size_t
db_kept_count(const Db *db)
{
    size_t count = 0;
    for (size_t i = 0; i < db->kept_count; i++)
        count += db->kept[i].is_there;
    return count;
}

void
db_free_kept(Db *db)
{
    for (size_t i = 0; i < db->kept_count; i++)
        free(db->kept[i].sql);
}
