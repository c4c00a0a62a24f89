/* SPDX-License-Identifier: MIT */
#include "locks/lock_case.h"

void
judge_drop_not_null(LockCase *c, const SimRelation *table)
{
    const SimColumn *column = relation_find_column(table, c->op->column.column);
    bool is_target = c->effects.count == 0;
    lock_case_add(c, table, is_target ? FACT_drop_not_null : FACT_drop_not_null_child);
    /* From 18 on the children's constraint becomes their own (dropconstraint_internal). */
    if (c->version >= 18 && c->op->only) {
        RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
        lock_case_add_all(c, &children, FACT_drop_not_null_child);
    }
    if (column == NULL || !column->not_null)
        return;
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &indexes, FACT_drop_not_null_index);
}
