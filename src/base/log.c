/* SPDX-License-Identifier: MIT */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/term.h"
#include "base/wrap.h"

static void
write_prefix(LogLevel level)
{
    bool colour = term_has_colour(stderr);
    const char *plain = term_style(colour, TERM_PLAIN);
    switch (level) {
    case LOG_LEVEL_NOTE:
        fprintf(stderr, "lockstep: ");
        return;
    case LOG_LEVEL_WARNING:
        fprintf(stderr, "lockstep: %swarning:%s ", term_style(colour, TERM_WARNING), plain);
        return;
    case LOG_LEVEL_ERROR:
        fprintf(stderr, "%slockstep:%s ", term_style(colour, TERM_ERROR), plain);
        return;
    }
}

void
log_message(LogLevel level, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    write_prefix(level);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

/* On a terminal in lines that fit; in a file or a pipe each remark is one line, for grep. */
static void
write_remark(const char *label, const char *text)
{
    fprintf(stderr, "  %s: ", label);
    if (term_is_terminal(stderr))
        wrap_text(stderr, text, (int)strlen(label) + 4, 4, term_width(stderr));
    else
        fprintf(stderr, "%s\n", text);
}

void
log_error(const Error *err)
{
    if (err->sqlstate[0] != '\0')
        log_message(LOG_LEVEL_ERROR, "%s (SQLSTATE %s)", err->message, err->sqlstate);
    else
        log_message(LOG_LEVEL_ERROR, "%s", err->message);
    if (err->detail[0] != '\0')
        write_remark("detail", err->detail);
    if (err->hint[0] != '\0')
        write_remark("hint", err->hint);
}
