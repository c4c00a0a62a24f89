/* SPDX-License-Identifier: MIT */
#include "base/term.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define USUAL_WIDTH 80

static bool
is_set(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value != '\0';
}

bool
term_is_terminal(FILE *stream)
{
    int fd = fileno(stream);
    return fd >= 0 && isatty(fd) == 1;
}

bool
term_has_colour(FILE *stream)
{
    if (is_set("NO_COLOR"))
        return false;
    const char *force = getenv("CLICOLOR_FORCE");
    if (force != NULL && force[0] != '\0' && strcmp(force, "0") != 0)
        return true;
    const char *kind = getenv("TERM");
    return term_is_terminal(stream) && kind != NULL && strcmp(kind, "dumb") != 0;
}

int
term_width(FILE *stream)
{
    struct winsize size;
    int fd = fileno(stream);
    if (fd < 0 || !isatty(fd) || ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return USUAL_WIDTH;
    return size.ws_col;
}

const char *
term_style(bool colour, TermStyle style)
{
    if (!colour)
        return "";
    switch (style) {
    case TERM_PLAIN:
        return "\033[0m";
    case TERM_BOLD:
        return "\033[1m";
    case TERM_DIM:
        return "\033[2m";
    case TERM_ERROR:
        return "\033[1;31m";
    case TERM_WARNING:
        return "\033[1;33m";
    case TERM_INFO:
        return "\033[1;34m";
    case TERM_GOOD:
        return "\033[32m";
    case TERM_CODE:
        return "\033[36m";
    }
    return "";
}
