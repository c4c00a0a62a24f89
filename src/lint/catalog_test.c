/* SPDX-License-Identifier: MIT */
#include "lint/catalog_test.h"

static bool
finds_constraint(Arena *scratch, const Schema *schema, const char *name)
{
    RelationIdList all = schema_relations_in(scratch, schema, NULL);
    foreach (id, &all) {
        const SimRelation *relation = schema_relation_by_id(schema, *id);
        if (relation != NULL && relation_find_constraint(relation, name) != NULL)
            return true;
    }
    return false;
}

bool
catalog_test_finds(Arena *scratch, const Schema *schema, const CatalogTest *test)
{
    if (test->type != NULL) {
        const QualifiedName type = {.name = test->type};
        return schema_find_enum(schema, type) != NULL || schema_find_domain(schema, type) != NULL;
    }
    if (test->relation == NULL)
        return test->constraint != NULL && finds_constraint(scratch, schema, test->constraint);
    const SimRelation *relation =
        schema_find_relation(schema, (QualifiedName){.name = test->relation});
    if (relation == NULL || relation->assumed)
        return false;
    return (test->column == NULL || relation_find_column(relation, test->column) != NULL) &&
           (test->constraint == NULL ||
            relation_find_constraint(relation, test->constraint) != NULL);
}
