/* SPDX-License-Identifier: MIT */
/* Publications, statistics objects, privileges and foreign servers. */
#include <string.h>

#include "refusals/refusal_check.h"

static bool
is_member(const SimPublication *publication, RelationId table)
{
    foreach (id, &publication->tables) {
        if (*id == table)
            return true;
    }
    return false;
}

/* pg_publication.c, publication_add_relation() and publicationcmds.c, PublicationDropTables() */
const char *
refuse_publication(const RefusalCase *c, const Op *op)
{
    const SimPublication *publication = schema_find_publication(c->schema, op->target);
    if (publication == NULL)
        return NULL;
    foreach (name, &op->publication.tables) {
        const SimRelation *table = refusal_known(c, *name);
        if (table == NULL)
            return NULL;
        bool there = is_member(publication, table->id);
        if (op->publication.action == PUBLICATION_ADD && there)
            return arena_printf(c->arena, "relation \"%s\" is already member of publication \"%s\"",
                                table->name.name, publication->name.name);
        if (op->publication.action == PUBLICATION_DROP_TABLES && !there)
            return arena_printf(c->arena, "relation \"%s\" is not part of the publication",
                                table->name.name);
    }
    return NULL;
}

/* statscmds.c, CreateStatistics() */
const char *
refuse_statistics(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = refusal_known(c, op->target);
    if (relation == NULL || relation->kind == RELATION_TABLE ||
        relation->kind == RELATION_PARTITIONED_TABLE || relation->kind == RELATION_FOREIGN_TABLE ||
        relation->kind == RELATION_MATERIALIZED_VIEW)
        return NULL;
    if (c->pg_version >= 15)
        return arena_printf(c->arena, "cannot define statistics for relation \"%s\"",
                            relation->name.name);
    return arena_printf(c->arena,
                        "relation \"%s\" is not a table, foreign table, or materialized view",
                        relation->name.name);
}

/* aclchk.c, ExecGrant_Relation() */
const char *
refuse_grant(const RefusalCase *c, const Op *op)
{
    const SimRelation *relation = refusal_known(c, op->target);
    bool is_index = relation != NULL && (relation->kind == RELATION_INDEX ||
                                         relation->kind == RELATION_PARTITIONED_INDEX);
    return is_index ? arena_printf(c->arena, "\"%s\" is an index", relation->name.name) : NULL;
}

/* ---- foreign tables whose wrapper was made without a handler (foreign.c, GetFdwRoutine) */

static const char *
no_handler(const RefusalCase *c, const char *server)
{
    const SimServer *found = schema_find_server(c->schema, server);
    const SimWrapper *wrapper =
        found != NULL ? schema_find_wrapper(c->schema, found->wrapper) : NULL;
    if (wrapper == NULL || wrapper->has_handler)
        return NULL;
    return arena_printf(c->arena, "foreign-data wrapper \"%s\" has no handler", wrapper->name);
}

const char *
refuse_import(const RefusalCase *c, const Op *op)
{
    return no_handler(c, op->foreign.of);
}

/* Whether this operation asks the wrapper of a foreign table that is its target. */
const char *
refuse_foreign_target(const RefusalCase *c, const Op *op)
{
    const SimRelation *table = refusal_known(c, op->target);
    if (table == NULL || table->kind != RELATION_FOREIGN_TABLE || table->server == NULL)
        return NULL;
    return no_handler(c, table->server);
}

const char *
refuse_foreign_query(const RefusalCase *c, const Op *op)
{
    const char *refusal = refuse_foreign_target(c, op);
    if (op->data.query == NULL)
        return refusal;
    foreach (source, &op->data.query->sources) {
        const SimRelation *table = refusal_known(c, source->relation);
        if (refusal == NULL && table != NULL && table->server != NULL)
            refusal = no_handler(c, table->server);
    }
    return refusal;
}
