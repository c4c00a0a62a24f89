/* SPDX-License-Identifier: MIT */
/* The documentation of one rule of lint, or of one of its findings about files. */
#ifndef LOCKSTEP_CLI_RULE_DOCUMENT_H
#define LOCKSTEP_CLI_RULE_DOCUMENT_H

#include "lockstep/rule.h"

#include "cli/command.h"

/* What rules are grouped by where they are listed: locks; what breaks data or the application that
 * still runs; what is off unless asked for. */
typedef enum RuleTheme { THEME_LOCK, THEME_CHANGE, THEME_OPINION, THEME_COUNT } RuleTheme;

RuleTheme rule_theme(const Rule *rule);

/* "Locks and work under them" */
const char *rule_theme_title(RuleTheme theme);

/* Whether any rule is of this theme. */
bool rule_theme_is_used(RuleTheme theme);

/* Whether there is one of this id. */
bool rule_document_find(const char *id);

/* Writes that of an id that exists, in the format of the settings. */
void rule_document_write(const Invocation *invocation, const char *id);

/* The error for what is neither an id nor a path, with the nearest id as a hint; returns false. */
bool rule_document_unknown(Arena *arena, const char *id, Error *err);

#endif
