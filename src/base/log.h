/* SPDX-License-Identifier: MIT */
/* Messages for people, on stderr. Results go to stdout and are nobody's log. */
#ifndef LOCKSTEP_BASE_LOG_H
#define LOCKSTEP_BASE_LOG_H

#include "lockstep/error.h"

typedef enum LogLevel { LOG_LEVEL_NOTE, LOG_LEVEL_WARNING, LOG_LEVEL_ERROR } LogLevel;

/* "lockstep: MESSAGE", with "warning: " before the message of a warning. The line end is added. */
void log_message(LogLevel level, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* An error that is set: its message, SQLSTATE, and below them "  detail: " and "  hint: ", wrapped
 * where stderr is a terminal. */
void log_error(const Error *err);

#endif
