/* SPDX-License-Identifier: MIT */
/* libpq, which is loaded when a connection is opened. */
#ifndef LOCKSTEP_DB_LIBPQ_H
#define LOCKSTEP_DB_LIBPQ_H

#include <libpq-fe.h>

#include "lockstep/error.h"

/* libpq's functions under their own names. */
typedef struct Libpq {
#define LIBPQ_FUNCTION(name) __typeof__(name) *name;
#include "db/libpq_functions.def"
#undef LIBPQ_FUNCTION
} Libpq;

/* Stays loaded to the end of the process. NULL, with an ERROR_USAGE, where the library is not there
 * or lacks a function. */
const Libpq *libpq_load(Error *err);

#endif
