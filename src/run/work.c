/* SPDX-License-Identifier: MIT */
#include "run/work.h"

#include <string.h>

#include "base/hash.h"
#include "parse/parse.h"
#include "run/token_checksum.h"
#include "source/version.h"

#define WORDS_SHOWN 70

static const char *
hash_text(Arena *arena, const char *text, size_t length)
{
    char *hex = arena_alloc(arena, HASH_HEX_SIZE);
    hash_sha256_hex(text, length, hex);
    return hex;
}

static bool
use_file(Arena *arena, SourceFile *file, Work *work, Error *err)
{
    if (!source_require(file, err))
        return false;
    work->file = file;
    work->path = file->path;
    work->text = file->text;
    work->length = file->length;
    work->lines_before = file->lines_before;
    work->no_transaction = file->no_transaction;
    work->checksum = source_checksum(arena, file);
    return true;
}

/* The down file, unless it is gone or belongs to an up that is not the one that was applied. */
static bool
use_down(Arena *arena, const PlanItem *item, Work *work, Error *err)
{
    const char *stored = item->applied != NULL ? item->applied->down_sql : NULL;
    SourceFile *file = item->migration != NULL ? item->migration->down : NULL;
    if (file != NULL && (stored == NULL || item->file != FILE_CHANGED))
        return use_file(arena, file, work, err);
    if (stored == NULL)
        return error_set(err, ERROR_USAGE, "%s has no way back",
                         version_label(arena, item->version_text, item->name));
    work->event.from_history = true;
    work->path = "(stored in the history)";
    work->text = stored;
    work->length = strlen(stored);
    work->checksum = hash_text(arena, stored, work->length);
    return true;
}

static bool
use_up(Arena *arena, const PlanItem *item, Work *work, Error *err)
{
    SourceFile *down = item->migration->down;
    if (down != NULL) {
        if (!source_require(down, err))
            return false;
        work->down_sql = source_stored_text(arena, down);
        work->down_checksum = source_checksum(arena, down);
    }
    return use_file(arena, item->migration->up, work, err);
}

static const SyntaxError *
first_error(const SyntaxErrorList *errors)
{
    const SyntaxError *first = &errors->items[0];
    foreach (error, errors)
        if (error->span.start < first->span.start)
            first = error;
    return first;
}

static void
note_left_out(Arena *arena, Work *work)
{
    const SpanList *lines = &work->script->left_out;
    if (lines->count == 0)
        return;
    const Span first = lines->items[0];
    work->event.left_out_count = lines->count;
    work->event.left_out = arena_printf(arena, "%s: %.*s", work_place(arena, work, first.start),
                                        (int)(first.end - first.start), work->text + first.start);
}

static bool
parse(Arena *arena, Work *work, Error *err)
{
    work->lines = work->file != NULL ? source_lines(arena, work->file)
                                     : line_index_new(arena, work->text, work->length);
    work->script = parse_script(arena, work->text, work->length);
    if (work->script->errors.count > 0) {
        const SyntaxError *error = first_error(&work->script->errors);
        error_set(err, ERROR_MIGRATION, "%s: %s", work_place(arena, work, error->span.start),
                  error->message);
        memcpy(err->sqlstate, "42601", sizeof "42601");
        return error_hint(err, "Mend the statement and check it with `lockstep lint`.");
    }
    note_left_out(arena, work);
    work->directives = directive_scan(arena, work->text, work->script);
    work->token_checksum = token_checksum(arena, work->text, work->script);
    return true;
}

static bool
cut(Arena *arena, Work *work, Error *err)
{
    const char *problem = NULL;
    size_t at = 0;
    bool alone = work->no_transaction || directive_has(&work->directives, DIRECTIVE_NO_TRANSACTION);
    work->segments = segment_script(arena, work->script, alone, &problem, &at);
    if (problem != NULL) {
        error_set(err, ERROR_USAGE, "%s: %s",
                  work_place(arena, work, work->script->statements.items[at].span.start), problem);
        return error_hint(err, "Leave BEGIN and COMMIT to lockstep, which runs a file in one "
                               "transaction.");
    }
    size_t count = work->segments.count;
    work->is_stepped = count > 1 || (count == 1 && !work->segments.items[0].in_transaction);
    work->hashes = ARENA_ARRAY(arena, const char *, count);
    work->states = ARENA_ARRAY(arena, StepState, count);
    work->has_state = ARENA_ARRAY(arena, bool, count);
    for (size_t i = 0; i < count; i++) {
        const Segment *segment = &work->segments.items[i];
        bool is_all = segment->count == work->script->statements.count;
        work->hashes[i] = is_all ? work->token_checksum
                                 : token_checksum_part(arena, work->text, work->script,
                                                       segment->first, segment->count);
        work->event.statements += segment->count;
    }
    return true;
}

bool
work_prepare(Arena *arena, const PlanItem *item, Direction direction, const char *run, Work *out,
             Error *err)
{
    *out = (Work){.item = item};
    /* A redo has two attempts at each version. */
    out->attempt = arena_printf(arena, "%s-%s%s", run, item->version,
                                direction == DIRECTION_DOWN ? "-down" : "");
    out->event = (MigrationEvent){.version = item->version,
                                  .version_text = item->version_text,
                                  .name = item->name,
                                  .direction = direction};
    bool ok =
        direction == DIRECTION_UP ? use_up(arena, item, out, err) : use_down(arena, item, out, err);
    if (!ok || !parse(arena, out, err) || !cut(arena, out, err))
        return false;
    out->event.path = out->path;
    return true;
}

/* The newest attempt of this version and direction that got anywhere. */
static const char *
open_attempt(const History *history, const char *version, bool is_down)
{
    const char *attempt = NULL;
    for (size_t i = 0; i < history->open_steps.count; i++) {
        const HistoryStep *step = &history->open_steps.items[i];
        if (strcmp(step->version, version) == 0 && step->is_down == is_down &&
            step->state != STEP_FAILED)
            attempt = step->attempt;
    }
    return attempt;
}

static bool
take_step(Work *work, const HistoryStep *step, Error *err)
{
    size_t index = step->position - 1;
    bool known = index < work->segments.count && strcmp(step->text_hash, work->hashes[index]) == 0;
    if (!known && step->state != STEP_FAILED) {
        error_set(err, ERROR_DRIFT,
                  "%s changed since it stopped half way: step %zu is %s and is "
                  "not what the file says now",
                  work->path, step->position, step->state == STEP_DONE ? "done" : "begun");
        return error_hint(err, "Put that part of the file back as it was; what comes after it may "
                               "be changed.");
    }
    if (known) {
        work->states[index] = step->state;
        work->has_state[index] = true;
    }
    return true;
}

bool
work_resume(Arena *arena, const History *history, Work *work, Error *err)
{
    bool is_down = work->event.direction == DIRECTION_DOWN;
    const char *attempt = open_attempt(history, work->item->version, is_down);
    if (attempt == NULL)
        return true;
    work->attempt = arena_strdup(arena, attempt);
    work->event.resumed = true;
    work->is_stepped = true;
    for (size_t i = 0; i < history->open_steps.count; i++) {
        const HistoryStep *step = &history->open_steps.items[i];
        if (strcmp(step->attempt, attempt) == 0 && !take_step(work, step, err))
            return false;
    }
    return true;
}

const char *
work_place(Arena *arena, const Work *work, size_t offset)
{
    Position position = line_index_position(work->lines, offset);
    return arena_printf(arena, "%s:%zu:%zu", work->path, position.line, position.column);
}

const char *
work_statement_text(Arena *arena, const Work *work, size_t index)
{
    Span span = work->script->statements.items[index].span;
    return arena_strndup(arena, work->text + span.start, span.end - span.start);
}

int64_t
work_timeout(const Work *work, size_t index, DirectiveKind kind)
{
    int64_t timeout = -1;
    foreach (directive, &work->directives)
        if (directive->kind == kind && directive->statement == index)
            timeout = directive->timeout_ms;
    return timeout;
}

/* The beginning of the statement with each run of white space as one blank, cut between characters.
 */
static const char *
first_words(Arena *arena, const char *text, size_t length)
{
    char *words = arena_alloc(arena, WORDS_SHOWN * 4 + 8);
    size_t used = 0;
    size_t shown = 0;
    bool blank = false;
    for (size_t i = 0; i < length; i++) {
        char byte = text[i];
        if (strchr(" \t\r\n", byte) != NULL) {
            blank = used > 0;
            continue;
        }
        bool begins = ((unsigned char)byte & 0xC0) != 0x80;
        shown += (begins ? 1 : 0) + (blank ? 1 : 0);
        if (begins && shown >= WORDS_SHOWN) {
            memcpy(words + used, "…", sizeof "…");
            return words;
        }
        if (blank)
            words[used++] = ' ';
        blank = false;
        words[used++] = byte;
    }
    return words;
}

StatementEvent
work_statement_event(Arena *arena, const Work *work, size_t index)
{
    const Statement *statement = &work->script->statements.items[index];
    size_t length = statement->span.end - statement->span.start;
    size_t number = 0;
    bool in_transaction = false;
    foreach (segment, &work->segments) {
        if (index >= segment->first && index < segment->first + segment->count) {
            number += index - segment->first + 1;
            in_transaction = segment->in_transaction;
            break;
        }
        number += segment->count;
    }
    return (StatementEvent){
        .migration = &work->event,
        .number = number,
        .line = line_index_position(work->lines, statement->span.start).line,
        .kind = statement->kind,
        .words = first_words(arena, work->text + statement->span.start, length),
        .in_transaction = in_transaction,
        .class = work->classes[index],
    };
}
