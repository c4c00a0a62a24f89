/* SPDX-License-Identifier: MIT */
#include <unistd.h>

#include "lockstep/arena.h"

#include "cli/command.h"

int
main(int argc, char **argv)
{
    Arena *arena = arena_new();
    int status = command_main(arena, argc, argv, environ);
    arena_free(arena);
    return status;
}
