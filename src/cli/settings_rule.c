/* SPDX-License-Identifier: MIT */
#include "cli/settings_rule.h"

#include <ctype.h>
#include <string.h>

#include "base/nearest.h"
#include "lint/input_findings.h"
#include "lint/lint.h"
#include "lint/rule_number.h"

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
    *out = (StringList){0};
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

/* NULL for a rule without one, and for a finding of the engine. */
static const RuleNumber *
number_of(const char *rule)
{
    const Rule *found = rule_find(rule);
    return found != NULL && found->number.name != NULL ? &found->number : NULL;
}

static bool
store_number(Arena *arena, RulePolicy *out, const RuleNumber *number, const char *value,
             const char *where, Error *err)
{
    if (!rule_number_parse(arena, number, value, &out->number, err))
        return error_context(err, "%s", where);
    out->says_number = true;
    return true;
}

static bool
complain_of_key(Arena *arena, const char *rule, const char *key, const char *where, Error *err)
{
    const RuleNumber *number = number_of(rule);
    StringList keys = {0};

    LIST_APPEND(arena, &keys, "severity");
    LIST_APPEND(arena, &keys, "paths");
    LIST_APPEND(arena, &keys, "except");
    if (number != NULL)
        LIST_APPEND(arena, &keys, number->name);
    (void)error_set(err, ERROR_USAGE, "%s is none of %s", where,
                    string_list_join(arena, &keys, ", "));
    return hint_nearest(err, key, keys.items, keys.count);
}

bool
rule_setting_store(Arena *arena, LintPolicy *policy, const char *rule, const char *key,
                   const char *value, const char *where, Error *err)
{
    const RuleNumber *number = number_of(rule);
    RulePolicy *out = policy_add(arena, policy, rule);
    where = arena_printf(arena, "%s: %s of %s", where, key, rule);
    if (strcmp(key, "severity") == 0)
        return store_severity(out, value, where, err);
    if (strcmp(key, "paths") == 0)
        return store_patterns(arena, &out->paths, value, where, err);
    if (strcmp(key, "except") == 0)
        return store_patterns(arena, &out->except, value, where, err);
    if (number != NULL && strcmp(key, number->name) == 0)
        return store_number(arena, out, number, value, where, err);
    return complain_of_key(arena, rule, key, where, err);
}

bool
rule_setting_store_flag(Arena *arena, LintPolicy *policy, const char *value, const char *where,
                        Error *err)
{
    const char *sign = strchr(value, '=');
    if (sign == NULL) {
        (void)error_set(err, ERROR_USAGE, "%s: \"%s\" names no severity", where, value);
        return error_hint(err, "Write RULE=SEVERITY, such as missing-down=off, or RULE.KEY=VALUE, "
                               "such as unbatched-write.rows=5000.");
    }
    const size_t name = strcspn(value, ".=");
    const char *rule = arena_strndup(arena, value, name);
    const char *key = value[name] == '.' ? arena_strndup(arena, value + name + 1,
                                                         (size_t)(sign - value) - name - 1)
                                         : "severity";
    return rule_setting_known(arena, rule, where, err) &&
           rule_setting_store(arena, policy, rule, key, sign + 1, where, err);
}
