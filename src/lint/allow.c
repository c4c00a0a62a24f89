/* SPDX-License-Identifier: MIT */
#include "lint/allow.h"

#include <string.h>

#include "base/nearest.h"
#include "source/foreign_ignore.h"

/* Findings of the engine that somebody may want to live with. A file that cannot be read is none of
 * them. */
static const char *const acceptable[] = {
    FINDING_DOWN_DIFFERS,         FINDING_LOCK_ORDER,       FINDING_MISSING_DOWN,
    FINDING_MISSING_LOCK_TIMEOUT, FINDING_REFUSED,          FINDING_SESSION_SETTING,
    FINDING_TRANSACTION_CONTROL,  FINDING_UNFILLED_TEMPLATE};

#define ACCEPTABLE_COUNT (sizeof acceptable / sizeof *acceptable)

typedef struct Allowing {
    Arena *arena;
    const Script *script;
    const LintOptions *options;
    FindingSlice of;
    FindingList *findings;
} Allowing;

static void
add_finding(const Allowing *allowing, const Directive *directive, const char *rule,
            Severity severity, const char *message)
{
    bool has_statement = directive->statement < allowing->script->statements.count;
    LIST_APPEND(allowing->arena, allowing->findings,
                (Finding){.rule = rule,
                          .severity = severity,
                          .file = allowing->of.file,
                          .statement = has_statement ? directive->statement + 1 : 0,
                          .span = directive->span,
                          .message = arena_strdup(allowing->arena, message)});
}

static void
complain(const Allowing *allowing, const Directive *directive, const char *message)
{
    add_finding(allowing, directive, FINDING_BAD_DIRECTIVE, SEVERITY_ERROR, message);
}

static bool
is_known(const char *rule)
{
    for (size_t i = 0; i < ACCEPTABLE_COUNT; i++) {
        if (strcmp(acceptable[i], rule) == 0)
            return true;
    }
    return rule_find(rule) != NULL;
}

static void
complain_of_unknown(const Allowing *allowing, const Directive *directive, const char *rule)
{
    StringList known = {0};
    for (size_t i = 0; i < ACCEPTABLE_COUNT; i++)
        LIST_APPEND(allowing->arena, &known, acceptable[i]);
    for (size_t i = 0; all_rules[i] != NULL; i++)
        LIST_APPEND(allowing->arena, &known, all_rules[i]->id);

    const char *nearest = nearest_word(rule, known.items, known.count);
    const char *message =
        nearest != NULL
            ? arena_printf(allowing->arena, "there is no rule \"%s\"; did you mean \"%s\"?", rule,
                           nearest)
            : arena_printf(allowing->arena, "there is no rule \"%s\"", rule);
    complain(allowing, directive, message);
}

static bool
concerns(const Directive *directive, const Finding *finding)
{
    return directive->kind == DIRECTIVE_ALLOW_FILE ||
           finding->statement == directive->statement + 1;
}

static bool
accept(const Allowing *allowing, const Directive *directive, const char *rule)
{
    bool used = false;
    for (size_t i = allowing->of.first; i < allowing->of.end; i++) {
        Finding *finding = &allowing->findings->items[i];
        if (!concerns(directive, finding) || strcmp(finding->rule, rule) != 0)
            continue;
        finding->suppressed = arena_strdup(allowing->arena, directive->reason);
        used = true;
    }
    return used;
}

/* What could not be parsed might have given the finding that the comment is for. */
static bool
may_be_incomplete(const Allowing *allowing, const Directive *directive)
{
    return allowing->script->errors.count > 0 &&
           (directive->kind == DIRECTIVE_ALLOW_FILE ||
            directive->statement == allowing->script->statements.count);
}

/* An engine's finding is not off by itself. */
static bool
is_off(const Allowing *allowing, const char *id)
{
    const Rule *rule = rule_find(id);
    const Severity own = rule != NULL ? rule->severity : SEVERITY_ERROR;
    return policy_severity(allowing->options->policy, id, own) == SEVERITY_OFF;
}

static void
apply_rule(const Allowing *allowing, const Directive *directive, const char *rule)
{
    if (!is_known(rule)) {
        complain_of_unknown(allowing, directive, rule);
        return;
    }
    if (accept(allowing, directive, rule) || may_be_incomplete(allowing, directive) ||
        is_off(allowing, rule))
        return;
    const char *where =
        directive->kind == DIRECTIVE_ALLOW_FILE ? "this file" : "the next statement";
    add_finding(allowing, directive, FINDING_UNUSED_ALLOW, SEVERITY_WARNING,
                arena_printf(allowing->arena, "%s finds nothing in %s: take this comment away",
                             rule, where));
}

static void
apply_allow(const Allowing *allowing, const Directive *directive)
{
    if (directive->reason == NULL) {
        complain(allowing, directive, "the reason is missing: write it behind a colon");
        return;
    }
    if (directive->until != NULL && strcmp(allowing->options->today, directive->until) > 0) {
        complain(allowing, directive,
                 arena_printf(allowing->arena, "this was accepted until %s, which is over",
                              directive->until));
        return;
    }
    foreach (rule, &directive->rules)
        apply_rule(allowing, directive, *rule);
}

static void
apply(const Allowing *allowing, const Directive *directive)
{
    switch (directive->kind) {
    case DIRECTIVE_ALLOW:
    case DIRECTIVE_ALLOW_FILE:
        apply_allow(allowing, directive);
        return;
    case DIRECTIVE_IRREVERSIBLE:
        if (directive->reason == NULL)
            complain(allowing, directive, "the reason is missing: write it behind a colon");
        return;
    case DIRECTIVE_MALFORMED:
        complain(allowing, directive, directive->problem);
        return;
    case DIRECTIVE_NO_TRANSACTION:
    case DIRECTIVE_LOCK_TIMEOUT:
    case DIRECTIVE_MAX_HOLD:
    case DIRECTIVE_STATEMENT_TIMEOUT:
        return;
    }
}

/* What another linter was told to let pass. */
static void
accept_foreign(const Allowing *allowing, const ForeignIgnore *ignore)
{
    for (size_t i = allowing->of.first; i < allowing->of.end; i++) {
        Finding *finding = &allowing->findings->items[i];
        const size_t index = finding->statement > 0 ? finding->statement - 1 : 0;
        if (finding->suppressed == NULL && index >= ignore->first && index < ignore->end &&
            string_list_has(&ignore->rules, finding->rule))
            finding->suppressed = arena_strdup(allowing->arena, ignore->mark);
    }
}

void
allow_apply(Arena *arena, const DirectiveList *directives, const SourceFile *file,
            const Script *script, const LintOptions *options, FindingSlice of,
            FindingList *findings)
{
    const Allowing allowing = {
        .arena = arena, .script = script, .options = options, .of = of, .findings = findings};
    foreach (directive, directives)
        apply(&allowing, directive);
    if (of.first == of.end)
        return;
    const ForeignIgnoreList ignores = foreign_ignore_scan(arena, file->text, file->length, script);
    foreach (ignore, &ignores)
        accept_foreign(&allowing, ignore);
}
