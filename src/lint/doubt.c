/* SPDX-License-Identifier: MIT */
#include "lint/doubt.h"

#include "lint/extension.h"

void
doubt_op(Doubt *doubt, const Statement *statement, const Op *op, bool guarded, const char *unknown)
{
    doubt->gaps += guarded || unknown != NULL || op->kind == OP_UNKNOWN;
    doubt->saw_unknown |= unknown != NULL || op->kind == OP_UNKNOWN;
    doubt->saw_code |= guarded || doubt->saw_unknown;
    doubt->saw_extension |= op->kind == OP_CREATE_EXTENSION && op->target.name != NULL &&
                            extension_may_bring_relations(op->target.name);
    doubt->saw_methods |= extension_brings_methods(statement);
}

void
doubt_broken(Doubt *doubt, const Script *script, size_t end)
{
    foreach (error, &script->errors)
        doubt->saw_unknown |= !error->is_connect && !error->is_template && error->span.start < end;
    doubt->saw_code |= doubt->saw_unknown;
}
