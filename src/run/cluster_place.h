/* SPDX-License-Identifier: MIT */
/* Where the sandbox's programs, files and socket are, and whom it belongs to. Private to src/run.
 */
#ifndef LOCKSTEP_RUN_CLUSTER_PLACE_H
#define LOCKSTEP_RUN_CLUSTER_PLACE_H

#include "run/child.h"
#include "run/cluster.h"

/* The user that the server runs as: us, or an ordinary one where we are root: the project's owner,
 * postgres or nobody. */
bool cluster_choose_user(Arena *arena, const char *project, ChildUser *out, Error *err) MUST_USE;

/* Fills in the directories and `note`. Makes nothing. */
bool cluster_choose_places(Arena *arena, const char *project, const ChildUser *user,
                           Cluster *cluster, Error *err) MUST_USE;

/* A directory with initdb and postgres; of major version `major` where that is not 0. */
bool cluster_find_programs(Arena *arena, const ChildUser *user, const char *wanted, int major,
                           Cluster *cluster, Error *err) MUST_USE;

#endif
