/* SPDX-License-Identifier: MIT */
/* SQLite, which is loaded when a journal is opened. */
#ifndef LOCKSTEP_JOURNAL_SQLITE_H
#define LOCKSTEP_JOURNAL_SQLITE_H

#include <sqlite3.h>

#include "lockstep/error.h"

/* SQLite's functions, without their prefix. */
typedef struct Sqlite {
#define SQLITE_SYMBOL(name) __typeof__(sqlite3_##name) *name;
#include "journal/sqlite_functions.def"
#undef SQLITE_SYMBOL
} Sqlite;

/* Stays loaded to the end of the process. NULL, with an ERROR_USAGE, where the library is not there
 * or lacks a function. */
const Sqlite *sqlite_load(Error *err);

#endif
