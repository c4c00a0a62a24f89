/* SPDX-License-Identifier: MIT */
/* What CREATE INDEX, DROP INDEX and REINDEX refuse. */
#include "refusals/refusal_check.h"

/* indexcmds.c, DefineIndex() */
const char *
refuse_index_concurrently_on_partitioned(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = schema_find_relation(c->schema, op->target);
    if (!op->concurrently || table == NULL || table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    return arena_printf(c->arena, "cannot create index on partitioned table \"%s\" concurrently",
                        table->name.name);
}
