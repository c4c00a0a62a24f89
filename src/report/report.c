/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

#include "report/report_parts.h"

static const ReportFormat formats[] = {
    {"text",     false, report_text    },
    {"json",     false, report_json    },
    {"sarif",    false, report_sarif   },
    {"github",   false, report_github  },
    {"gitlab",   false, report_gitlab  },
    {"junit",    false, report_junit   },
    {"markdown", true,  report_markdown},
    {NULL,       false, NULL           },
};

const ReportFormat *
report_formats(void)
{
    return formats;
}

const ReportFormat *
report_find(const char *name)
{
    for (const ReportFormat *format = formats; format->name != NULL; format++) {
        if (strcmp(format->name, name) == 0)
            return format;
    }
    return NULL;
}

const LintSource *
report_source(const LintResult *result, const Finding *finding)
{
    return &result->sources.items[finding->file];
}

bool
report_is_about_file(const Finding *finding)
{
    return finding->statement == 0 && finding->span.end == 0;
}

const char *
report_rewrite_sql(Arena *arena, const RewriteStepList *steps)
{
    StringList lines = {0};
    foreach (step, steps) {
        const char *where = step->in_transaction ? "in a transaction" : "outside of a transaction";
        size_t number = (size_t)(step - steps->items) + 1;
        const char *heading = steps->count == 1 ? arena_printf(arena, "-- %s", where)
                                                : arena_printf(arena, "-- %zu. %s", number, where);
        LIST_APPEND(arena, &lines, arena_printf(arena, "%s\n%s", heading, step->sql));
    }
    return string_list_join(arena, &lines, "\n");
}

static void
write_count(FILE *out, const char *before, size_t count, const char *noun)
{
    fprintf(out, "%s%zu %s%s", before, count, noun, count == 1 ? "" : "s");
}

void
report_summary(FILE *out, const LintResult *result)
{
    write_count(out, "", result->files, "file");
    write_count(out, ", ", result->statements, "statement");
    write_count(out, ": ", result->count[SEVERITY_ERROR], "error");
    write_count(out, ", ", result->count[SEVERITY_WARNING], "warning");
    if (result->count[SEVERITY_INFO] > 0)
        fprintf(out, ", %zu info", result->count[SEVERITY_INFO]);
    fprintf(out, ", %zu accepted", result->suppressed - result->in_baseline);
    if (result->in_baseline > 0)
        fprintf(out, ", %zu in the baseline", result->in_baseline);
    fputc('\n', out);
}

TermStyle
report_severity_style(Severity severity)
{
    switch (severity) {
    case SEVERITY_ERROR:
        return TERM_ERROR;
    case SEVERITY_WARNING:
        return TERM_WARNING;
    case SEVERITY_INFO:
        return TERM_INFO;
    case SEVERITY_OFF:
        return TERM_DIM;
    }
    return TERM_PLAIN;
}
