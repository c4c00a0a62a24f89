/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <jansson.h>
#include <string.h>

#include "base/utf8.h"
#include "report/report_parts.h"

#include "version.h"

/* JSON is UTF-8, but the name of a file may be any bytes. */
static json_t *
json_text(const char *text)
{
    size_t length = strlen(text);
    if (utf8_valid_length(text, length) == length)
        return json_stringn(text, length);

    char *valid = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&valid, &size);
    for (size_t at = 0, bytes; out != NULL && at < length; at += bytes) {
        char encoded[4];
        int32_t character = utf8_character(text + at, length - at, &bytes);
        fwrite(encoded, 1, utf8_encode(character, encoded), out);
    }
    if (out == NULL || fclose(out) != 0)
        abort();
    json_t *json = json_stringn(valid, size);
    free(valid);
    return json;
}

static json_t *
json_count(size_t count)
{
    return json_integer((json_int_t)count);
}

static void
add(json_t *object, const char *key, json_t *value)
{
    /* The keys are ours and the values are made here: only memory can lack. */
    if (json_object_set_new(object, key, value) != 0)
        abort();
}

static void
add_place(json_t *json, const LineIndex *lines, Span span)
{
    Position start = line_index_position(lines, span.start);
    Position end = line_index_position(lines, span.end);
    add(json, "line", json_count(start.line));
    add(json, "column", json_count(start.column));
    add(json, "end_line", json_count(end.line));
    add(json, "end_column", json_count(end.column));
}

static json_t *
json_suppressed(const Finding *finding)
{
    if (finding->suppressed == NULL)
        return json_null();
    json_t *json = json_object();
    add(json, "reason", json_text(finding->suppressed));
    return json;
}

static json_t *
json_rewrite(const Finding *finding)
{
    json_t *steps = json_array();
    foreach (step, &finding->rewrite) {
        json_t *json = json_object();
        add(json, "transaction", json_boolean(step->in_transaction));
        add(json, "sql", json_text(step->sql));
        if (json_array_append_new(steps, json) != 0)
            abort();
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
    add(json, "rule", json_text(finding->rule));
    add(json, "severity", json_text(severity_words(finding->severity)));
    add(json, "file", json_text(source->file->path));
    add(json, "statement", json_count(finding->statement));
    add_place(json, source->lines, finding->span);
    add(json, "message", json_text(finding->message));
    add(json, "relation",
        has_relation ? json_text(sql_qualified(scratch, finding->relation)) : json_null());
    add(json, "lock", mode != NULL ? json_text(mode) : json_null());
    add(json, "suppressed", json_suppressed(finding));
    add(json, "rewrite", json_rewrite(finding));
    return json;
}

static json_t *
json_summary(const LintResult *result)
{
    json_t *json = json_object();
    add(json, "files", json_count(result->sources.count));
    add(json, "statements", json_count(result->statements));
    add(json, "error", json_count(result->count[SEVERITY_ERROR]));
    add(json, "warning", json_count(result->count[SEVERITY_WARNING]));
    add(json, "info", json_count(result->count[SEVERITY_INFO]));
    add(json, "suppressed", json_count(result->suppressed));
    return json;
}

static json_t *
json_tool(void)
{
    json_t *json = json_object();
    add(json, "name", json_text("lockstep"));
    add(json, "version", json_text(LOCKSTEP_VERSION));
    return json;
}

void
report_json(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style)
{
    (void)style;
    json_auto_t *root = json_object();
    add(root, "schema_version", json_integer(1));
    add(root, "tool", json_tool());
    add(root, "pg_version", json_integer(result->pg_version));
    add(root, "summary", json_summary(result));

    json_t *findings = json_array();
    foreach (finding, &result->findings) {
        if (json_array_append_new(findings, json_finding(scratch, result, finding)) != 0)
            abort();
    }
    add(root, "findings", findings);
    if (json_dumpf(root, out, JSON_INDENT(2)) == 0)
        fputc('\n', out);
}
