/* SPDX-License-Identifier: MIT */
/* SARIF 2.1.0 (OASIS); section numbers are those of its specification. */
#include <stdlib.h>
#include <string.h>

#include "lint/fingerprint.h"
#include "report/json_value.h"
#include "report/markdown.h"
#include "report/report_parts.h"
#include "report/report_place.h"
#include "report/sarif_rules.h"

#include "version.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"
#define ROOT "%SRCROOT%"
#define FINGERPRINT_NAME "lockstepFinding/v1"

typedef struct Sarif {
    Arena *scratch;
    const Report *report;
    const Fingerprint *fingerprints; /* of each finding */
    StringList rules;                /* those that have a finding */
} Sarif;

static json_t *
message(const char *text)
{
    json_t *json = json_object();
    json_add(json, "text", json_text(text));
    return json;
}

/* Both say the same (3.11.9): code scanning of GitHub shows the plain text. */
static json_t *
finding_message(const Sarif *sarif, const Finding *finding)
{
    if (finding->preflight == NULL)
        return message(finding->message);
    json_t *json = message(arena_printf(sarif->scratch, "%s\n\n" REPORT_PREFLIGHT ":\n%s",
                                        finding->message, finding->preflight));
    char *markdown = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&markdown, &size);
    if (out == NULL)
        abort();
    markdown_text(out, finding->message);
    fputs("\n\nBefore, to see which rows are in the way:\n\n", out);
    markdown_sql(out, finding->preflight);
    if (fclose(out) != 0)
        abort();
    json_add(json, "markdown", json_text(arena_strdup(sarif->scratch, markdown)));
    free(markdown);
    return json;
}

static json_t *
artifact_location(const Sarif *sarif, size_t file, bool with_index)
{
    const LintSource *source = &sarif->report->result->sources.items[file];
    const char *path = source->file->path;
    const char *relative = report_path(sarif->scratch, sarif->report, path);
    json_t *json = json_object();
    json_add(json, "uri", json_text(report_uri(sarif->scratch, relative)));
    if (relative[0] != '/')
        json_add(json, "uriBaseId", json_text(ROOT));
    if (with_index)
        json_add(json, "index", json_count(source->on_disk));
    return json;
}

/* Lines and columns, and the bytes in the file as it is on disk (3.30.11). */
static json_t *
region(const LintSource *source, Span span)
{
    json_t *json = json_object();
    json_add(json, "startLine", json_count(line_index_position(source->lines, span.start).line));
    json_add(json, "startColumn", json_count(report_utf16_column(source, span.start)));
    json_add(json, "endLine", json_count(line_index_position(source->lines, span.end).line));
    json_add(json, "endColumn", json_count(report_utf16_column(source, span.end)));
    json_add(json, "byteOffset", json_count(source_offset(source->file, span.start)));
    json_add(json, "byteLength",
             json_count(source_offset(source->file, span.end) -
                        source_offset(source->file, span.start)));
    return json;
}

/* Code scanning shows only what has a line: a file is shown at its first. */
static json_t *
place(const Sarif *sarif, const Finding *finding)
{
    const LintSource *source = report_source(sarif->report->result, finding);
    json_t *where = json_object();
    json_add(where, "artifactLocation", artifact_location(sarif, finding->file, true));
    if (report_is_about_file(finding)) {
        json_t *first = json_object();
        json_add(first, "startLine", json_count(1));
        json_add(where, "region", first);
    } else {
        json_add(where, "region", region(source, finding->span));
    }
    json_t *json = json_object();
    json_add(json, "physicalLocation", where);
    return json;
}

static json_t *
relation(const Sarif *sarif, const Finding *finding)
{
    json_t *name = json_object();
    json_add(name, "fullyQualifiedName",
             json_text(sql_qualified(sarif->scratch, finding->relation)));
    json_add(name, "kind", json_text("relation"));
    json_t *names = json_array();
    json_append(names, name);
    return names;
}

static json_t *
locations(const Sarif *sarif, const Finding *finding)
{
    json_t *location = place(sarif, finding);
    if (finding->relation.name != NULL)
        json_add(location, "logicalLocations", relation(sarif, finding));
    json_t *list = json_array();
    json_append(list, location);
    return list;
}

/* Either all results say how they are suppressed or none does (3.27.23): an empty list is "not". */
static json_t *
suppressions(const Finding *finding)
{
    json_t *list = json_array();
    if (finding->suppressed == NULL)
        return list;
    json_t *json = json_object();
    json_add(json, "kind", json_text(finding->in_baseline ? "external" : "inSource"));
    json_add(json, "status", json_text("accepted"));
    json_add(json, "justification",
             json_text(finding->in_baseline ? "it stands in the baseline" : finding->suppressed));
    json_append(list, json);
    return list;
}

/* The semicolon behind the statement stays where it is. */
static const char *
inserted_text(const Sarif *sarif, const Finding *finding)
{
    const SourceFile *file = report_source(sarif->report->result, finding)->file;
    const char *sql = finding->rewrite.items[0].sql;
    size_t length = strlen(sql);
    while (length > 0 && strchr(" \n", sql[length - 1]) != NULL)
        length--;
    size_t after = finding->replaces.end;
    after += text_skip_blank(file->text + after, file->length - after);
    if (length > 0 && sql[length - 1] == ';' && file->text[after] == ';')
        length--;
    return arena_strndup(sarif->scratch, sql, length);
}

static json_t *
replacement(const Sarif *sarif, const Finding *finding)
{
    json_t *json = json_object();
    json_add(json, "deletedRegion",
             region(report_source(sarif->report->result, finding), finding->replaces));
    json_add(json, "insertedContent", message(inserted_text(sarif, finding)));
    return json;
}

static json_t *
fixes(const Sarif *sarif, const Finding *finding)
{
    json_t *replacements = json_array();
    json_append(replacements, replacement(sarif, finding));
    json_t *change = json_object();
    json_add(change, "artifactLocation", artifact_location(sarif, finding->file, true));
    json_add(change, "replacements", replacements);
    json_t *changes = json_array();
    json_append(changes, change);
    json_t *fix = json_object();
    json_add(fix, "description", message("the same without blocking"));
    json_add(fix, "artifactChanges", changes);
    json_t *list = json_array();
    json_append(list, fix);
    return list;
}

static const char *
lock_property(const Finding *finding)
{
    const char *mode = lock_mode(finding->lock);
    return mode != NULL ? mode : "";
}

/* All steps, also where they cannot stand in the statement's place. */
static json_t *
properties(const Finding *finding)
{
    json_t *steps = json_array();
    foreach (step, &finding->rewrite) {
        json_t *json = json_object();
        json_add(json, "transaction", json_boolean(step->in_transaction));
        json_add(json, "sql", json_text(step->sql));
        json_append(steps, json);
    }
    json_t *json = json_object();
    if (lock_property(finding)[0] != '\0')
        json_add(json, "lock", json_text(lock_property(finding)));
    json_add(json, "rewrite", steps);
    if (finding->preflight != NULL)
        json_add(json, "preflight", json_text(finding->preflight));
    return json;
}

static json_t *
fingerprints(const Fingerprint *fingerprint)
{
    json_t *json = json_object();
    json_add(json, FINGERPRINT_NAME, json_text(fingerprint->hex));
    return json;
}

/* `count` where it is not among them. */
static size_t
rule_index(const StringList *rules, const char *id)
{
    size_t index = 0;
    while (index < rules->count && strcmp(rules->items[index], id) != 0)
        index++;
    return index;
}

static json_t *
result(const Sarif *sarif, const Finding *finding)
{
    size_t index = (size_t)(finding - sarif->report->result->findings.items);
    json_t *json = json_object();
    json_add(json, "ruleId", json_text(finding->rule));
    json_add(json, "ruleIndex", json_count(rule_index(&sarif->rules, finding->rule)));
    json_add(json, "level", json_text(sarif_level(finding->severity)));
    json_add(json, "message", finding_message(sarif, finding));
    json_add(json, "locations", locations(sarif, finding));
    json_add(json, "partialFingerprints", fingerprints(&sarif->fingerprints[index]));
    json_add(json, "suppressions", suppressions(finding));
    if (finding->suppressed == NULL && finding->replaces.end > finding->replaces.start)
        json_add(json, "fixes", fixes(sarif, finding));
    json_add(json, "properties", properties(finding));
    return json;
}

static json_t *
results(const Sarif *sarif)
{
    json_t *list = json_array();
    foreach (finding, &sarif->report->result->findings)
        json_append(list, result(sarif, finding));
    return list;
}

static json_t *
artifacts(const Sarif *sarif)
{
    json_t *list = json_array();
    const LintResult *result = sarif->report->result;
    for (size_t i = 0; i < result->sources.count; i++) {
        if (i > 0 && result->sources.items[i].on_disk == result->sources.items[i - 1].on_disk)
            continue;
        json_t *roles = json_array();
        json_append(roles, json_text("analysisTarget"));
        json_t *json = json_object();
        json_add(json, "location", artifact_location(sarif, i, false));
        json_add(json, "roles", roles);
        json_add(json, "sourceLanguage", json_text("sql"));
        json_append(list, json);
    }
    return list;
}

/* A file that could not be looked into leaves the answer incomplete. */
static json_t *
invocations(const Sarif *sarif)
{
    bool is_whole = true;
    foreach (finding, &sarif->report->result->findings)
        is_whole &= strcmp(finding->rule, FINDING_UNREADABLE_FILE) != 0;
    json_t *json = json_object();
    json_add(json, "executionSuccessful", json_boolean(is_whole));
    json_t *list = json_array();
    json_append(list, json);
    return list;
}

static json_t *
tool(const Sarif *sarif)
{
    json_t *driver = json_object();
    json_add(driver, "name", json_text("lockstep"));
    json_add(driver, "version", json_text(LOCKSTEP_VERSION));
    json_add(driver, "rules", sarif_rules(sarif->scratch, &sarif->rules));
    json_t *json = json_object();
    json_add(json, "driver", driver);
    return json;
}

static json_t *
base_ids(void)
{
    json_t *root = json_object();
    json_add(root, "description", message("The top of the working tree."));
    json_t *json = json_object();
    json_add(json, ROOT, root);
    return json;
}

static json_t *
run(const Sarif *sarif)
{
    json_t *json = json_object();
    json_add(json, "tool", tool(sarif));
    json_add(json, "invocations", invocations(sarif));
    json_add(json, "columnKind", json_text("utf16CodeUnits"));
    json_add(json, "defaultEncoding", json_text("UTF-8"));
    json_add(json, "originalUriBaseIds", base_ids());
    json_add(json, "artifacts", artifacts(sarif));
    json_add(json, "results", results(sarif));
    return json;
}

void
report_sarif(FILE *out, Arena *scratch, const Report *report)
{
    Sarif sarif = {.scratch = scratch,
                   .report = report,
                   .fingerprints = fingerprint_findings(scratch, report->result)};
    foreach (finding, &report->result->findings) {
        if (rule_index(&sarif.rules, finding->rule) == sarif.rules.count)
            LIST_APPEND(scratch, &sarif.rules, finding->rule);
    }
    json_t *runs = json_array();
    json_append(runs, run(&sarif));
    json_auto_t *root = json_object();
    json_add(root, "$schema", json_text(SCHEMA));
    json_add(root, "version", json_text("2.1.0"));
    json_add(root, "runs", runs);
    if (json_dumpf(root, out, JSON_INDENT(2)) == 0)
        fputc('\n', out);
}
