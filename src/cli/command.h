/* SPDX-License-Identifier: MIT */
/*
 * The commands: one row of commands_table() describes one completely. Dispatch, help, and the
 * documents under docs/ are made from it.
 */
#ifndef LOCKSTEP_CLI_COMMAND_H
#define LOCKSTEP_CLI_COMMAND_H

#include <stdbool.h>
#include <stdio.h>

#include "lockstep/arena.h"
#include "lockstep/error.h"
#include "lockstep/exit_status.h"

#include "base/table.h"
#include "cli/settings.h"

typedef struct Command Command;

/* One run of one command. Everything in it is borrowed from the caller of run(). */
typedef struct Invocation {
    Arena *arena;
    const Command *command;
    const Settings *settings;
    StringList arguments; /* without the command's name */
    FILE *out;            /* results */
    FILE *messages;       /* progress, notes */
    bool colour;          /* on `out` */
    int width;            /* of `out` */
    ExitStatus status;    /* set by the command where it is not EXIT_DONE though nothing failed */
    bool error_is_told;   /* set by the command: whoever reads the messages knows the error */
} Invocation;

typedef enum CommandGroup {
    COMMANDS_WRITE,
    COMMANDS_CHANGE,
    COMMANDS_LOOK,
    COMMANDS_TOOL
} CommandGroup;

/* A command line and what it is for. */
typedef struct Example {
    const char *line;
    const char *purpose;
} Example;

#define MAX_EXAMPLES 5

/* What a shell offers as an argument, beside the words that are listed in `arguments`. */
typedef enum Completes {
    COMPLETES_PATHS = 1 << 0,
    COMPLETES_RULES = 1 << 1,
    COMPLETES_COMMANDS = 1 << 2
} Completes;

struct Command {
    const char *name;
    CommandBit bit;
    CommandGroup group;
    bool hidden;
    const char *arguments; /* as in usage: "NAME", "[PATH…]", or "" */
    int completes;         /* bits of Completes */
    size_t least;          /* arguments that it needs and takes at most */
    size_t most;
    const char *summary;            /* a few words, without capital and full stop */
    const char *description;        /* sentences; paragraphs parted by an empty line */
    Example examples[MAX_EXAMPLES]; /* until the first without a line */
    bool (*run)(Invocation *invocation, Error *err);
};

/* An exit status, what it means, and which commands can end so. */
typedef struct ExitMeaning {
    ExitStatus status;
    const char *meaning;
    int used_by;
} ExitMeaning;

const Command *commands_table(size_t *count);
const ExitMeaning *exit_meanings(size_t *count);

/* "Apply and revert" */
const char *command_group_title(CommandGroup group);

/* NULL where there is none. */
const Command *command_find(const char *name);

/* "there is no command …" with the nearest one as a hint; returns false. */
bool command_unknown(Arena *arena, const char *name, Error *err);

/* Writes it to `out` as wide as the terminal, or in whole where that is none: who reads it from a
 * file misses nothing. */
void command_write_table(const Invocation *invocation, const Table *table);

/* The whole program but for its arena: returns the exit status. */
int command_main(Arena *arena, int argc, char **argv, char *const *environment);

bool cmd_new(Invocation *invocation, Error *err) MUST_USE;
bool cmd_lint(Invocation *invocation, Error *err) MUST_USE;
bool cmd_explain(Invocation *invocation, Error *err) MUST_USE;
bool cmd_rules(Invocation *invocation, Error *err) MUST_USE;
bool cmd_up(Invocation *invocation, Error *err) MUST_USE;
bool cmd_down(Invocation *invocation, Error *err) MUST_USE;
bool cmd_redo(Invocation *invocation, Error *err) MUST_USE;
bool cmd_goto(Invocation *invocation, Error *err) MUST_USE;
bool cmd_baseline(Invocation *invocation, Error *err) MUST_USE;
bool cmd_repair(Invocation *invocation, Error *err) MUST_USE;
bool cmd_status(Invocation *invocation, Error *err) MUST_USE;
bool cmd_verify(Invocation *invocation, Error *err) MUST_USE;
bool cmd_history(Invocation *invocation, Error *err) MUST_USE;
bool cmd_pitr(Invocation *invocation, Error *err) MUST_USE;
bool cmd_sandbox(Invocation *invocation, Error *err) MUST_USE;
bool cmd_help(Invocation *invocation, Error *err) MUST_USE;
bool cmd_completion(Invocation *invocation, Error *err) MUST_USE;
bool cmd_docs(Invocation *invocation, Error *err) MUST_USE;

#endif
