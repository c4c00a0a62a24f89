/* SPDX-License-Identifier: MIT */
/* From migrations to findings: parse, replay, effects, rules, in file order. */
#ifndef LOCKSTEP_LINT_LINT_H
#define LOCKSTEP_LINT_LINT_H

#include "lockstep/arena.h"
#include "lockstep/finding.h"
#include "lockstep/rule.h"

#include "lint/policy.h"
#include "lint/runner.h"
#include "source/discover.h"
#include "source/line_index.h"
#include "source/migration.h"

typedef struct LintOptions {
    int pg_version;           /* 14 to 18 */
    const char *today;        /* "2026-11-21": allow comments that expired before are findings */
    const SourceFile *schema; /* what existed before the migrations; NULL for nothing */
    const LintPolicy *policy; /* what is said of single rules; NULL: nothing */
    const Runner *runner;     /* NULL: lockstep */
    bool split_transactions;  /* each block between BEGIN and COMMIT is a deploy of its own */
    size_t jobs;              /* histories that are judged at a time; 0: as many as there are
                                 processors, where there is enough to do */
} LintOptions;

/* One reported file. */
typedef struct LintSource {
    const SourceFile *file;
    size_t on_disk; /* number of the file on disk: both directions may be in one */
    Direction direction;
    size_t statements;
    const char **kinds; /* the command tag of each; NULL where the file is broken */
    LineIndex *lines;   /* NULL where it has no finding */
} LintSource;

typedef struct LintResult {
    LIST(LintSource) sources;
    size_t files;         /* on disk: one may hold both directions */
    FindingList findings; /* in the order of files and places */
    size_t statements;
    size_t count[SEVERITY_ERROR + 1]; /* findings that are not suppressed, by severity */
    size_t suppressed;                /* those in the baseline among them */
    size_t in_baseline;
    int pg_version;
    SyntaxErrorList schema_errors; /* what the schema file has that could not be read */
} LintResult;

/* Never fails: a broken file or a syntax error is a finding. The result lives in `arena`. */
void lint_run(Arena *arena, const LintOptions *options, const DiscoveredFiles *files,
              LintResult *out);

/* Fills in the counts of findings after some were suppressed. */
void lint_recount(LintResult *result);

/* Findings of the engine itself, beside those of the rules. */
#define FINDING_SYNTAX_ERROR "syntax-error"
#define FINDING_UNFILLED_TEMPLATE "unfilled-template"
#define FINDING_UNREADABLE_FILE "unreadable-file"
#define FINDING_BAD_DIRECTIVE "bad-directive"
#define FINDING_UNUSED_ALLOW "unused-allow"
#define FINDING_TRANSACTION_CONTROL "transaction-control"
#define FINDING_MISSING_DOWN "missing-down"
#define FINDING_MISSING_LOCK_TIMEOUT "missing-lock-timeout"
#define FINDING_DOWN_DIFFERS "down-differs"
#define FINDING_LOCK_ORDER "lock-order"
#define FINDING_REFUSED "refused-by-server"
#define FINDING_SESSION_SETTING "session-setting-left"

/* All rules, ordered by id; NULL-terminated. */
extern const Rule *const all_rules[];
const Rule *rule_find(const char *id);

#endif
