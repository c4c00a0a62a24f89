/* SPDX-License-Identifier: MIT */
#include "refusals/refusal.h"

#include <string.h>

#include "refusals/refusal_check.h"
#include "refusals/refuse_exists.h"

typedef struct RefusalRow {
    OpKind on;
    RefusalCheck *check;
} RefusalRow;

static const RefusalRow rows[] = {
#define REFUSAL(operation, check) {OP_##operation, check},
#include "refusals/refusal_table.def"
#undef REFUSAL
};

static const char *
refuse_function(const RefusalCase *c, const VersionedFunction *function)
{
    bool in_catalog =
        function->name.schema != NULL && strcmp(function->name.schema, "pg_catalog") == 0;
    bool is_own = !in_catalog && schema_find_function(c->schema, function->name) != NULL;
    bool may_be_own = !c->knows_all || c->saw_code || c->saw_extension;
    if (is_own || (!in_catalog && may_be_own))
        return NULL;
    if (c->pg_version < function->since)
        return arena_printf(c->arena, "function %s does not exist: it is new in PostgreSQL %d",
                            function->name.name, function->since);
    if (function->until != 0 && c->pg_version > function->until)
        return arena_printf(c->arena,
                            "function %s does not exist: PostgreSQL %d was the last with it",
                            function->name.name, function->until);
    return NULL;
}

const char *
refusal_of_version(const RefusalCase *c, const Statement *statement)
{
    if (statement->since > c->pg_version)
        return arena_printf(c->arena, "%s is new in PostgreSQL %d", statement->since_what,
                            statement->since);
    if (statement->refused != NULL)
        return statement->refused;
    foreach (function, &statement->versioned_functions) {
        const char *refusal = refuse_function(c, function);
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}

const char *
refusal_find(const RefusalCase *c, const Op *op)
{
    const char *missing = refuse_existence(c, op);
    if (missing == NULL)
        missing = refuse_unsafe_label(c, op);
    if (missing != NULL)
        return missing;
    const char *pending = refuse_pending_events(c, op);
    if (pending != NULL)
        return pending;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *refusal = rows[i].on == op->kind ? rows[i].check(c, op) : NULL;
        if (refusal != NULL)
            return refusal;
    }
    return NULL;
}
