/* SPDX-License-Identifier: MIT */
/* Migrations of all kinds, for tests that stop a run anywhere. */
#ifndef LOCKSTEP_TESTS_FAULT_FILES_H
#define LOCKSTEP_TESTS_FAULT_FILES_H

#include <stddef.h>

typedef struct FaultFile {
    const char *name;
    const char *text;
} FaultFile;

extern const FaultFile fault_files[];
extern const size_t fault_file_count;

/* The newest version that has no way back: `down --to` it reverts all above. */
#define FAULT_FILES_BASE "7"

/* So many are applied by `up`. */
#define FAULT_FILES_UP 15

/* What they leave in catalog and tables, and what the history says, a line for each thing. Whatever
 * may differ between two runs that both are right is not in it: an attempt that left nothing may
 * have left a step that says so. */
extern const char fault_digest_query[];

#endif
