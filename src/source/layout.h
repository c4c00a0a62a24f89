/* SPDX-License-Identifier: MIT */
/*
 * How a directory of migrations is laid out: in our own way, or in that of another tool. A layout
 * is one file, layout_<name>.c, and one line in the table of layout.c.
 */
#ifndef LOCKSTEP_SOURCE_LAYOUT_H
#define LOCKSTEP_SOURCE_LAYOUT_H

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/list.h"

#include "base/file.h"
#include "source/directory.h"
#include "source/migration.h"

/* Each lives as long as the list. */
typedef LIST(const Error *) ErrorList;

/* The layout that claims an entry, once somebody has asked. */
typedef struct EntryClaim {
    bool is_known;
    const struct Layout *layout; /* NULL: none */
} EntryClaim;

/* A file in an entry that is a directory. */
typedef struct FolderFile {
    const char *name; /* NULL: nobody has asked yet */
    const char *path; /* NULL: there is none of this name */
} FolderFile;

/* A directory that is looked at. Files are read at most once, and only by those who ask. */
typedef struct LayoutDirectory {
    Arena *arena; /* all that comes out lives here */
    const char *path;
    FileId id;
    FileBase *base; /* what the files in it are looked up from; NULL: their whole paths */
    DirectoryEntryList entries;
    size_t max_bytes;                      /* of a file */
    SourceFile **files;                    /* of each entry; NULL until it is read */
    const struct LayoutDirectory **inside; /* of each entry, where that is looked at as well; else
                                              NULL */
    EntryClaim *claims;                    /* of each entry */
    FolderFile *asked;                     /* of each entry, what folders_file() was asked last */
    ErrorList *problems; /* where there is one, what is wrong with single files (a name, a version
                            that is another one's) is noted in it and ends nothing */
    bool was_fitted;
    const struct Layout *fitting; /* where no entry says so; once it was asked for */
} LayoutDirectory;

/* One direction of a migration. */
typedef struct FoundPart {
    const char *path;    /* NULL: there is none */
    SourceFile *file;    /* NULL until it is read */
    bool no_transaction; /* the tool would run it without one */
} FoundPart;

typedef struct Found {
    const char *version;      /* as Migration has it */
    const char *version_text; /* likewise */
    const char *name;
    FoundPart up;
    FoundPart down;
    const char *down_words; /* what to write for a way back: "7_b.down.sql"; or NULL */
    bool is_repeatable;     /* as Migration has it */
    bool is_draft;          /* not finished: linted, but never run */
} Found;

typedef LIST(Found) FoundList;

typedef struct Layout {
    const char *title; /* how the tool is called in messages: "Flyway" */
    /* Whether this entry can only be of this layout. NULL where `fits` decides. */
    bool (*claims)(LayoutDirectory *directory, size_t entry);
    /* Whether the directory as a whole is, where no entry is claimed by anyone. */
    bool (*fits)(LayoutDirectory *directory);
    /* The migrations in order, names and places only or with their files. ERROR_USAGE where the
     * tool itself could not tell what belongs together. */
    bool (*scan)(LayoutDirectory *directory, FoundList *out, Error *err);
    const struct Layout *includes; /* a layout whose files are fine among those of this one */
    bool always_down;   /* a missing down is worth a word even where no migration has one */
    const char *checks; /* the folder of scripts that look at what a migration has done, and roll
                           back; or NULL */
} Layout;

/* The layout with this name, as layouts.def has it; or NULL. */
const Layout *layout_find(const char *name);

/* The other way round. */
const char *layout_name(const Layout *layout);

/* Looks at a directory. ERROR_USAGE where it cannot be read. `left_out` (or NULL) is a file that is
 * no migration although it lies in there. */
bool layout_open(Arena *arena, const char *path, const char *left_out, size_t max_bytes,
                 LayoutDirectory *out, Error *err) MUST_USE;

/*
 * Which layout it is: the one that `name` names, or where that is NULL, the one that it looks like,
 * NULL where nothing says so. ERROR_USAGE, with two files and the way out, for a mixture.
 */
bool layout_choose(LayoutDirectory *directory, const char *name, const Layout **out,
                   Error *err) MUST_USE;

/* The layout that this entry is a file of; NULL where it could be anyone's. */
const Layout *layout_of_entry(LayoutDirectory *directory, const char *name);

/* A copy that lives in the arena, for a list of problems. */
const Error *layout_keep_error(Arena *arena, const Error *err);

/* False with the error; where the directory keeps a list of problems, true with the error in it. */
bool layout_complain(LayoutDirectory *directory, const Error *err) MUST_USE;

/* The migrations, each version once (ERROR_USAGE otherwise, with both files). */
bool layout_scan(LayoutDirectory *directory, const Layout *layout, FoundList *out,
                 Error *err) MUST_USE;

/* Reads what is not read yet; `base` (or NULL) as source_read_from() has it. */
Migration layout_load(Arena *arena, FileBase *base, const Found *found, size_t max_bytes);

/* ---- for the layouts */

/* The file of an entry, read at the first call. */
SourceFile *layout_file(LayoutDirectory *directory, size_t entry);

/* A file in the directory or in one below, by its path; whether there is one. */
SourceFile *layout_read(const LayoutDirectory *directory, const char *path);
bool layout_exists(const LayoutDirectory *directory, const char *path);

const char *layout_path(const LayoutDirectory *directory, size_t entry);

/* The entries' indices in the order in which people count: 2 before 10. Dates, of eight digits and
 * more, go by their bytes, as the tools that write them have it. */
size_t *layout_order_counted(const LayoutDirectory *directory);

/* The entry of this name, or NULL. */
const DirectoryEntry *layout_entry(const LayoutDirectory *directory, const char *name);
bool layout_has(const LayoutDirectory *directory, const char *name);

/* Whether the name of the entry, which is no directory, ends so. */
bool layout_ends(const LayoutDirectory *directory, size_t entry, const char *ending);

/* Orders by version_compare(); equal versions keep their order. */
void layout_sort(FoundList *list);

/* The same for a tool that compares versions byte by byte: there "2026…" with twelve digits comes
 * behind "2025…" with fourteen. */
void layout_sort_bytes(FoundList *list);

#define LAYOUT(symbol, name) extern const Layout layout_##symbol;
#include "source/layouts.def"
#undef LAYOUT

#endif
