/* SPDX-License-Identifier: MIT */
/* Tables of statements and of what the server says against them. */
#ifndef LOCKSTEP_TESTS_REFUSAL_EXAMPLES_H
#define LOCKSTEP_TESTS_REFUSAL_EXAMPLES_H

#include <stddef.h>

typedef struct RefusalExample {
    const char *text;
    int pg_version;
    const char *refusal; /* NULL for none */
} RefusalExample;

/* Fails where `explain` says otherwise; each example meets the tables of `schema` anew. */
void refusal_examples_check(const char *schema, const RefusalExample *examples, size_t count);

#endif
