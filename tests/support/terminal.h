/* SPDX-License-Identifier: MIT */
/* A program on a terminal of its own. Failing ends the test. */
#ifndef LOCKSTEP_TESTS_TERMINAL_H
#define LOCKSTEP_TESTS_TERMINAL_H

#include <sys/types.h>

#include "lockstep/arena.h"

typedef struct Terminal {
    Arena *arena;
    pid_t pid;
    int screen;        /* the end of the one who looks at it and types */
    const char *shown; /* so far, as it came, colours included */
} Terminal;

/* In the child the function is called, which does not come back. 80 columns. */
Terminal terminal_start(Arena *arena, void (*become)(void *context), void *context);

/* Waits until this is shown, ten seconds at most. */
void terminal_expect(Terminal *terminal, const char *text);

void terminal_type(const Terminal *terminal, const char *keys);

/* Reads what is left and waits for its end: the exit status, or 128 + the signal that ended it. */
int terminal_finish(Terminal *terminal);

#endif
