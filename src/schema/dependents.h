/* SPDX-License-Identifier: MIT */
/*
 * What depends on what: pg_depend of the simulated catalog, computed when it is asked for.
 *
 * Only what a DROP may take along is told apart: relations (indexes, sequences and views among
 * them), columns, defaults, constraints, and what is attached to a table.
 */
#ifndef LOCKSTEP_SCHEMA_DEPENDENTS_H
#define LOCKSTEP_SCHEMA_DEPENDENTS_H

#include "lockstep/schema.h"

typedef enum DependentKind {
    DEPENDENT_RELATION,
    DEPENDENT_COLUMN,
    DEPENDENT_DEFAULT, /* of a column */
    DEPENDENT_CONSTRAINT,
    DEPENDENT_ATTACHED,
    DEPENDENT_FUNCTION,
    DEPENDENT_TYPE, /* a domain, an enum or another */
    DEPENDENT_SCHEMA,
    DEPENDENT_EXTENSION,
    DEPENDENT_SERVER,
    DEPENDENT_WRAPPER,
    DEPENDENT_COLLATION,
    DEPENDENT_PUBLISHED /* a table's place in a publication */
} DependentKind;

typedef struct Dependent {
    DependentKind kind;
    RelationId relation;         /* itself, or the table that it is of */
    const char *name;            /* of the column or constraint */
    const SimAttached *attached; /* ATTACHED */
    QualifiedName object;        /* FUNCTION and all below; PUBLISHED: the publication */
    bool automatic;              /* goes without CASCADE: a part of what is dropped */
} Dependent;

typedef LIST(Dependent) DependentList;

/*
 * All that goes when the roots are dropped with CASCADE, each once, the roots first, everything
 * else behind something that it depends on. Without CASCADE the server refuses where one of them is
 * not automatic (dependency.c, reportDependentObjects). `pg_version` is a major version. Lives as
 * long as the schema, and is not to be changed: who asks again before the schema changes gets the
 * same list, for a DROP is refused, judged and replayed one after the other.
 */
DependentList schema_dependents(const Schema *schema, const DependentList *roots, int pg_version);

/* The same of one column alone, without what depends on those again. */
DependentList schema_column_dependents(Arena *arena, const Schema *schema, RelationId table,
                                       const char *column, int pg_version);

/* What a DROP or ALTER TABLE … DROP names: nothing where it is not there. */
DependentList schema_dropped(Arena *arena, const Schema *schema, const Op *op,
                             const SimRelation *target);

/* Whether the expression calls this function, or casts to this type; NULL does not. */
bool schema_expression_calls(const Schema *schema, const SqlExpr *expression,
                             QualifiedName function);

/* Whether it is known what belongs to an extension. */
bool schema_knows_extension(const char *name);

/* Whether something stands on a column. */
bool sim_uses_column(const SimUses *uses, RelationId table, const char *column);

/* Whether an index has the column in its key, its expressions, its predicate or INCLUDE. */
bool sim_index_uses(const SimRelation *index, const char *column);

/* The columns of a query's result in `arena`, the first of them called by `names`; `all_known` is
 * false where there are more. */
SimColumnList schema_result_columns(Arena *arena, const Schema *schema,
                                    const QueryColumnList *result, const StringList *names,
                                    bool *all_known);

/* The only unique index on which the foreign key can stand; 0 where there are more or none. */
RelationId schema_index_of_reference(Arena *arena, const Schema *schema,
                                     const SimConstraint *reference);

#endif
