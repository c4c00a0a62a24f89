/* SPDX-License-Identifier: MIT */
/* Paths as places: the same file has the same place, however it was named. */
#ifndef LOCKSTEP_BASE_PATH_H
#define LOCKSTEP_BASE_PATH_H

#include "lockstep/arena.h"

/* From the root on, the links of its directories followed; a link at the end is a place of its own.
 * NULL where the directory cannot be found. */
const char *path_absolute(Arena *arena, const char *path);

/* The way from a directory to a file, both absolute: "../db/001_a.sql". */
const char *path_relative(Arena *arena, const char *directory, const char *path);

#endif
