/* SPDX-License-Identifier: MIT */
/*
 * Which relations may stand on a function, a type or a sequence: one word of bits for each, made
 * when it is first asked for. So a DROP looks closely at few relations, however long the history.
 */
#ifndef LOCKSTEP_SCHEMA_NAME_FILTER_H
#define LOCKSTEP_SCHEMA_NAME_FILTER_H

#include "schema/schema_state.h"

/* False: no relation ever called a function or had a type of this name, in any schema. */
bool name_filter_passes_any(const Schema *schema, const char *name);

/* False: nothing in the relation calls a function or has a type of this name, in any schema. */
bool name_filter_passes(RelationSlot *slot, const char *name);

/* False: no column takes its numbers from this sequence. */
bool name_filter_passes_sequence(RelationSlot *slot, RelationId sequence);

#endif
