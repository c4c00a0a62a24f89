/* SPDX-License-Identifier: MIT */
/* The checks of refusal_table.def, for the files of this folder. */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_CHECK_H
#define LOCKSTEP_REFUSALS_REFUSAL_CHECK_H

#include "refusals/refusal.h"

/* The server's words, or NULL. Says in a comment which function of PostgreSQL refuses. */
typedef const char *RefusalCheck(const RefusalCase *c, const Op *op);

#define REFUSAL(operation, check) RefusalCheck check;
#include "refusals/refusal_table.def"
#undef REFUSAL

#endif
