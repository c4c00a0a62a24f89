/* SPDX-License-Identifier: MIT */
/* What kind of statement a raw tree is, in the words of psql: "ALTER TABLE". Private to this
 * folder. */
#ifndef LOCKSTEP_PARSE_COMMAND_TAG_H
#define LOCKSTEP_PARSE_COMMAND_TAG_H

#include "node.h"

/* For statements that work on any kind of object: DROP, ALTER … RENAME, ALTER … SET SCHEMA and the
 * like. NULL for all others. Constant. */
const char *command_tag_of_object(const Node *node);

/* BEGIN, COMMIT, SAVEPOINT … Constant. */
const char *command_tag_of_transaction(const TransactionStmt *transaction);

#endif
