/* SPDX-License-Identifier: MIT */
/* What lockstep.ini and --rule say of single rules. */
#ifndef LOCKSTEP_CLI_SETTINGS_RULE_H
#define LOCKSTEP_CLI_SETTINGS_RULE_H

#include "lockstep/arena.h"
#include "lockstep/error.h"

#include "lint/policy.h"

/* Whether something may be said of this rule or finding of the engine; `where` begins the message.
 */
bool rule_setting_known(Arena *arena, const char *rule, const char *where, Error *err) MUST_USE;

/* One key of a section [rule RULE]: severity, paths, except or the name of the rule's threshold. */
bool rule_setting_store(Arena *arena, LintPolicy *policy, const char *rule, const char *key,
                        const char *value, const char *where, Error *err) MUST_USE;

/* A value of --rule: "RULE=SEVERITY" or "RULE.KEY=VALUE". */
bool rule_setting_store_flag(Arena *arena, LintPolicy *policy, const char *value, const char *where,
                             Error *err) MUST_USE;

#endif
