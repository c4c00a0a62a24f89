/* SPDX-License-Identifier: MIT */
#include "cli/rule_document.h"
#include "lint/lint.h"

RuleTheme
rule_theme(const Rule *rule)
{
    if (rule->severity == SEVERITY_OFF)
        return THEME_OPINION;
    return rule->lock != LOCK_NONE ? THEME_LOCK : THEME_CHANGE;
}

const char *
rule_theme_title(RuleTheme theme)
{
    switch (theme) {
    case THEME_LOCK:
        return "Locks and work under them";
    case THEME_CHANGE:
        return "Data and the application that still runs";
    case THEME_OPINION:
        return "Off unless asked for";
    case THEME_COUNT:
        break;
    }
    return "";
}

bool
rule_theme_is_used(RuleTheme theme)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (rule_theme(all_rules[i]) == theme)
            return true;
    }
    return false;
}
