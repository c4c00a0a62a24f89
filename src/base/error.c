/* SPDX-License-Identifier: MIT */
#include "lockstep/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "lockstep/exit_status.h"

/* Ends a text that was cut with "…", on a character's border. */
static void
mark_as_cut(char *text, size_t size)
{
    static const char ellipsis[] = "…";
    size_t at = size - sizeof ellipsis;
    while (at > 0 && ((unsigned char)text[at] & 0xC0) == 0x80)
        at--;
    memcpy(text + at, ellipsis, sizeof ellipsis);
}

__attribute__((format(printf, 3, 0))) static void
fill(char *text, size_t size, const char *format, va_list arguments)
{
    int length = vsnprintf(text, size, format, arguments);
    if (length >= (int)size)
        mark_as_cut(text, size);
}

bool
error_set(Error *err, ErrorKind kind, const char *format, ...)
{
    /* The arguments may point into the old error. */
    Error fresh = {.kind = kind};
    va_list arguments;
    va_start(arguments, format);
    fill(fresh.message, sizeof fresh.message, format, arguments);
    va_end(arguments);
    *err = fresh;
    return false;
}

bool
error_hint(Error *err, const char *format, ...)
{
    char hint[sizeof err->hint];
    va_list arguments;
    va_start(arguments, format);
    fill(hint, sizeof hint, format, arguments);
    va_end(arguments);
    memcpy(err->hint, hint, sizeof hint);
    return false;
}

bool
error_detail(Error *err, const char *format, ...)
{
    char detail[sizeof err->detail];
    va_list arguments;
    va_start(arguments, format);
    fill(detail, sizeof detail, format, arguments);
    va_end(arguments);
    memcpy(err->detail, detail, sizeof detail);
    return false;
}

bool
error_context(Error *err, const char *format, ...)
{
    char context[sizeof err->message];
    va_list arguments;
    va_start(arguments, format);
    fill(context, sizeof context, format, arguments);
    va_end(arguments);

    char message[sizeof err->message * 2 + 3];
    snprintf(message, sizeof message, "%s: %s", context, err->message);
    if (strlen(message) >= sizeof err->message)
        mark_as_cut(message, sizeof err->message);
    memcpy(err->message, message, sizeof err->message);
    return false;
}

ExitStatus
exit_status_of(ErrorKind kind)
{
    switch (kind) {
    case ERROR_NONE:
        return EXIT_DONE;
    case ERROR_USAGE:
        return EXIT_USAGE;
    case ERROR_CONNECTION:
        return EXIT_CONNECTION;
    case ERROR_LOCK:
        return EXIT_LOCK;
    case ERROR_MIGRATION:
    case ERROR_SERVER:
        return EXIT_ROLLED_BACK;
    case ERROR_HALF_DONE:
        return EXIT_HALF_DONE;
    case ERROR_DRIFT:
        return EXIT_DRIFT;
    case ERROR_PENDING:
        return EXIT_PENDING;
    case ERROR_GATE:
        return EXIT_GATE;
    case ERROR_INTERRUPTED:
        return EXIT_INTERRUPTED;
    case ERROR_TERMINATED:
        return EXIT_TERMINATED;
    }
    return EXIT_USAGE;
}
