/* SPDX-License-Identifier: MIT */
#include "lint/judging.h"

#include "lockstep/recipe.h"

#include "locks/lock_model.h"
#include "schema/differ.h"

/* A rule with the severity that it has here. */
typedef struct ActiveRule {
    const Rule *rule;
    Severity severity;
} ActiveRule;

typedef LIST(ActiveRule) ActiveRuleList;

/* An operation as the findings about it name it. */
typedef struct JudgedOp {
    const ReadFile *file;
    const Op *op;
    const Statement *statement;
    const char *text;
    size_t source;
    size_t number; /* of the statement in its file */
    Span place;
    bool in_code;
    bool in_transaction;
    bool is_down;
    bool undoes_up;
    bool table_is_new; /* when it ran */
} JudgedOp;

/* What a rule is still to be asked. */
typedef struct LaterOp {
    ActiveRule active;
    JudgedOp judged;
} LaterOp;

typedef LIST(LaterOp) LaterOpList;

struct Judging {
    Arena *arena;
    int pg_version;
    bool has_schema;
    FindingList *findings;
    ActiveRuleList rules_on[OP_KIND_COUNT];
    bool looks_at[OP_KIND_COUNT]; /* those that a rule names */
    LaterOpList after_file;       /* of the file at hand */
    LaterOpList after_all;
};

static void
index_rule(Judging *judging, ActiveRule active)
{
    const Rule *rule = active.rule;
    for (size_t kind = 0; rule->on_any && kind < OP_KIND_COUNT; kind++)
        LIST_APPEND(judging->arena, &judging->rules_on[kind], active);
    for (size_t i = 0; i < RULE_OPS && rule->on[i] != OP_UNKNOWN; i++) {
        LIST_APPEND(judging->arena, &judging->rules_on[rule->on[i]], active);
        judging->looks_at[rule->on[i]] = true;
    }
}

/* Who switches a rule off does not want to hear of its hazard from a more general one: it is asked
 * all the same, and policy_apply() leaves out what it finds. */
static void
index_rules(Judging *judging, const LintOptions *options, bool on_any)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        Severity severity = policy_severity(options->policy, rule->id, rule->severity);
        bool asked = severity != SEVERITY_OFF || rule->severity != SEVERITY_OFF;
        if (asked && rule->on_any == on_any)
            index_rule(judging, (ActiveRule){rule, severity});
    }
}

/* Those that look at everything come last: they see what the others have claimed. */
Judging *
judging_new(Arena *arena, const LintOptions *options, FindingList *findings)
{
    Judging *judging = ARENA_NEW(arena, Judging);
    *judging = (Judging){.arena = arena,
                         .has_schema = options->schema != NULL,
                         .pg_version = options->pg_version,
                         .findings = findings};
    index_rules(judging, options, false);
    index_rules(judging, options, true);
    return judging;
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

/* A step has its transaction for itself, so it fits where the statement has. One that must run
 * outside of any parts the transaction around it, where that is not written in the file. */
static bool
fits_in_place(const JudgedOp *judged, const RewriteStep *step)
{
    foreach (segment, &judged->file->segments) {
        if (judged->number <= segment->first || judged->number > segment->first + segment->count)
            continue;
        return step->in_transaction ? segment->count == 1 : !segment->is_block;
    }
    return false;
}

/* Several steps are migrations of their own. What is only known later is mended beside the
 * statement. */
static Span
replaced_span(const Rule *rule, const JudgedOp *judged, const RewriteStepList *steps)
{
    if (steps->count != 1 || rule->when != RULE_BEFORE)
        return (Span){0};
    return fits_in_place(judged, &steps->items[0]) ? judged->statement->span : (Span){0};
}

/* What a rule makes on its way to a message and a rewrite is dropped; the two are kept. Steps of
 * their own transactions cannot take the place of a statement within code. */
static bool
ask(Judging *judging, const LintContext *ctx, ActiveRule active, const JudgedOp *judged)
{
    const Rule *rule = active.rule;
    const char *message = rule->check(ctx, judged->op);
    if (message == NULL)
        return false;

    Arena *arena = judging->arena;
    Rewrite rewrite = {.arena = ctx->arena};
    if (rule->rewrite != NULL && !judged->in_code)
        rule->rewrite(ctx, judged->op, &rewrite);
    LIST_APPEND(
        arena, judging->findings,
        (Finding){.rule = rule->id,
                  .severity = active.severity,
                  .file = judged->source,
                  .statement = judged->number,
                  .span = judged->place,
                  .message = arena_strdup(arena, message),
                  .relation = ctx->table != NULL ? ctx->table->name : judged->op->target,
                  .lock = rule->lock != LOCK_NONE ? recipe_level(ctx, &ctx->effect) : LOCK_NONE,
                  .rewrite = keep_steps(arena, &rewrite.steps),
                  .replaces = replaced_span(rule, judged, &rewrite.steps)});
    return true;
}

static bool
is_new(const Schema *schema, const SimRelation *table)
{
    return table != NULL &&
           (relation_is_new(schema, table) || table->persistence == PERSISTENCE_TEMPORARY);
}

static LintContext
context_of(const Judging *judging, const JudgedOp *judged, const Schema *schema)
{
    return (LintContext){.pg_version = judging->pg_version,
                         .schema = schema,
                         .source = judged->text,
                         .has_schema = judging->has_schema,
                         .is_down = judged->is_down,
                         .undoes_up = judged->undoes_up,
                         .in_transaction = judged->in_transaction,
                         .statement = judged->statement,
                         .table_is_new = judged->table_is_new};
}

const bool *
judging_looks_at(const Judging *judging)
{
    return judging->looks_at;
}

/* Of what has no relation in the simulated schema, nothing is known. */
static bool
undoes_up(const ReadFile *file, const ReadOp *seen)
{
    if (file->direction != DIRECTION_DOWN || seen->table == NULL)
        return file->direction == DIRECTION_DOWN;
    const SimRelation *before = schema_relation_at(seen->schema, file->before_up, seen->table->id);
    if (before == NULL || before->assumed || seen->op->kind != OP_DROP_COLUMN)
        return before == NULL || before->assumed;
    return relation_find_column(before, seen->op->column.column) == NULL;
}

void
judging_op(Judging *judging, const ReadFile *file, size_t source, const ReadOp *seen,
           Arena *scratch)
{
    const JudgedOp judged = {.file = file,
                             .op = seen->op,
                             .statement = seen->statement,
                             .text = seen->text,
                             .source = source,
                             .number = seen->number,
                             .place = seen->place,
                             .in_code = seen->in_code,
                             .in_transaction = seen->in_transaction,
                             .is_down = file->direction == DIRECTION_DOWN,
                             .undoes_up = undoes_up(file, seen),
                             .table_is_new = is_new(seen->schema, seen->table)};
    LintContext ctx = context_of(judging, &judged, seen->schema);
    ctx.arena = scratch;
    ctx.table = seen->table;
    ctx.effect = seen->effect;
    ctx.effects = seen->effects;
    ctx.held = seen->beside;
    ctx.stopped = seen->stopped;
    foreach (active, &judging->rules_on[seen->op->kind]) {
        if (active->rule->when == RULE_AFTER_FILE)
            LIST_APPEND(judging->arena, &judging->after_file, (LaterOp){*active, judged});
        else if (active->rule->when == RULE_AFTER_ALL && !judged.is_down)
            LIST_APPEND(judging->arena, &judging->after_all, (LaterOp){*active, judged});
        else if (active->rule->when == RULE_BEFORE && ask(judging, &ctx, *active, &judged))
            ctx.claimed |= active->rule->severity == SEVERITY_ERROR;
    }
}

static void
judge_later(Judging *judging, LaterOpList *later, const Schema *schema)
{
    if (later->count == 0)
        return;
    Arena *scratch = arena_new();
    foreach (item, later) {
        LintContext ctx = context_of(judging, &item->judged, schema);
        ctx.arena = scratch;
        ctx.table = lock_model_table(schema, item->judged.op);
        (void)ask(judging, &ctx, item->active, &item->judged);
    }
    later->count = 0;
    arena_free(scratch);
}

void
judging_end_file(Judging *judging, const Schema *schema)
{
    judge_later(judging, &judging->after_file, schema);
}

void
judging_end_all(Judging *judging, const Schema *schema)
{
    judge_later(judging, &judging->after_all, schema);
}
