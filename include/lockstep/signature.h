/* SPDX-License-Identifier: MIT */
/* What a function is declared as. */
#ifndef LOCKSTEP_SIGNATURE_H
#define LOCKSTEP_SIGNATURE_H

#include <stdbool.h>

#include "lockstep/expression.h"

/* How a function's volatility is declared; the default is volatile. */
typedef enum Volatility {
    VOLATILITY_VOLATILE,
    VOLATILITY_STABLE,
    VOLATILITY_IMMUTABLE,
    VOLATILITY_UNKNOWN
} Volatility;

/* What a call of a function has to match. */
typedef struct Signature {
    bool is_written;  /* false: DROP FUNCTION without parentheses */
    TypeList types;   /* of the arguments that a call gives: no OUT */
    StringList names; /* of the same arguments; NULL for one without, empty where it is not known */
    int defaulted;    /* how many of them, from the last one on, a call may leave out */
    bool is_variadic;
    bool for_triggers; /* it returns trigger or event_trigger: nobody else calls it */
} Signature;

#endif
