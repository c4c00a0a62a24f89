/* SPDX-License-Identifier: MIT */
#include "lockstep/finding.h"

const char *
severity_words(Severity severity)
{
    switch (severity) {
    case SEVERITY_OFF:
        return "off";
    case SEVERITY_INFO:
        return "info";
    case SEVERITY_WARNING:
        return "warning";
    case SEVERITY_ERROR:
        return "error";
    }
    return "off";
}
