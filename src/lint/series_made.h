/* SPDX-License-Identifier: MIT */
/* What a generator has cut out of one migration is deployed as one: nobody uses yet what an earlier
 * piece of the same series has made. */
#ifndef LOCKSTEP_LINT_SERIES_MADE_H
#define LOCKSTEP_LINT_SERIES_MADE_H

#include "lockstep/finding.h"

#include "lint/read_file.h"

/* Whether the file is a piece of a series, and not its first. */
bool series_goes_on(const ReadFile *file);

/* Leaves out, of the findings from `first` on, those about locks on relations that an earlier piece
 * has made. To be called at the end of the file that they are about. */
void series_made_apply(const ReadFile *file, FindingList *findings, size_t first);

#endif
