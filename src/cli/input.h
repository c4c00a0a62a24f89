/* SPDX-License-Identifier: MIT */
/* The files that lint and explain are pointed at. */
#ifndef LOCKSTEP_CLI_INPUT_H
#define LOCKSTEP_CLI_INPUT_H

#include "lockstep/op.h"

#include "cli/command.h"
#include "source/discover.h"

typedef struct Input {
    DiscoveredFiles files;
    const SourceFile *schema;      /* what exists before: of --schema or --url; or NULL */
    const struct History *applied; /* what the history of --url has, or NULL */
    int pg_version;                /* to judge as */
} Input;

/*
 * Reads the paths among the arguments, the migrations directory where there are none, and what
 * exists before them: the file of --schema, or the catalog of the database that the flag --url
 * names (its own version is then the one to judge as, unless --pg-version says another). What the
 * history in that database has is left out: its catalog shows it. What cannot be read among several
 * paths is said on stderr. ERROR_USAGE where nothing can.
 */
bool input_load(const Invocation *invocation, Input *out, Error *err) MUST_USE;

/* Whether all paths led to migrations; else the answer is not whole, and the exit status says so.
 */
bool input_is_whole(const Input *input);

/* Says on stderr which parts of the schema file are not known because they could not be parsed. */
void input_warn(Arena *scratch, const Input *input, const SyntaxErrorList *errors);

#endif
