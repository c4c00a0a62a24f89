/* SPDX-License-Identifier: MIT */
/* Which tables are read to see whether their rows fit a bound (tablecmds.c,
 * QueuePartitionConstraintValidation(); partbounds.c, check_default_partition_contents()). */
#include "locks/lock_bound.h"

#include "schema/bound_formula.h"
#include "schema/formula.h"
#include "schema/proof.h"

enum { DEPTH_LIMIT = 50 };

static void
check_rows(LockCase *c, const SimRelation *table, const RowCheck *check, bool proven, int depth)
{
    bool is_root = depth == 0;
    proven = proven || proof_by_constraints(c->arena, c->schema, table, check->wanted);
    lock_case_add(c, table, proven ? check->proven : check->scanned);
    bool goes_on = check->below == BELOW_ALWAYS || !proven ||
                   (check->below == BELOW_UNLESS_ALL_PROVEN && !is_root);
    if (!goes_on || depth > DEPTH_LIMIT)
        return;
    RelationIdList children = schema_children_of(c->arena, c->schema, table->id);
    foreach (id, &children)
        check_rows(c, schema_relation_by_id(c->schema, *id), check, proven, depth + 1);
}

void
lock_case_check_rows(LockCase *c, const SimRelation *table, const RowCheck *check)
{
    check_rows(c, table, check, false, 0);
}

void
lock_case_check_default(LockCase *c, const SimRelation *parent, const PartitionBound *bound,
                        RowCheck check)
{
    const SimRelation *other =
        schema_relation_by_id(c->schema, lock_case_default_partition(c, parent->id));
    if (other == NULL || bound->is_default)
        return;
    check.wanted =
        formula_of(c->arena, FORMULA_NOT, bound_formula(c->arena, c->schema, parent, bound), NULL);
    lock_case_check_rows(c, other, &check);
}
