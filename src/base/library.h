/* SPDX-License-Identifier: MIT */
/* Libraries that are loaded when somebody needs them: those of a database, with all that they bring
 * along, take longer to load than a file takes to lint. */
#ifndef LOCKSTEP_BASE_LIBRARY_H
#define LOCKSTEP_BASE_LIBRARY_H

#include <stdbool.h>
#include <stddef.h>

#include "lockstep/error.h"

typedef struct LibrarySymbol {
    const char *name;
    size_t at; /* of the pointer to it, in what library_load() fills in */
} LibrarySymbol;

typedef struct Library {
    const char *name;         /* for messages */
    const char *file;         /* as the system looks for it */
    const char *file_at_hand; /* its whole path when lockstep was built */
    const char *hint;
    const LibrarySymbol *symbols;
    size_t count;
} Library;

/* Stays loaded to the end of the process. ERROR_USAGE where it is not there or lacks a symbol. */
bool library_load(const Library *library, void *out, Error *err) MUST_USE;

#endif
