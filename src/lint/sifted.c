/* SPDX-License-Identifier: MIT */
#include "lint/sifted.h"

bool
sifted_is(const Op *op)
{
    return (op->kind == OP_UPDATE || op->kind == OP_DELETE) && op->data.phase == DATA_RUNS &&
           op->data.has_where && !op->data.is_always_true;
}

void
sifted_note(Arena *arena, SiftedList *sifted, const ReadOp *seen)
{
    if (sifted_is(seen->op))
        LIST_APPEND(
            arena, sifted,
            (Sifted){.table = seen->table->id, .text = seen->text, .span = seen->statement->span});
}

SpanList
sifted_of(Arena *arena, const SiftedList *sifted, const ReadOp *seen)
{
    SpanList spans = {0};
    if (seen->op->kind != OP_ALTER_COLUMN_TYPE || seen->table == NULL)
        return spans;
    foreach (one, sifted) {
        if (one->table == seen->table->id && one->text == seen->text)
            LIST_APPEND(arena, &spans, one->span);
    }
    return spans;
}
