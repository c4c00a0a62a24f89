/* SPDX-License-Identifier: MIT */
/* Going through all nodes of a raw tree, without recursion: `1 + 1 + 1 …` may be a hundred thousand
 * levels deep. Private to this folder. */
#ifndef LOCKSTEP_PARSE_WALK_H
#define LOCKSTEP_PARSE_WALK_H

#include "node.h"

/* The WITH names that are visible somewhere and the queries around it, innermost first. */
typedef struct WalkScope {
    const char *name;  /* of WITH, or NULL */
    const Node *query; /* SELECT, INSERT, UPDATE, DELETE, MERGE: its FROM is visible; or NULL */
    const struct WalkScope *outer;
} WalkScope;

/* Called for each node but the root and bare constants, parents before children, in the order of
 * the text as far as the trees keep it. */
typedef void WalkVisitor(void *context, Node *node, const WalkScope *scope);

/* `scope` holds the names that are visible at the root, NULL for none. */
void walk_tree(Arena *scratch, Node *root, const WalkScope *scope, WalkVisitor *visit,
               void *context);

typedef void WalkCallVisitor(void *context, const FuncCall *call);

/* Only the calls of functions, the root's too, in the same order. */
void walk_calls(Arena *scratch, Node *root, WalkCallVisitor *visit, void *context);

/* The scope with one more name, one more query, or all names of a WITH clause; in `scratch`. */
const WalkScope *walk_scope_add(Arena *scratch, const WalkScope *scope, const char *name);
const WalkScope *walk_scope_add_query(Arena *scratch, const WalkScope *scope, const Node *query);
const WalkScope *walk_scope_add_all(Arena *scratch, const WalkScope *scope, const WithClause *with);

bool walk_scope_has(const WalkScope *scope, const char *name);

#endif
