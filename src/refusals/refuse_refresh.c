/* SPDX-License-Identifier: MIT */
/* Materialized views: how they are filled, and that they are. */
#include "refusals/refusal_check.h"

/* matview.c, is_usable_unique_index() */
static bool
is_usable(const SimRelation *index)
{
    if (!index->index.unique || !index->index.valid || index->index.predicate != NULL)
        return false;
    foreach (key, &index->index.keys) {
        if (key->column == NULL)
            return false;
    }
    return true;
}

static bool
has_usable_index(const RefusalCase *c, const SimRelation *view)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, view->id);
    foreach (id, &indexes) {
        if (is_usable(schema_relation_by_id(c->schema, *id)))
            return true;
    }
    return false;
}

/* matview.c, ExecRefreshMatView() */
const char *
refuse_refresh(const RefusalCase *c, const Op *op)
{
    const SimRelation *view = c->target;
    if (view == NULL || view->kind != RELATION_MATERIALIZED_VIEW || !op->concurrently)
        return NULL;
    if (view->unpopulated && !c->saw_code)
        return "CONCURRENTLY cannot be used when the materialized view is not populated";
    if (op->create_as.with_no_data)
        return "CONCURRENTLY and WITH NO DATA options cannot be used together";
    if (c->saw_code || has_usable_index(c, view))
        return NULL;
    return arena_printf(c->arena, "cannot refresh materialized view \"%s.%s\" concurrently",
                        view->name.schema, view->name.name);
}

/* execUtils.c, ExecOpenScanRelation() asks when a scan begins: a query that is only planned
 * does not. */
const char *
refuse_unpopulated(const RefusalCase *c, const Op *op)
{
    const SqlQuery *query = op->data.query;
    if (query == NULL || c->saw_code || op->data.phase != DATA_RUNS)
        return NULL;
    foreach (source, &query->sources) {
        const SimRelation *view = refusal_known(c, source->relation);
        bool always =
            source->level == 0 && source->use == SOURCE_READ && !query->levels.items[0].never;
        if (always && view != NULL && view->unpopulated)
            return arena_printf(c->arena, "materialized view \"%s\" has not been populated",
                                view->name.name);
    }
    return NULL;
}
