/* SPDX-License-Identifier: MIT */
#include "refusals/refusal.h"

#include "refusals/refusal_check.h"

typedef struct RefusalRow {
    OpKind on;
    RefusalCheck *check;
} RefusalRow;

static const RefusalRow rows[] = {
#define REFUSAL(operation, check) {OP_##operation, check},
#include "refusals/refusal_table.def"
#undef REFUSAL
};

const char *
refusal_of_syntax(const RefusalCase *c, const Statement *statement)
{
    if (statement->since <= c->pg_version)
        return NULL;
    return arena_printf(c->arena, "syntax error: %s is new in PostgreSQL %d", statement->since_what,
                        statement->since);
}

const char *
refusal_find(const RefusalCase *c, const Op *op)
{
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *refusal = rows[i].on == op->kind ? rows[i].check(c, op) : NULL;
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}
