/* SPDX-License-Identifier: MIT */
/* Changing the simulated catalog: operations go in, in the order of the history. See
 * lockstep/schema.h for how to read it. */
#ifndef LOCKSTEP_SCHEMA_REPLAY_H
#define LOCKSTEP_SCHEMA_REPLAY_H

#include "lockstep/arena.h"
#include "lockstep/op.h"
#include "lockstep/schema.h"

/* An empty database: the schemas public and pg_catalog, search_path "$user", public. Lives in
 * `arena`, as everything that is put into it. */
Schema *schema_new(Arena *arena);

/* Ends the session: what it has SET is gone, and what was set for new sessions holds (ALTER
 * DATABASE … SET). Outside of transactions only. */
void schema_new_session(Schema *schema);

/* RESET ALL and its like: what was set for the session is gone, and it is the same one. */
void schema_reset_session(Schema *schema);

/*
 * Transactions of whoever runs the migrations. BEGIN, COMMIT, ROLLBACK and savepoints that stand in
 * a file reach schema_apply() as operations and do the same. Ending what was not begun does
 * nothing, as on the server.
 */
void schema_begin(Schema *schema);
void schema_commit(Schema *schema);
void schema_rollback(Schema *schema);

/* Applies one operation, of which `target` is what schema_find_relation() says of its target. An
 * object that the history has not created is taken to exist and comes into being as "assumed".
 * Never fails. */
void schema_apply(Schema *schema, const Op *op, const SimRelation *target);

/* The relation, and where the history does not have it one that is assumed to exist (populated,
 * columns not known), of this kind. */
const SimRelation *schema_assume_relation(Schema *schema, QualifiedName name, RelationKind kind);

/* The latter, of a name that schema_find_relation() has not found. */
const SimRelation *schema_assume_missing(Schema *schema, QualifiedName name, RelationKind kind);

/* A state to go back to; marks nest. Going back to an older one forgets the newer ones. Outside of
 * transactions only. */
typedef size_t SchemaMark;
SchemaMark schema_mark(const Schema *schema);
void schema_rewind(Schema *schema, SchemaMark mark);

#endif
