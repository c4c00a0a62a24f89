/* SPDX-License-Identifier: MIT */
#include "report/baseline.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/path.h"
#include "lint/fingerprint.h"
#include "report/json_value.h"

#define MAX_BYTES ((size_t)64 * 1024 * 1024)
#define SUPPRESSED_BY "baseline"

/* ---- the file */

static bool
is_no_baseline(const char *path, Error *err)
{
    (void)error_set(err, ERROR_USAGE, "%s is no baseline", path);
    return error_hint(err, "Write one with lint --write-baseline FILE.");
}

static bool
read_entry(Arena *arena, const json_t *json, BaselineEntryList *out)
{
    const char *file = json_string_value(json_object_get(json, "file"));
    const char *rule = json_string_value(json_object_get(json, "rule"));
    const char *fingerprint = json_string_value(json_object_get(json, "fingerprint"));
    if (file == NULL || rule == NULL || fingerprint == NULL)
        return false;
    LIST_APPEND(arena, out,
                (BaselineEntry){.file = arena_strdup(arena, file),
                                .rule = arena_strdup(arena, rule),
                                .fingerprint = arena_strdup(arena, fingerprint)});
    return true;
}

static bool
read_baseline(Arena *arena, const char *path, BaselineEntryList *out, Error *err)
{
    FileBytes text;
    if (!file_read(arena, path, MAX_BYTES, &text, err)) {
        (void)error_hint(err, "Write it with lint --write-baseline %s.", path);
        return error_context(err, "baseline");
    }
    json_error_t problem;
    json_auto_t *root = json_loadb(text.bytes, text.length, JSON_REJECT_DUPLICATES, &problem);
    if (root == NULL)
        return error_set(err, ERROR_USAGE, "%s:%d: %s", path, problem.line, problem.text);
    const json_t *findings = json_object_get(root, "findings");
    if (json_integer_value(json_object_get(root, "schema_version")) != 1 ||
        !json_is_array(findings))
        return is_no_baseline(path, err);
    for (size_t i = 0; i < json_array_size(findings); i++) {
        if (!read_entry(arena, json_array_get(findings, i), out))
            return is_no_baseline(path, err);
    }
    return true;
}

/* ---- files as it names them */

/* Standard input and the like keep the name that they have. */
static const char *
name_for(Arena *arena, const char *directory, const char *path)
{
    const char *absolute = path_absolute(arena, path);
    return directory != NULL && absolute != NULL ? path_relative(arena, directory, absolute) : path;
}

/* The directory of the baseline. */
static const char *
directory_of(Arena *arena, const char *path)
{
    const char *absolute = path_absolute(arena, path);
    return absolute != NULL ? file_directory(arena, absolute) : NULL;
}

/* Of each source of the result. */
static StringList
names_of(Arena *arena, const char *path, const LintResult *result)
{
    const char *directory = directory_of(arena, path);
    StringList names = {0};
    foreach (source, &result->sources)
        LIST_APPEND(arena, &names, name_for(arena, directory, source->file->path));
    return names;
}

static bool
is_gone(Arena *arena, const char *path, const BaselineEntry *entry)
{
    return access(file_join(arena, file_directory(arena, path), entry->file), F_OK) != 0;
}

/* ---- taking it into account */

static int
compare_entries(const void *left, const void *right)
{
    const BaselineEntry *a = left;
    const BaselineEntry *b = right;
    int order = strcmp(a->file, b->file);
    order = order != 0 ? order : strcmp(a->rule, b->rule);
    return order != 0 ? order : strcmp(a->fingerprint, b->fingerprint);
}

static void
sort(const BaselineEntryList *entries)
{
    if (entries->count > 1)
        qsort(entries->items, entries->count, sizeof *entries->items, compare_entries);
}

static bool
is_kept(const Finding *finding)
{
    return finding->suppressed == NULL && strcmp(finding->rule, FINDING_UNREADABLE_FILE) != 0;
}

bool
baseline_apply(Arena *arena, const char *path, LintResult *result, BaselineEntryList *stale,
               Error *err)
{
    BaselineEntryList known = {0};
    if (!read_baseline(arena, path, &known, err))
        return false;
    sort(&known);
    bool *occurs = ARENA_ARRAY(arena, bool, known.count + 1);
    const StringList names = names_of(arena, path, result);
    const Fingerprint *prints = fingerprint_findings(arena, result);
    for (size_t i = 0; known.count > 0 && i < result->findings.count; i++) {
        Finding *finding = &result->findings.items[i];
        const BaselineEntry wanted = {names.items[finding->file], finding->rule, prints[i].hex};
        const BaselineEntry *found =
            bsearch(&wanted, known.items, known.count, sizeof *known.items, compare_entries);
        if (found == NULL || !is_kept(finding))
            continue;
        occurs[found - known.items] = true;
        finding->suppressed = SUPPRESSED_BY;
        finding->in_baseline = true;
    }
    foreach (entry, &known) {
        if (!occurs[entry - known.items] &&
            (string_list_has(&names, entry->file) || is_gone(arena, path, entry)))
            LIST_APPEND(arena, stale, *entry);
    }
    lint_recount(result);
    return true;
}

/* ---- writing it */

/* What stands there already of files that are not at hand. */
static bool
keep_others(Arena *arena, const char *path, const StringList *names, BaselineEntryList *out,
            Error *err)
{
    BaselineEntryList known = {0};
    if (access(path, F_OK) != 0)
        return true;
    if (!read_baseline(arena, path, &known, err))
        return false;
    foreach (entry, &known) {
        if (!string_list_has(names, entry->file) && !is_gone(arena, path, entry))
            LIST_APPEND(arena, out, *entry);
    }
    return true;
}

static json_t *
entries_json(const BaselineEntryList *entries)
{
    json_t *list = json_array();
    foreach (entry, entries) {
        json_t *json = json_object();
        json_add(json, "file", json_text(entry->file));
        json_add(json, "rule", json_text(entry->rule));
        json_add(json, "fingerprint", json_text(entry->fingerprint));
        json_append(list, json);
    }
    return list;
}

bool
baseline_write(Arena *arena, const char *path, const LintResult *result, Error *err)
{
    BaselineEntryList entries = {0};
    const StringList names = names_of(arena, path, result);
    const Fingerprint *prints = fingerprint_findings(arena, result);
    if (!keep_others(arena, path, &names, &entries, err))
        return false;
    for (size_t i = 0; names.count > 0 && i < result->findings.count; i++) {
        const Finding *finding = &result->findings.items[i];
        const BaselineEntry entry = {names.items[finding->file], finding->rule, prints[i].hex};
        if (is_kept(finding))
            LIST_APPEND(arena, &entries, entry);
    }
    sort(&entries);
    json_auto_t *root = json_object();
    json_add(root, "schema_version", json_count(1));
    json_add(root, "findings", entries_json(&entries));
    char *text = json_dumps(root, JSON_INDENT(1));
    if (text == NULL)
        abort();
    const char *lines = arena_printf(arena, "%s\n", text);
    free(text);
    return file_write(path, lines, strlen(lines), 0644, err);
}
