/* SPDX-License-Identifier: MIT */
/* A command line of the shell, for programs that compare other programs. */
#ifndef LOCKSTEP_TESTS_SHELL_H
#define LOCKSTEP_TESTS_SHELL_H

/* Runs it and waits for its end: its exit status, 128 + the signal that ended it, or -1 where it
 * cannot be run. */
int shell_run(const char *command);

#endif
