/* SPDX-License-Identifier: MIT */
/* What is said about relations: comments, publications, statistics, dependencies, owners. */
#include <string.h>

#include "locks/lock_case.h"

void
judge_comment(LockCase *c, const SimRelation *target)
{
    bool of_part = c->op->about.name != NULL && c->op->about.kind != ABOUT_COLUMN;
    lock_case_add(c, target, of_part ? FACT_comment_attached : FACT_comment);
}

/* SET closes and opens every member to see whether it stays. */
void
judge_publication(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    foreach (table, &c->op->publication.tables)
        lock_case_add_named(c, *table, RELATION_TABLE, FACT_publication);
    const SimPublication *publication = schema_find_publication(c->schema, c->op->target);
    if (c->op->publication.action == PUBLICATION_SET && publication != NULL)
        lock_case_add_all(c, &publication->tables, FACT_publication_member);
}

void
judge_drop_statistics(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    const SimStatistics *statistics = schema_find_statistics(c->schema, c->op->target);
    if (statistics != NULL)
        lock_case_add_id(c, statistics->table, FACT_drop_statistics);
}

void
judge_owned(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    bool drops = c->op->kind == OP_DROP_OWNED;
    foreach (role, &c->op->owned.roles) {
        RelationIdList owned = schema_relations_of_owner(c->arena, c->schema, *role);
        lock_case_add_all(c, &owned, drops ? FACT_drop_owned : FACT_reassign_owned);
    }
    if (drops)
        lock_case_add_dropped(c);
}
