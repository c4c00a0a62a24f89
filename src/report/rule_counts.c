/* SPDX-License-Identifier: MIT */
#include "report/rule_counts.h"

#include <stdlib.h>
#include <string.h>

#include "base/table.h"

#define FEW_FINDINGS 20

enum { RULE, ERRORS, WARNINGS, INFOS, FILES, COLUMNS };

static const TableColumn columns[COLUMNS] = {
    [RULE] = {"rule",     false, true,  0},
      [ERRORS] = {"errors",   true,  false, 0},
    [WARNINGS] = {"warnings", true,  false, 0},
      [INFOS] = {"info",     true,  false, 0},
    [FILES] = {"files",    true,  false, 0},
};

typedef struct RuleCount {
    const char *rule;
    size_t count[SEVERITY_ERROR + 1];
    size_t files;
    size_t last_file;
} RuleCount;

typedef LIST(RuleCount) RuleCountList;

static RuleCount *
count_of(Arena *arena, RuleCountList *counts, const char *rule)
{
    foreach (known, counts)
        if (known->rule == rule)
            return known;
    foreach (known, counts)
        if (strcmp(known->rule, rule) == 0)
            return known;
    LIST_APPEND(arena, counts, (RuleCount){.rule = rule, .last_file = SIZE_MAX});
    return &counts->items[counts->count - 1];
}

/* The findings of a file stand together. */
static size_t
count_findings(Arena *arena, const LintResult *result, RuleCountList *counts)
{
    size_t total = 0;
    foreach (finding, &result->findings) {
        if (finding->suppressed != NULL)
            continue;
        RuleCount *count = count_of(arena, counts, finding->rule);
        count->count[finding->severity]++;
        count->files += count->last_file != finding->file;
        count->last_file = finding->file;
        total++;
    }
    return total;
}

static int
by_gravity(const void *a, const void *b)
{
    const RuleCount *left = a;
    const RuleCount *right = b;
    for (int severity = SEVERITY_ERROR; severity > SEVERITY_OFF; severity--)
        if (left->count[severity] != right->count[severity])
            return left->count[severity] < right->count[severity] ? 1 : -1;
    return strcmp(left->rule, right->rule);
}

static void
add_number(Arena *arena, Table *table, size_t number, TermStyle style)
{
    table_add(arena, table, number == 0 ? "" : arena_printf(arena, "%zu", number), style);
}

void
rule_counts_write(FILE *out, Arena *scratch, const LintResult *result, ReportStyle style)
{
    RuleCountList counts = {0};
    const size_t findings = count_findings(scratch, result, &counts);
    if (findings <= FEW_FINDINGS || counts.count < 2)
        return;
    qsort(counts.items, counts.count, sizeof *counts.items, by_gravity);
    Table *table = table_new(scratch, columns, COLUMNS);
    foreach (count, &counts) {
        table_add(scratch, table, count->rule, TERM_PLAIN);
        add_number(scratch, table, count->count[SEVERITY_ERROR], TERM_ERROR);
        add_number(scratch, table, count->count[SEVERITY_WARNING], TERM_WARNING);
        add_number(scratch, table, count->count[SEVERITY_INFO], TERM_INFO);
        add_number(scratch, table, count->files, TERM_PLAIN);
    }
    table_write(out, scratch, table, style.colour, style.width);
    fputc('\n', out);
}
