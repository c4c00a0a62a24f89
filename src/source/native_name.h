/* SPDX-License-Identifier: MIT */
/* File names of the native layout: `<version>_<name>.up.sql` and `.down.sql`. */
#ifndef LOCKSTEP_SOURCE_NATIVE_NAME_H
#define LOCKSTEP_SOURCE_NATIVE_NAME_H

#include <stdbool.h>

#include "lockstep/arena.h"

#include "source/migration.h"

typedef struct NativeName {
    const char *version; /* without leading zeros */
    const char *version_text;
    const char *name;
    Direction direction;
} NativeName;

typedef enum NameVerdict {
    NAME_NATIVE,
    NAME_NEARLY, /* meant for us by its look (a version or a direction), but wrong */
    NAME_OTHER,  /* some other .sql file */
    NAME_FOREIGN /* no .sql file, or hidden */
} NameVerdict;

/* Looks at a file name (no directory part). `problem` says what is wrong with it where the verdict
 * is NEARLY or OTHER. The strings live in `arena`; `out` may be NULL. */
NameVerdict native_name_read(Arena *arena, const char *file_name, NativeName *out,
                             const char **problem);

#endif
