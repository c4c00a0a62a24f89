/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest.h"
#include "base/term.h"
#include "base/wrap.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/rule_document.h"
#include "lint/input_findings.h"
#include "lint/lint.h"
#include "report/report.h"

static Severity
severity_here(const Invocation *invocation, const char *rule, Severity own)
{
    return policy_severity(&invocation->settings->policy, rule, own);
}

static int64_t
number_here(const Invocation *invocation, const Rule *rule)
{
    return policy_number(&invocation->settings->policy, rule);
}

/* Durations are in milliseconds. */
static json_t *
number_json(const Invocation *invocation, const Rule *rule)
{
    const RuleNumber *number = &rule->number;
    if (number->name == NULL)
        return json_null();
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_text(object, "name", number->name);
    json_put_text(object, "what", number->what);
    json_put_text(object, "unit", number->is_duration ? "ms" : NULL);
    json_put_number(object, "value", number_here(invocation, rule));
    json_put_number(object, "default", number->initial);
    json_put_number(object, "least", number->least);
    json_put_number(object, "most", number->most);
    return object;
}

static json_t *
rule_json(const Invocation *invocation, const Rule *rule)
{
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_text(object, "id", rule->id);
    json_put_text(object, "name", rule->name);
    json_put_text(object, "severity",
                  severity_words(severity_here(invocation, rule->id, rule->severity)));
    json_put_text(object, "lock", lock_mode(rule->lock));
    json_put_text(object, "why", rule->why);
    json_put_text(object, "instead", rule->instead);
    json_put_text(object, "given", rule->given);
    json_put_text(object, "bad", rule->bad);
    json_put_text(object, "good", rule->good);
    json_put(object, "number", number_json(invocation, rule));
    json_put_bool(object, "has_rewrite", rule->rewrite != NULL);
    return object;
}

static json_t *
input_finding_json(const Invocation *invocation, const InputFinding *finding)
{
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_text(object, "id", finding->id);
    json_put_text(object, "name", finding->name);
    json_put_text(object, "severity",
                  severity_words(severity_here(invocation, finding->id, finding->severity)));
    json_put_text(object, "why", finding->why);
    json_put_text(object, "instead", finding->instead);
    return object;
}

static json_t *
input_findings_json(const Invocation *invocation)
{
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        if (json_array_append_new(list, input_finding_json(invocation, &findings[i])) != 0)
            abort();
    }
    return list;
}

static void
rules_json(const Invocation *invocation)
{
    json_t *result = json_result();
    json_t *list = json_array();
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (json_array_append_new(list, rule_json(invocation, all_rules[i])) != 0)
            abort();
    }
    json_put(result, "rules", list);
    json_put(result, "input_findings", input_findings_json(invocation));
    json_write(invocation->out, result);
}

static int
widest_id(void)
{
    size_t widest = 0;
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        size_t width = strlen(all_rules[i]->id);
        widest = width > widest ? width : widest;
    }
    return (int)widest;
}

/* Where the rule counts, if not in all files, and its threshold, if that is not the usual one. */
static const char *
with_policy(const Invocation *invocation, const char *rule, const char *name)
{
    Arena *arena = invocation->arena;
    const RulePolicy *said = policy_find(&invocation->settings->policy, rule);
    if (said != NULL && said->paths.count > 0)
        name = arena_printf(arena, "%s; only in %s", name,
                            string_list_join(arena, &said->paths, ", "));
    if (said != NULL && said->except.count > 0)
        name = arena_printf(arena, "%s; not in %s", name,
                            string_list_join(arena, &said->except, ", "));
    const Rule *found = rule_find(rule);
    if (said != NULL && said->says_number && found != NULL)
        name = arena_printf(arena, "%s; %s = %s", name, found->number.name,
                            rule_number_text(arena, &found->number, said->number));
    return name;
}

static void
write_line(const Invocation *invocation, int id_width, const char *id, Severity severity,
           const char *name)
{
    FILE *out = invocation->out;
    int column = id_width + 2 + 9;
    severity = severity_here(invocation, id, severity);
    name = with_policy(invocation, id, name);
    fprintf(out, "%-*s  %s%-9s%s", id_width, id,
            term_style(invocation->colour, report_severity_style(severity)),
            severity_words(severity), term_style(invocation->colour, TERM_PLAIN));
    wrap_text(out, name, column, column, invocation->width);
}

static void
write_title(const Invocation *invocation, const char *title)
{
    fprintf(invocation->out, "%s%s%s\n", term_style(invocation->colour, TERM_BOLD), title,
            term_style(invocation->colour, TERM_PLAIN));
}

static void
write_theme(const Invocation *invocation, int id_width, RuleTheme theme)
{
    if (!rule_theme_is_used(theme))
        return;
    write_title(invocation, rule_theme_title(theme));
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (rule_theme(all_rules[i]) == theme)
            write_line(invocation, id_width, all_rules[i]->id, all_rules[i]->severity,
                       all_rules[i]->name);
    }
    fputc('\n', invocation->out);
}

bool
cmd_rules(Invocation *invocation, Error *err)
{
    (void)err;
    if (invocation->settings->format == FORMAT_JSON) {
        rules_json(invocation);
        return true;
    }
    int id_width = widest_id();
    for (int theme = 0; theme < THEME_COUNT; theme++)
        write_theme(invocation, id_width, (RuleTheme)theme);
    write_title(invocation, "The files themselves");
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    for (size_t i = 0; i < count; i++)
        write_line(invocation, id_width, findings[i].id, findings[i].severity, findings[i].name);
    return true;
}

static void
write_code(const Invocation *invocation, const char *title, const char *sql)
{
    bool colour = invocation->colour;
    fprintf(invocation->out, "\n%s%s%s\n", term_style(colour, TERM_BOLD), title,
            term_style(colour, TERM_PLAIN));
    while (*sql != '\0') {
        size_t length = strcspn(sql, "\n");
        fprintf(invocation->out, "    %s%.*s%s\n", term_style(colour, TERM_CODE), (int)length, sql,
                term_style(colour, TERM_PLAIN));
        sql += length;
        sql += *sql == '\n';
    }
}

/* Long lines are hard to read, however wide the window. */
static int
reading_width(const Invocation *invocation)
{
    return invocation->width > 100 ? 100 : invocation->width;
}

static void
write_beginning(const Invocation *invocation, const char *id, Severity severity, const char *name,
                const char *why)
{
    FILE *out = invocation->out;
    bool colour = invocation->colour;
    severity = severity_here(invocation, id, severity);
    fprintf(out, "%s%s%s (%s%s%s)\n", term_style(colour, TERM_BOLD), id,
            term_style(colour, TERM_PLAIN), term_style(colour, report_severity_style(severity)),
            severity_words(severity), term_style(colour, TERM_PLAIN));
    wrap_text(out, name, 0, 0, reading_width(invocation));
    fputc('\n', out);
    wrap_text(out, why, 0, 0, reading_width(invocation));
}

static void
explain_number(const Invocation *invocation, const Rule *rule)
{
    Arena *arena = invocation->arena;
    const RuleNumber *number = &rule->number;
    const char *words = arena_printf(
        arena, "%s = %s: the most %s. [rule %s] in lockstep.ini or --rule %s.%s=VALUE changes it.",
        number->name, rule_number_text(arena, number, number_here(invocation, rule)), number->what,
        rule->id, rule->id, number->name);
    fputc('\n', invocation->out);
    wrap_text(invocation->out, words, 0, 0, reading_width(invocation));
}

static void
explain_rule(const Invocation *invocation, const Rule *rule)
{
    FILE *out = invocation->out;
    int width = reading_width(invocation);
    if (invocation->settings->format == FORMAT_JSON) {
        json_t *result = json_result();
        json_put(result, "rule", rule_json(invocation, rule));
        json_write(out, result);
        return;
    }
    write_beginning(invocation, rule->id, rule->severity, rule->name, rule->why);
    if (rule->lock != LOCK_NONE)
        wrap_text(out,
                  arena_printf(invocation->arena, "It takes %s, which blocks %s.",
                               lock_words(rule->lock), lock_blocks(rule->lock)),
                  0, 0, width);
    write_code(invocation, "Instead of", rule->bad);
    fputc('\n', out);
    wrap_text(out, rule->instead, 0, 0, width);
    write_code(invocation, "Write", rule->good);
    if (rule->number.name != NULL)
        explain_number(invocation, rule);
    if (rule->rewrite != NULL)
        fputs("\n`lockstep lint` prints these statements with the names of your tables.\n", out);
}

static void
explain_input_finding(const Invocation *invocation, const InputFinding *finding)
{
    if (invocation->settings->format == FORMAT_JSON) {
        json_t *result = json_result();
        json_put(result, "input_finding", input_finding_json(invocation, finding));
        json_write(invocation->out, result);
        return;
    }
    write_beginning(invocation, finding->id, finding->severity, finding->name, finding->why);
    fputc('\n', invocation->out);
    wrap_text(invocation->out, finding->instead, 0, 0, reading_width(invocation));
}

/* The findings of the engine are documented beside the rules. */
bool
rule_document_find(const char *id)
{
    return rule_find(id) != NULL || input_finding_find(id) != NULL;
}

void
rule_document_write(const Invocation *invocation, const char *id)
{
    const Rule *rule = rule_find(id);
    if (rule != NULL)
        explain_rule(invocation, rule);
    else
        explain_input_finding(invocation, input_finding_find(id));
}

bool
rule_document_unknown(Arena *arena, const char *id, Error *err)
{
    StringList ids = {0};
    for (size_t i = 0; all_rules[i] != NULL; i++)
        LIST_APPEND(arena, &ids, all_rules[i]->id);
    size_t count = 0;
    const InputFinding *findings = input_findings(&count);
    for (size_t i = 0; i < count; i++)
        LIST_APPEND(arena, &ids, findings[i].id);
    (void)error_set(err, ERROR_USAGE, "there is neither a rule nor a file %s", id);
    const char *nearest = nearest_word(id, ids.items, ids.count);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return error_hint(err, "Run `lockstep rules` to see the rules.");
}
