/* SPDX-License-Identifier: MIT */
/*
 * What a run is doing, for the person who waits for it. On a terminal there is one line at the
 * bottom that changes (the migration and statement under way, since when, how many there are), and
 * a line that stays for each migration; elsewhere plain lines only.
 */
#ifndef LOCKSTEP_CLI_PROGRESS_H
#define LOCKSTEP_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdio.h>

#include "lockstep/arena.h"

#include "run/observer.h"

typedef struct ProgressStyle {
    bool live; /* the stream is a terminal */
    bool colour;
    bool unicode; /* "✓" rather than "ok" */
    bool quiet;   /* nothing but warnings of the server */
    bool verbose; /* each statement too */
    bool sandbox; /* nobody restores one: no remarks about archives */
    int width;
    const char *journal; /* where markers are kept, for the message; may be NULL */
} ProgressStyle;

typedef struct Progress Progress;

/* Lives in the arena; takes memory of it only while it is called. */
Progress *progress_new(Arena *arena, FILE *out, ProgressStyle style);

const RunObserver *progress_observer(const Progress *progress);

/* Clears the line that changes. To be called when the run is over. */
void progress_finish(Progress *progress);

#endif
