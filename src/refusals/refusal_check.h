/* SPDX-License-Identifier: MIT */
/* The checks of refusal_table.def, for the files of this folder. */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_CHECK_H
#define LOCKSTEP_REFUSALS_REFUSAL_CHECK_H

#include "refusals/refusal.h"

/* The server's words, or NULL. Says in a comment which function of PostgreSQL refuses. */
typedef const char *RefusalCheck(const RefusalCase *c, const Op *op);

/* The relation where the history made it; NULL where it is unknown or only taken to exist. */
const SimRelation *refusal_known(const RefusalCase *c, QualifiedName name);

/* The case with what it holds of the operation itself. */
RefusalCase refusal_case_of(const RefusalCase *c, const Op *op, const SimRelation *found);

/* Whether two columns certainly have different types: both known, aliases resolved. */
bool refusal_types_differ(const SimColumn *a, const SimColumn *b);

/* Whether any table inherits from it directly, or is a partition of it. */
bool refusal_has_children(const RefusalCase *c, const SimRelation *table);

/* The name of the constraint that a NOT NULL of this column is from 18 on: a child has that of its
 * parent. */
const char *refusal_not_null_name(const RefusalCase *c, const SimRelation *table,
                                  const char *column);

/* Whether each table has a column of this name: tableoid, ctid, … False for NULL. */
bool refusal_is_system_column(const char *name);

#define REFUSAL(operation, check) RefusalCheck check;
#include "refusals/refusal_table.def"
#undef REFUSAL

#endif
