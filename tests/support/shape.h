/* SPDX-License-Identifier: MIT */
/* Members that a JSON object must have. Where one is missing or wrong, the test fails and says in
 * what. */
#ifndef LOCKSTEP_TESTS_SHAPE_H
#define LOCKSTEP_TESTS_SHAPE_H

#include <jansson.h>
#include <stddef.h>

/* Says what is looked at from now on, for the message of a failure; the string is borrowed. */
void shape_begin(const char *subject);
const char *shape_subject(void);

/* Of this kind. */
const json_t *shape_member(const json_t *object, const char *key, json_type type);

/* Not empty. */
const char *shape_text(const json_t *object, const char *key);

size_t shape_number(const json_t *object, const char *key, size_t least);

#endif
