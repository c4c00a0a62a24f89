/* SPDX-License-Identifier: MIT */
/*
 * Which statements of a file run together: the one plan that lint, explain and up share.
 *
 * A file is one transaction. A statement that the server refuses in a transaction stands alone
 * between two. BEGIN and COMMIT written in the file are such borders too and are not sent
 * themselves. With `no-transaction`, every statement stands alone (one that could run in a
 * transaction gets one of its own). A statement that stands alone anyway, in such a file or as the
 * only one of its file, runs outside where the server may not take it inside.
 */
#ifndef LOCKSTEP_SOURCE_SEGMENT_H
#define LOCKSTEP_SOURCE_SEGMENT_H

#include "lockstep/arena.h"
#include "lockstep/list.h"
#include "lockstep/op.h"

#include "source/directive.h"

typedef struct Segment {
    bool in_transaction;
    bool is_block;       /* BEGIN and COMMIT are written around it */
    size_t first;        /* index of its first statement */
    size_t count;        /* statements; an empty file has no segment */
    bool rolled_back;    /* ROLLBACK follows it */
    const char *refusal; /* why the server will not run its one statement, or NULL */
} Segment;

typedef LIST(Segment) SegmentList;

/*
 * `problem` (may be NULL) is set to a message, and `problem_at` to a statement's index, where the
 * file ends or leaves a transaction in a way that cannot be followed: a top-level ROLLBACK, a BEGIN
 * without COMMIT, an outside-only statement between BEGIN and COMMIT. COMMIT without BEGIN only
 * ends a segment; behind it the last BEGIN needs no COMMIT: such files take another transaction
 * from the tool that runs them, and leave it that one.
 */
SegmentList segment_script(Arena *arena, const Script *script, bool no_transaction,
                           const char **problem, size_t *problem_at);

#endif
