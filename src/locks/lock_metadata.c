/* SPDX-License-Identifier: MIT */
/* What is said about relations: comments, publications, statistics, dependencies, owners. */
#include <string.h>

#include "locks/lock_case.h"

void
judge_comment(LockCase *c, const SimRelation *target)
{
    bool of_part = c->op->about.name != NULL && c->op->about.kind != ABOUT_COLUMN;
    /* A composite type is no relation here. */
    if (target->assumed && schema_find_composite(c->schema, c->op->target) != NULL)
        return;
    lock_case_add(c, target, of_part ? FACT_comment_attached : FACT_comment);
}

/* Those that inherit are published too; the partitions of a table need not be named for that. */
static void
add_published_children(LockCase *c, QualifiedName name)
{
    const SimRelation *table = schema_find_relation(c->schema, name);
    if (table == NULL || table->kind == RELATION_PARTITIONED_TABLE)
        return;
    foreach (only, &c->op->publication.only) {
        if (name_equals(schema_resolve(c->schema, *only), table->name))
            return;
    }
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    lock_case_add_all(c, &below, FACT_publication_child);
}

/* SET closes and opens every member to see whether it stays. */
void
judge_publication(LockCase *c, const SimRelation *unused)
{
    (void)unused;
    foreach (table, &c->op->publication.tables) {
        lock_case_add_named(c, *table, RELATION_TABLE, FACT_publication);
        add_published_children(c, *table);
    }
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
        lock_case_add_dropped(c, NULL);
}
