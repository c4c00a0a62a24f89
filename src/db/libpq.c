/* SPDX-License-Identifier: MIT */
#include "db/libpq.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

typedef struct Symbol {
    const char *name;
    size_t at; /* its place in Libpq */
} Symbol;

static const Symbol symbols[] = {
#define LIBPQ_FUNCTION(name) {#name, offsetof(Libpq, name)},
#include "db/libpq_functions.def"
#undef LIBPQ_FUNCTION
};

static bool
refuse(Error *err)
{
    const char *why = dlerror();
    error_set(err, ERROR_USAGE, "libpq cannot be loaded: %s",
              why != NULL ? why : "no reason given");
    return error_hint(err,
                      "Install PostgreSQL's client library: package libpq5 or postgresql-libs.");
}

/* Where it was when lockstep was built, if the system does not look there by itself. */
static void *
open_library(void)
{
    void *library = dlopen(LIBPQ_FILE, RTLD_NOW | RTLD_NODELETE);
    return library != NULL ? library
                           : dlopen(LIBPQ_DIRECTORY "/" LIBPQ_FILE, RTLD_NOW | RTLD_NODELETE);
}

static bool
load(Libpq *out, Error *err)
{
    void *library = open_library();
    if (library == NULL)
        return refuse(err);
    for (size_t i = 0; i < sizeof symbols / sizeof *symbols; i++) {
        void *function = dlsym(library, symbols[i].name);
        if (function == NULL)
            return refuse(err);
        memcpy((char *)out + symbols[i].at, &function, sizeof function);
    }
    return true;
}

const Libpq *
libpq_load(Error *err)
{
    static Libpq functions;
    static bool loaded;
    loaded = loaded || load(&functions, err);
    return loaded ? &functions : NULL;
}
