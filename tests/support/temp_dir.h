/* SPDX-License-Identifier: MIT */
/* A directory for one test, removed with all that is in it at the end. */
#ifndef LOCKSTEP_TESTS_TEMP_DIR_H
#define LOCKSTEP_TESTS_TEMP_DIR_H

#include <stddef.h>

typedef struct TempDir TempDir;

/* Under $TMPDIR, or /tmp. A test that cannot have one ends here. */
TempDir *temp_dir_new(void);

/* Removes the directory and frees what the other functions returned. NULL is fine. */
void temp_dir_free(TempDir *directory);

/* The directory itself. */
const char *temp_dir_root(const TempDir *directory);

/* The path of a file in it, which need not exist. */
const char *temp_dir_path(TempDir *directory, const char *name);

/* Writes a file, with the directories that its name needs, and returns its path. */
const char *temp_dir_write(TempDir *directory, const char *name, const char *text);
const char *temp_dir_write_bytes(TempDir *directory, const char *name, const void *bytes,
                                 size_t length);

/* The text of a file in it; a file that is not there fails the test. */
const char *temp_dir_read(TempDir *directory, const char *name);

#endif
