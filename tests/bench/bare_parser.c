/* SPDX-License-Identifier: MIT */
#include "bare_parser.h"

#include <stdlib.h>

#include "pg_query.h"
#include "pg_query_internal.h"

bool
bare_parse(const char *text)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = pg_query_raw_parse(text, PG_QUERY_PARSE_DEFAULT);
    bool accepted = result.error == NULL;
    if (!accepted)
        pg_query_free_error(result.error);
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
    return accepted;
}
