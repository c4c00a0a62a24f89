/* SPDX-License-Identifier: MIT */
#include "report/report.h"

#include <string.h>

#include "report/report_parts.h"

static const ReportFormat formats[] = {
    {"text", report_text},
    {"json", report_json},
    {NULL,   NULL       },
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
