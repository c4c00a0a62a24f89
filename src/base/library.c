/* SPDX-License-Identifier: MIT */
#include "base/library.h"

#include <dlfcn.h>
#include <string.h>

static bool
refuse(const Library *library, Error *err)
{
    const char *why = dlerror();
    error_set(err, ERROR_USAGE, "%s cannot be loaded: %s", library->name,
              why != NULL ? why : "no reason given");
    return error_hint(err, "%s", library->hint);
}

bool
library_load(const Library *library, void *out, Error *err)
{
    void *handle = dlopen(library->file, RTLD_NOW | RTLD_NODELETE);
    if (handle == NULL)
        handle = dlopen(library->file_at_hand, RTLD_NOW | RTLD_NODELETE);
    if (handle == NULL)
        return refuse(library, err);
    for (size_t i = 0; i < library->count; i++) {
        void *symbol = dlsym(handle, library->symbols[i].name);
        if (symbol == NULL)
            return refuse(library, err);
        memcpy((char *)out + library->symbols[i].at, &symbol, sizeof symbol);
    }
    return true;
}
