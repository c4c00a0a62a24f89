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

/* The first row of this operation or of one behind it: the rows stand in the order of OpKind. */
static const RefusalRow *
first_row(OpKind kind)
{
    size_t low = 0;
    size_t high = sizeof rows / sizeof *rows;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (rows[middle].on < kind)
            low = middle + 1;
        else
            high = middle;
    }
    return rows + low;
}

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

static const char *
find(const RefusalCase *c, const Op *op)
{
    const char *missing = refuse_existence(c, op);
    if (missing == NULL)
        missing = refuse_unsafe_label(c, op);
    if (missing != NULL)
        return missing;
    const char *pending = refuse_pending_events(c, op);
    if (pending != NULL)
        return pending;
    const RefusalRow *end = rows + sizeof rows / sizeof *rows;
    const char *refusal = NULL;
    for (const RefusalRow *row = first_row(op->kind);
         refusal == NULL && row < end && row->on == op->kind; row++)
        refusal = row->check(c, op);
    return refusal;
}

const char *
refusal_find(const RefusalCase *c, const Op *op, const SimRelation *target)
{
    const RefusalCase own = refusal_case_of(c, op, target);
    return find(&own, op);
}
