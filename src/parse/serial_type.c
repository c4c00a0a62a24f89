/* SPDX-License-Identifier: MIT */
#include "lockstep/expression.h"

static const SerialType types[] = {
    {"serial",      "serial4", "int4", "integer" },
    {"bigserial",   "serial8", "int8", "bigint"  },
    {"smallserial", "serial2", "int2", "smallint"},
};

const SerialType *
serial_type_written(const char *word)
{
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        if (text_equals(types[i].name, word) || text_equals(types[i].numbered, word))
            return &types[i];
    }
    return NULL;
}

const SerialType *
serial_type_of(const SqlType *type)
{
    const bool is_bare = type->name.schema == NULL && type->name.name != NULL;
    return is_bare ? serial_type_written(type->name.name) : NULL;
}
