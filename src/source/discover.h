/* SPDX-License-Identifier: MIT */
/* From a directory to its ordered migrations. */
#ifndef LOCKSTEP_SOURCE_DISCOVER_H
#define LOCKSTEP_SOURCE_DISCOVER_H

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "source/layout.h"
#include "source/migration.h"
#include "source/substitute.h"

#define SOURCE_MAX_BYTES ((size_t)64 * 1024 * 1024)

/* Fewer migrations than this are read before another thread has begun. */
#define DISCOVER_LEAST_TO_SHARE 256

typedef struct DiscoverOptions {
    size_t max_bytes;   /* of a file */
    const char *layout; /* name of the layout that directories are in; NULL: as recognised */
    size_t jobs;        /* files that are read at a time; 0: as many as there are processors, where
                           there are enough */
    const VariableList *variables; /* put in for `${NAME}`; NULL: none */
    bool without_downs;  /* a down in a file of its own is only known to be there, and not read */
    bool with_checksums; /* of the ups, while they are read */
    StringList *lone_downs; /* gets the paths of downs without an up of their version, which
                               discover_migrations() leaves out; NULL: nobody asks */
} DiscoverOptions;

/*
 * The migrations of a directory in order. Other files are left alone, but in our own layout an .sql
 * file whose name is nearly native is an error that says what is wrong with it. Where no layout is
 * recognised, each .sql file is one. Fails (ERROR_USAGE) for a directory that cannot be read, two
 * migrations of one version, a mixture of layouts. A missing down is no error here: whoever needs
 * it asks; a missing up leaves nothing to be run.
 */
bool discover_migrations(Arena *arena, const DiscoverOptions *options, const char *directory,
                         MigrationList *out, Error *err) MUST_USE;

/*
 * What `lint` and `explain` read: each path is a file or a directory. A directory in a known layout
 * gives its migrations, a history of its own; any other gives its *.sql files (sub-directories too)
 * in the order of their paths, as ups without a version. A file of a known layout belongs to its
 * directory's history: the migrations before it are replayed but not reported (`reported` tells
 * which sources are). Any other file stands alone, but NAME.down.sql is the way back of a
 * NAME.up.sql beside it. "-" is standard input.
 */
typedef struct DiscoveredFiles {
    const char *left_out; /* set by the caller: a file that is no migration although it may lie
                             among them, or NULL */
    MigrationList migrations;
    LIST(bool) reported_up; /* same length: report findings of this up, down */
    LIST(bool) reported_down;
    StringList layouts;   /* names of those that were recognised, each once; "plain" is none */
    StringList snapshots; /* files of a directory that are the schema which its migrations make:
                             they are none themselves, and read only where a path names one */
    StringList checks;    /* paths of scripts with which a tool looks at what a migration has done:
                             they are read in no case */
    /* Of paths that lead to nothing, and of directories that are no history although they look like
     * one (ERROR_USAGE each). They do not keep the others from being read. */
    ErrorList problems;
} DiscoveredFiles;

void discover_paths(Arena *arena, const DiscoverOptions *options, const StringList *paths,
                    DiscoveredFiles *out);

#endif
