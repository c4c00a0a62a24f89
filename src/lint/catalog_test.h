/* SPDX-License-Identifier: MIT */
/* Questions that code asks the catalog, answered from the simulated one. */
#ifndef LOCKSTEP_LINT_CATALOG_TEST_H
#define LOCKSTEP_LINT_CATALOG_TEST_H

#include "lockstep/arena.h"
#include "lockstep/code.h"
#include "lockstep/schema.h"

typedef enum CatalogAnswer {
    CATALOG_HAS, /* certainly, like the next */
    CATALOG_LACKS,
    CATALOG_UNSURE
} CatalogAnswer;

/* Whether the schema has such an object; `knows_all`: the schema is all that there is. */
CatalogAnswer catalog_test(Arena *scratch, const Schema *schema, const CatalogTest *test,
                           bool knows_all);

#endif
