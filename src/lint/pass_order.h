/* SPDX-License-Identifier: MIT */
/* The order in which the server carries out the subcommands of one ALTER TABLE. */
#ifndef LOCKSTEP_LINT_PASS_ORDER_H
#define LOCKSTEP_LINT_PASS_ORDER_H

#include "lockstep/op.h"

/*
 * Puts the operations of each statement into the order of the server's passes (tablecmds.c,
 * AlterTablePass), which is not always that in which they are written: what is dropped goes first,
 * so a CHECK that the same statement drops proves nothing. Within a pass the written order stays.
 */
void pass_order(Script *script);

#endif
