/* SPDX-License-Identifier: MIT */
#include "lint/policy.h"

#include <string.h>

#include "base/glob.h"

RulePolicy *
policy_find(const LintPolicy *policy, const char *rule)
{
    foreach (known, policy) {
        if (strcmp(known->rule, rule) == 0)
            return known;
    }
    return NULL;
}

RulePolicy *
policy_add(Arena *arena, LintPolicy *policy, const char *rule)
{
    RulePolicy *known = policy_find(policy, rule);
    if (known != NULL)
        return known;
    LIST_APPEND(arena, policy, (RulePolicy){.rule = rule});
    return &policy->items[policy->count - 1];
}

Severity
policy_severity(const LintPolicy *policy, const char *rule, Severity own)
{
    const RulePolicy *said = policy != NULL ? policy_find(policy, rule) : NULL;
    return said != NULL && said->says_severity ? said->severity : own;
}

int64_t
policy_number(const LintPolicy *policy, const Rule *rule)
{
    const RulePolicy *said = policy != NULL ? policy_find(policy, rule->id) : NULL;
    return said != NULL && said->says_number ? said->number : rule->number.initial;
}

static bool
fits_one(const StringList *patterns, const char *path)
{
    foreach (pattern, patterns) {
        if (glob_fits_end(*pattern, path))
            return true;
    }
    return false;
}

static bool
counts_in(const RulePolicy *said, const char *path)
{
    return (said->paths.count == 0 || fits_one(&said->paths, path)) &&
           !fits_one(&said->except, path);
}

void
policy_apply(const LintPolicy *policy, const StringList *paths, FindingList *findings)
{
    if (policy == NULL || policy->count == 0)
        return;
    size_t kept = 0;
    foreach (finding, findings) {
        const RulePolicy *said = policy_find(policy, finding->rule);
        if (said != NULL && said->says_severity)
            finding->severity = said->severity;
        if (finding->severity != SEVERITY_OFF &&
            (said == NULL || counts_in(said, paths->items[finding->file])))
            findings->items[kept++] = *finding;
    }
    findings->count = kept;
}
