/* SPDX-License-Identifier: MIT */
/* The names that the server chooses where the migration writes none. All live in the schema's
 * arena. */
#ifndef LOCKSTEP_SCHEMA_OBJECT_NAME_H
#define LOCKSTEP_SCHEMA_OBJECT_NAME_H

#include "lockstep/op.h"

#include "schema/schema_state.h"

/* orders_pkey, orders_customer_id_fkey, orders_total_check …: free among the constraints of the
 * table and, for kinds with an index, among the relations. */
const char *object_constraint_name(Schema *schema, const SimRelation *table,
                                   const ConstraintDefinition *definition);

/* orders_customer_id_idx */
const char *object_index_name(Schema *schema, const SimRelation *table, const IndexKeyList *keys,
                              const StringList *including);

/* orders_id_seq */
const char *object_sequence_name(Schema *schema, const SimRelation *table, const char *column);

#endif
