/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lockstep/dump_header.h"
#include "lockstep/hazard.h"

#include "lint/allow.h"
#include "lint/finding_order.h"
#include "lint/judging.h"
#include "lint/last_said.h"
#include "lint/linter.h"
#include "lint/lock_order.h"
#include "lint/refused.h"
#include "lint/series_made.h"
#include "lint/session_left.h"
#include "lint/template_words.h"
#include "schema/differ.h"
#include "source/directive.h"

/* What the comments of a file are applied with. */
typedef struct FileComments {
    const Script *script; /* NULL where the file is broken */
    const DirectiveList *directives;
} FileComments;

struct Linter {
    Arena *arena; /* of the result; what is read does not live as long */
    const LintOptions *options;
    Judging *judging;
    /* Of the history at hand: */
    LintResult result;           /* the file at hand is the last of its sources */
    LockOrder *lock_order;       /* of the ups */
    LIST(FileComments) comments; /* of each source */
    RefusedList refused;
    size_t first_of_file;   /* how many findings there were before the file at hand */
    SessionLeft session;    /* as the file at hand found it */
    bool said_lock_timeout; /* that this deploy sets none */
};

static size_t
source_index(const Linter *linter)
{
    return linter->result.sources.count - 1;
}

static void
add_finding(Linter *linter, Finding finding)
{
    finding.file = source_index(linter);
    finding.message = arena_strdup(linter->arena, finding.message);
    finding.relation = name_copy(linter->arena, finding.relation);
    LIST_APPEND(linter->arena, &linter->result.findings, finding);
}

/* A lock that the application waits behind; NULL: none. */
static const LockEffect *
blocking_effect(const ReadOp *seen)
{
    foreach (effect, &seen->effects) {
        if (effect->existed && lock_blocks_writes(effect->level))
            return effect;
    }
    return NULL;
}

/* Why a statement of the file waits for its lock without end; NULL: it does not. */
static const char *
missing_timeout(const Linter *linter, const ReadFile *file, const ReadOp *seen)
{
    const Runner *runner = linter->options->runner;
    const char *set = schema_setting(seen->schema, "lock_timeout");
    if (set != NULL && strtol(set, NULL, 10) > 0)
        return NULL;
    if (runner != NULL && !runner->sets_lock_timeout)
        return arena_printf(linter->arena, "%s sets no lock_timeout", runner->name);
    return set != NULL && dump_header_in(file->source->text)
               ? "the header of the dump switches lock_timeout off"
               : NULL;
}

/* Said once of a file, at the first statement that may wait. */
static void
judge_lock_timeout(Linter *linter, const ReadFile *file, const ReadOp *seen)
{
    const LockEffect *effect = linter->said_lock_timeout ? NULL : blocking_effect(seen);
    const char *why = effect != NULL ? missing_timeout(linter, file, seen) : NULL;
    if (why == NULL)
        return;
    linter->said_lock_timeout = true;
    add_finding(linter, (Finding){.rule = FINDING_MISSING_LOCK_TIMEOUT,
                                  .severity = SEVERITY_WARNING,
                                  .statement = seen->number,
                                  .span = seen->place,
                                  .message = arena_printf(
                                      linter->arena,
                                      "%s on %s is waited for without limit, and everybody queues "
                                      "behind: %s, so write SET lock_timeout = '2s'; before",
                                      lock_words(effect->level),
                                      sql_qualified(linter->arena, effect->relation), why),
                                  .relation = effect->relation,
                                  .lock = effect->level});
}

static bool
is_reported(const Linter *linter, const ReadFile *file, const ReadOp *seen)
{
    const FindingList *findings = &linter->result.findings;
    if (file->problem != NULL && file->problem_at + 1 == seen->number)
        return true;
    for (size_t i = findings->count; i > 0; i--) {
        const Finding *finding = &findings->items[i - 1];
        if (finding->file != source_index(linter))
            return false;
        if (strcmp(finding->rule, FINDING_REFUSED) == 0 &&
            (finding->statement == seen->number || strcmp(finding->message, seen->refusal) == 0))
            return true;
    }
    return false;
}

/* The first of a statement, and the same words once a file: what follows from it would be more. */
static void
add_refusal(Linter *linter, const ReadFile *file, const ReadOp *seen)
{
    LIST_APPEND(linter->arena, &linter->refused,
                ((RefusedOp){source_index(linter), seen->number, seen->place}));
    if (is_reported(linter, file, seen))
        return;
    add_finding(linter, (Finding){.rule = FINDING_REFUSED,
                                  .severity = SEVERITY_ERROR,
                                  .statement = seen->number,
                                  .span = seen->place,
                                  .message = seen->refusal});
}

static void
note_lock_order(Linter *linter, const ReadOp *seen)
{
    OrderConflict conflict;
    if (!lock_order_add(linter->lock_order, &seen->effects, seen->number, &conflict))
        return;
    Arena *arena = linter->arena;
    const char *first = sql_qualified(arena, conflict.first);
    const char *second = sql_qualified(arena, conflict.second);
    add_finding(linter, (Finding){.rule = FINDING_LOCK_ORDER,
                                  .severity = SEVERITY_INFO,
                                  .statement = seen->number,
                                  .span = seen->place,
                                  .message = arena_printf(
                                      arena,
                                      "locks %s when %s is locked already; %s does it the other "
                                      "way round (statement %zu): at the same time, each waits "
                                      "for the other",
                                      first, second, conflict.path, conflict.statement),
                                  .relation = conflict.first});
}

static bool
looks_at(const void *self, const Op *op)
{
    const Linter *linter = self;
    return judging_looks_at(linter->judging, op);
}

static void
lint_op(void *self, const ReadFile *file, const ReadOp *seen, Arena *scratch)
{
    Linter *linter = self;
    if (seen->refusal != NULL)
        add_refusal(linter, file, seen);
    if (file->direction == DIRECTION_UP)
        note_lock_order(linter, seen);
    judging_op(linter->judging, file, source_index(linter), seen, scratch);
    judge_lock_timeout(linter, file, seen);
}

/* An error at the end of the text is shown behind the last word, not on the empty line after it. */
static Span
place_of_error(const SourceFile *file, Span span)
{
    if (span.start < file->length)
        return span;
    size_t end = file->length;
    while (end > 0 && text_is_space(file->text[end - 1]))
        end--;
    return (Span){end, end};
}

/* Another runner may be the one that fills a file in. */
static void
add_syntax_errors(Linter *linter, const ReadFile *file)
{
    const bool fills_in = !runner_is_ours(linter->options->runner);
    foreach (error, &file->script->errors)
        add_finding(
            linter,
            (Finding){.rule = error->is_template ? FINDING_UNFILLED_TEMPLATE : FINDING_SYNTAX_ERROR,
                      .severity = error->is_template && fills_in ? SEVERITY_INFO : SEVERITY_ERROR,
                      .statement = read_file_statement_at(file->script, error->span.start),
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
    const bool is_empty = file->script->statements.count == 0 && file->script->errors.count == 0;
    if (migration->down != NULL || migration->down_words == NULL || file->source != migration->up ||
        is_empty || directive_has(&file->directives, DIRECTIVE_IRREVERSIBLE))
        return;
    add_finding(linter, (Finding){.rule = FINDING_MISSING_DOWN,
                                  .severity = SEVERITY_WARNING,
                                  .message = arena_printf(
                                      linter->arena,
                                      "there is no way back: write %s, or say at the top why not: "
                                      "\"-- lockstep: irreversible: REASON\"",
                                      migration->down_words)});
}

static const char *
undone_words(Arena *arena, const ReadFile *file)
{
    return file->undoes == 1
               ? "the up"
               : arena_printf(arena, "the %zu ups of this series, with all of its downs run",
                              file->undoes);
}

/* The schema is compared as the up found it and as the down leaves it. */
static void
add_down_differs(Linter *linter, const ReadFile *file, Arena *scratch)
{
    const Migration *migration = file->migration;
    bool is_pair = file->undoes > 0 && migration->up != NULL;
    if (!is_pair || file->has_gap || directive_has(&file->directives, DIRECTIVE_IRREVERSIBLE))
        return;
    const StringList found = schema_differences(scratch, file->schema, file->before_up);
    if (found.count > 0)
        add_finding(linter,
                    (Finding){.rule = FINDING_DOWN_DIFFERS,
                              .severity = SEVERITY_WARNING,
                              .message = arena_printf(
                                  linter->arena, "the schema is not what it was before %s: %s",
                                  undone_words(scratch, file), hazard_list(scratch, &found))});
}

/* `up` resets its session before each file. */
static bool
keeps_session(const Runner *runner)
{
    return runner != NULL && runner->keeps_session;
}

static void
add_session_left(Linter *linter, const ReadFile *file)
{
    const Runner *runner = file->runner;
    size_t at = 0;
    if (!keeps_session(runner))
        return;
    const char *name = session_left_find(&linter->session, file, runner->gives_back, &at);
    if (name == NULL)
        return;
    add_finding(linter,
                (Finding){.rule = FINDING_SESSION_SETTING,
                          .severity = SEVERITY_WARNING,
                          .statement = at + 1,
                          .span = file->script->statements.items[at].span,
                          .message = arena_printf(
                              linter->arena,
                              "%s stays set: %s runs the next file in the same session where both "
                              "are deployed together, and in another one where they are not; write "
                              "SET LOCAL, or RESET %s at the end",
                              name, runner->name, name)});
}

static void
judge_text(Linter *linter, const ReadFile *file, Arena *scratch)
{
    LintResult *result = &linter->result;
    add_syntax_errors(linter, file);
    add_segment_problem(linter, file);
    add_missing_down(linter, file);
    add_down_differs(linter, file, scratch);
    add_session_left(linter, file);
    size_t statements = file->script->statements.count;
    result->sources.items[source_index(linter)].statements = statements;
    result->statements += statements;
}

static void
add_broken(Linter *linter, const SourceFile *source)
{
    Error err;
    if (source_require(source, &err))
        return;
    add_finding(linter, (Finding){.rule = FINDING_UNREADABLE_FILE,
                                  .severity = SEVERITY_ERROR,
                                  .message = err.message});
}

static const char **
command_tags(Arena *arena, const Script *script)
{
    if (script == NULL)
        return NULL;
    const char **kinds = ARENA_ARRAY(arena, const char *, script->statements.count);
    for (size_t i = 0; i < script->statements.count; i++)
        kinds[i] = script->statements.items[i].kind;
    return kinds;
}

static void
begin_file(void *self, const ReadFile *file)
{
    Linter *linter = self;
    LintResult *result = &linter->result;
    size_t count = result->sources.count;
    linter->first_of_file = result->findings.count;
    /* Both directions may stand in one file. */
    bool is_same =
        count > 0 && strcmp(result->sources.items[count - 1].file->path, file->source->path) == 0;
    result->files += is_same ? 0 : 1;
    LIST_APPEND(linter->arena, &result->sources,
                (LintSource){.file = file->source,
                             .on_disk = result->files - 1,
                             .direction = file->direction,
                             .kinds = command_tags(linter->arena, file->script)});
    LIST_APPEND(linter->arena, &linter->comments, (FileComments){file->script, &file->directives});
    lock_order_begin(linter->lock_order, file->source->path, !series_goes_on(file));
    if (keeps_session(file->runner))
        session_left_begin(&linter->session, file->schema);
}

/* A rule that looks at the end of the file looks at that of the deploy. */
static void
end_segment(void *self, const ReadFile *file, const Segment *segment, Arena *scratch)
{
    Linter *linter = self;
    const bool ends_deploy = linter->options->split_transactions && segment->is_block;
    lock_order_begin(linter->lock_order, file->source->path, ends_deploy);
    if (!ends_deploy)
        return;
    judging_end_file(linter->judging, file, scratch);
    linter->said_lock_timeout = false;
}

static void
end_file(void *self, const ReadFile *file, Arena *scratch)
{
    Linter *linter = self;
    linter->said_lock_timeout = false;
    judging_end_file(linter->judging, file, scratch);
    series_made_apply(file, &linter->result.findings, linter->first_of_file);
    if (file->script == NULL)
        add_broken(linter, file->source);
    else
        judge_text(linter, file, scratch);
}

/* ---- all findings, in order */

static void
apply_comments_of(Linter *linter, const FileComments *comments, FindingSlice slice)
{
    FindingList *findings = &linter->result.findings;
    const SourceFile *file = linter->result.sources.items[slice.file].file;
    if (comments->script == NULL)
        return;
    if (comments->script->filled != NULL)
        template_words_restore(linter->arena, file->text, comments->script->filled,
                               findings->items + slice.first, slice.end - slice.first);
    allow_apply(linter->arena, comments->directives, file, comments->script, linter->options, slice,
                findings);
}

/* What the comments of its files accept, and what is wrong with them. */
static void
apply_comments(Linter *linter)
{
    const FindingList *findings = &linter->result.findings;
    const size_t count = findings->count;
    size_t first = 0;
    for (size_t file = 0; file < linter->comments.count; file++) {
        size_t end = first;
        while (end < count && findings->items[end].file == file)
            end++;
        apply_comments_of(linter, &linter->comments.items[file], (FindingSlice){file, first, end});
        first = end;
    }
}

static void
end_history(void *self, const Schema *schema, Arena *scratch)
{
    Linter *linter = self;
    FindingList *findings = &linter->result.findings;
    const size_t first = findings->count;
    judging_end_history(linter->judging, schema, scratch);
    last_said_keep(scratch, findings, first);
    refused_apply(&linter->refused, findings);
    finding_order(scratch, findings);
    apply_comments(linter);
    finding_order(scratch, findings);
}

Linter *
linter_new(Arena *arena, const LintOptions *options)
{
    Linter *linter = ARENA_NEW(arena, Linter);
    *linter = (Linter){.arena = arena,
                       .options = options,
                       .judging = judging_new(arena, options, &linter->result.findings)};
    return linter;
}

/* The lists keep the room that they had for the history before. */
static void
begin_history(Linter *linter, Arena *scratch)
{
    LintResult *result = &linter->result;
    result->sources.count = 0;
    result->findings.count = 0;
    result->files = 0;
    result->statements = 0;
    linter->comments.count = 0;
    linter->refused.count = 0;
    linter->lock_order = lock_order_new(scratch);
}

static LintResult
copy_result(const Linter *linter)
{
    LintResult copy = linter->result;
    copy.sources.capacity = copy.sources.count;
    copy.sources.items = arena_copy(linter->arena, copy.sources.items,
                                    copy.sources.count * sizeof *copy.sources.items);
    copy.findings.capacity = copy.findings.count;
    copy.findings.items = arena_copy(linter->arena, copy.findings.items,
                                     copy.findings.count * sizeof *copy.findings.items);
    return copy;
}

LintResult
linter_judge(Linter *linter, Arena *scratch, const DiscoveredFiles *files, HistorySpan history)
{
    const LintOptions *options = linter->options;
    const Reader reader = {.self = linter,
                           .foresees = true,
                           .looks_at = looks_at,
                           .begin_file = begin_file,
                           .see_op = lint_op,
                           .end_segment = end_segment,
                           .end_file = end_file,
                           .end_history = end_history};
    const ReadingOptions reading = {.pg_version = options->pg_version,
                                    .schema = options->schema,
                                    .runner = options->runner,
                                    .split_transactions = options->split_transactions};
    begin_history(linter, scratch);
    const SyntaxErrorList errors = reading_history(scratch, &reading, files, history, &reader);
    linter->result.schema_errors = syntax_errors_copy(linter->arena, &errors);
    return copy_result(linter);
}
