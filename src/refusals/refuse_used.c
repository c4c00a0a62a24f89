/* SPDX-License-Identifier: MIT */
/* What cannot be changed while something stands on it. */
#include <string.h>

#include "refusals/refusal_check.h"
#include "schema/dependents.h"

/* tablecmds.c, RememberAllDependentForRebuilding() */
static const char *
refusal_for(const RefusalCase *c, const Dependent *dependent)
{
    const SimRelation *relation = schema_relation_by_id(c->schema, dependent->relation);
    switch (dependent->kind) {
    case DEPENDENT_COLUMN:
        return "cannot alter type of a column used by a generated column";
    case DEPENDENT_RELATION:
        if (relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW)
            return "cannot alter type of a column used by a view or rule";
        return NULL;
    case DEPENDENT_ATTACHED:
        switch (dependent->attached->kind) {
        case SIM_TRIGGER:
            return "cannot alter type of a column used in a trigger definition";
        case SIM_POLICY:
            return "cannot alter type of a column used in a policy definition";
        case SIM_RULE:
            return "cannot alter type of a column used by a view or rule";
        }
        return NULL;
    case DEPENDENT_PUBLISHED: /* a list of columns is refused in the same words */
        return "cannot alter type of a column used by a publication WHERE clause";
    case DEPENDENT_FUNCTION:
        return "cannot alter type of a column used by a function or procedure";
    case DEPENDENT_DEFAULT:
    case DEPENDENT_CONSTRAINT:
    case DEPENDENT_TYPE:
    case DEPENDENT_SCHEMA:
    case DEPENDENT_EXTENSION:
    case DEPENDENT_SERVER:
    case DEPENDENT_WRAPPER:
    case DEPENDENT_COLLATION:
        return NULL;
    }
    return NULL;
}

const char *
refuse_alter_used_type(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = c->found;
    if (table == NULL)
        return NULL;
    RelationIdList family = {0};
    if (!op->only)
        family = schema_descendants_of(c->arena, c->schema, table->id);
    LIST_APPEND(c->arena, &family, table->id);
    foreach (id, &family) {
        DependentList all = schema_column_dependents(c->arena, c->schema, *id,
                                                     op->alter_type.column, c->pg_version);
        foreach (dependent, &all) {
            const char *refusal = refusal_for(c, dependent);
            if (refusal != NULL)
                return refusal;
        }
    }
    return NULL;
}

/* ---- CREATE OR REPLACE VIEW */

static bool
is_other_type(const SimColumn *old, const SimColumn *new)
{
    return old->type_known && new->type_known &&
           old->type.name.name != NULL &&new->type.name.name != NULL &&
           (strcmp(old->type.name.name, new->type.name.name) != 0 ||
            old->type.array_dimensions != new->type.array_dimensions);
}

/* view.c, checkViewColumns() */
const char *
refuse_replace_view(const RefusalCase *c, const Op *op)
{
    const SimRelation *view = c->target;
    if (!op->if_exists || view == NULL || view->kind != RELATION_VIEW || !view->columns_known)
        return NULL;
    bool all_known = false;
    SimColumnList columns = schema_result_columns(c->arena, c->schema, &op->create_as.result,
                                                  &op->create_as.columns, &all_known);
    if (!all_known)
        return NULL;
    if (columns.count < view->columns.count)
        return "cannot drop columns from view";
    for (size_t i = 0; i < view->columns.count; i++) {
        const SimColumn *old = &view->columns.items[i];
        const SimColumn *new = &columns.items[i];
        if (strcmp(old->name, new->name) != 0)
            return arena_printf(c->arena, "cannot change name of view column \"%s\" to \"%s\"",
                                old->name, new->name);
        if (is_other_type(old, new))
            return arena_printf(c->arena, "cannot change data type of view column \"%s\"",
                                old->name);
    }
    return NULL;
}
