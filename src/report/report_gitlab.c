/* SPDX-License-Identifier: MIT */
/* GitLab's code quality report, a subset of Code Climate's: a list of what is not accepted. */
#include <string.h>

#include "base/hash.h"
#include "lint/fingerprint.h"
#include "report/json_value.h"
#include "report/report_parts.h"
#include "report/report_place.h"

static const char *
severity(const Finding *finding)
{
    switch (finding->severity) {
    case SEVERITY_ERROR:
        return "critical";
    case SEVERITY_WARNING:
        return "minor";
    case SEVERITY_INFO:
    case SEVERITY_OFF:
        return "info";
    }
    return "info";
}

static json_t *
location(const LintSource *source, const Finding *finding, const char *path)
{
    Position begin = {.line = 1};
    Position end = begin;
    if (!report_is_about_file(finding)) {
        begin = line_index_position(source->lines, finding->span.start);
        end = line_index_position(source->lines, finding->span.end);
    }
    json_t *lines = json_object();
    json_add(lines, "begin", json_count(begin.line));
    json_add(lines, "end", json_count(end.line));
    json_t *json = json_object();
    json_add(json, "path", json_text(path));
    json_add(json, "lines", lines);
    return json;
}

/* Two reports are compared by it, so it has to differ between files too. */
static json_t *
fingerprint_in(Arena *scratch, const char *path, const Fingerprint *fingerprint)
{
    char hex[HASH_HEX_SIZE];
    const char *whole = arena_printf(scratch, "%s %s", fingerprint->hex, path);
    hash_sha256_hex(whole, strlen(whole), hex);
    hex[FINGERPRINT_SIZE - 1] = '\0';
    return json_text(hex);
}

/* Code Climate's place for what is longer than a line, in Markdown. */
static json_t *
content(Arena *scratch, const Finding *finding)
{
    const char *body = "";
    if (finding->preflight != NULL)
        body =
            arena_printf(scratch, "Before, to see which rows are in the way:\n\n```sql\n%s\n```\n",
                         finding->preflight);
    if (finding->rewrite.count > 0)
        body = arena_printf(scratch, "%s%sInstead:\n\n```sql\n%s\n```\n", body,
                            body[0] == '\0' ? "" : "\n",
                            report_rewrite_sql(scratch, &finding->rewrite));
    json_t *json = json_object();
    json_add(json, "body", json_text(body));
    return json;
}

static json_t *
issue(Arena *scratch, const Report *report, const Finding *finding, const Fingerprint *fingerprint)
{
    const LintSource *source = report_source(report->result, finding);
    const char *path = report_path(scratch, report, source->file->path);
    json_t *json = json_object();
    json_add(json, "description", json_text(finding->message));
    json_add(json, "check_name", json_text(finding->rule));
    if (finding->preflight != NULL || finding->rewrite.count > 0)
        json_add(json, "content", content(scratch, finding));
    json_add(json, "fingerprint", fingerprint_in(scratch, path, fingerprint));
    json_add(json, "severity", json_text(severity(finding)));
    json_add(json, "location", location(source, finding, path));
    return json;
}

void
report_gitlab(FILE *out, Arena *scratch, const Report *report)
{
    const Fingerprint *fingerprint = fingerprint_findings(scratch, report->result);
    json_auto_t *root = json_array();
    foreach (finding, &report->result->findings) {
        if (finding->suppressed == NULL)
            json_append(root, issue(scratch, report, finding, fingerprint));
        fingerprint++;
    }
    if (json_dumpf(root, out, JSON_INDENT(2)) == 0)
        fputc('\n', out);
}
