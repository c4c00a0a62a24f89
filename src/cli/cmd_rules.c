/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "base/nearest.h"
#include "base/term.h"
#include "cli/command.h"
#include "cli/json.h"
#include "cli/wrap.h"
#include "lint/lint.h"

static TermStyle
severity_style(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return TERM_ERROR;
    case SEVERITY_WARNING:
        return TERM_WARNING;
    case SEVERITY_INFO:
        return TERM_INFO;
    case SEVERITY_OFF:
        break;
    }
    return TERM_DIM;
}

static json_t *
rule_json(const Rule *rule)
{
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_text(object, "id", rule->id);
    json_put_text(object, "name", rule->name);
    json_put_text(object, "severity", severity_words(rule->severity));
    json_put_text(object, "lock", lock_mode(rule->lock));
    json_put_text(object, "why", rule->why);
    json_put_text(object, "instead", rule->instead);
    json_put_text(object, "given", rule->given);
    json_put_text(object, "bad", rule->bad);
    json_put_text(object, "good", rule->good);
    json_put_bool(object, "has_rewrite", rule->rewrite != NULL);
    return object;
}

static void
rules_json(FILE *out)
{
    json_t *result = json_result();
    json_t *list = json_array();
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        if (json_array_append_new(list, rule_json(all_rules[i])) != 0)
            abort();
    }
    json_put(result, "rules", list);
    json_write(out, result);
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

bool
cmd_rules(Invocation *invocation, Error *err)
{
    (void)err;
    FILE *out = invocation->out;
    if (invocation->settings->format == FORMAT_JSON) {
        rules_json(out);
        return true;
    }
    int id_width = widest_id();
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        int column = id_width + 2 + 9;
        fprintf(out, "%-*s  %s%-9s%s", id_width, rule->id,
                term_style(invocation->colour, severity_style(rule->severity)),
                severity_words(rule->severity), term_style(invocation->colour, TERM_PLAIN));
        wrap_text(out, rule->name, column, column, invocation->width);
    }
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

static void
explain_text(const Invocation *invocation, const Rule *rule)
{
    FILE *out = invocation->out;
    bool colour = invocation->colour;
    int width = invocation->width > 100 ? 100 : invocation->width;
    fprintf(out, "%s%s%s (%s%s%s)\n", term_style(colour, TERM_BOLD), rule->id,
            term_style(colour, TERM_PLAIN), term_style(colour, severity_style(rule->severity)),
            severity_words(rule->severity), term_style(colour, TERM_PLAIN));
    wrap_text(out, rule->name, 0, 0, width);
    fputc('\n', out);
    wrap_text(out, rule->why, 0, 0, width);
    if (rule->lock != LOCK_NONE)
        wrap_text(out,
                  arena_printf(invocation->arena, "It takes %s, which blocks %s.",
                               lock_words(rule->lock), lock_blocks(rule->lock)),
                  0, 0, width);
    write_code(invocation, "Instead of", rule->bad);
    fputc('\n', out);
    wrap_text(out, rule->instead, 0, 0, width);
    write_code(invocation, "Write", rule->good);
    if (rule->rewrite != NULL)
        fputs("\n`lockstep lint` prints these statements with the names of your tables.\n", out);
}

static bool
unknown_rule(Arena *arena, const char *id, Error *err)
{
    StringList ids = {0};
    for (size_t i = 0; all_rules[i] != NULL; i++)
        LIST_APPEND(arena, &ids, all_rules[i]->id);
    (void)error_set(err, ERROR_USAGE, "there is no rule %s", id);
    const char *nearest = nearest_word(id, ids.items, ids.count);
    if (nearest != NULL)
        return error_hint(err, "Did you mean %s?", nearest);
    return error_hint(err, "Run `lockstep rules` to see them.");
}

bool
cmd_explain(Invocation *invocation, Error *err)
{
    const char *id = invocation->arguments.items[0];
    const Rule *rule = rule_find(id);
    if (rule == NULL)
        return unknown_rule(invocation->arena, id, err);
    if (invocation->settings->format == FORMAT_TEXT) {
        explain_text(invocation, rule);
        return true;
    }
    json_t *result = json_result();
    json_put(result, "rule", rule_json(rule));
    json_write(invocation->out, result);
    return true;
}
