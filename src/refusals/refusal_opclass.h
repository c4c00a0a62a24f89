/* SPDX-License-Identifier: MIT */
/* Whether an access method can index a type. */
#ifndef LOCKSTEP_REFUSALS_REFUSAL_OPCLASS_H
#define LOCKSTEP_REFUSALS_REFUSAL_OPCLASS_H

#include "refusals/refusal_check.h"

/* The server's words where the method has no such operator class, or none for the type; NULL else.
 * Without a name, `opclass` is the default one. */
const char *refusal_of_opclass(const RefusalCase *c, const char *method, QualifiedName opclass,
                               const SqlType *type);

#endif
