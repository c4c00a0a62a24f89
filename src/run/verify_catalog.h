/* SPDX-License-Identifier: MIT */
/* The live catalog beside what the applied files make of an empty database. Private to src/run. */
#ifndef LOCKSTEP_RUN_VERIFY_CATALOG_H
#define LOCKSTEP_RUN_VERIFY_CATALOG_H

#include "run/session.h"

typedef struct CatalogVerdict {
    const char *not_compared; /* why not, or NULL */
    StringList differences;
    StringList unsure_files; /* of which it is not known all that they do */
    size_t partitions;       /* that no migration makes */
} CatalogVerdict;

/* `schema` is what existed before the first migration, or NULL. */
bool verify_catalog(RunSession *session, const Plan *plan, const SourceFile *schema,
                    CatalogVerdict *out, Error *err) MUST_USE;

#endif
