/* SPDX-License-Identifier: MIT */
#ifndef LOCKSTEP_LINT_CONNECT_H
#define LOCKSTEP_LINT_CONNECT_H

#include "lockstep/op.h"

/*
 * What the grammar did not accept in a schema file, without the \connect lines that do no harm: a
 * dump of one database connects to it first, and that of a whole server to each. Only where tables
 * stand on both sides (`tables` is from the first to the last) is it not clear which of them are
 * those of the migrations.
 */
SyntaxErrorList connect_judge(Arena *arena, Span tables, const SyntaxErrorList *errors);

#endif
