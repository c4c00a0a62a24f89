/* SPDX-License-Identifier: MIT */
/* JSON values of the formats that are JSON. The keys are ours and the values are made here: only
 * memory can lack, and that ends the program. */
#ifndef LOCKSTEP_REPORT_JSON_VALUE_H
#define LOCKSTEP_REPORT_JSON_VALUE_H

#include <jansson.h>
#include <stddef.h>

/* A string. JSON is UTF-8, but the name of a file may be any bytes: U+FFFD stands for others. */
json_t *json_text(const char *text);
json_t *json_count(size_t count);

/* Both take the value over. */
void json_add(json_t *object, const char *key, json_t *take_value);
void json_append(json_t *array, json_t *take_value);

#endif
