/* SPDX-License-Identifier: MIT */
/* What is new since a commit, as git tells. */
#ifndef LOCKSTEP_SOURCE_GIT_SINCE_H
#define LOCKSTEP_SOURCE_GIT_SINCE_H

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "source/discover.h"

/*
 * Of the files that are reported, only those stay so that the commit `ref` (a branch, a tag, a
 * hash) does not have under their name, or has with other text; standard input always does. What
 * lies on disk counts, whether it is added to git or not. Fails (ERROR_USAGE) where git is not
 * installed, a file lies in no repository, or the repository does not know the ref.
 */
bool git_since(Arena *arena, const char *ref, const DiscoveredFiles *files, Error *err) MUST_USE;

#endif
