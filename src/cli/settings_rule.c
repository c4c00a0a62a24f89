/* SPDX-License-Identifier: MIT */
#include "cli/settings_rule.h"

#include <ctype.h>
#include <string.h>

#include "base/nearest.h"
#include "lint/input_findings.h"
#include "lint/lint.h"

static bool
hint_nearest(Error *err, const char *word, const char *const *known, size_t count)
{
    const char *nearest = nearest_word(word, known, count);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return false;
}

/* A file that nobody could read stays an error, whatever is said. */
static StringList
known_rules(Arena *arena)
{
    StringList known = {0};
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    for (size_t i = 0; all_rules[i] != NULL; i++)
        LIST_APPEND(arena, &known, all_rules[i]->id);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(findings[i].id, FINDING_UNREADABLE_FILE) != 0)
            LIST_APPEND(arena, &known, findings[i].id);
    }
    return known;
}

bool
rule_setting_known(Arena *arena, const char *rule, const char *where, Error *err)
{
    const StringList known = known_rules(arena);
    if (string_list_has(&known, rule))
        return true;
    if (strcmp(rule, FINDING_UNREADABLE_FILE) == 0)
        return error_set(err, ERROR_USAGE, "%s: %s is always an error", where, rule);
    (void)error_set(err, ERROR_USAGE, "%s: there is no rule \"%s\"", where, rule);
    (void)error_hint(err, "Run `lockstep rules` to see the rules.");
    return hint_nearest(err, rule, known.items, known.count);
}

static bool
store_severity(RulePolicy *out, const char *value, const char *where, Error *err)
{
    const char *words[SEVERITY_ERROR + 1];
    for (Severity severity = SEVERITY_OFF; severity <= SEVERITY_ERROR; severity++) {
        if (strcmp(severity_words(severity), value) != 0)
            continue;
        out->says_severity = true;
        out->severity = severity;
        return true;
    }
    for (Severity rest = SEVERITY_OFF; rest <= SEVERITY_ERROR; rest++)
        words[rest] = severity_words(rest);
    (void)error_set(err, ERROR_USAGE, "%s: \"%s\" is not off, info, warning or error", where,
                    value);
    return hint_nearest(err, value, words, SEVERITY_ERROR + 1);
}

/* Patterns with commas between, without the blanks around them. */
static bool
store_patterns(Arena *arena, StringList *out, const char *value, const char *where, Error *err)
{
    for (;;) {
        const size_t whole = strcspn(value, ",");
        const char *start = value;
        size_t length = whole;
        for (; length > 0 && isspace((unsigned char)*start); start++)
            length--;
        while (length > 0 && isspace((unsigned char)start[length - 1]))
            length--;
        if (length == 0)
            return error_set(err, ERROR_USAGE, "%s: a pattern is empty", where);
        LIST_APPEND(arena, out, arena_strndup(arena, start, length));
        if (value[whole] == '\0')
            return true;
        value += whole + 1;
    }
}

bool
rule_setting_store(Arena *arena, LintPolicy *policy, const char *rule, const char *key,
                   const char *value, const char *where, Error *err)
{
    static const char *const keys[] = {"severity", "paths", "except"};
    RulePolicy *out = policy_add(arena, policy, rule);
    where = arena_printf(arena, "%s: %s of %s", where, key, rule);
    if (strcmp(key, "severity") == 0)
        return store_severity(out, value, where, err);
    if (strcmp(key, "paths") == 0)
        return store_patterns(arena, &out->paths, value, where, err);
    if (strcmp(key, "except") == 0)
        return store_patterns(arena, &out->except, value, where, err);

    (void)error_set(err, ERROR_USAGE, "%s is none of severity, paths and except", where);
    return hint_nearest(err, key, keys, sizeof keys / sizeof *keys);
}

bool
rule_setting_store_flag(Arena *arena, LintPolicy *policy, const char *value, const char *where,
                        Error *err)
{
    const char *sign = strchr(value, '=');
    if (sign == NULL) {
        (void)error_set(err, ERROR_USAGE, "%s: \"%s\" names no severity", where, value);
        return error_hint(err, "Write RULE=SEVERITY, such as missing-down=off.");
    }
    const char *rule = arena_strndup(arena, value, (size_t)(sign - value));
    return rule_setting_known(arena, rule, where, err) &&
           rule_setting_store(arena, policy, rule, "severity", sign + 1, where, err);
}
