/* SPDX-License-Identifier: MIT */
#include "support/shell.h"

#include <spawn.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

int
shell_run(const char *command)
{
    char shell[] = "sh";
    char option[] = "-c";
    char *line = strdup(command);
    char *words[] = {shell, option, line, NULL};
    pid_t pid;
    int status = 0;
    bool ran = line != NULL && posix_spawn(&pid, "/bin/sh", NULL, NULL, words, environ) == 0 &&
               waitpid(pid, &status, 0) == pid;
    free(line);
    if (!ran)
        return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
