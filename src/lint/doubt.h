/* SPDX-License-Identifier: MIT */
/* How far the schema that was read can be relied upon: what was read without knowing what it did.
 */
#ifndef LOCKSTEP_LINT_DOUBT_H
#define LOCKSTEP_LINT_DOUBT_H

#include "lockstep/op.h"

typedef struct Doubt {
    bool saw_code;      /* something was read of which it is not known whether it ran */
    bool saw_unknown;   /* or what it did: from then on anything may stand or be gone */
    bool saw_extension; /* one that may bring relations and functions */
    bool saw_methods;   /* any extension, or what makes an access method or an operator class */
    size_t gaps;        /* how often something was read of which one of the first two is so */
} Doubt;

/* After an operation of `statement`. `guarded`: it may not have run; `unknown`: what the code that
 * it runs may do beside, or NULL. */
void doubt_op(Doubt *doubt, const Statement *statement, const Op *op, bool guarded,
              const char *unknown);

/* After the part of the script before `end`: what a statement would have done that nobody could
 * read, the schema lacks from then on. */
void doubt_broken(Doubt *doubt, const Script *script, size_t end);

#endif
