/* SPDX-License-Identifier: MIT */
/*
 * A checksum that a reformatted file keeps: SHA-256 over the words, literals and operators of its
 * statements and over the lines of COPY data. Comments, white space and the case of unquoted words
 * are left out; what stands in quotes, dollar quotes too, counts byte by byte.
 */
#ifndef LOCKSTEP_RUN_TOKEN_CHECKSUM_H
#define LOCKSTEP_RUN_TOKEN_CHECKSUM_H

#include <stddef.h>

#include "lockstep/arena.h"
#include "lockstep/op.h"

/* Of `count` statements from index `first` on, as hex. */
const char *token_checksum_part(Arena *arena, const char *text, const Script *script, size_t first,
                                size_t count);

/* Of a whole file. */
const char *token_checksum(Arena *arena, const char *text, const Script *script);

#endif
