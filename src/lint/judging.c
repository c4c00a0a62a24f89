/* SPDX-License-Identifier: MIT */
#include "lint/judging.h"

#include <string.h>

#include "lockstep/recipe.h"

#include "lint/brief_lock.h"
#include "lint/hollow.h"
#include "lint/judged_op.h"
#include "lint/preflight.h"
#include "lint/sifted.h"
#include "locks/lock_model.h"

/* A rule with the severity and the threshold that it has here. */
typedef struct ActiveRule {
    const Rule *rule;
    Severity severity;
    int64_t number;
} ActiveRule;

typedef LIST(ActiveRule) ActiveRuleList;

typedef LIST(JudgedOp) JudgedOpList;

enum { RULE_MOMENTS = RULE_AFTER_ALL + 1 };

struct Judging {
    Arena *arena;
    LintContext common; /* of each operation */
    FindingList *findings;
    ActiveRuleList rules_on[RULE_MOMENTS][OP_KIND_COUNT];
    ActiveRuleList rules_on_any[RULE_ANY_COUNT];
    JudgedOpList after_file; /* what rules are still to be asked about: of the file at hand */
    JudgedOpList after_all;
    NameList gone_types;    /* of columns that the file at hand has dropped, or new names */
    BriefLockList brief;    /* in the file at hand */
    RelationIdList emptied; /* in the file at hand, and not written to since */
    SiftedList sifted;      /* in the file at hand */
    size_t gaps_known;      /* of how many of those the gap is known: their file has ended */
};

static void
index_rule(Judging *judging, ActiveRule active)
{
    const Rule *rule = active.rule;
    if (rule->on_any != RULE_ANY_NONE)
        LIST_APPEND(judging->arena, &judging->rules_on_any[rule->on_any], active);
    for (size_t i = 0; i < RULE_OPS && rule->on[i] != OP_UNKNOWN; i++)
        LIST_APPEND(judging->arena, &judging->rules_on[rule->when][rule->on[i]], active);
}

/* Who switches a rule off does not want to hear of its hazard from a more general one: it is asked
 * all the same, and policy_apply() leaves out what it finds. */
static void
index_rules(Judging *judging, const LintOptions *options)
{
    for (size_t i = 0; all_rules[i] != NULL; i++) {
        const Rule *rule = all_rules[i];
        Severity severity = policy_severity(options->policy, rule->id, rule->severity);
        bool asked = severity != SEVERITY_OFF || rule->severity != SEVERITY_OFF;
        if (asked)
            index_rule(judging, (ActiveRule){rule, severity, policy_number(options->policy, rule)});
    }
}

Judging *
judging_new(Arena *arena, const LintOptions *options, FindingList *findings)
{
    Judging *judging = ARENA_NEW(arena, Judging);
    *judging = (Judging){
        .arena = arena,
        .common = {.pg_version = options->pg_version, .has_schema = options->schema != NULL},
        .findings = findings
    };
    index_rules(judging, options);
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
 * outside of any parts the transaction around it, where that is not written in the file and whoever
 * runs it does so. */
static bool
fits_in_place(const JudgedOp *judged, const RewriteStep *step)
{
    const ReadFile *file = judged->file;
    const SourceFile *source = file->source;
    if (!step->in_transaction &&
        !runner_takes_outside(file->runner, source->text, source->no_transaction,
                              file->script->statements.count))
        return false;
    foreach (segment, &file->segments) {
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
    return fits_in_place(judged, &steps->items[0]) ? judged->ctx.statement->span : (Span){0};
}

typedef struct Subject {
    QualifiedName relation;
    LockLevel level;
} Subject;

/* The operation's table where the application waits for it, else another relation for which it
 * does. */
static Subject
find_subject(const JudgedOp *judged, const Rule *rule)
{
    const LintContext *ctx = &judged->ctx;
    const QualifiedName named = ctx->table != NULL ? ctx->table->name : judged->op->target;
    if (rule->lock == LOCK_NONE)
        return (Subject){named, LOCK_NONE};
    if (rule->subject == SUBJECT_STOPPED)
        return (Subject){ctx->stopped.relation, ctx->stopped.level};
    const bool is_beside = rule->subject == SUBJECT_BESIDE;
    const LockLevel own = recipe_level(ctx, &ctx->effect);
    const LockEffect *effect = NULL;
    if (is_beside || !lock_blocks_writes(own)) {
        effect = is_beside ? NULL : ctx->blocking;
        effect = effect != NULL ? effect : recipe_effect_beside(ctx, LOCK_SHARE);
    }
    if (effect != NULL)
        return (Subject){effect->relation, recipe_level(ctx, effect)};
    return (Subject){named, own};
}

/* One DROP INDEX of two indexes is two operations and one thing to say; a message may go on. */
static bool
is_said(const Judging *judging, const Rule *rule, const JudgedOp *judged, const char *message)
{
    const FindingList *findings = judging->findings;
    for (size_t i = findings->count; i > 0; i--) {
        const Finding *finding = &findings->items[i - 1];
        if (finding->file != judged->source || finding->statement != judged->number)
            return false;
        if (strcmp(finding->rule, rule->id) == 0 && finding->span.start == judged->place.start &&
            strncmp(finding->message, message, strlen(message)) == 0)
            return true;
    }
    return false;
}

/* False where the lock is nothing new in this transaction. An index is dropped by what the finding
 * is about. */
static bool
note_brief(Judging *judging, const JudgedOp *judged, const Subject *subject)
{
    const Schema *schema = judged->ctx.schema;
    const SimRelation *found = schema_find_relation(schema, subject->relation);
    if (found == NULL || found == schema_find_relation(schema, judged->op->target))
        return true;
    const BriefLock lock = {
        .finding = judging->findings->count, .relation = found->id, .level = subject->level};
    return brief_lock_note(judging->arena, &judging->brief, judged->held, lock);
}

static const char *
said_message(Arena *arena, const JudgedOp *judged, const char *message)
{
    return judged->is_elsewhere
               ? arena_printf(arena, "%s (in code that this statement runs)", message)
               : arena_strdup(arena, message);
}

/* What a rule makes on its way to a message and a rewrite is dropped; the two are kept. Steps of
 * their own transactions cannot take the place of a statement within code. */
static bool
ask(Judging *judging, JudgedOp *judged, const ActiveRule *active)
{
    const Rule *rule = active->rule;
    LintContext *ctx = &judged->ctx;
    ctx->number = active->number;
    const char *message = rule->check(ctx, judged->op);
    if (message == NULL)
        return false;
    if (is_said(judging, rule, judged, message))
        return true;

    Arena *arena = judging->arena;
    const Subject subject = find_subject(judged, rule);
    if (rule->brief && !note_brief(judging, judged, &subject))
        return false;
    Rewrite rewrite = {.arena = ctx->arena};
    if (rule->rewrite != NULL && !judged->in_code)
        rule->rewrite(ctx, judged->op, &rewrite);
    const char *preflight =
        rule->when == RULE_BEFORE ? preflight_query(ctx, judged->op, judged->file->before) : NULL;
    LIST_APPEND(arena, judging->findings,
                (Finding){.rule = rule->id,
                          .severity = active->severity,
                          .file = judged->source,
                          .statement = judged->number,
                          .span = judged->place,
                          .message = said_message(arena, judged, message),
                          .relation = name_copy(arena, subject.relation),
                          .lock = subject.level,
                          .rewrite = keep_steps(arena, &rewrite.steps),
                          .replaces = replaced_span(rule, judged, &rewrite.steps),
                          .preflight = arena_strdup(arena, preflight)});
    return true;
}

static bool
concerns(const ActiveRule *active, const Op *op)
{
    return active->rule->concerns == NULL || active->rule->concerns(op);
}

static bool
some_concern(const ActiveRuleList *rules, const Op *op)
{
    foreach (active, rules) {
        if (concerns(active, op))
            return true;
    }
    return false;
}

static bool
empties(const Op *op)
{
    return op->kind == OP_TRUNCATE ||
           (op->kind == OP_DELETE && op->data.phase == DATA_RUNS && op->data.from.count == 0 &&
            (!op->data.has_where || op->data.is_always_true));
}

static bool
fills(const Op *op)
{
    return op->kind == OP_INSERT || op->kind == OP_COPY_FROM || op->kind == OP_MERGE;
}

bool
judging_looks_at(const Judging *judging, const Op *op)
{
    if (empties(op) || sifted_is(op) || (fills(op) && judging->emptied.count > 0))
        return true;
    for (size_t moment = 0; moment < RULE_MOMENTS; moment++) {
        if (some_concern(&judging->rules_on[moment][op->kind], op))
            return true;
    }
    return false;
}

/* A write in code that may not run proves nothing. */
static void
note_rows(Judging *judging, const ReadOp *seen)
{
    if (seen->table == NULL || seen->op->guarded)
        return;
    sifted_note(judging->arena, &judging->sifted, seen);
    if (empties(seen->op))
        LIST_APPEND(judging->arena, &judging->emptied, seen->table->id);
    else if (fills(seen->op))
        foreach (id, &judging->emptied)
            *id = *id == seen->table->id ? 0 : *id;
}

static bool
is_emptied(const Judging *judging, const SimRelation *table)
{
    foreach (id, &judging->emptied) {
        if (table != NULL && *id == table->id)
            return true;
    }
    return false;
}

/* Of the columns that go, and the new names of those renamed, which no application knows. */
static void
note_types(Judging *judging, const ReadOp *seen)
{
    const Op *op = seen->op;
    if (op->kind == OP_RENAME_TYPE && op->rename.new_name != NULL)
        LIST_APPEND(judging->arena, &judging->gone_types,
                    (QualifiedName){.name = op->rename.new_name});
    if (seen->table == NULL || (op->kind != OP_DROP_TABLE && op->kind != OP_DROP_COLUMN))
        return;
    foreach (column, &seen->table->columns) {
        if (op->kind == OP_DROP_TABLE || text_equals(op->column.column, column->name))
            LIST_APPEND(judging->arena, &judging->gone_types, column->type.name);
    }
}

static bool
are_columns_gone(const Judging *judging, const ReadOp *seen)
{
    if (seen->op->kind != OP_DROP_TYPE)
        return false;
    foreach (type, &judging->gone_types) {
        if (type->name != NULL && strcmp(type->name, seen->op->target.name) == 0)
            return true;
    }
    return false;
}

static bool
is_of_kind(const Statement *statement, const char *verb)
{
    return *statement->kind == *verb && strncmp(statement->kind, verb, strlen(verb)) == 0;
}

/* An operation on its way past the rules. Most are no rule's, and what the rules see of one is only
 * made for the first that is asked. */
typedef struct Case {
    Judging *judging;
    const ReadFile *file;
    size_t source;
    const ReadOp *seen;
    Arena *scratch;
    const LockEffect *blocking;
    JudgedOp *judged; /* empty until `is_made` */
    bool is_made;
    bool shows_effects;
} Case;

static const JudgedOp *
judged_of(Case *at)
{
    if (at->is_made)
        return at->judged;
    judged_op_make(at->judged, &at->judging->common, at->file, at->source, at->seen);
    at->judged->ctx.columns_are_gone = are_columns_gone(at->judging, at->seen);
    at->is_made = true;
    return at->judged;
}

static void
show_effects(Case *at)
{
    const ReadOp *seen = at->seen;
    LintContext *ctx = &at->judged->ctx;
    (void)judged_of(at);
    ctx->arena = at->scratch;
    ctx->table = seen->table;
    ctx->effect = seen->effect;
    ctx->effects = seen->effects;
    ctx->blocking = at->blocking;
    ctx->held = seen->beside;
    ctx->stopped = seen->stopped;
    ctx->table_is_empty = is_emptied(at->judging, seen->table);
    ctx->sifted = sifted_of(at->scratch, &at->judging->sifted, seen);
    at->shows_effects = true;
}

static bool
has_what_it_needs(const Case *at, const Rule *rule)
{
    switch (rule->needs) {
    case RULE_NEEDS_NOTHING:
        return true;
    case RULE_NEEDS_UP:
        return at->file->direction != DIRECTION_DOWN;
    case RULE_NEEDS_BLOCKING:
        return at->blocking != NULL;
    case RULE_NEEDS_STOPPED:
        return lock_blocks_writes(at->seen->stopped.level);
    }
    return true;
}

static bool
is_asked(const Case *at, const ActiveRule *active)
{
    const Rule *rule = active->rule;
    if (!has_what_it_needs(at, rule) || !concerns(active, at->seen->op))
        return false;
    return rule->concerns_text == NULL ||
           rule->concerns_text(judged_text(at->file, at->seen), at->seen->statement->span,
                               active->number);
}

static void
ask_now(Case *at, const ActiveRuleList *rules)
{
    foreach (active, rules) {
        if (!is_asked(at, active))
            continue;
        if (!at->shows_effects)
            show_effects(at);
        if (ask(at->judging, at->judged, active))
            at->judged->ctx.claimed |= active->rule->severity == SEVERITY_ERROR;
    }
}

static void
ask_later(Case *at, RuleMoment moment, JudgedOpList *later)
{
    if (!some_concern(&at->judging->rules_on[moment][at->seen->op->kind], at->seen->op))
        return;
    const JudgedOp *judged = judged_of(at);
    LIST_APPEND(at->judging->arena, later, *judged);
}

/* Those that no kind tells come last: they see what the others have claimed. */
static void
judge(Case *at)
{
    Judging *judging = at->judging;
    const Statement *statement = at->seen->statement;
    ask_later(at, RULE_AFTER_FILE, &judging->after_file);
    if (at->file->direction != DIRECTION_DOWN)
        ask_later(at, RULE_AFTER_ALL, &judging->after_all);
    ask_now(at, &judging->rules_on[RULE_BEFORE][at->seen->op->kind]);
    if (at->seen->op == statement->ops.items &&
        (is_of_kind(statement, "CREATE") || is_of_kind(statement, "ALTER")))
        ask_now(at, &judging->rules_on_any[RULE_ANY_THAT_NAMES]);
    if (at->blocking != NULL)
        ask_now(at, &judging->rules_on_any[RULE_ANY_THAT_BLOCKS]);
}

void
judging_op(Judging *judging, const ReadFile *file, size_t source, const ReadOp *seen,
           Arena *scratch)
{
    JudgedOp judged;
    ReadOp filled;
    if (!judging->common.has_schema && hollow_is(seen, scratch)) {
        filled = hollow_filled(seen, scratch, judging->common.pg_version);
        seen = &filled;
    }
    Case at = {.judging = judging,
               .file = file,
               .source = source,
               .seen = seen,
               .scratch = scratch,
               .blocking = judged_blocking(seen),
               .judged = &judged};
    judge(&at);
    note_rows(judging, seen);
    note_types(judging, seen);
}

static void
judge_later(Judging *judging, JudgedOpList *later, RuleMoment moment, const Schema *schema,
            Arena *scratch)
{
    const ArenaMark mark = arena_mark(scratch);
    foreach (judged, later) {
        judged->ctx.arena = scratch;
        judged->ctx.schema = schema;
        const SimRelation *target = schema_find_relation(schema, judged->op->target);
        judged->ctx.table = lock_model_table(schema, judged->op, target);
        foreach (active, &judging->rules_on[moment][judged->op->kind]) {
            if (concerns(active, judged->op))
                (void)ask(judging, judged, active);
        }
    }
    later->count = 0;
    arena_rewind(scratch, mark);
}

static void
note_gap(JudgedOpList *later, size_t first, bool has_gap)
{
    for (size_t i = first; i < later->count; i++)
        later->items[i].ctx.has_gap = has_gap;
}

void
judging_end_file(Judging *judging, const ReadFile *file, Arena *scratch)
{
    brief_lock_end_file(&judging->brief, file->schema, judging->findings);
    judging->emptied.count = 0;
    judging->sifted.count = 0;
    judging->gone_types.count = 0;
    note_gap(&judging->after_file, 0, file->has_gap);
    note_gap(&judging->after_all, judging->gaps_known, file->has_gap);
    judging->gaps_known = judging->after_all.count;
    judge_later(judging, &judging->after_file, RULE_AFTER_FILE, file->schema, scratch);
}

void
judging_end_history(Judging *judging, const Schema *schema, Arena *scratch)
{
    judge_later(judging, &judging->after_all, RULE_AFTER_ALL, schema, scratch);
    judging->gaps_known = 0;
}
