/* SPDX-License-Identifier: MIT */
#include "schema/volatility.h"

#include <stdlib.h>
#include <string.h>

typedef struct BuiltInFunction {
    const char *name;
    Volatility volatility;
} BuiltInFunction;

static const BuiltInFunction built_in_functions[] = {
#define V(name) {name, VOLATILITY_VOLATILE},
#define S(name) {name, VOLATILITY_STABLE},
#define I(name) {name, VOLATILITY_IMMUTABLE},
#include "schema/volatile_functions.def"
#undef V
#undef S
#undef I
};

static int
compare_built_in(const void *name, const void *row)
{
    return strcmp(name, ((const BuiltInFunction *)row)->name);
}

static Volatility
built_in_volatility(const char *name)
{
    size_t count = sizeof built_in_functions / sizeof *built_in_functions;
    const BuiltInFunction *row =
        bsearch(name, built_in_functions, count, sizeof *built_in_functions, compare_built_in);
    return row != NULL ? row->volatility : VOLATILITY_UNKNOWN;
}

static Volatility
function_volatility(const Schema *schema, QualifiedName name)
{
    bool is_built_in = name.schema != NULL && strcmp(name.schema, "pg_catalog") == 0;
    const SimFunction *own = is_built_in ? NULL : schema_find_function(schema, name);
    if (own != NULL)
        return own->volatility;
    return built_in_volatility(name.name);
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
