/* SPDX-License-Identifier: MIT */
/*
 * Functions that nobody may call: they overrun buffers or hide errors. The build forces this header
 * into every source file but those of src/parse, where PostgreSQL's own headers define some of the
 * names.
 */
#ifndef LOCKSTEP_BANNED_H
#define LOCKSTEP_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#pragma GCC poison sprintf vsprintf strcpy strcat strncpy strncat strtok atoi atol atoll atof gets

#endif
