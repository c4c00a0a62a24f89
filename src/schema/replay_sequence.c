/* SPDX-License-Identifier: MIT */
#include "schema/replay_parts.h"

static void
put_owner(Schema *schema, SimRelation *sequence, const Op *op)
{
    if (op->sequence.owned_by_none) {
        sequence->owner_table = 0;
        sequence->owner_column = NULL;
    } else if (op->sequence.owned_by.name != NULL) {
        const SimRelation *table =
            schema_assume_relation(schema, op->sequence.owned_by, RELATION_TABLE);
        sequence->owner_table = table->id;
        sequence->owner_column = op->sequence.owned_column;
    }
}

void
replay_create_sequence(Schema *schema, const Op *op)
{
    QualifiedName name = schema_new_name(schema, op->target, PERSISTENCE_PERMANENT);
    if (schema_name_get(schema, NAMES_RELATION, name) != NULL)
        return;
    SimRelation *sequence = schema_new_relation(schema, name, RELATION_SEQUENCE);
    put_owner(schema, sequence, op);
    schema_store(schema, sequence);
}

void
replay_alter_sequence(Schema *schema, const Op *op)
{
    const SimRelation *found = replay_found(schema);
    if (found == NULL && !op->if_exists)
        found = schema_assume_relation(schema, op->target, RELATION_SEQUENCE);
    if (found == NULL || (!op->sequence.owned_by_none && op->sequence.owned_by.name == NULL))
        return;
    SimRelation *sequence = schema_edit(schema, found->id);
    put_owner(schema, sequence, op);
    schema_store(schema, sequence);
}
