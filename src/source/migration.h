/* SPDX-License-Identifier: MIT */
/* Migrations on disk: files with a version, a name and a direction. */
#ifndef LOCKSTEP_SOURCE_MIGRATION_H
#define LOCKSTEP_SOURCE_MIGRATION_H

#include <stdbool.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "base/file.h"
#include "source/line_index.h"
#include "source/substitute.h"

typedef enum Direction { DIRECTION_UP, DIRECTION_DOWN } Direction;

/* "up" */
const char *direction_words(Direction direction);

/* One file, read and checked. The text is what is parsed, sent and shown: offsets everywhere are
 * offsets in it. */
typedef struct SourceFile {
    const char *path; /* as it was given or found, for messages */
    const char *text; /* NUL-terminated; a byte order mark is left out */
    size_t length;
    const char *bytes; /* the file as it is on disk, byte order mark included */
    size_t byte_count;
    const char *checksum; /* SHA-256 of the file's bytes, as hex; NULL until source_checksum() */
    const char *broken;   /* why it cannot be used (unreadable, too large, NUL byte, not UTF-8), or
                             NULL; then text is "" */
    const char *broken_hint;
    size_t broken_at;    /* byte offset, where there is one */
    size_t text_at;      /* where `text` begins among the bytes of the file on disk */
    size_t lines_before; /* in the file on disk, where `text` is a part of it */
    const char
        *original; /* the text before values were put in for `${NAME}`; NULL: there are none */
    SubstitutionList substitutions;
    bool no_transaction; /* the tool that it is written for runs it without one */
} SourceFile;

typedef struct Migration {
    const char *version;      /* that the history knows it by: "7"; "" for a file without one */
    const char *version_text; /* as written: "007" */
    const char *name;         /* "add_email"; "" where the version says all */
    SourceFile *up;           /* NULL: missing */
    SourceFile *down;
    const char *down_words; /* without a down: what to write for one, "007_add_email.down.sql"; NULL
                               where nobody misses it */
    bool is_repeatable;     /* it is meant to change, and then runs again behind all others */
    bool begins_history;    /* with what was listed before it, it has no database in common */
} Migration;

typedef LIST(Migration) MigrationList;

#define SOURCE_STDIN "<stdin>"

/*
 * Reads a file, or standard input where `path` is "-" (then called SOURCE_STDIN). Unreadable,
 * larger than `max_bytes`, a NUL byte or invalid UTF-8 do not fail: they are said in `broken`, so
 * that the other files can go on. The path is kept, not copied.
 */
SourceFile *source_read(Arena *arena, const char *path, size_t max_bytes);

/* The same, looked up as file_read_from() does. */
SourceFile *source_read_from(Arena *arena, FileBase *base, const char *path, size_t max_bytes);

/* A file that is known to be there and not read: broken for whoever needs what is in it. */
SourceFile *source_unread(Arena *arena, const char *path);

/* The checksum, computed at the first call (the bytes of the file, byte order mark included). NULL
 * for a broken file. */
const char *source_checksum(Arena *arena, SourceFile *file);

/* Puts the values of variables into its text. The checksum stays that of the file on disk. */
void source_substitute(Arena *arena, SourceFile *file, const VariableList *variables);

/* The same for both ways of each migration. `variables` may be NULL. */
void migrations_substitute(Arena *arena, const MigrationList *migrations,
                           const VariableList *variables);

/* Where an offset of its text is in the file on disk. */
size_t source_offset(const SourceFile *file, size_t offset);

/* The lines of its text, numbered as in the file on disk. */
LineIndex *source_lines(Arena *arena, const SourceFile *file);

/* The text of a down as the history keeps it: it says itself what its file says elsewhere. */
const char *source_stored_text(Arena *arena, const SourceFile *down);

/* From now on the file is broken. */
void source_break(SourceFile *file, const char *why, const char *hint);

/* A broken file as an error (ERROR_USAGE); true where it is not broken. */
bool source_require(const SourceFile *file, Error *err) MUST_USE;

#endif
