/* SPDX-License-Identifier: MIT */
/* The code that an operation runs: that of a DO block, and the bodies of the functions that it
 * calls, as the history has made them. Bodies are read when something first calls them. */
#ifndef LOCKSTEP_LINT_CALLED_CODE_H
#define LOCKSTEP_LINT_CALLED_CODE_H

#include "lockstep/arena.h"
#include "lockstep/code.h"
#include "lockstep/schema.h"

#include "parse/parse.h"

typedef LIST(const Code *) CodeList;

typedef struct CalledCode CalledCode;

/* Lives in the arena, and so does all code that it reads, as far as `depth` says. */
CalledCode *called_code_new(Arena *arena, ParseDepth depth);

/* A statement of a file begins: what code it may run is counted from here. */
void called_code_begin(CalledCode *called);

/*
 * In the order in which it runs; the list is in `scratch`. `target` is what schema_find_relation()
 * says of the operation's. `*unknown` is set to what of it cannot be told; it is left alone where
 * all can.
 */
CodeList called_code_of(CalledCode *called, Arena *scratch, const Schema *schema, const Op *op,
                        const SimRelation *target, const char **unknown);

/* Whether the operation is one of the events of a trigger or rule on its table. */
bool called_code_fires(const TriggerEvents *events, const Op *op);

#endif
