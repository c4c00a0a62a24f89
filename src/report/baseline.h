/* SPDX-License-Identifier: MIT */
/*
 * The findings that a project has lived with so far, kept in a file so that only new ones count. A
 * finding is recognised by its file, its rule and its fingerprint: moved lines, comments and white
 * space do not make it a new one.
 */
#ifndef LOCKSTEP_REPORT_BASELINE_H
#define LOCKSTEP_REPORT_BASELINE_H

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "lint/lint.h"

typedef struct BaselineEntry {
    const char *file; /* from the directory of the baseline on */
    const char *rule;
    const char *fingerprint;
} BaselineEntry;

typedef LIST(BaselineEntry) BaselineEntryList;

/*
 * Suppresses the findings that the file has, and counts anew. `stale` gets those of its entries
 * that occur no more: in the files that were linted, and of files that are gone. ERROR_USAGE where
 * the file cannot be read or is no baseline.
 */
bool baseline_apply(Arena *arena, const char *path, LintResult *result, BaselineEntryList *stale,
                    Error *err) MUST_USE;

/*
 * Writes the findings that nothing accepts; what the file said before of files that were not linted
 * this time stays in it. A file that could not be read is never part of it.
 */
bool baseline_write(Arena *arena, const char *path, const LintResult *result, Error *err) MUST_USE;

#endif
