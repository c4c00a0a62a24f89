/* SPDX-License-Identifier: MIT */
/* What queries and conditions stand on, from names to relations. */
#include <string.h>

#include "schema/replay_parts.h"

/* Unless it is one of the first `count`. */
static void
put_use_behind(Schema *schema, SimUses *uses, size_t count, SimUse use)
{
    for (size_t i = 0; i < count; i++) {
        const SimUse *known = &uses->columns.items[i];
        bool same_column =
            known->column == use.column ||
            (known->column != NULL && use.column != NULL && text_equals(known->column, use.column));
        if (known->relation == use.relation && same_column)
            return;
    }
    LIST_APPEND(schema->arena, &uses->columns, use);
}

static void
put_use(Schema *schema, SimUses *uses, SimUse use)
{
    put_use_behind(schema, uses, uses->columns.count, use);
}

/* The columns of one relation are different ones. */
static void
put_use_of_all(Schema *schema, SimUses *uses, const SimRelation *relation)
{
    size_t count = uses->columns.count;
    foreach (column, &relation->columns)
        put_use_behind(schema, uses, count, (SimUse){relation->id, column->name});
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
            put_use_of_all(schema, uses, relation);
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
            use->relation == table && use->column != NULL && text_equals(use->column, old_name);
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

void
replay_put_result(Schema *schema, SimRelation *relation, const QueryColumnList *result,
                  const StringList *names)
{
    relation->columns =
        schema_result_columns(schema->arena, schema, result, names, &relation->columns_known);
}
