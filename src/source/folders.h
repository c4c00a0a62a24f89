/* SPDX-License-Identifier: MIT */
/* Layouts that have a folder for each migration. */
#ifndef LOCKSTEP_SOURCE_FOLDERS_H
#define LOCKSTEP_SOURCE_FOLDERS_H

#include "source/layout.h"

/* The path of a file in the folder that the entry is; NULL where there is none. */
const char *folders_file(const LayoutDirectory *directory, size_t entry, const char *name);

#endif
