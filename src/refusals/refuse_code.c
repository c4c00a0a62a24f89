/* SPDX-License-Identifier: MIT */
/* What code may not run. */
#include "refusals/refusal.h"

/* xact.c, PreventInTransactionBlock(), looks for the block first. */
static const char *
refuse_outside(const RefusalCase *c, const char *why)
{
    return arena_printf(c->arena,
                        c->in_transaction ? "%s cannot run inside a transaction block"
                                          : "%s cannot be executed from a function",
                        why);
}

/* spi.c, _SPI_commit() and _SPI_rollback(): a CALL that is alone can be run outside of a
 * transaction block. */
const char *
refusal_of_code(const RefusalCase *c, const Statement *statement)
{
    if (!c->in_code)
        return NULL;
    if (statement->use == TRANSACTION_USE_OUTSIDE && statement->outside_why != NULL)
        return refuse_outside(c, statement->outside_why);
    if (statement->use == TRANSACTION_USE_CONTROL && c->with_others)
        return "invalid transaction termination";
    return NULL;
}
