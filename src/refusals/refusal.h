/* SPDX-License-Identifier: MIT */
/*
 * What the server will refuse: an operation that cannot succeed on this schema and this server
 * version, whatever the rows are.
 *
 * A refusal is a claim as strong as a lock: where the history does not show enough, there is none.
 */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_H
#define LOCKSTEP_REFUSALS_REFUSAL_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

typedef struct RefusalCase {
    Arena *arena;               /* for the answer */
    const Schema *schema;       /* before the operation */
    const SimRelation *found;   /* the operation's target, also one that is only taken to exist; of
                                   a CREATE what is there already: nothing else is looked at */
    const SimRelation *target;  /* the same where the history made it; set by who looks at one */
    const Statement *statement; /* of which the operation is; NULL: of one by itself */
    int pg_version;             /* major version, 14 to 18 */
    bool adds_nothing;          /* ADD COLUMN of one that the target has; set by the same */
    bool in_transaction; /* together with other statements, so that PreventInTransactionBlock()
                            refuses */
    bool with_others;    /* in_transaction, and BEGIN is written or others run in it too */
    bool in_code;        /* within a DO block or a function */
    bool knows_all;      /* what the schema does not show does not exist */
    bool saw_code;       /* something has run of which it is not known what it did */
    bool saw_extension;  /* one that may have brought relations and functions */
    bool saw_methods;    /* any extension, or an access method or operator class made by hand */
} RefusalCase;

/* The refusal in the server's words ("cannot create index on partitioned table \"p\"
 * concurrently"), in the case's arena or constant; NULL where none is foreseen. `target` is what
 * schema_find_relation() says of the operation's. */
const char *refusal_find(const RefusalCase *c, const Op *op, const SimRelation *target);

/* The same for what the server's version does not have, whatever the schema is: syntax, an option,
 * a built-in function. */
const char *refusal_of_version(const RefusalCase *c, const Statement *statement);

/* The same for a statement that code may not run. */
const char *refusal_of_code(const RefusalCase *c, const Statement *statement);

#endif
