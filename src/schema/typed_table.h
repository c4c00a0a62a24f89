/* SPDX-License-Identifier: MIT */
/* Tables OF a composite type. */
#ifndef LOCKSTEP_SCHEMA_TYPED_TABLE_H
#define LOCKSTEP_SCHEMA_TYPED_TABLE_H

#include "lockstep/schema.h"

/* Whether some table is OF this type. */
bool schema_has_typed_table(const Schema *schema, const SimComposite *type);

/* What ALTER TYPE … ATTRIBUTE … CASCADE does to the tables OF the type: as if each were altered so.
 * Empty without CASCADE. */
OpList schema_typed_changes(Arena *arena, const Schema *schema, const Op *op);

#endif
