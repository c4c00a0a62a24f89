/* SPDX-License-Identifier: MIT */
/* What a schema was, and how it differs from that now. */
#ifndef LOCKSTEP_SCHEMA_DIFFER_H
#define LOCKSTEP_SCHEMA_DIFFER_H

#include "lockstep/arena.h"
#include "lockstep/schema.h"

#include "schema/replay.h"

/* The relation as it was at the mark; NULL where it was not there. */
const SimRelation *schema_relation_at(const Schema *schema, SchemaMark mark, RelationId id);

/* Whether a function or type of the name is there, and no such one was at the mark. */
bool schema_made_since(const Schema *schema, SchemaMark mark, QualifiedName name);

/* Whether a schema of the name is there, made since the mark; one that may have been there already
 * (IF NOT EXISTS) is not. */
bool schema_made_schema_since(const Schema *schema, SchemaMark mark, const char *name);

/*
 * How the schema differs from what it was at the mark, each as a clause: "column public.t.note is
 * left", "view public.v is lost". Compared is what stands in it and has a name: tables with their
 * columns (type, default, NOT NULL), constraints, triggers and policies, indexes, views, sequences,
 * functions and types. What was only inferred is not compared, nor are rows. Lives in `arena`.
 */
StringList schema_differences(Arena *arena, const Schema *schema, SchemaMark mark);

/* How a live catalog is compared. */
typedef struct LiveTerms {
    const void *context; /* handed to each function */
    /* Takes a relation out of the comparison. */
    bool (*leaves_out)(const void *context, const SimRelation *relation);
    /* Whether two texts, of which the server has written one in words of its own, certainly mean
     * something else. */
    bool (*expressions_differ)(const void *context, const char *one, const char *other);
} LiveTerms;

/* What came out of a comparison. */
typedef struct SchemaComparison {
    StringList differences;
    size_t partitions; /* that the live catalog has and no migration makes: applications do that */
} SchemaComparison;

/*
 * How a live catalog differs from what the migrations of a history make, as clauses: "column
 * public.t.note is missing", "index public.i comes from no migration", "constraint c of public.t is
 * still NOT VALID". Compared is the same as above, and the labels of enums. Lives in `arena`.
 */
SchemaComparison schema_compare(Arena *arena, const Schema *expected, const Schema *live,
                                const LiveTerms *terms);

#endif
