/* SPDX-License-Identifier: MIT */
#include "lockstep/call.h"

#include <string.h>

/* Each goes to those behind it of the same family by itself (pg_cast.dat, castcontext i). */
static const char *const families[][6] = {
    {"int2", "int4", "int8", "numeric", "float4", "float8"},
    {"bpchar", "varchar", "text"},
    {"date", "timestamp", "timestamptz"},
    {"cidr", "inet"},
};

enum { FAMILY_COUNT = sizeof families / sizeof *families, LONGEST = 6 };

/* The place in a family; LONGEST where it is none of it. */
static size_t
place_in(const char *const *family, const char *name)
{
    for (size_t i = 0; i < LONGEST && family[i] != NULL; i++) {
        if (text_equals(family[i], name))
            return i;
    }
    return LONGEST;
}

/* A length or precision is no part of it, and a schema that is not written may be any. */
static bool
is_same_type(const SqlType *a, const SqlType *b)
{
    const QualifiedName left = a->name;
    const QualifiedName right = b->name;

    if (left.name == NULL || right.name == NULL || !text_equals(left.name, right.name))
        return false;
    return (left.schema == NULL || right.schema == NULL ||
            text_equals(left.schema, right.schema)) &&
           (a->array_dimensions > 0) == (b->array_dimensions > 0) && a->is_set == b->is_set;
}

static bool
goes_to(const SqlType *from, const SqlType *to)
{
    if (is_same_type(from, to))
        return true;
    if (from->name.name == NULL || to->name.name == NULL || from->array_dimensions > 0 ||
        to->array_dimensions > 0)
        return false;
    for (size_t i = 0; i < FAMILY_COUNT; i++) {
        const size_t first = place_in(families[i], from->name.name);
        const size_t second = place_in(families[i], to->name.name);
        if (first <= second && second < LONGEST)
            return true;
    }
    return false;
}

bool
call_has_same_types(const Signature *a, const Signature *b)
{
    if (a->types.count != b->types.count)
        return false;
    for (size_t i = 0; i < a->types.count; i++) {
        if (!is_same_type(&a->types.items[i], &b->types.items[i]))
            return false;
    }
    return true;
}

const SimFunction *
call_find(const SimFunction *first, const Signature *signature)
{
    for (const SimFunction *function = first; function != NULL && signature->is_written;
         function = function->overload) {
        if (call_has_same_types(&function->signature, signature))
            return function;
    }
    return first;
}

bool
call_has(const SimFunction *first, const Signature *signature)
{
    const SimFunction *found = call_find(first, signature);
    return !signature->is_written ||
           (found != NULL && call_has_same_types(&found->signature, signature));
}

static bool
takes(const Signature *now, const Signature *before)
{
    const size_t least_before = before->types.count - (size_t)before->defaulted;
    const size_t least_now = now->types.count - (size_t)now->defaulted;

    if (now->is_variadic || before->is_variadic)
        return true;
    if (now->types.count < before->types.count || least_now > least_before)
        return false;
    for (size_t i = 0; i < before->types.count; i++) {
        if (!goes_to(&before->types.items[i], &now->types.items[i]))
            return false;
    }
    return true;
}

bool
call_is_taken(const SimFunction *first, const Signature *signature)
{
    for (; first != NULL; first = first->overload) {
        if (takes(&first->signature, signature))
            return true;
    }
    return false;
}
