/* SPDX-License-Identifier: MIT */
/* Comments by which other linters are told to let something pass, so that a project can switch
 * without editing its files. */
#ifndef LOCKSTEP_SOURCE_FOREIGN_IGNORE_H
#define LOCKSTEP_SOURCE_FOREIGN_IGNORE_H

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/op.h"

typedef struct ForeignIgnore {
    const char *mark; /* "squawk-ignore": what its findings are suppressed with */
    StringList rules; /* ours, never empty */
    size_t first;     /* index of the first statement that it concerns */
    size_t end;       /* of the one behind the last */
} ForeignIgnore;

typedef LIST(ForeignIgnore) ForeignIgnoreList;

/*
 * Those of a file that name a rule of ours by its name over there; a comment that names none is
 * somebody else's business. One that stands in front of a statement, in it, or behind it on the
 * same line concerns that statement.
 */
ForeignIgnoreList foreign_ignore_scan(Arena *arena, const char *text, size_t length,
                                      const Script *script);

/* One row of foreign_ignores.def, for the tests; NULL behind the last. */
const char *foreign_ignore_ours(size_t row);

#endif
