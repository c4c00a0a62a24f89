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

/* Those that are not plain functions; MIXED: some of the name are immutable. */
typedef struct SpecialFunction {
    const char *name;
    FunctionKind kind;
    bool is_mixed;
} SpecialFunction;

static const SpecialFunction special_functions[] = {
#define A(name) {name, FUNCTION_AGGREGATE, false},
#define W(name) {name, FUNCTION_WINDOW, false},
#define R(name) {name, FUNCTION_OF_SETS, false},
#define X(name) {name, FUNCTION_OTHER, true},
#include "schema/function_kinds.def"
#undef A
#undef W
#undef R
#undef X
};

static int
compare_special(const void *name, const void *row)
{
    return strcmp(name, ((const SpecialFunction *)row)->name);
}

static int
compare_built_in(const void *name, const void *row)
{
    return strcmp(name, ((const BuiltInFunction *)row)->name);
}

static const BuiltInFunction *
find_built_in(const char *name)
{
    return bsearch(name, built_in_functions, sizeof built_in_functions / sizeof *built_in_functions,
                   sizeof *built_in_functions, compare_built_in);
}

static Volatility
function_volatility(const Schema *schema, QualifiedName name)
{
    bool in_catalog = name.schema != NULL && text_equals(name.schema, "pg_catalog");
    const SimFunction *own = in_catalog ? NULL : schema_find_function(schema, name);
    if (own != NULL)
        return own->volatility;

    const BuiltInFunction *row = find_built_in(name.name);
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

/* The server's own: a function of the user's hides it. */
static const BuiltInFunction *
find_meant(const Schema *schema, QualifiedName name)
{
    bool in_catalog = name.schema != NULL && text_equals(name.schema, "pg_catalog");
    if (name.name == NULL || (name.schema != NULL && !in_catalog) ||
        (!in_catalog && schema_find_function(schema, name) != NULL))
        return NULL;
    const BuiltInFunction *row = find_built_in(name.name);
    return row != NULL && !row->in_extension ? row : NULL;
}

static const SpecialFunction *
find_special(const char *name)
{
    return bsearch(name, special_functions, sizeof special_functions / sizeof *special_functions,
                   sizeof *special_functions, compare_special);
}

FunctionKind
function_kind(const Schema *schema, QualifiedName name)
{
    const SpecialFunction *special =
        find_meant(schema, name) != NULL ? find_special(name.name) : NULL;
    return special != NULL ? special->kind : FUNCTION_OTHER;
}

bool
function_is_mutable(const Schema *schema, QualifiedName name)
{
    const BuiltInFunction *row = find_meant(schema, name);
    const SpecialFunction *special = row != NULL ? find_special(name.name) : NULL;
    return row != NULL && row->volatility != VOLATILITY_IMMUTABLE &&
           (special == NULL || !special->is_mixed);
}

bool
function_is_built_in(const char *name)
{
    return find_built_in(name) != NULL;
}
