/* SPDX-License-Identifier: MIT */
/* Persistence, access methods, tablespaces and options of a table. */
#include <string.h>

#include "refusals/refusal_check.h"

/* ---- SET LOGGED and SET UNLOGGED (tablecmds.c, ATPrepChangePersistence) */

static bool
is_published(const RefusalCase *c, const SimRelation *table)
{
    return schema_publications_of(c->arena, c->schema, table->id).count > 0;
}

/* The first table that refers to this one and stays logged. */
static const SimRelation *
logged_referencing(const RefusalCase *c, const SimRelation *table)
{
    RelationIdList referencing = schema_referencing(c->arena, c->schema, table->id);
    foreach (id, &referencing) {
        const SimRelation *other = schema_relation_by_id(c->schema, *id);
        if (*id != table->id && other->persistence == PERSISTENCE_PERMANENT && !other->assumed)
            return other;
    }
    return NULL;
}

static const SimRelation *
unlogged_referenced(const RefusalCase *c, const SimRelation *table)
{
    foreach (constraint, &table->constraints) {
        const SimRelation *other = schema_relation_by_id(c->schema, constraint->referenced);
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && other != NULL && other != table &&
            other->persistence == PERSISTENCE_UNLOGGED)
            return other;
    }
    return NULL;
}

const char *
refuse_persistence(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || table->kind != RELATION_TABLE)
        return NULL;
    const char *name = table->name.name;
    if (table->persistence == PERSISTENCE_TEMPORARY)
        return arena_printf(
            c->arena, "cannot change logged status of table \"%s\" because it is temporary", name);
    bool to_logged = op->kind == OP_SET_LOGGED;
    if (to_logged == (table->persistence == PERSISTENCE_PERMANENT))
        return NULL;
    if (!to_logged && is_published(c, table))
        return arena_printf(
            c->arena, "cannot change table \"%s\" to unlogged because it is part of a publication",
            name);
    const SimRelation *other =
        to_logged ? unlogged_referenced(c, table) : logged_referencing(c, table);
    if (other == NULL)
        return NULL;
    return arena_printf(
        c->arena, "could not change table \"%s\" to %s because it references %s table \"%s\"", name,
        to_logged ? "logged" : "unlogged", to_logged ? "unlogged" : "logged", other->name.name);
}

/* tablecmds.c, ATPrepSetAccessMethod() */
const char *
refuse_partitioned_access_method(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    (void)op;
    bool partitioned = table != NULL && table->kind == RELATION_PARTITIONED_TABLE;
    return partitioned && c->pg_version < 17 ? "cannot change access method of a partitioned table"
                                             : NULL;
}

/* tablecmds.c, ATPrepSetTableSpace() and get_tablespace_oid() */
const char *
refuse_global_tablespace(const RefusalCase *c, const Op *op)
{
    (void)c;
    bool global = op->assigned.name != NULL && strcmp(op->assigned.name, "pg_global") == 0;
    return global ? "only shared relations can be placed in pg_global tablespace" : NULL;
}

/* reloptions.c, partitioned_table_reloptions(): before 16 every option is one that it does not
 * know. RESET is not validated. */
const char *
refuse_partitioned_options(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL || table->kind != RELATION_PARTITIONED_TABLE ||
        op->storage.options.count == 0 || op->storage.is_reset)
        return NULL;
    if (c->pg_version >= 16)
        return "cannot specify storage parameters for a partitioned table";
    return arena_printf(c->arena, "unrecognized parameter \"%s\"",
                        op->storage.options.items[0].name);
}

/* reloptions.c, transformRelOptions() */
const char *
refuse_reset_with_values(const RefusalCase *c, const Op *op)
{
    (void)c;
    foreach (option, &op->storage.options) {
        if (op->storage.is_reset && option->value != NULL)
            return "RESET must not include values for parameters";
    }
    return NULL;
}

/* lockcmds.c, RangeVarCallbackForLockTable() */
const char *
refuse_lock_table(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = c->target;
    (void)op;
    if (relation == NULL || relation->kind == RELATION_TABLE ||
        relation->kind == RELATION_PARTITIONED_TABLE || relation->kind == RELATION_VIEW)
        return NULL;
    if (c->pg_version >= 15)
        return arena_printf(c->arena, "cannot lock relation \"%s\"", relation->name.name);
    return arena_printf(c->arena, "\"%s\" is not a table or view", relation->name.name);
}

/* ---- commands that go by an index of the table */

static const SimRelation *
find_index(const RefusalCase *c, const SimRelation *table, const char *name)
{
    const SimRelation *index =
        schema_find_relation(c->schema, (QualifiedName){table->name.schema, name});
    bool fits = index != NULL && index->index.table == table->id &&
                (index->kind == RELATION_INDEX || index->kind == RELATION_PARTITIONED_INDEX);
    return fits ? index : NULL;
}

/* Where the table has no index of this name: the same in CLUSTER and REPLICA IDENTITY. */
static const char *
missing_index(const RefusalCase *c, const SimRelation *table, const char *name)
{
    const SimRelation *other =
        schema_find_relation(c->schema, (QualifiedName){table->name.schema, name});
    if (other != NULL)
        return arena_printf(c->arena, "\"%s\" is not an index for table \"%s\"", name,
                            table->name.name);
    if (!table->columns_known || !c->knows_all)
        return NULL;
    return arena_printf(c->arena, "index \"%s\" for table \"%s\" does not exist", name,
                        table->name.name);
}

/* cluster.c, check_index_is_clusterable() */
static const char *
not_clusterable(const RefusalCase *c, const SimRelation *index)
{
    const char *method = index->index.method;
    if (method != NULL && strcmp(method, "btree") != 0 && strcmp(method, "gist") != 0)
        return arena_printf(
            c->arena,
            "cannot cluster on index \"%s\" because access method does not support clustering",
            index->name.name);
    if (index->index.predicate != NULL)
        return arena_printf(c->arena, "cannot cluster on partial index \"%s\"", index->name.name);
    return NULL;
}

static bool
has_clustered_index(const RefusalCase *c, const SimRelation *table)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        if (schema_relation_by_id(c->schema, *id)->index.clusters)
            return true;
    }
    return false;
}

static const char *
refuse_cluster_table(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    const char *name = op->attached.name;
    if (name == NULL)
        return has_clustered_index(c, table) || table->created_in == 0
                   ? NULL
                   : arena_printf(c->arena,
                                  "there is no previously clustered index for table \"%s\"",
                                  table->name.name);
    const SimRelation *index = find_index(c, table, name);
    return index == NULL ? missing_index(c, table, name) : not_clusterable(c, index);
}

/* cluster.c, cluster(): the relation's kind first (RangeVarCallbackMaintainsTable), then how it is
 * partitioned, then the index. */
const char *
refuse_cluster(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL)
        return NULL;
    bool partitioned = table->kind == RELATION_PARTITIONED_TABLE;
    if (!partitioned && table->kind != RELATION_TABLE && table->kind != RELATION_MATERIALIZED_VIEW)
        return arena_printf(c->arena, "\"%s\" is not a table or materialized view",
                            table->name.name);
    if (partitioned && c->pg_version < 15)
        return "cannot cluster a partitioned table";
    const char *refusal = refuse_cluster_table(c, op, table);
    if (refusal == NULL && partitioned && c->with_others)
        refusal = "CLUSTER cannot run inside a transaction block";
    return refusal;
}

/* tablecmds.c, ATExecClusterOn() and cluster.c, mark_index_clustered() */
const char *
refuse_cluster_on(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    if (table == NULL)
        return NULL;
    const char *name = op->attached.name;
    const SimRelation *index = name != NULL ? find_index(c, table, name) : NULL;
    const char *refusal = NULL;
    if (name != NULL)
        refusal = index == NULL ? missing_index(c, table, name) : not_clusterable(c, index);
    if (refusal == NULL && table->kind == RELATION_PARTITIONED_TABLE)
        refusal = "cannot mark index clustered in partitioned table";
    return refusal;
}

static const char *
nullable_key(const SimRelation *table, const SimRelation *index)
{
    foreach (key, &index->index.keys) {
        const SimColumn *column =
            key->column != NULL ? relation_find_column(table, key->column) : NULL;
        if (column != NULL && !column->not_null)
            return column->name;
    }
    return NULL;
}

static bool
has_expression(const SimRelation *index)
{
    foreach (key, &index->index.keys) {
        if (key->column == NULL)
            return true;
    }
    return false;
}

static bool
is_deferrable(const SimRelation *table, const SimRelation *index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index->id)
            return constraint->deferrable;
    }
    return false;
}

/* tablecmds.c, ATExecReplicaIdentity() */
const char *
refuse_replica_identity(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->target;
    const char *name = op->attached.name;
    if (table == NULL || name == NULL)
        return NULL;
    const SimRelation *index = find_index(c, table, name);
    if (index == NULL)
        return missing_index(c, table, name);
    if (!index->index.unique && !index->index.is_constraint)
        return arena_printf(c->arena, "cannot use non-unique index \"%s\" as replica identity",
                            name);
    if (is_deferrable(table, index))
        return arena_printf(c->arena, "cannot use non-immediate index \"%s\" as replica identity",
                            name);
    if (has_expression(index))
        return arena_printf(c->arena, "cannot use expression index \"%s\" as replica identity",
                            name);
    if (index->index.predicate != NULL)
        return arena_printf(c->arena, "cannot use partial index \"%s\" as replica identity", name);
    const char *column = nullable_key(table, index);
    if (column == NULL)
        return NULL;
    return arena_printf(
        c->arena,
        "index \"%s\" cannot be used as replica identity because column \"%s\" is nullable", name,
        column);
}
