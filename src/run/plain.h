/* SPDX-License-Identifier: MIT */
/* Migrations that run no code of the database's. Private to src/run. */
#ifndef LOCKSTEP_RUN_PLAIN_H
#define LOCKSTEP_RUN_PLAIN_H

#include <stdbool.h>

#include "parse/parse.h"

/* Whether the statements call no function, fire no trigger and evaluate no expression, so that what
 * they do to the session is what can be read in them: nothing. Event triggers are not looked for.
 */
bool plain_is(const Script *script);

#endif
