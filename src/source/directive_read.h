/* SPDX-License-Identifier: MIT */
/* One comment as a directive. */
#ifndef LOCKSTEP_SOURCE_DIRECTIVE_READ_H
#define LOCKSTEP_SOURCE_DIRECTIVE_READ_H

#include <stdbool.h>

#include "lockstep/arena.h"
#include "lockstep/op.h"

#include "source/directive.h"

/*
 * Reads the comment at out->span (its first two bytes are "--" or the opening of a block comment)
 * and fills in `out`, whose `statement` is set already. False where the comment is not addressed to
 * us.
 */
bool directive_read(Arena *arena, const char *text, const Script *script, Directive *out);

#endif
