/* SPDX-License-Identifier: MIT */
#include "schema/volatility.h"

#include <stdlib.h>
#include <string.h>

typedef struct BuiltInFunction {
    const char *name;
    Volatility volatility;
    bool in_extension;
} BuiltInFunction;

static const BuiltInFunction built_in_functions[] = {
#define V(name) {name, VOLATILITY_VOLATILE, false},
#define S(name) {name, VOLATILITY_STABLE, false},
#define I(name) {name, VOLATILITY_IMMUTABLE, false},
#define EV(name) {name, VOLATILITY_VOLATILE, true},
#define EI(name) {name, VOLATILITY_IMMUTABLE, true},
#include "schema/volatile_functions.def"
#undef V
#undef S
#undef I
#undef EV
#undef EI
};

static int
compare_built_in(const void *name, const void *row)
{
    return strcmp(name, ((const BuiltInFunction *)row)->name);
}

static Volatility
function_volatility(const Schema *schema, QualifiedName name)
{
    bool in_catalog = name.schema != NULL && strcmp(name.schema, "pg_catalog") == 0;
    const SimFunction *own = in_catalog ? NULL : schema_find_function(schema, name);
    if (own != NULL)
        return own->volatility;

    size_t count = sizeof built_in_functions / sizeof *built_in_functions;
    const BuiltInFunction *row =
        bsearch(name.name, built_in_functions, count, sizeof *built_in_functions, compare_built_in);
    bool can_be_meant = row != NULL && (name.schema == NULL || in_catalog || row->in_extension);
    return can_be_meant ? row->volatility : VOLATILITY_UNKNOWN;
}

/* What is not known may be volatile, but what is volatile for certain is worse. */
static int
rank(Volatility volatility)
{
    switch (volatility) {
    case VOLATILITY_IMMUTABLE:
        return 0;
    case VOLATILITY_STABLE:
        return 1;
    case VOLATILITY_UNKNOWN:
        return 2;
    case VOLATILITY_VOLATILE:
        return 3;
    }
    return 2;
}

Volatility
expression_volatility(const Schema *schema, const SqlExpr *expression, QualifiedName *culprit)
{
    Volatility worst = VOLATILITY_IMMUTABLE;
    QualifiedName found = {0};
    if (expression != NULL) {
        foreach (name, &expression->functions) {
            Volatility own = function_volatility(schema, *name);
            if (rank(own) > rank(worst)) {
                worst = own;
                found = *name;
            }
        }
        if (expression->has_subquery && rank(worst) < rank(VOLATILITY_UNKNOWN))
            worst = VOLATILITY_UNKNOWN;
    }
    if (culprit != NULL)
        *culprit = found;
    return worst;
}
