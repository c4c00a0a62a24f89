/* SPDX-License-Identifier: MIT */
/* Objects other than relations, functions and types that are not there, or are there already:
 * schemas, extensions, publications, statistics objects, foreign servers. */
#include <string.h>

#include "refusals/refusal_check.h"

static bool
knows(const RefusalCase *c)
{
    return c->knows_all && !c->saw_code && !c->saw_extension;
}

static const char *
missing(const RefusalCase *c, const char *what, const char *name)
{
    return arena_printf(c->arena, "%s \"%s\" does not exist", what, name);
}

/* ---- schemas (namespace.c, get_namespace_oid() and LookupCreationNamespace()) */

/* What a template puts in begins so too. */
static bool
may_be_schema(const RefusalCase *c, const char *name)
{
    return name[0] == '_' || strncmp(name, "pg_", 3) == 0 || strcmp(name, "public") == 0 ||
           strcmp(name, "information_schema") == 0 || schema_may_have_schema(c->schema, name);
}

static const char *
refuse_schema(const RefusalCase *c, const char *name)
{
    if (name == NULL || !knows(c) || may_be_schema(c, name))
        return NULL;
    return missing(c, "schema", name);
}

const char *
refuse_missing_schema(const RefusalCase *c, const Op *op)
{
    return op->if_exists ? NULL : refuse_schema(c, op->target.name);
}

const char *
refuse_schema_of_new(const RefusalCase *c, const Op *op)
{
    return refuse_schema(c, op->target.schema);
}

const char *
refuse_schema_moved_to(const RefusalCase *c, const Op *op)
{
    return c->target != NULL ? refuse_schema(c, op->rename.new_name) : NULL;
}

const char *
refuse_reindexed_schema(const RefusalCase *c, const Op *op)
{
    return op->reindex.is_whole ? refuse_schema(c, op->target.schema) : NULL;
}

/* schemacmds.c, CreateSchemaCommand() and RenameSchema() */
const char *
refuse_present_schema(const RefusalCase *c, const Op *op)
{
    const char *name = op->kind == OP_CREATE_SCHEMA ? op->target.name : op->rename.new_name;
    bool may_be_there = op->kind == OP_CREATE_SCHEMA && op->if_exists;
    if (op->kind == OP_RENAME_SCHEMA && refuse_schema(c, op->target.name) != NULL)
        return refuse_schema(c, op->target.name);
    if (name == NULL || may_be_there || c->saw_code || !schema_has_schema(c->schema, name))
        return NULL;
    return arena_printf(c->arena, "schema \"%s\" already exists", name);
}

/* ---- extensions (extension.c); one may bring others along with CASCADE */

const char *
refuse_missing_extension(const RefusalCase *c, const Op *op)
{
    if (op->if_exists || !knows(c) || c->saw_methods || strcmp(op->target.name, "plpgsql") == 0)
        return NULL;
    return missing(c, "extension", op->target.name);
}

const char *
refuse_present_extension(const RefusalCase *c, const Op *op)
{
    if (op->if_exists || c->saw_code || !schema_has_extension(c->schema, op->target.name))
        return NULL;
    return arena_printf(c->arena, "extension \"%s\" already exists", op->target.name);
}

/* ---- publications and statistics objects */

/* publicationcmds.c, AlterPublication(); objectaddress.c, get_object_address_unqualified() */
const char *
refuse_missing_publication(const RefusalCase *c, const Op *op)
{
    if (op->if_exists || op->publication.action == PUBLICATION_CREATE || !knows(c) ||
        schema_find_publication(c->schema, op->target) != NULL)
        return NULL;
    return missing(c, "publication", op->target.name);
}

/* namespace.c, get_statistics_object_oid(). The name that the server gives to one ends so, but for
 * a number (statscmds.c, ChooseExtendedStatisticName). */
const char *
refuse_missing_statistics(const RefusalCase *c, const Op *op)
{
    if (op->if_exists || !knows(c) || strstr(op->target.name, "_stat") != NULL ||
        schema_find_statistics(c->schema, op->target) != NULL)
        return NULL;
    return missing(c, "statistics object", op->target.name);
}

/* ---- foreign servers and wrappers (foreign.c), which extensions bring too */

static bool
lacks_server(const RefusalCase *c, const char *name)
{
    return name != NULL && knows(c) && !c->saw_methods &&
           schema_find_server(c->schema, name) == NULL;
}

static bool
lacks_wrapper(const RefusalCase *c, const char *name)
{
    return name != NULL && knows(c) && !c->saw_methods &&
           schema_find_wrapper(c->schema, name) == NULL;
}

const char *
refuse_server_of_table(const RefusalCase *c, const Op *op)
{
    const char *server = op->create_table.is_foreign ? op->create_table.server : NULL;
    return lacks_server(c, server) ? missing(c, "server", server) : NULL;
}

const char *
refuse_server_of_import(const RefusalCase *c, const Op *op)
{
    return lacks_server(c, op->foreign.of) ? missing(c, "server", op->foreign.of) : NULL;
}

const char *
refuse_wrapper_of_server(const RefusalCase *c, const Op *op)
{
    return lacks_wrapper(c, op->foreign.of) ? missing(c, "foreign-data wrapper", op->foreign.of)
                                            : NULL;
}

const char *
refuse_missing_object(const RefusalCase *c, const Op *op)
{
    const char *name = op->target.name;
    if (op->if_exists)
        return NULL;
    switch (op->dropped) {
    case DROPPED_SERVER:
        return lacks_server(c, name) ? missing(c, "server", name) : NULL;
    case DROPPED_WRAPPER:
        return lacks_wrapper(c, name) ? missing(c, "foreign-data wrapper", name) : NULL;
    case DROPPED_COLLATION:
        return NULL;
    }
    return NULL;
}
