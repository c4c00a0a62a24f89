/* SPDX-License-Identifier: MIT */
/* What pg_dump writes at the top of a dump: settings of its own session, timeouts among them. */
#ifndef LOCKSTEP_DUMP_HEADER_H
#define LOCKSTEP_DUMP_HEADER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the statement that begins at this byte is the lock_timeout of such a header. */
bool dump_header_at(const char *text, size_t at);

/* Whether the text has such a header. */
bool dump_header_in(const char *text);

#endif
