/* SPDX-License-Identifier: MIT */
/* Going through all nodes of a raw tree, without recursion: `1 + 1 + 1 …` may be a hundred thousand
 * levels deep. Private to this folder. */
#ifndef LOCKSTEP_PARSE_WALK_H
#define LOCKSTEP_PARSE_WALK_H

#include "node.h"

/* The WITH names that are visible somewhere, innermost first. */
typedef struct WalkScope {
    const char *name;
    const struct WalkScope *outer;
} WalkScope;

/* Called for each node but the root and bare constants, parents before children, in the order of
 * the text as far as the trees keep it. */
typedef void WalkVisitor(void *context, Node *node, const WalkScope *scope);

/* `scope` holds the names that are visible at the root, NULL for none. */
void walk_tree(Arena *scratch, Node *root, const WalkScope *scope, WalkVisitor *visit,
               void *context);

/* The scope with one more name, or with all of a WITH clause; it lives in `scratch`. */
const WalkScope *walk_scope_add(Arena *scratch, const WalkScope *scope, const char *name);
const WalkScope *walk_scope_add_all(Arena *scratch, const WalkScope *scope, const WithClause *with);

bool walk_scope_has(const WalkScope *scope, const char *name);

#endif
