/* SPDX-License-Identifier: MIT */
#include "journal/sqlite.h"

#include <stdbool.h>
#include <stddef.h>

#include "base/library.h"

static const LibrarySymbol symbols[] = {
#define SQLITE_SYMBOL(name) {"sqlite3_" #name, offsetof(Sqlite, name)},
#include "journal/sqlite_functions.def"
#undef SQLITE_SYMBOL
};

static const Library library = {
    .name = "SQLite",
    .file = SQLITE_FILE,
    .file_at_hand = SQLITE_DIRECTORY "/" SQLITE_FILE,
    .hint = "Install it: package libsqlite3-0 or sqlite-libs.",
    .symbols = symbols,
    .count = sizeof symbols / sizeof *symbols,
};

const Sqlite *
sqlite_load(Error *err)
{
    static Sqlite functions;
    static bool loaded;
    loaded = loaded || library_load(&library, &functions, err);
    return loaded ? &functions : NULL;
}
