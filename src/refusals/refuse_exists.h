/* SPDX-License-Identifier: MIT */
/* What is there and what is not: checks that every operation goes through. */
#ifndef LOCKSTEP_REFUSALS_REFUSE_EXISTS_H
#define LOCKSTEP_REFUSALS_REFUSE_EXISTS_H

#include "refusals/refusal_check.h"

/* Relations, and then what refuse_members() says. */
RefusalCheck refuse_existence;

/* Values of an enum that are too new for the statement to use. */
RefusalCheck refuse_unsafe_label;

/* Columns, constraints and types of what is there. */
RefusalCheck refuse_members;

/* Of its table, that constraint triggers wait. */
RefusalCheck refuse_pending_events;

/* Whether a table of which all columns are known has none of this name. */
bool refusal_lacks_column(const SimRelation *table, const char *column);

/* Whether it is certain that there is no relation of this name. */
bool refusal_is_missing(const RefusalCase *c, QualifiedName name);

#endif
