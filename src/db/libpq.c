/* SPDX-License-Identifier: MIT */
#include "db/libpq.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/library.h"

static const LibrarySymbol symbols[] = {
#define LIBPQ_FUNCTION(name) {#name, offsetof(Libpq, name)},
#include "db/libpq_functions.def"
#undef LIBPQ_FUNCTION
};

static const Library library = {
    .name = "libpq",
    .file = LIBPQ_FILE,
    .file_at_hand = LIBPQ_DIRECTORY "/" LIBPQ_FILE,
    .hint = "Install PostgreSQL's client library: package libpq5 or postgresql-libs.",
    .symbols = symbols,
    .count = sizeof symbols / sizeof *symbols,
};

const Libpq *
libpq_load(Error *err)
{
    static Libpq functions;
    static bool loaded;
    loaded = loaded || library_load(&library, &functions, err);
    return loaded ? &functions : NULL;
}
