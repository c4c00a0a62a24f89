/* SPDX-License-Identifier: MIT */
/* Questions that several checks ask. */
#include <string.h>

#include "refusals/refusal_check.h"

const SimRelation *
refusal_known(const RefusalCase *c, QualifiedName name)
{
    const SimRelation *found = schema_find_relation(c->schema, name);
    return found != NULL && !found->assumed ? found : NULL;
}

RefusalCase
refusal_case_of(const RefusalCase *c, const Op *op, const SimRelation *found)
{
    RefusalCase own = *c;
    own.found = found;
    own.target = found != NULL && !found->assumed ? found : NULL;
    own.adds_nothing = op->kind == OP_ADD_COLUMN && own.target != NULL &&
                       relation_find_column(own.target, op->add_column.name) != NULL;
    return own;
}

/* The same name without a schema may stand for two types: a difference of schemas is none. */
bool
refusal_types_differ(const SimColumn *a, const SimColumn *b)
{
    const SqlType *x = &a->type, *y = &b->type;
    if (!a->type_known || !b->type_known || !x->modifiers_known || !y->modifiers_known ||
        x->name.name == NULL || y->name.name == NULL)
        return false;
    if (strcmp(x->name.name, y->name.name) != 0 ||
        (x->array_dimensions > 0) != (y->array_dimensions > 0))
        return true;
    if (x->modifier_count != y->modifier_count)
        return false;
    for (int i = 0; i < x->modifier_count; i++) {
        if (x->modifiers[i] != y->modifiers[i])
            return true;
    }
    return false;
}

bool
refusal_has_children(const RefusalCase *c, const SimRelation *table)
{
    return schema_children_of(c->arena, c->schema, table->id).count > 0;
}

/* heap.c, SysAtt */
bool
refusal_is_system_column(const char *name)
{
    static const char *const names[] = {"tableoid", "cmax", "xmax", "cmin", "xmin", "ctid"};
    return name != NULL && TEXT_IS_ONE_OF(name, names);
}

static const char *
written_name(const SimRelation *table, const char *column)
{
    foreach (constraint, &table->constraints) {
        if (constraint->kind == CONSTRAINT_NOT_NULL &&
            string_list_has(&constraint->columns, column))
            return constraint->name;
    }
    return NULL;
}

const char *
refusal_not_null_name(const RefusalCase *c, const SimRelation *table, const char *column)
{
    const SimRelation *at = table;
    const char *name = written_name(at, column);
    while (name == NULL) {
        const SimRelation *parent = schema_relation_by_id(c->schema, at->parent);
        const SimColumn *above = parent != NULL ? relation_find_column(parent, column) : NULL;
        if (above == NULL || !above->not_null)
            return sql_new_name(c->arena, at->name.name, column, "not_null");
        at = parent;
        name = written_name(at, column);
    }
    return name;
}
