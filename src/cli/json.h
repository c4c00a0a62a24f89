/* SPDX-License-Identifier: MIT */
/* Results for programs: what all of them begin with, and how they are written. */
#ifndef LOCKSTEP_CLI_JSON_H
#define LOCKSTEP_CLI_JSON_H

#include <jansson.h>
#include <stdio.h>

#include "lockstep/error.h"

/* An object with "schema_version" and "tool"; the caller owns it. */
json_t *json_result(void);

/* Adds a member; a NULL text or value becomes null. `value` is taken over. */
void json_put(json_t *object, const char *key, json_t *value);
void json_put_text(json_t *object, const char *key, const char *text);
void json_put_number(json_t *object, const char *key, long long number);
void json_put_bool(json_t *object, const char *key, bool value);

/* The error as an object, or null where nothing failed. */
json_t *json_error(const Error *err);

/* Writes the result and frees it. */
void json_write(FILE *out, json_t *take_result);

#endif
