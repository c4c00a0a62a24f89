/* SPDX-License-Identifier: MIT */
#include "run/proof.h"

#include "lockstep/text.h"

/* The cast is what the server refuses; the name in it keeps it from being tried beforehand. */
static const char *
validation_query(Arena *arena, const Op *op)
{
    return arena_printf(arena,
                        "SELECT CASE WHEN c.convalidated THEN true ELSE "
                        "('constraint ' || c.conname || ' is not validated')::boolean END "
                        "FROM pg_catalog.pg_constraint AS c "
                        "WHERE c.conrelid = pg_catalog.to_regclass(%s) AND c.conname = %s",
                        sql_literal(arena, sql_qualified(arena, op->target)),
                        sql_literal(arena, op->constraint.name));
}

StringList
proof_queries(Arena *arena, const Statement *statement)
{
    StringList queries = {0};
    foreach (op, &statement->ops)
        if (op->kind == OP_VALIDATE_CONSTRAINT)
            LIST_APPEND(arena, &queries, validation_query(arena, op));
    return queries;
}

const char *
proof_subject(const Statement *statement, size_t number)
{
    foreach (op, &statement->ops)
        if (op->kind == OP_VALIDATE_CONSTRAINT && number-- == 0)
            return op->constraint.name;
    return "";
}
