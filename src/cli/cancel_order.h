/* SPDX-License-Identifier: MIT */
/* What --cancel-blockers says. */
#ifndef LOCKSTEP_CLI_CANCEL_ORDER_H
#define LOCKSTEP_CLI_CANCEL_ORDER_H

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "run/run.h"

/* "older-than=30s" or "older-than=30s,idle-in-transaction-only"; NULL: nobody is cancelled.
 * ERROR_USAGE for anything else. */
bool cancel_order_parse(Arena *arena, const char *text, RunOptions *out, Error *err) MUST_USE;

#endif
