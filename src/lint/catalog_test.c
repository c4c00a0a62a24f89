/* SPDX-License-Identifier: MIT */
#include "lint/catalog_test.h"

#include <string.h>

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

/* A NOT NULL has a name of its own from 18 on, which columns do not remember. */
static CatalogAnswer
find_constraint(Arena *scratch, const Schema *schema, const char *name)
{
    if (finds_constraint(scratch, schema, name))
        return CATALOG_HAS;
    return strstr(name, "not_null") != NULL ? CATALOG_UNSURE : CATALOG_LACKS;
}

/* The catalog has the relations of all schemas, also of those that the path does not name. */
static CatalogAnswer
look_elsewhere(Arena *scratch, const Schema *schema, const char *name)
{
    RelationIdList all = schema_relations_in(scratch, schema, NULL);
    foreach (id, &all) {
        const SimRelation *relation = schema_relation_by_id(schema, *id);
        if (relation != NULL && strcmp(relation->name.name, name) == 0)
            return CATALOG_UNSURE;
    }
    return CATALOG_LACKS;
}

static CatalogAnswer
find_part(Arena *scratch, const Schema *schema, const SimRelation *relation,
          const CatalogTest *test)
{
    bool has_column = test->column == NULL || relation_find_column(relation, test->column) != NULL;
    bool has_constraint =
        test->constraint == NULL || relation_find_constraint(relation, test->constraint) != NULL;
    if (has_column && has_constraint)
        return CATALOG_HAS;
    if (!relation->columns_known)
        return CATALOG_UNSURE;
    return has_constraint ? CATALOG_LACKS : find_constraint(scratch, schema, test->constraint);
}

static CatalogAnswer
look_up(Arena *scratch, const Schema *schema, const CatalogTest *test)
{
    if (test->type != NULL) {
        const QualifiedName type = {.name = test->type};
        bool known =
            schema_find_enum(schema, type) != NULL || schema_find_domain(schema, type) != NULL;
        return known ? CATALOG_HAS : CATALOG_UNSURE;
    }
    if (test->relation == NULL)
        return find_constraint(scratch, schema, test->constraint);
    const SimRelation *relation =
        schema_find_relation(schema, (QualifiedName){.name = test->relation});
    if (relation == NULL)
        return look_elsewhere(scratch, schema, test->relation);
    if (relation->assumed)
        return CATALOG_UNSURE;
    return find_part(scratch, schema, relation, test);
}

CatalogAnswer
catalog_test(Arena *scratch, const Schema *schema, const CatalogTest *test, bool knows_all)
{
    CatalogAnswer answer = look_up(scratch, schema, test);
    return answer == CATALOG_LACKS && !knows_all ? CATALOG_UNSURE : answer;
}
