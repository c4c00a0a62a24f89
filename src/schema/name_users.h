/* SPDX-License-Identifier: MIT */
/*
 * Which relations may stand on a function, a type or a sequence, so that a DROP looks at few of
 * them, however long the history. Relations that are new or changed are taken up when somebody asks
 * the next time; who once stood on a name stays in its list, and readers look whether that is still
 * so.
 */
#ifndef LOCKSTEP_SCHEMA_NAME_USERS_H
#define LOCKSTEP_SCHEMA_NAME_USERS_H

#include "schema/schema_state.h"

/* What the relation is now is taken up the next time. */
void name_users_come(Schema *schema, RelationSlot *slot);

/* Relations that call a function or have a type of this name, in whatever schema, in the order of
 * their creation. */
const RelationIdList *schema_name_users(const Schema *schema, const char *name);

/* Notes with which types a domain or function is made; anything else has none. */
void schema_note_types_of(Schema *schema, NameSlot *slot, const void *value);

/* Domains and functions that ever stood on a type of this name, in whatever schema. */
const NameSlotList *schema_type_users(const Schema *schema, const char *name);

/* Relations with a column that takes its numbers from this sequence. */
const RelationIdList *schema_sequence_users(const Schema *schema, RelationId sequence);

#endif
