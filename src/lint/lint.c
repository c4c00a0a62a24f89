/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

#include <string.h>

#include "lockstep/recipe.h"

#include "lint/allow.h"
#include "lint/reading.h"
#include "locks/lock_model.h"
#include "source/directive.h"

typedef LIST(const Rule *) RuleList;

typedef struct Linter {
    Arena *arena;
    Arena *scratch;
    const LintOptions *options;
    LintResult *result;
    bool wants_all; /* some rule looks at what only reads and writes rows */
    size_t first;   /* finding of the file at hand, which is the last source of the result */
    RuleList rules_on[OP_KIND_COUNT];
} Linter;

static void
index_rules(Linter *linter)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        if (rule->severity == SEVERITY_OFF)
            continue;
        LIST_APPEND(linter->arena, &linter->rules_on[rule->on], rule);
        linter->wants_all |= lock_model_is_weak(rule->on);
    }
}

static size_t
source_index(const Linter *linter)
{
    return linter->result->sources.count - 1;
}

static void
add_finding(Linter *linter, Finding finding)
{
    finding.file = source_index(linter);
    LIST_APPEND(linter->arena, &linter->result->findings, finding);
}

static RewriteStepList
keep_steps(Arena *arena, const RewriteStepList *steps)
{
    RewriteStepList kept = {0};
    foreach (step, steps)
        LIST_APPEND(arena, &kept,
                    (RewriteStep){.in_transaction = step->in_transaction,
                                  .sql = arena_strdup(arena, step->sql)});
    return kept;
}

/* What a rule makes on its way to a message and a rewrite is dropped; the two are kept. Steps of
 * their own transactions cannot take the place of a statement within code. */
static void
run_rule(Linter *linter, const LintContext *ctx, const Rule *rule, const ReadOp *seen)
{
    const Op *op = seen->op;
    const char *message = rule->check(ctx, op);
    if (message == NULL)
        return;

    Arena *arena = linter->arena;
    Rewrite rewrite = {.arena = ctx->arena};
    if (rule->rewrite != NULL && !seen->in_code)
        rule->rewrite(ctx, op, &rewrite);
    add_finding(linter, (Finding){.rule = rule->id,
                                  .severity = rule->severity,
                                  .statement = seen->number,
                                  .span = seen->place,
                                  .message = arena_strdup(arena, message),
                                  .relation = ctx->table != NULL ? ctx->table->name : op->target,
                                  .lock = recipe_level(ctx, &ctx->effect),
                                  .rewrite = keep_steps(arena, &rewrite.steps)});
}

static bool
is_new(const Schema *schema, const SimRelation *table)
{
    return table != NULL &&
           (relation_is_new(schema, table) || table->persistence == PERSISTENCE_TEMPORARY);
}

static void
lint_op(void *self, const ReadFile *file, const ReadOp *seen, Arena *scratch)
{
    (void)file;
    Linter *linter = self;
    const LintContext ctx = {.arena = scratch,
                             .pg_version = linter->options->pg_version,
                             .schema = seen->schema,
                             .source = seen->text,
                             .statement = seen->statement,
                             .table = seen->table,
                             .table_is_new = is_new(seen->schema, seen->table),
                             .effect = seen->effect,
                             .effects = seen->effects,
                             .held = seen->beside};
    foreach (rule, &linter->rules_on[seen->op->kind])
        run_rule(linter, &ctx, *rule, seen);
}

/* An error at the end of the text is shown behind the last word, not on the empty line after it. */
static Span
place_of_error(const SourceFile *file, Span span)
{
    if (span.start < file->length)
        return span;
    size_t end = file->length;
    while (end > 0 && strchr(" \t\r\n", file->text[end - 1]) != NULL)
        end--;
    return (Span){end, end};
}

static void
add_syntax_errors(Linter *linter, const ReadFile *file)
{
    foreach (error, &file->script->errors)
        add_finding(linter,
                    (Finding){.rule = FINDING_SYNTAX_ERROR,
                              .severity = SEVERITY_ERROR,
                              .statement = reading_statement_at(file->script, error->span.start),
                              .span = place_of_error(file->source, error->span),
                              .message = error->message});
}

static void
add_segment_problem(Linter *linter, const ReadFile *file)
{
    if (file->problem != NULL)
        add_finding(linter, (Finding){.rule = FINDING_TRANSACTION_CONTROL,
                                      .severity = SEVERITY_ERROR,
                                      .statement = file->problem_at + 1,
                                      .span = file->script->statements.items[file->problem_at].span,
                                      .message = file->problem});
}

static void
add_missing_down(Linter *linter, const ReadFile *file)
{
    const Migration *migration = file->migration;
    bool wanted = migration->version > 0 && migration->down == NULL;
    if (!wanted || file->source != migration->up ||
        directive_has(&file->directives, DIRECTIVE_IRREVERSIBLE))
        return;
    add_finding(
        linter,
        (Finding){.rule = FINDING_MISSING_DOWN,
                  .severity = SEVERITY_WARNING,
                  .message = arena_printf(
                      linter->arena,
                      "there is no way back: write %s_%s.down.sql, or say at the top why not: "
                      "\"-- lockstep: irreversible: REASON\"",
                      migration->version_text, migration->name)});
}

static void
judge_text(Linter *linter, const ReadFile *file)
{
    LintResult *result = linter->result;
    add_syntax_errors(linter, file);
    add_segment_problem(linter, file);
    add_missing_down(linter, file);
    allow_apply(linter->arena, &file->directives, file->script, linter->options->today,
                source_index(linter), linter->first, &result->findings);

    size_t statements = file->script->statements.count;
    result->sources.items[source_index(linter)].statements = statements;
    result->statements += statements;
}

typedef struct Placed {
    Finding finding;
    size_t order;
} Placed;

static int
by_place(const void *left, const void *right)
{
    const Placed *a = left;
    const Placed *b = right;
    if (a->finding.span.start != b->finding.span.start)
        return a->finding.span.start < b->finding.span.start ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

static void
sort_findings(Arena *scratch, Finding *findings, size_t count)
{
    ArenaMark mark = arena_mark(scratch);
    Placed *placed = ARENA_ARRAY(scratch, Placed, count);
    for (size_t i = 0; i < count; i++)
        placed[i] = (Placed){.finding = findings[i], .order = i};
    if (count > 1)
        qsort(placed, count, sizeof *placed, by_place);
    for (size_t i = 0; i < count; i++)
        findings[i] = placed[i].finding;
    arena_rewind(scratch, mark);
}

static void
add_broken(Linter *linter, const SourceFile *source)
{
    Error err;
    if (source_require(source, &err))
        return;
    add_finding(linter, (Finding){.rule = FINDING_UNREADABLE_FILE,
                                  .severity = SEVERITY_ERROR,
                                  .message = arena_strdup(linter->arena, err.message)});
}

static void
begin_file(void *self, const ReadFile *file)
{
    Linter *linter = self;
    LintResult *result = linter->result;
    linter->first = result->findings.count;
    LIST_APPEND(linter->arena, &result->sources,
                (LintSource){.file = file->source, .direction = file->direction});
}

static void
end_file(void *self, const ReadFile *file)
{
    Linter *linter = self;
    LintResult *result = linter->result;
    if (file->script == NULL)
        add_broken(linter, file->source);
    else
        judge_text(linter, file);

    size_t count = result->findings.count - linter->first;
    if (count == 0)
        return;
    sort_findings(linter->scratch, result->findings.items + linter->first, count);
    result->sources.items[source_index(linter)].lines =
        line_index_new(linter->arena, file->source->text, file->source->length);
}

static void
count_findings(LintResult *result)
{
    foreach (finding, &result->findings) {
        if (finding->suppressed != NULL)
            result->suppressed++;
        else
            result->count[finding->severity]++;
    }
}

void
lint_run(Arena *arena, const LintOptions *options, const DiscoveredFiles *files, LintResult *out)
{
    *out = (LintResult){.pg_version = options->pg_version};
    Linter linter = {.arena = arena, .scratch = arena_new(), .options = options, .result = out};
    index_rules(&linter);
    const Reader reader = {.self = &linter,
                           .wants_all = linter.wants_all,
                           .begin_file = begin_file,
                           .see_op = lint_op,
                           .end_file = end_file};
    const ReadingOptions reading = {.pg_version = options->pg_version, .schema = options->schema};
    out->schema_errors = reading_run(arena, &reading, files, &reader);
    count_findings(out);
    arena_free(linter.scratch);
}
