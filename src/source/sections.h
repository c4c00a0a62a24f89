/* SPDX-License-Identifier: MIT */
/* Layouts that have both directions of a migration in one file. */
#ifndef LOCKSTEP_SOURCE_SECTIONS_H
#define LOCKSTEP_SOURCE_SECTIONS_H

#include "source/layout.h"
#include "source/part.h"

typedef struct SectionLayout {
    PartGrammar grammar;
    bool numbers;           /* versions are numbers, and ordered so; else names decide */
    bool underscore;        /* stands behind the version, or the file is none of them */
    const char *down_words; /* what to write for a way back */
    /* Sets no_transaction of both parts. */
    void (*settle)(const SourceFile *whole, const Parts *parts, Found *found);
} SectionLayout;

/* Whether the entry is an .sql file with a section for up. */
bool sections_claim(LayoutDirectory *directory, size_t entry, const SectionLayout *layout);

/* The .sql files whose names begin with digits; the others are left alone, as their tools do. */
bool sections_scan(LayoutDirectory *directory, const SectionLayout *layout, FoundList *out);

#endif
