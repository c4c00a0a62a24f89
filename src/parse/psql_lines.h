/* SPDX-License-Identifier: MIT */
/* Lines for psql in a file: what stands in them is done by nobody else. */
#ifndef LOCKSTEP_PARSE_PSQL_LINES_H
#define LOCKSTEP_PARSE_PSQL_LINES_H

#include "lockstep/op.h"

/*
 * Adds to the script's errors what would be missing from the database if the lines were left out in
 * silence; one error speaks of all lines with the same command, but \connect means something else
 * at each place. Harmless ones are noted as left out. `lines` are places of `text`.
 */
void psql_lines_judge(Arena *arena, Script *script, const char *text, const SpanList *lines);

#endif
