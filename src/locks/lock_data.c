/* SPDX-License-Identifier: MIT */
/* Operations that write rows. */
#include "locks/lock_case.h"

void
judge_insert(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_insert);
    lock_case_look_up(c, table, NULL);
}

void
judge_copy_from(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, FACT_copy_from);
    lock_case_look_up(c, table, NULL);
}

/* Whether a condition is answered by an index is the planner's choice; without one there is none.
 */
void
judge_update(LockCase *c, const SimRelation *table)
{
    const Op *op = c->op;
    lock_case_add(c, table, op->data.has_where ? FACT_update : FACT_update_all);
    lock_case_look_up(c, table, &op->data.columns);
    lock_case_update_referred(c, table, &op->data.columns, !op->data.has_where);
}

void
judge_delete(LockCase *c, const SimRelation *table)
{
    lock_case_add(c, table, c->op->data.has_where ? FACT_delete : FACT_delete_all);
    lock_case_delete_referred(c, table, !c->op->data.has_where);
}

void
judge_merge(LockCase *c, const SimRelation *table)
{
    const Op *op = c->op;
    lock_case_add(c, table, FACT_merge);
    lock_case_look_up(c, table, op->data.inserts ? NULL : &op->data.columns);
    lock_case_update_referred(c, table, &op->data.columns, true);
    if (op->data.deletes)
        lock_case_delete_referred(c, table, true);
}
