/* SPDX-License-Identifier: MIT */
/* What queries and conditions stand on, from names to relations. */
#include <string.h>

#include "schema/replay_parts.h"

static void
put_use(Schema *schema, SimUses *uses, SimUse use)
{
    foreach (known, &uses->columns) {
        bool same_column =
            known->column == use.column ||
            (known->column != NULL && use.column != NULL && strcmp(known->column, use.column) == 0);
        if (known->relation == use.relation && same_column)
            return;
    }
    LIST_APPEND(schema->arena, &uses->columns, use);
}

/* Where a relation of which not all columns are known comes first, the column may be its. */
static void
resolve_column(Schema *schema, SimUses *uses, const ColumnUse *written)
{
    foreach (name, &written->among) {
        const SimRelation *relation = schema_find_relation(schema, *name);
        if (relation == NULL)
            return;
        if (written->name == NULL) {
            foreach (column, &relation->columns)
                put_use(schema, uses, (SimUse){relation->id, column->name});
            continue;
        }
        const SimColumn *column = relation_find_column(relation, written->name);
        if (column != NULL)
            put_use(schema, uses, (SimUse){relation->id, column->name});
        if (column != NULL || !relation->columns_known)
            return;
    }
}

static void
resolve_relations(Schema *schema, SimUses *uses, const NameList *names)
{
    foreach (name, names) {
        const SimRelation *relation = schema_find_relation(schema, *name);
        if (relation != NULL)
            put_use(schema, uses, (SimUse){relation->id, NULL});
    }
}

SimUses
replay_uses(Schema *schema, const SqlUses *written)
{
    SimUses uses = {0};
    if (written == NULL)
        return uses;
    resolve_relations(schema, &uses, &written->relations);
    resolve_relations(schema, &uses, &written->written);
    foreach (column, &written->columns)
        resolve_column(schema, &uses, column);
    foreach (name, &written->functions) {
        const SimFunction *function = schema_find_function(schema, *name);
        LIST_APPEND(schema->arena, &uses.functions, function != NULL ? function->name : *name);
    }
    uses.types = written->types;
    uses.types.capacity = uses.types.count;
    return uses;
}

/* ---- RENAME COLUMN */

static void
rename_in_uses(Schema *schema, SimUses *uses, RelationId table, const char *old_name,
               const char *new_name)
{
    SimUseList renamed = {0};
    foreach (use, &uses->columns) {
        bool is_old =
            use->relation == table && use->column != NULL && strcmp(use->column, old_name) == 0;
        LIST_APPEND(schema->arena, &renamed, is_old ? (SimUse){table, new_name} : *use);
    }
    uses->columns = renamed;
}

static void
rename_in_user(Schema *schema, RelationId user, RelationId table, const char *old_name,
               const char *new_name)
{
    SimRelation *changed = schema_edit(schema, user);
    SimAttachedList attached = {0};
    if (sim_uses_column(&changed->uses, table, old_name))
        rename_in_uses(schema, &changed->uses, table, old_name, new_name);
    foreach (item, &changed->attached) {
        const SimAttached *kept = *item;
        if (sim_uses_column(&kept->uses, table, old_name)) {
            SimAttached *copy = arena_copy(schema->arena, kept, sizeof *kept);
            rename_in_uses(schema, &copy->uses, table, old_name, new_name);
            kept = copy;
        }
        LIST_APPEND(schema->arena, &attached, kept);
    }
    changed->attached = attached;
    schema_store(schema, changed);
}

void
replay_rename_uses(Schema *schema, RelationId table, const char *old_name, const char *new_name)
{
    RelationIdList users = schema_users_of(schema->arena, schema, table);
    LIST_APPEND(schema->arena, &users, table);
    foreach (id, &users)
        rename_in_user(schema, *id, table, old_name, new_name);
}

/* ---- the columns of a query's result */

static void
put_result_column(Schema *schema, SimRelation *relation, const char *name, const SimColumn *source,
                  const StringList *names)
{
    size_t at = relation->columns.count;
    SimColumn column = {.name = at < names->count ? names->items[at] : name};
    if (source != NULL) {
        column.type = source->type;
        column.collation = source->collation;
        column.type_known = source->type_known;
    }
    LIST_APPEND(schema->arena, &relation->columns, column);
}

/* The columns of a * one by one; false where they are not all known. */
static bool
put_star(Schema *schema, SimRelation *relation, const ColumnUse *use, const StringList *names)
{
    foreach (name, &use->among) {
        const SimRelation *source = schema_find_relation(schema, *name);
        if (source == NULL || !source->columns_known)
            return false;
        foreach (column, &source->columns)
            put_result_column(schema, relation, column->name, column, names);
    }
    return true;
}

static const SimColumn *
find_source(const Schema *schema, const ColumnUse *use)
{
    if (use == NULL)
        return NULL;
    foreach (name, &use->among) {
        const SimRelation *source = schema_find_relation(schema, *name);
        const SimColumn *column = source != NULL ? relation_find_column(source, use->name) : NULL;
        if (column != NULL || source == NULL || !source->columns_known)
            return column;
    }
    return NULL;
}

void
replay_put_result(Schema *schema, SimRelation *relation, const QueryColumnList *result,
                  const StringList *names)
{
    relation->columns_known = result->count > 0;
    foreach (column, result) {
        if (column->use != NULL && column->use->name == NULL) {
            relation->columns_known &= put_star(schema, relation, column->use, names);
        } else if (column->name != NULL || relation->columns.count < names->count) {
            SimColumn cast = {.type = column->type, .type_known = true};
            const SimColumn *source =
                column->type.name.name != NULL ? &cast : find_source(schema, column->use);
            put_result_column(schema, relation, column->name, source, names);
        } else {
            relation->columns_known = false;
        }
        /* Behind a place that is not known the names of a list cannot be given any more. */
        if (!relation->columns_known)
            break;
    }
    for (size_t i = relation->columns.count; i < names->count; i++)
        put_result_column(schema, relation, names->items[i], NULL, names);
}
