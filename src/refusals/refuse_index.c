/* SPDX-License-Identifier: MIT */
/* What CREATE INDEX, DROP INDEX and REINDEX refuse. */
#include <string.h>

#include "refusals/refusal_check.h"

/* indexcmds.c, DefineIndex() */
const char *
refuse_index_concurrently_on_partitioned(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->found;
    if (!op->concurrently || table == NULL || table->kind != RELATION_PARTITIONED_TABLE)
        return NULL;
    return arena_printf(c->arena, "cannot create index on partitioned table \"%s\" concurrently",
                        table->name.name);
}

/* indexcmds.c, DefineIndex(): the switch over the relation's kind */
const char *
refuse_index_on_kind(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    (void)op;
    if (relation == NULL || relation->kind == RELATION_TABLE ||
        relation->kind == RELATION_PARTITIONED_TABLE ||
        relation->kind == RELATION_MATERIALIZED_VIEW)
        return NULL;
    const char *name = relation->name.name;
    if (c->pg_version >= 15)
        return arena_printf(c->arena, "cannot create index on relation \"%s\"", name);
    if (relation->kind == RELATION_FOREIGN_TABLE)
        return arena_printf(c->arena, "cannot create index on foreign table \"%s\"", name);
    return arena_printf(c->arena, "\"%s\" is not a table or materialized view", name);
}

/* What an access method can (amapi.h, IndexAmRoutine). */
typedef struct MethodRow {
    const char *name;
    bool unique;
    bool many_columns;
    bool including;
    bool ordered;
} MethodRow;

static const MethodRow methods[] = {
    {"btree",  true,  true,  true,  true },
    {"hash",   false, false, false, false},
    {"gist",   false, true,  true,  false},
    {"gin",    false, true,  false, false},
    {"spgist", false, false, true,  false},
    {"brin",   false, true,  false, false},
};

/* indexcmds.c, DefineIndex() and ComputeIndexAttrs() */
const char *
refuse_access_method(const RefusalCase *c, const Op *op)
{
    const char *name = op->create_index.method;
    const MethodRow *method = NULL;
    for (size_t i = 0; name != NULL && i < sizeof methods / sizeof *methods; i++) {
        if (text_equals(methods[i].name, name))
            method = &methods[i];
    }
    if (method == NULL || c->target == NULL)
        return NULL;
    const char *lacks = NULL;
    if (op->create_index.unique && !method->unique)
        lacks = "unique indexes";
    else if (op->create_index.including.count > 0 && !method->including)
        lacks = "included columns";
    else if (op->create_index.keys.count > 1 && !method->many_columns)
        lacks = "multicolumn indexes";
    foreach (key, &op->create_index.keys) {
        if (lacks == NULL && !method->ordered && key->descending)
            lacks = "ASC/DESC options";
        if (lacks == NULL && !method->ordered && key->nulls_first)
            lacks = "NULLS FIRST/LAST options";
    }
    return lacks == NULL
               ? NULL
               : arena_printf(c->arena, "access method \"%s\" does not support %s", name, lacks);
}

/* tablecmds.c, RemoveRelations() */
const char *
refuse_drop_index_concurrently(const RefusalCase *c, const Op *op)
{
    if (!op->concurrently)
        return NULL;
    const SimRelation *index = c->target;
    if (c->statement != NULL && c->statement->ops.count > 1)
        return "DROP INDEX CONCURRENTLY does not support dropping multiple objects";
    if (op->cascade)
        return "DROP INDEX CONCURRENTLY does not support CASCADE";
    if (index == NULL || index->kind != RELATION_PARTITIONED_INDEX)
        return NULL;
    return arena_printf(c->arena, "cannot drop partitioned index \"%s\" concurrently",
                        index->name.name);
}

static bool
is_of_exclusion(const RefusalCase *c, const SimRelation *index)
{
    const SimRelation *table = schema_relation_by_id(c->schema, index->index.table);
    for (size_t i = 0; table != NULL && i < table->constraints.count; i++) {
        if (table->constraints.items[i].index == index->id)
            return table->constraints.items[i].kind == CONSTRAINT_EXCLUDE;
    }
    return false;
}

/* indexcmds.c, RangeVarCallbackForReindexIndex(), ReindexTable() and ReindexPartitions() */
const char *
refuse_reindex(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->target;
    if (target == NULL)
        return NULL;
    bool is_index = target->kind == RELATION_INDEX || target->kind == RELATION_PARTITIONED_INDEX;
    if (op->reindex.is_index && !is_index)
        return arena_printf(c->arena, "\"%s\" is not an index", target->name.name);
    bool partitioned =
        target->kind == RELATION_PARTITIONED_TABLE || target->kind == RELATION_PARTITIONED_INDEX;
    if (!op->reindex.is_index && target->kind != RELATION_TABLE &&
        target->kind != RELATION_PARTITIONED_TABLE && target->kind != RELATION_MATERIALIZED_VIEW)
        return arena_printf(c->arena, "\"%s\" is not a table or materialized view",
                            target->name.name);
    if (is_index && op->concurrently && is_of_exclusion(c, target))
        return "concurrent index creation for exclusion constraints is not supported";
    if (!partitioned || !c->with_others)
        return NULL;
    return op->reindex.is_index ? "REINDEX INDEX cannot run inside a transaction block"
                                : "REINDEX TABLE cannot run inside a transaction block";
}
