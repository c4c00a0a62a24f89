/* SPDX-License-Identifier: MIT */
/* Private to dependents*.c: the list that is being made. */
#ifndef LOCKSTEP_SCHEMA_DEPENDENTS_OF_H
#define LOCKSTEP_SCHEMA_DEPENDENTS_OF_H

#include "schema/dependents.h"
#include "schema/schema_state.h"

typedef struct Dependents {
    Arena *arena;
    const Schema *schema;
    int pg_version;
    DependentList found;
    size_t *places; /* a hash table of those: index + 1, 0 for a free place */
    size_t place_count;
} Dependents;

/* From 15 on a generated column does not go along with what it is computed of (heap.c,
 * StoreAttrDefault). Nothing else depends on the version. */
bool dependents_keep_generated(int pg_version);

/* Whether both are the same object, however it came into the list. */
bool dependents_same(const Dependent *a, const Dependent *b);

bool dependents_have_relation(const Dependents *d, RelationId id);

/* Each once; one that is found again may turn out to be automatic. */
void dependents_put(Dependents *d, Dependent dependent);
void dependents_put_relation(Dependents *d, RelationId id, bool automatic);
void dependents_put_part(Dependents *d, DependentKind kind, RelationId table, const char *name,
                         bool automatic);
void dependents_put_attached(Dependents *d, RelationId table, const SimAttached *attached,
                             bool automatic);

/* dependents_of.c: these look at every relation */
void dependents_of_function(Dependents *d, QualifiedName function);
void dependents_of_type(Dependents *d, QualifiedName type);
void dependents_of_schema(Dependents *d, const char *name);
void dependents_of_server(Dependents *d, const char *name);
void dependents_of_wrapper(Dependents *d, const char *name);
void dependents_of_collation(Dependents *d, QualifiedName name);
void dependents_of_extension(Dependents *d, const char *name);

#endif
