/* SPDX-License-Identifier: MIT */
/* Whether and how a value of one type becomes one of another (parse_coerce.c,
 * find_coercion_pathway). */
#ifndef LOCKSTEP_SCHEMA_COERCION_H
#define LOCKSTEP_SCHEMA_COERCION_H

#include "lockstep/schema.h"

typedef enum CoercionContext {
    COERCE_IMPLICITLY,
    COERCE_IN_ASSIGNMENT, /* ALTER COLUMN TYPE, DEFAULT */
    COERCE_EXPLICITLY     /* CAST, :: */
} CoercionContext;

typedef enum Coercion {
    COERCION_UNKNOWN, /* a type or a cast that the history does not show may be behind it */
    COERCION_NONE,
    COERCION_RELABEL, /* the same stored form */
    COERCION_FUNCTION,
    COERCION_THROUGH_TEXT,
    COERCION_ARRAY /* element by element */
} Coercion;

Coercion coercion_find(const Schema *schema, const SqlType *from, const SqlType *to,
                       CoercionContext context, int pg_version);

/* "integer", "character varying(20)", "app.money[]": as the server's messages name a type
 * (format_type_be). */
const char *coercion_type_name(Arena *arena, const Schema *schema, const SqlType *type);

/* The type below domains; a copy of the type itself where it is no domain. */
SqlType coercion_base_type(const Schema *schema, const SqlType *type);

#endif
