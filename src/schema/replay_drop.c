/* SPDX-License-Identifier: MIT */
/* DROP of everything. What the server would refuse without CASCADE is dropped all the same: the
 * history is taken to have worked. */
#include <string.h>

#include "schema/dependents.h"
#include "schema/replay_parts.h"

/* That of the newest server: where an older one takes more along, CASCADE does too. */
enum { PG_VERSION = 18 };

static void
remove_relation(Schema *schema, const SimRelation *gone)
{
    const SimRelation *table = schema_relation_by_id(schema, gone->index.table);
    schema_remove_relation(schema, gone);
    if (!gone->index.is_constraint || table == NULL)
        return;
    SimRelation *changed = schema_edit(schema, table->id);
    replay_remove_constraint(schema, changed, gone->name.name);
    schema_store(schema, changed);
}

static void
remove_part(Schema *schema, const Dependent *dependent)
{
    SimRelation *table = schema_edit(schema, dependent->relation);
    if (dependent->kind == DEPENDENT_COLUMN)
        replay_remove_column(schema, table, dependent->name);
    else if (dependent->kind == DEPENDENT_DEFAULT)
        replay_remove_default(schema, table, dependent->name);
    else if (dependent->kind == DEPENDENT_CONSTRAINT)
        replay_remove_constraint(schema, table, dependent->name);
    else
        replay_remove_attached(schema, table, dependent->attached);
    schema_store(schema, table);
}

static void
remove_function(Schema *schema, QualifiedName name)
{
    const SimFunction *function = schema_name_get(schema, NAMES_FUNCTION, name);
    if (function != NULL)
        schema_name_set(schema, NAMES_FUNCTION, name, function->overload);
}

static void
remove_dependent(Schema *schema, const Dependent *dependent)
{
    const SimRelation *relation = schema_relation_by_id(schema, dependent->relation);
    switch (dependent->kind) {
    case DEPENDENT_RELATION:
        if (relation != NULL)
            remove_relation(schema, relation);
        break;
    case DEPENDENT_COLUMN:
    case DEPENDENT_DEFAULT:
    case DEPENDENT_CONSTRAINT:
    case DEPENDENT_ATTACHED:
        if (relation != NULL)
            remove_part(schema, dependent);
        break;
    case DEPENDENT_FUNCTION:
        remove_function(schema, dependent->object);
        break;
    case DEPENDENT_TYPE:
        schema_name_set(schema, NAMES_DOMAIN, dependent->object, NULL);
        schema_name_set(schema, NAMES_ENUM, dependent->object, NULL);
        schema_name_set(schema, NAMES_COMPOSITE, dependent->object, NULL);
        break;
    case DEPENDENT_PUBLISHED:
        replay_unpublish(schema, dependent->object, dependent->relation);
        break;
    case DEPENDENT_SCHEMA:
        schema_name_set(schema, NAMES_SCHEMA, dependent->object, NULL);
        break;
    case DEPENDENT_EXTENSION:
        schema_name_set(schema, NAMES_EXTENSION, dependent->object, NULL);
        break;
    case DEPENDENT_SERVER:
        schema_name_set(schema, NAMES_SERVER, dependent->object, NULL);
        break;
    case DEPENDENT_WRAPPER:
        schema_name_set(schema, NAMES_WRAPPER, dependent->object, NULL);
        break;
    case DEPENDENT_COLLATION:
        break;
    }
}

void
replay_drop_all(Schema *schema, const DependentList *roots)
{
    DependentList all = schema_dependents(schema, roots, PG_VERSION);
    foreach (dependent, &all)
        remove_dependent(schema, dependent);
}

/* The constraint itself, its index and what of it is in partitions are the caller's. */
static bool
stands_on_constraint(const Schema *schema, const Dependent *dependent, const char *name)
{
    const SimRelation *relation = schema_relation_by_id(schema, dependent->relation);
    if (relation == NULL)
        return false;
    if (dependent->kind == DEPENDENT_CONSTRAINT)
        return strcmp(dependent->name, name) != 0;
    return dependent->kind == DEPENDENT_RELATION &&
           (relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW);
}

void
replay_drop_users_of_constraint(Schema *schema, const Op *op)
{
    DependentList roots = schema_dropped(schema->arena, schema, op, replay_found(schema));
    DependentList all = schema_dependents(schema, &roots, PG_VERSION);
    foreach (dependent, &all) {
        if (stands_on_constraint(schema, dependent, op->constraint.name))
            remove_dependent(schema, dependent);
    }
}

void
replay_remove(Schema *schema, RelationId id)
{
    DependentList roots = {0};
    LIST_APPEND(schema->arena, &roots, (Dependent){.kind = DEPENDENT_RELATION, .relation = id});
    replay_drop_all(schema, &roots);
}

void
replay_drop(Schema *schema, const Op *op)
{
    if (op->kind == OP_DROP_FUNCTION)
        replay_choose_function(schema, op);
    DependentList roots = schema_dropped(schema->arena, schema, op, replay_found(schema));
    replay_drop_all(schema, &roots);
}
