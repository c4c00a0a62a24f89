/* SPDX-License-Identifier: MIT */
#include "lint/lint.h"

#include <string.h>

#include "lockstep/recipe.h"

#include "lint/allow.h"
#include "lint/held.h"
#include "lint/op_target.h"
#include "lint/pass_order.h"
#include "locks/lock_model.h"
#include "parse/parse.h"
#include "schema/replay.h"
#include "source/directive.h"
#include "source/segment.h"

typedef LIST(const Rule *) RuleList;

typedef struct Linter {
    Arena *arena;
    Arena *scratch; /* emptied after each statement */
    const LintOptions *options;
    LintResult *result;
    Schema *schema;
    HeldLocks held;
    RuleList rules_on[OP_KIND_COUNT];
} Linter;

/* A file while its findings are gathered. */
typedef struct Reported {
    Linter *linter;
    const SourceFile *file;
    size_t index; /* among the sources of the result */
    size_t first; /* its first finding */
} Reported;

/* What another operation of the same statement takes: ALTER TABLE takes the strongest lock of all
 * its subcommands at once. */
typedef struct Sibling {
    RelationId table;
    LockLevel level;
} Sibling;

static void
index_rules(Linter *linter)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        if (rule->severity != SEVERITY_OFF)
            LIST_APPEND(linter->arena, &linter->rules_on[rule->on], rule);
    }
}

static void
add_finding(const Reported *reported, Finding finding)
{
    finding.file = reported->index;
    LIST_APPEND(reported->linter->arena, &reported->linter->result->findings, finding);
}

static void
assume_target(Linter *linter, const Op *op)
{
    RelationKind kind;
    if (op_target_kind(op, &kind))
        schema_assume_relation(linter->schema, op->target, kind);
}

static LockEffect
effect_on(const SimRelation *table, const LockEffectList *effects)
{
    if (table != NULL) {
        foreach (effect, effects) {
            if (effect->relation_id == table->id)
                return *effect;
        }
    }
    return (LockEffect){0};
}

/*
 * One for each operation, as they stand before the statement. NULL where there is only one, and for
 * statements that begin by making what the later operations work on (CREATE SCHEMA).
 */
static Sibling *
find_siblings(Linter *linter, const Statement *statement)
{
    RelationKind kind;
    if (statement->ops.count < 2 || !op_target_kind(&statement->ops.items[0], &kind))
        return NULL;

    Sibling *siblings = ARENA_ARRAY(linter->scratch, Sibling, statement->ops.count);
    for (size_t i = 0; i < statement->ops.count; i++) {
        const Op *op = &statement->ops.items[i];
        assume_target(linter, op);
        const SimRelation *table = lock_model_table(linter->schema, op);
        if (table == NULL)
            continue;
        LockEffectList effects =
            lock_model_effects(linter->scratch, linter->schema, op, linter->options->pg_version);
        siblings[i] = (Sibling){.table = table->id, .level = effect_on(table, &effects).level};
    }
    return siblings;
}

/* The operations before `at` are among the held locks already. */
static LockLevel
held_beside(const Linter *linter, const SimRelation *table, const Sibling *siblings, size_t at,
            size_t count)
{
    if (table == NULL)
        return LOCK_NONE;
    LockLevel level = held_level(&linter->held, table->id);
    for (size_t i = at + 1; siblings != NULL && i < count; i++) {
        if (siblings[i].table == table->id && siblings[i].level > level)
            level = siblings[i].level;
    }
    return level;
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

/* What a rule makes on its way to a message and a rewrite is dropped; the two are kept. */
static void
run_rule(const Reported *reported, const LintContext *ctx, const Rule *rule, const Op *op,
         size_t statement)
{
    const char *message = rule->check(ctx, op);
    if (message == NULL)
        return;

    Arena *arena = reported->linter->arena;
    Rewrite rewrite = {.arena = ctx->arena};
    if (rule->rewrite != NULL)
        rule->rewrite(ctx, op, &rewrite);
    add_finding(reported, (Finding){.rule = rule->id,
                                    .severity = rule->severity,
                                    .statement = statement,
                                    .span = op->span,
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
lint_op(const Reported *reported, const Statement *statement, size_t number,
        const Sibling *siblings, size_t at)
{
    Linter *linter = reported->linter;
    const Op *op = &statement->ops.items[at];
    assume_target(linter, op);
    const SimRelation *table = lock_model_table(linter->schema, op);
    LockEffectList effects =
        lock_model_effects(linter->scratch, linter->schema, op, linter->options->pg_version);

    const LintContext ctx = {.arena = linter->scratch,
                             .pg_version = linter->options->pg_version,
                             .schema = linter->schema,
                             .source = reported->file->text,
                             .statement = statement,
                             .table = table,
                             .table_is_new = is_new(linter->schema, table),
                             .effect = effect_on(table, &effects),
                             .effects = effects,
                             .held =
                                 held_beside(linter, table, siblings, at, statement->ops.count)};
    foreach (rule, &linter->rules_on[op->kind])
        run_rule(reported, &ctx, *rule, op, number);

    held_add(linter->arena, &linter->held, &effects);
    schema_apply(linter->schema, op);
}

static void
lint_statement(const Reported *reported, const Statement *statement, size_t number)
{
    Arena *scratch = reported->linter->scratch;
    ArenaMark mark = arena_mark(scratch);
    const Sibling *siblings = find_siblings(reported->linter, statement);
    for (size_t i = 0; i < statement->ops.count; i++)
        lint_op(reported, statement, number, siblings, i);
    arena_rewind(scratch, mark);
}

/* `reported` is NULL where the file is only replayed. */
static void
run_segment(Linter *linter, const Reported *reported, const Script *script, const Segment *segment)
{
    schema_begin(linter->schema);
    held_begin(&linter->held);
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        const Statement *statement = &script->statements.items[i];
        if (reported != NULL) {
            lint_statement(reported, statement, i + 1);
            continue;
        }
        foreach (op, &statement->ops)
            schema_apply(linter->schema, op);
    }
    schema_commit(linter->schema);
}

static size_t
statement_at(const Script *script, size_t offset)
{
    size_t number = 1;
    foreach (statement, &script->statements) {
        if (statement->span.end > offset)
            break;
        number++;
    }
    return number;
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
add_syntax_errors(const Reported *reported, const Script *script)
{
    foreach (error, &script->errors)
        add_finding(reported, (Finding){.rule = FINDING_SYNTAX_ERROR,
                                        .severity = SEVERITY_ERROR,
                                        .statement = statement_at(script, error->span.start),
                                        .span = place_of_error(reported->file, error->span),
                                        .message = error->message});
}

static void
add_segment_problem(const Reported *reported, const Script *script, const char *problem, size_t at)
{
    if (problem != NULL)
        add_finding(reported, (Finding){.rule = FINDING_TRANSACTION_CONTROL,
                                        .severity = SEVERITY_ERROR,
                                        .statement = at + 1,
                                        .span = script->statements.items[at].span,
                                        .message = problem});
}

static void
add_missing_down(const Reported *reported, const Migration *migration,
                 const DirectiveList *directives)
{
    bool wanted = migration->version > 0 && migration->down == NULL;
    if (!wanted || reported->file != migration->up ||
        directive_has(directives, DIRECTIVE_IRREVERSIBLE))
        return;
    add_finding(
        reported,
        (Finding){.rule = FINDING_MISSING_DOWN,
                  .severity = SEVERITY_WARNING,
                  .message = arena_printf(
                      reported->linter->arena,
                      "there is no way back: write %s_%s.down.sql, or say at the top why not: "
                      "\"-- lockstep: irreversible: REASON\"",
                      migration->version_text, migration->name)});
}

static void
lint_text(const Reported *reported, const Migration *migration)
{
    Linter *linter = reported->linter;
    Script *script = parse_script(linter->arena, reported->file->text, reported->file->length);
    pass_order(script);
    DirectiveList directives = directive_scan(linter->arena, reported->file->text, script);
    const char *problem;
    size_t problem_at;
    SegmentList segments =
        segment_script(linter->arena, script, directive_has(&directives, DIRECTIVE_NO_TRANSACTION),
                       &problem, &problem_at);

    foreach (segment, &segments)
        run_segment(linter, reported, script, segment);
    add_syntax_errors(reported, script);
    add_segment_problem(reported, script, problem, problem_at);
    add_missing_down(reported, migration, &directives);
    allow_apply(linter->arena, &directives, script, linter->options->today, reported->index,
                reported->first, &linter->result->findings);

    linter->result->sources.items[reported->index].statements = script->statements.count;
    linter->result->statements += script->statements.count;
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
add_broken(const Reported *reported)
{
    Error err;
    if (source_require(reported->file, &err))
        return;
    add_finding(reported, (Finding){.rule = FINDING_UNREADABLE_FILE,
                                    .severity = SEVERITY_ERROR,
                                    .message = arena_strdup(reported->linter->arena, err.message)});
}

static void
lint_file(Linter *linter, const Migration *migration, const SourceFile *file, Direction direction)
{
    LintResult *result = linter->result;
    const Reported reported = {.linter = linter,
                               .file = file,
                               .index = result->sources.count,
                               .first = result->findings.count};
    LIST_APPEND(linter->arena, &result->sources,
                (LintSource){.file = file, .direction = direction});
    if (file->broken != NULL)
        add_broken(&reported);
    else
        lint_text(&reported, migration);

    size_t count = result->findings.count - reported.first;
    if (count == 0)
        return;
    sort_findings(linter->scratch, result->findings.items + reported.first, count);
    result->sources.items[reported.index].lines =
        line_index_new(linter->arena, file->text, file->length);
}

static void
replay_file(Linter *linter, const SourceFile *file)
{
    if (file->broken != NULL)
        return;
    Script *script = parse_script(linter->arena, file->text, file->length);
    pass_order(script);
    DirectiveList directives = directive_scan(linter->arena, file->text, script);
    SegmentList segments = segment_script(
        linter->arena, script, directive_has(&directives, DIRECTIVE_NO_TRANSACTION), NULL, NULL);
    foreach (segment, &segments)
        run_segment(linter, NULL, script, segment);
}

static void
lint_migration(Linter *linter, const Migration *migration, bool report_up, bool report_down)
{
    if (migration->up != NULL && report_up)
        lint_file(linter, migration, migration->up, DIRECTION_UP);
    else if (migration->up != NULL)
        replay_file(linter, migration->up);

    if (migration->down == NULL || !report_down)
        return;
    SchemaMark mark = schema_mark(linter->schema);
    lint_file(linter, migration, migration->down, DIRECTION_DOWN);
    schema_rewind(linter->schema, mark);
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
    Linter linter = {.arena = arena,
                     .scratch = arena_new(),
                     .options = options,
                     .result = out,
                     .schema = schema_new(arena)};
    index_rules(&linter);
    for (size_t i = 0; i < files->migrations.count; i++)
        lint_migration(&linter, &files->migrations.items[i], files->reported_up.items[i],
                       files->reported_down.items[i]);
    count_findings(out);
    arena_free(linter.scratch);
}
