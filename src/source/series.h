/* SPDX-License-Identifier: MIT */
/*
 * Migrations that a generator has cut out of one: pop's `fizz` translation and its like number the
 * pieces of a migration behind its timestamp, 20210410175418000000 to 20210410175418000088. The
 * pieces of the way back are numbered likewise and taken from the last to the first, but each
 * answers all of the ups: only the whole is the way back.
 */
#ifndef LOCKSTEP_SOURCE_SERIES_H
#define LOCKSTEP_SOURCE_SERIES_H

#include "source/migration.h"

/* The index behind the last migration of the series that begins at `first`: first + 1 for one that
 * stands alone. None reaches `end`. */
size_t series_end(const MigrationList *migrations, size_t first, size_t end);

#endif
