/* SPDX-License-Identifier: MIT */
/*
 * Every lock on a relation that a server process of this machine asks for, also one that it gives
 * back at once: breakpoints on the server's own functions LockAcquireExtended and LockAcquire, set
 * from another process through ptrace(). Linux on x86-64 only; the caller needs the right to trace
 * the server's process.
 */
#ifndef LOCKSTEP_TESTS_LOCK_TRACE_H
#define LOCKSTEP_TESTS_LOCK_TRACE_H

#include <stdint.h>
#include <sys/types.h>

#include "lockstep/error.h"
#include "lockstep/list.h"
#include "lockstep/lock.h"

/* One relation and mode, once however often it was asked for. */
typedef struct LockRequest {
    uint32_t relation; /* its oid */
    LockLevel level;
} LockRequest;

typedef LIST(LockRequest) LockRequestList;

typedef struct LockTrace {
    pid_t tracer;
    int pipe;
} LockTrace;

/* Begins to watch the process. It must be waiting for its client. */
bool lock_trace_begin(Arena *arena, pid_t server_process, uint32_t end_relation, LockTrace *out,
                      Error *err) MUST_USE;

/* To be called after the process has locked `end_relation`, which ends the trace. */
bool lock_trace_end(Arena *arena, LockTrace *trace, LockRequestList *out, Error *err) MUST_USE;

#endif
