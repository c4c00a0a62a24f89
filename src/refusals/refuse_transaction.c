/* SPDX-License-Identifier: MIT */
/* What the server refuses because of the transaction that the statement stands in. What it refuses
 * in any transaction, whatever the schema is, src/source/segment.c says. */
#include "refusals/refusal_check.h"

/* indexcmds.c, ReindexPartitions() */
const char *
refuse_reindex_in_transaction(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = refusal_known(c, op->target);
    if (!c->in_transaction || op->concurrently || relation == NULL)
        return NULL;
    if (relation->kind == RELATION_PARTITIONED_TABLE)
        return "REINDEX TABLE cannot run inside a transaction block";
    if (relation->kind == RELATION_PARTITIONED_INDEX)
        return "REINDEX INDEX cannot run inside a transaction block";
    return NULL;
}

/* cluster.c, cluster() */
const char *
refuse_cluster_partitioned(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = refusal_known(c, op->target);
    if (table == NULL || table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    if (c->pg_version < 15)
        return "cannot cluster a partitioned table";
    return c->in_transaction ? "CLUSTER cannot run inside a transaction block" : NULL;
}

/* xact.c, ReleaseSavepoint() and RollbackToSavepoint() */
const char *
refuse_savepoint(const RefusalCase *c, const Op *op)
{
    const char *name = op->transaction.savepoint;
    bool needs_one = op->transaction.control == TRANSACTION_RELEASE ||
                     op->transaction.control == TRANSACTION_ROLLBACK_TO;
    if (!needs_one || name == NULL || schema_has_savepoint(c->schema, name))
        return NULL;
    return arena_printf(c->arena, "savepoint \"%s\" does not exist", name);
}
