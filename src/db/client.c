/* SPDX-License-Identifier: MIT */
#include "db/client.h"

#include <libpq-fe.h>

const char *
db_client_version(Arena *arena)
{
    int version = PQlibVersion();
    return arena_printf(arena, "%d.%d", version / 10000, version % 10000);
}
