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
