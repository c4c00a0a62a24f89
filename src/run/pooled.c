/* SPDX-License-Identifier: MIT */
#include "run/pooled.h"

#include <string.h>

static bool
is_temporary(const Op *op)
{
    if (op->kind == OP_CREATE_TABLE)
        return op->create_table.persistence == PERSISTENCE_TEMPORARY;
    return op->kind == OP_CREATE_TABLE_AS && op->create_as.persistence == PERSISTENCE_TEMPORARY;
}

/* What outlives its transaction without being in the database. */
static const char *
what_it_leaves(const Statement *statement)
{
    static const struct {
        const char *kind;
        const char *leaves;
    } kinds[] = {
        {"LISTEN",         "a registration"                             },
        {"PREPARE",        "a prepared statement"                       },
        {"LOAD",           "a library"                                  },
        {"DECLARE CURSOR", "a cursor"                                   },
        {"DISCARD",        "a session without what its owner has set up"},
    };
    const Op *op = &statement->ops.items[0];
    if (op->kind == OP_SET_VARIABLE && !op->set.is_local)
        return "a setting";
    if (is_temporary(op))
        return "a temporary table";
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(statement->kind, kinds[i].kind) == 0)
            return kinds[i].leaves;
    return NULL;
}

static bool
refuse(Error *err)
{
    return error_hint(err, "Connect to the server itself for this migration.");
}

static bool
check_statement(Arena *arena, const Work *work, size_t index, Error *err)
{
    const Statement *statement = &work->script->statements.items[index];
    const char *leaves = what_it_leaves(statement);
    if (leaves == NULL)
        return true;
    error_set(err, ERROR_GATE,
              "%s: %s leaves %s in the session, which another client of the pooler "
              "would get",
              work_place(arena, work, statement->span.start), statement->kind, leaves);
    return refuse(err);
}

bool
pooled_check(Arena *arena, const Work *work, Error *err)
{
    foreach (segment, &work->segments) {
        const Statement *first = &work->script->statements.items[segment->first];
        if (!segment->in_transaction || work->segments.count > 1) {
            error_set(err, ERROR_GATE,
                      "%s: %s cannot go through a connection pooler: the file is "
                      "not one transaction",
                      work_place(arena, work, first->span.start), first->kind);
            return refuse(err);
        }
        for (size_t i = segment->first; i < segment->first + segment->count; i++)
            if (!check_statement(arena, work, i, err))
                return false;
    }
    return true;
}
