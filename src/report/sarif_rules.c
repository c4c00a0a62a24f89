/* SPDX-License-Identifier: MIT */
#include "report/sarif_rules.h"

#include "lint/input_findings.h"
#include "lint/lint.h"
#include "report/json_value.h"

const char *
sarif_level(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
        return "note";
    case SEVERITY_OFF:
        return "none";
    }
    return "none";
}

/* What GitHub's code scanning calls the same. */
static const char *
problem_severity(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return "error";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        return "recommendation";
    }
    return "recommendation";
}

static json_t *
message(const char *text)
{
    json_t *json = json_object();
    json_add(json, "text", json_text(text));
    return json;
}

static json_t *
help(const char *text, const char *markdown)
{
    json_t *json = message(text);
    json_add(json, "markdown", json_text(markdown));
    return json;
}

static json_t *
configuration(Severity severity)
{
    json_t *json = json_object();
    json_add(json, "enabled", json_boolean(severity != SEVERITY_OFF));
    json_add(json, "level", json_text(sarif_level(severity)));
    return json;
}

static json_t *
properties(Severity severity, const char *topic)
{
    json_t *tags = json_array();
    json_append(tags, json_text("postgresql"));
    json_append(tags, json_text("migration"));
    json_append(tags, json_text(topic));
    json_t *json = json_object();
    json_add(json, "tags", tags);
    json_add(json, "precision", json_text("high"));
    json_add(json, "problem.severity", json_text(problem_severity(severity)));
    return json;
}

static json_t *
descriptor(const char *id, const char *name, const char *why, Severity severity, const char *topic)
{
    json_t *json = json_object();
    json_add(json, "id", json_text(id));
    json_add(json, "shortDescription", message(name));
    json_add(json, "fullDescription", message(why));
    json_add(json, "defaultConfiguration", configuration(severity));
    json_add(json, "properties", properties(severity, topic));
    return json;
}

static json_t *
rule_descriptor(Arena *scratch, const Rule *rule)
{
    json_t *json = descriptor(rule->id, rule->name, rule->why, rule->severity,
                              rule->lock != LOCK_NONE ? "lock" : "schema");
    const char *text = arena_printf(scratch, "%s\n\nInstead of\n\n%s\n\n%s\n\n%s", rule->why,
                                    rule->bad, rule->instead, rule->good);
    const char *markdown =
        arena_printf(scratch, "%s\n\nInstead of\n\n```sql\n%s\n```\n\n%s\n\n```sql\n%s\n```\n",
                     rule->why, rule->bad, rule->instead, rule->good);
    json_add(json, "help", help(text, markdown));
    return json;
}

static json_t *
input_descriptor(Arena *scratch, const InputFinding *finding)
{
    json_t *json = descriptor(finding->id, finding->name, finding->why, finding->severity, "input");
    const char *text = arena_printf(scratch, "%s %s", finding->why, finding->instead);
    json_add(json, "help", help(text, text));
    return json;
}

static json_t *
bare_descriptor(const char *id)
{
    json_t *json = json_object();
    json_add(json, "id", json_text(id));
    return json;
}

json_t *
sarif_rules(Arena *scratch, const StringList *ids)
{
    json_t *rules = json_array();
    foreach (id, ids) {
        const Rule *rule = rule_find(*id);
        const InputFinding *finding = input_finding_find(*id);
        if (rule != NULL)
            json_append(rules, rule_descriptor(scratch, rule));
        else if (finding != NULL)
            json_append(rules, input_descriptor(scratch, finding));
        else
            json_append(rules, bare_descriptor(*id));
    }
    return rules;
}
