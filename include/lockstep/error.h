/* SPDX-License-Identifier: MIT */
/*
 * An operation that failed. A function that can fail returns bool, takes `Error *err` last and
 * fills it when it returns false. The error is a plain struct on the caller's stack: nothing to
 * free. It is printed once, at the top; who passes it on may add what it was doing with
 * error_context().
 *
 * What is wrong in the user's SQL is not an error but a Finding; what is wrong in ours is an
 * assertion.
 */
#ifndef LOCKSTEP_ERROR_H
#define LOCKSTEP_ERROR_H

#include <stdbool.h>

#define MUST_USE __attribute__((warn_unused_result))

/* Decides the exit status: see lockstep/exit_status.h. */
typedef enum ErrorKind {
    ERROR_NONE,
    ERROR_USAGE,       /* arguments, settings or input are wrong or unreadable */
    ERROR_CONNECTION,  /* no connection, or it was lost and nothing is half done */
    ERROR_LOCK,        /* a lock was not obtained within the budget: nothing changed */
    ERROR_MIGRATION,   /* a migration failed and was rolled back: nothing changed */
    ERROR_HALF_DONE,   /* stopped half way, the position is recorded */
    ERROR_DRIFT,       /* an applied file changed, is missing, or came too late */
    ERROR_PENDING,     /* there are pending migrations and the caller asked to be told */
    ERROR_GATE,        /* a safety gate refused */
    ERROR_INTERRUPTED, /* SIGINT, cleaned up */
    ERROR_TERMINATED,  /* SIGTERM, cleaned up */
    ERROR_SERVER       /* the server refused a statement; sqlstate says which way */
} ErrorKind;

typedef struct Error {
    ErrorKind kind;
    char sqlstate[6];   /* five characters, or "" when no server was involved */
    char message[1024]; /* lower case, no full stop, names the object */
    char detail[1024];  /* the server's DETAIL or a longer explanation, or "" */
    char hint[512];     /* one imperative sentence that says what to do next, or "" */
} Error;

/* Fills `err` (message formatted, the rest emptied) and returns false, so that `return
 * error_set(…)` reads well. A text that does not fit ends in "…". */
bool error_set(Error *err, ErrorKind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Adds the hint to an error that is set; returns false. */
bool error_hint(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Adds the detail to an error that is set; returns false. */
bool error_detail(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Puts "context: " before the message of an error that is set; returns false. */
bool error_context(Error *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
