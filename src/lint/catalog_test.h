/* SPDX-License-Identifier: MIT */
/* Questions that code asks the catalog, answered from the simulated one. */
#ifndef LOCKSTEP_LINT_CATALOG_TEST_H
#define LOCKSTEP_LINT_CATALOG_TEST_H

#include "lockstep/arena.h"
#include "lockstep/code.h"
#include "lockstep/schema.h"

/* Whether the schema certainly has such an object. */
bool catalog_test_finds(Arena *scratch, const Schema *schema, const CatalogTest *test);

#endif
