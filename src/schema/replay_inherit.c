/* SPDX-License-Identifier: MIT */
/* What a table has from its parents, and what of it is its own too: attinhcount, attislocal,
 * coninhcount and conislocal of the catalog. */
#include <string.h>

#include "schema/object_name.h"
#include "schema/replay_parts.h"

/* ---- columns */

/* tablecmds.c, MergeAttributes() */
static void
inherit_column(Schema *schema, SimRelation *table, const SimColumn *column)
{
    SimColumn *copy = replay_column(schema, table, column->name);
    int inherited = copy->inherited + 1;
    bool not_null = copy->not_null || column->not_null;
    *copy = *column;
    copy->not_null = not_null;
    copy->inherited = inherited;
    copy->is_local = false;
}

void
replay_count_parent(SimColumn *column)
{
    if (column->inherited == 0)
        column->is_local = true;
    column->inherited++;
}

/* ---- constraints */

static SimConstraint *
own_constraint(Schema *schema, SimRelation *table, const char *name)
{
    const SimConstraint *found = name != NULL ? relation_find_constraint(table, name) : NULL;
    if (found == NULL)
        return NULL;
    size_t place = (size_t)(found - table->constraints.items);
    schema_own_constraints(schema, table);
    return &table->constraints.items[place];
}

static bool
goes_to_children(const SimConstraint *constraint)
{
    return constraint->kind == CONSTRAINT_CHECK && !constraint->no_inherit;
}

/* tablecmds.c, MergeConstraintsIntoExisting() and MergeCheckConstraint() */
static void
inherit_check(Schema *schema, SimRelation *table, const SimConstraint *constraint)
{
    SimConstraint *present = own_constraint(schema, table, constraint->name);
    if (present == NULL) {
        SimConstraint copy = *constraint;
        copy.inherited = 1;
        copy.is_local = false;
        LIST_APPEND(schema->arena, &table->constraints, copy);
        return;
    }
    if (present->inherited == 0)
        present->is_local = true;
    present->inherited++;
}

/* A part of the parent's foreign key, which every partition has. */
static void
inherit_reference(Schema *schema, SimRelation *partition, const SimConstraint *constraint)
{
    SimConstraint *present = own_constraint(schema, partition, constraint->name);
    if (present != NULL) {
        present->inherited = 1;
        return;
    }
    SimConstraint copy = *constraint;
    copy.inherited = 1;
    copy.is_local = false;
    LIST_APPEND(schema->arena, &partition->constraints, copy);
    schema_link_reference(schema, partition->id, constraint->referenced);
}

static void
inherit_constraints(Schema *schema, SimRelation *table, const SimRelation *parent)
{
    foreach (constraint, &parent->constraints) {
        if (goes_to_children(constraint))
            inherit_check(schema, table, constraint);
        else if (constraint->kind == CONSTRAINT_FOREIGN_KEY && table->is_partition)
            inherit_reference(schema, table, constraint);
    }
}

/* ---- the link itself */

static void
add_parent(Schema *schema, SimRelation *table, RelationId parent)
{
    if (relation_has_parent(table, parent))
        return;
    if (table->parent == 0)
        table->parent = parent;
    else
        LIST_APPEND(schema->arena, &table->more_parents, parent);
}

void
replay_inherit_from(Schema *schema, SimRelation *table, const SimRelation *parent)
{
    foreach (column, &parent->columns)
        inherit_column(schema, table, column);
    inherit_constraints(schema, table, parent);
    table->columns_known = table->columns_known && parent->columns_known;
    add_parent(schema, table, parent->id);
}

/* tablecmds.c, CreateInheritance(): the columns are there already. A partition keeps none for
 * itself. */
void
replay_gain_parent(Schema *schema, SimRelation *table, const SimRelation *parent)
{
    schema_own_columns(schema, table);
    foreach (column, &table->columns) {
        if (relation_find_column(parent, column->name) == NULL)
            continue;
        replay_count_parent(column);
        if (table->is_partition)
            column->is_local = false;
    }
    inherit_constraints(schema, table, parent);
    foreach (constraint, &parent->constraints) {
        SimConstraint *own = own_constraint(schema, table, constraint->name);
        if (table->is_partition && own != NULL && goes_to_children(constraint))
            own->is_local = false;
    }
    add_parent(schema, table, parent->id);
}

static void
drop_parent(Schema *schema, SimRelation *table, RelationId parent)
{
    RelationIdList left = {0};
    foreach (id, &table->more_parents) {
        if (*id == parent)
            continue;
        if (table->parent == parent)
            table->parent = *id;
        else
            LIST_APPEND(schema->arena, &left, *id);
    }
    if (table->parent == parent)
        table->parent = 0;
    table->more_parents = left;
}

/* tablecmds.c, RemoveInheritance() */
void
replay_lose_parent(Schema *schema, SimRelation *table, const SimRelation *parent)
{
    schema_own_columns(schema, table);
    foreach (column, &table->columns) {
        if (column->inherited > 0 && relation_find_column(parent, column->name) != NULL) {
            column->inherited--;
            column->is_local = true;
        }
    }
    schema_own_constraints(schema, table);
    foreach (constraint, &table->constraints) {
        const SimConstraint *above = relation_find_constraint(parent, constraint->name);
        bool from_parent = (above != NULL && goes_to_children(above)) ||
                           (table->is_partition && constraint->kind != CONSTRAINT_CHECK);
        if (constraint->inherited > 0 && from_parent) {
            constraint->inherited--;
            constraint->is_local = true;
        }
    }
    drop_parent(schema, table, parent->id);
}

/* ---- ADD and DROP that reach the tables below */

void
replay_inherit_constraint(Schema *schema, SimRelation *table,
                          const ConstraintDefinition *definition)
{
    size_t before = table->constraints.count;
    SimConstraint *present = own_constraint(schema, table, definition->name);
    if (present != NULL) {
        if (present->inherited == 0)
            present->is_local = true;
        present->inherited++;
        return;
    }
    replay_put_constraint(schema, table, definition);
    if (table->constraints.count > before)
        table->constraints.items[before].inherited = 1;
}

bool
replay_lets_go(bool only, int *inherited, bool *is_local)
{
    if (!only && *inherited <= 1 && !*is_local)
        return true;
    if (*inherited > 0)
        (*inherited)--;
    *is_local |= only;
    return false;
}
