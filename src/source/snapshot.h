/* SPDX-License-Identifier: MIT */
/* What tools write of the schema that the migrations have made: schema.sql, structure.sql. */
#ifndef LOCKSTEP_SOURCE_SNAPSHOT_H
#define LOCKSTEP_SOURCE_SNAPSHOT_H

#include "source/layout.h"

/* Whether the entry is one: by its name, and because migrations lie in a folder beside it. */
bool snapshot_is_one(const LayoutDirectory *directory, size_t entry);

#endif
