/* SPDX-License-Identifier: MIT */
#include "support/terminal.h"

#include <errno.h>
#include <poll.h>
#include <pty.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/test.h"

#define LONGEST_MS 10000

Terminal
terminal_start(Arena *arena, void (*become)(void *context), void *context)
{
    const struct winsize size = {.ws_row = 25, .ws_col = 80};
    Terminal terminal = {.arena = arena, .shown = ""};
    terminal.pid = forkpty(&terminal.screen, NULL, NULL, &size);
    if (terminal.pid == 0) {
        become(context);
        _exit(99);
    }
    if (terminal.pid < 0)
        fail_msg("forkpty: %s", strerror(errno));
    return terminal;
}

/* False: there is nothing more to come, or nothing comes for so long. */
static bool
read_some(Terminal *terminal, int wait_ms)
{
    char bytes[4096];
    struct pollfd screen = {.fd = terminal->screen, .events = POLLIN};
    if (poll(&screen, 1, wait_ms) <= 0)
        return false;
    ssize_t got = read(terminal->screen, bytes, sizeof bytes);
    if (got <= 0)
        return false;
    terminal->shown = arena_printf(terminal->arena, "%s%.*s", terminal->shown, (int)got, bytes);
    return true;
}

void
terminal_expect(Terminal *terminal, const char *text)
{
    int64_t end = duration_clock_ms() + LONGEST_MS;
    while (strstr(terminal->shown, text) == NULL) {
        int64_t left = end - duration_clock_ms();
        if (left <= 0 || !read_some(terminal, (int)left))
            fail_msg("this does not say \"%s\":\n%s", text, terminal->shown);
    }
}

void
terminal_type(const Terminal *terminal, const char *keys)
{
    assert_int_equal(write(terminal->screen, keys, strlen(keys)), (ssize_t)strlen(keys));
}

int
terminal_finish(Terminal *terminal)
{
    int status = 0;
    while (read_some(terminal, LONGEST_MS))
        continue;
    close(terminal->screen);
    if (waitpid(terminal->pid, &status, 0) != terminal->pid)
        fail_msg("waitpid: %s", strerror(errno));
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
