/* SPDX-License-Identifier: MIT */
/* The directories that are looked at while it is found out what paths lead to: each is asked once,
 * however many files lie in it and however many paths lead there. */
#ifndef LOCKSTEP_SOURCE_PLACES_H
#define LOCKSTEP_SOURCE_PLACES_H

#include <uthash.h>

#include "source/discover.h"
#include "source/layout.h"

/* A directory that was looked into. */
typedef struct Place {
    LayoutDirectory directory; /* the key is its id */
    const Error *problem;      /* it is no history; NULL: all is well */
    bool is_recognised;
    const Layout *layout; /* once it is recognised; NULL: none */
    bool is_listed;
    size_t history; /* index, where it is listed */
    UT_hash_handle hh;
} Place;

/* The history that something belongs to; all is NULL where it belongs to none. */
typedef struct Home {
    Place *place;
    const Layout *layout; /* the one by which it belongs there */
} Home;

/* A directory as one path calls it. */
typedef struct Folder {
    const char *path;     /* the key */
    Place *place;         /* once it was looked into; NULL where that fails */
    const Error *problem; /* then */
    bool was_opened;
    bool was_sought;
    Home above; /* of what lies in it, in the directories above, once it was sought */
    bool was_asked_for_plan;
    bool has_plan; /* sqitch's, once it was asked */
    UT_hash_handle hh;
} Folder;

typedef struct Places {
    Arena *arena;
    const DiscoverOptions *options;
    const char *left_out; /* as DiscoveredFiles has it */
    ErrorList *problems;  /* of single files */
    FileBase base;        /* of the folder that was last read in; places_close() leaves it */
    Place *places;
    Folder *folders;
} Places;

void places_close(Places *places);

/* The directory that the path names, not yet looked into. */
Folder *places_folder(Places *places, const char *path);

/* The one that the file lies in. */
Folder *places_folder_of(Places *places, const char *path);

/* Looks into it at the first call; NULL where it cannot be read. */
Place *places_open(Places *places, Folder *folder);

/* The layout of the directory; NULL where it has none or has a problem. */
const Layout *places_recognise(const Places *places, Place *place);

/* The history of a file that lies in the folder. */
Home places_home(Places *places, Folder *folder, const char *name);

/* What the listing of the folder says of a file in it; NULL where the folder was not looked into or
 * does not list it. */
const DirectoryEntry *places_entry(const Folder *folder, const char *name);

/* A file in the folder. What a layout has read already is not read again. */
SourceFile *places_read(Places *places, const Folder *folder, const char *path);

#endif
