/* SPDX-License-Identifier: MIT */
#include "db/client.h"

#include "db/libpq.h"

const char *
db_client_version(Arena *arena)
{
    Error err;
    const Libpq *pq = libpq_load(&err);
    if (pq == NULL)
        return "is not there";
    int version = pq->PQlibVersion();
    return arena_printf(arena, "%d.%d", version / 10000, version % 10000);
}
