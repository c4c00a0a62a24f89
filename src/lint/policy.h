/* SPDX-License-Identifier: MIT */
/* What a project says of single rules: how grave their findings are, in which files they count, and
 * where their threshold lies. The findings of the engine take part by their names. */
#ifndef LOCKSTEP_LINT_POLICY_H
#define LOCKSTEP_LINT_POLICY_H

#include "lockstep/arena.h"
#include "lockstep/finding.h"
#include "lockstep/list.h"
#include "lockstep/rule.h"

typedef struct RulePolicy {
    const char *rule; /* id of a rule, or of a finding of the engine */
    bool says_severity;
    Severity severity; /* where it says one; else the rule's own holds */
    bool says_number;
    int64_t number;    /* where it says one: instead of Rule.number.initial */
    StringList paths;  /* only in files that one of these patterns fits; empty: in all */
    StringList except; /* not in files that one of these fits */
} RulePolicy;

typedef LIST(RulePolicy) LintPolicy; /* one of each rule at most */

/* What is said of this rule, or NULL. */
RulePolicy *policy_find(const LintPolicy *policy, const char *rule);

/* The same, added where nothing was said yet; valid until the next call. */
RulePolicy *policy_add(Arena *arena, LintPolicy *policy, const char *rule);

/* The severity that holds in any file, `own` being the rule's. `policy` may be NULL. */
Severity policy_severity(const LintPolicy *policy, const char *rule, Severity own);

/* The rule's threshold; 0 for a rule without one. `policy` may be NULL. */
int64_t policy_number(const LintPolicy *policy, const Rule *rule);

/* Gives the findings the severity that holds for them and leaves out those that are off. `paths`
 * are those of the files that the findings name by index. */
void policy_apply(const LintPolicy *policy, const StringList *paths, FindingList *findings);

#endif
