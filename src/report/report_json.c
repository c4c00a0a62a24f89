/* SPDX-License-Identifier: MIT */
#include "report/json_value.h"
#include "report/report_parts.h"

#include "version.h"

static void
add_place(json_t *json, const LineIndex *lines, Span span)
{
    Position start = line_index_position(lines, span.start);
    Position end = line_index_position(lines, span.end);
    json_add(json, "line", json_count(start.line));
    json_add(json, "column", json_count(start.column));
    json_add(json, "end_line", json_count(end.line));
    json_add(json, "end_column", json_count(end.column));
}

static json_t *
json_suppressed(const Finding *finding)
{
    if (finding->suppressed == NULL)
        return json_null();
    json_t *json = json_object();
    json_add(json, "reason", json_text(finding->suppressed));
    return json;
}

static json_t *
json_rewrite(const Finding *finding)
{
    json_t *steps = json_array();
    foreach (step, &finding->rewrite) {
        json_t *json = json_object();
        json_add(json, "transaction", json_boolean(step->in_transaction));
        json_add(json, "sql", json_text(step->sql));
        json_append(steps, json);
    }
    return steps;
}

static json_t *
json_finding(Arena *scratch, const LintResult *result, const Finding *finding)
{
    const LintSource *source = report_source(result, finding);
    const char *mode = lock_mode(finding->lock);
    bool has_relation = finding->relation.name != NULL;

    json_t *json = json_object();
    json_add(json, "rule", json_text(finding->rule));
    json_add(json, "severity", json_text(severity_words(finding->severity)));
    json_add(json, "file", json_text(source->file->path));
    json_add(json, "statement", json_count(finding->statement));
    add_place(json, source->lines, finding->span);
    json_add(json, "message", json_text(finding->message));
    json_add(json, "relation",
             has_relation ? json_text(sql_qualified(scratch, finding->relation)) : json_null());
    json_add(json, "lock", mode != NULL ? json_text(mode) : json_null());
    json_add(json, "suppressed", json_suppressed(finding));
    json_add(json, "rewrite", json_rewrite(finding));
    json_add(json, "preflight",
             finding->preflight != NULL ? json_text(finding->preflight) : json_null());
    return json;
}

static json_t *
json_summary(const LintResult *result)
{
    json_t *json = json_object();
    json_add(json, "files", json_count(result->files));
    json_add(json, "statements", json_count(result->statements));
    json_add(json, "error", json_count(result->count[SEVERITY_ERROR]));
    json_add(json, "warning", json_count(result->count[SEVERITY_WARNING]));
    json_add(json, "info", json_count(result->count[SEVERITY_INFO]));
    json_add(json, "suppressed", json_count(result->suppressed));
    return json;
}

static json_t *
json_tool(void)
{
    json_t *json = json_object();
    json_add(json, "name", json_text("lockstep"));
    json_add(json, "version", json_text(LOCKSTEP_VERSION));
    return json;
}

void
report_json(FILE *out, Arena *scratch, const Report *report)
{
    const LintResult *result = report->result;
    json_auto_t *root = json_object();
    json_add(root, "schema_version", json_integer(1));
    json_add(root, "tool", json_tool());
    json_add(root, "pg_version", json_integer(result->pg_version));
    json_add(root, "summary", json_summary(result));

    json_t *findings = json_array();
    foreach (finding, &result->findings)
        json_append(findings, json_finding(scratch, result, finding));
    json_add(root, "findings", findings);
    if (json_dumpf(root, out, JSON_INDENT(2)) == 0)
        fputc('\n', out);
}
