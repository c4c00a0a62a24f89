/* SPDX-License-Identifier: MIT */
/* What a reading has in hand: reading.c goes through the operations of a statement,
 * reading_history.c through the files. */
#ifndef LOCKSTEP_LINT_READING_PARTS_H
#define LOCKSTEP_LINT_READING_PARTS_H

#include "lint/called_code.h"
#include "lint/doubt.h"
#include "lint/reading.h"
#include "refusals/refusal.h"

typedef struct Reading {
    Arena *arena;
    Arena *scratch; /* emptied after each statement */
    int pg_version;
    const ReadingOptions *options;
    bool knows_all; /* a schema file was given: what is in no file does not exist */
    const Reader *reader;
    Schema *schema;
    const char *schema_refusal; /* why this version cannot have the schema file's, or NULL */
    Span schema_tables;         /* from the first CREATE TABLE of the schema file to the last */
    HeldLocks held;
    HeldLocks later;       /* what the operations behind take, while siblings are looked at */
    StrongestLock stopped; /* what the statements before the one at hand hold */
    CalledCode *called;
    bool in_schema_file;
    Doubt doubt;
    SchemaMark before_up; /* of the migration at hand */
    SchemaMark before_transaction;
    size_t gaps_before_up;
    bool silent; /* only the schema changes: nobody is shown what is read */
} Reading;

/* A statement while it is read: of the file, or of code that runs within one of the file. */
typedef struct Running {
    const ReadFile *file;
    const Segment *segment;
    const Statement *statement;
    size_t number;               /* of the file's statement */
    const char *text;            /* that the statement's spans are places of */
    Span place;                  /* in the file */
    bool guarded;                /* the code around it may not run it */
    const Code *code;            /* that it stands in, or NULL */
    const struct Running *outer; /* the statement that runs the code, or NULL */
} Running;

/* Goes through the operations of the statement and of the code that it runs: each is shown to the
 * reader, then applied to the schema. */
void reading_ops(Reading *reading, const Running *running);

/* What a refusal is looked for with, as things stand. */
RefusalCase reading_refusal_case(const Reading *reading, bool in_transaction);

#endif
