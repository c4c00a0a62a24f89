/* SPDX-License-Identifier: MIT */
/* What the server refuses because of the transaction that the statement stands in. What it refuses
 * in any transaction, whatever the schema is, src/source/segment.c says. */
#include "refusals/refusal_check.h"

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
