/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "lint/connect.h"
#include "lint/reading_parts.h"
#include "parse/parse.h"
#include "refusals/refusal.h"
#include "schema/replay.h"
#include "source/series.h"

static void
end_statement(const Reading *reading, const ReadFile *file, const Segment *segment, size_t index)
{
    if (!reading->silent && reading->reader->end_statement != NULL)
        reading->reader->end_statement(reading->reader->self, file, segment, index);
}

/* What the version does not have cannot stand in its schema: nothing that follows can run there. */
static void
note_schema_statement(Reading *reading, const Statement *statement)
{
    OpKind kind = statement->ops.items[0].kind;
    if (kind == OP_CREATE_TABLE) {
        Span *tables = &reading->schema_tables;
        tables->start = tables->end == 0 ? statement->span.start : tables->start;
        tables->end = statement->span.end;
    }
    /* A newer pg_dump writes settings that its server does not have. */
    if (!reading->reader->wants_all || reading->schema_refusal != NULL || kind == OP_SET_VARIABLE ||
        kind == OP_NO_RELATION)
        return;
    const RefusalCase refusal = reading_refusal_case(reading, false);
    const char *refused = refusal_of_version(&refusal, statement);
    if (refused != NULL)
        reading->schema_refusal = arena_printf(reading->arena, "in the schema file, %s", refused);
}

static void
read_statement(Reading *reading, const ReadFile *file, const Segment *segment, size_t index)
{
    const Statement *statement = &file->script->statements.items[index];
    ArenaMark mark = arena_mark(reading->scratch);
    doubt_broken(&reading->doubt, file->script, statement->span.start);
    called_code_begin(reading->called);
    reading->stopped = reading->held.strongest;
    if (reading->in_schema_file)
        note_schema_statement(reading, statement);
    const Running running = {.file = file,
                             .segment = segment,
                             .statement = statement,
                             .number = index + 1,
                             .text = file->source->text,
                             .place = statement->span};
    reading_ops(reading, &running);
    end_statement(reading, file, segment, index);
    arena_rewind(reading->scratch, mark);
}

static void
end_transaction(Schema *schema, const Segment *segment)
{
    if (segment->rolled_back)
        schema_rollback(schema);
    else
        schema_commit(schema);
}

static void
read_segment(Reading *reading, const ReadFile *file, const Segment *segment)
{
    schema_begin(reading->schema);
    reading->before_transaction = schema_mark(reading->schema);
    held_begin(&reading->held);
    for (size_t i = segment->first; i < segment->first + segment->count; i++)
        read_statement(reading, file, segment, i);
    end_transaction(reading->schema, segment);
    const ArenaMark mark = arena_mark(reading->scratch);
    if (!reading->silent && reading->reader->end_segment != NULL)
        reading->reader->end_segment(reading->reader->self, file, segment, reading->scratch);
    arena_rewind(reading->scratch, mark);
    if (reading->options->split_transactions && segment->is_block)
        schema_new_session(reading->schema);
}

/* Statements between two segments are BEGIN, COMMIT and their like. */
static void
read_segments(Reading *reading, const ReadFile *file)
{
    size_t next = 0;
    foreach (segment, &file->segments) {
        for (; next < segment->first; next++)
            end_statement(reading, file, NULL, next);
        read_segment(reading, file, segment);
        next = segment->first + segment->count;
    }
    for (; next < file->script->statements.count; next++)
        end_statement(reading, file, NULL, next);
    doubt_broken(&reading->doubt, file->script, file->source->length + 1);
}

static ParseDepth
depth_of(const Reader *reader)
{
    return reader->wants_all ? PARSE_WHOLE : PARSE_SCHEMA;
}

static void
read_file(Reading *reading, const Migration *migration, const SourceFile *source,
          Direction direction, size_t undoes)
{
    const Reader *reader = reading->reader;
    ReadFile *file = ARENA_NEW(reading->arena, ReadFile);
    *file = (ReadFile){.migration = migration,
                       .runner = reading->options->runner,
                       .source = source,
                       .direction = direction,
                       .schema = reading->schema,
                       .before = schema_mark(reading->schema),
                       .before_up = reading->before_up,
                       .undoes = undoes};
    bool opened = read_file_open(reading->arena, reading->scratch, file, depth_of(reader));
    if (reader->begin_file != NULL)
        reader->begin_file(reader->self, file);
    if (opened)
        read_segments(reading, file);
    reading->doubt.gaps += !opened || file->script->errors.count > 0;
    file->has_gap = reading->doubt.gaps > reading->gaps_before_up;
    const ArenaMark mark = arena_mark(reading->scratch);
    if (reader->end_file != NULL)
        reader->end_file(reader->self, file, reading->scratch);
    arena_rewind(reading->scratch, mark);
}

/* Without reporting it. */
static SyntaxErrorList
replay_file(Reading *reading, const SourceFile *source)
{
    ReadFile file = {.source = source, .runner = reading->options->runner};
    if (!read_file_open(reading->arena, reading->scratch, &file, depth_of(reading->reader))) {
        reading->doubt.gaps++;
        return (SyntaxErrorList){0};
    }
    reading->silent = true;
    foreach (segment, &file.segments)
        read_segment(reading, &file, segment);
    doubt_broken(&reading->doubt, file.script, source->length + 1);
    reading->silent = false;
    reading->doubt.gaps += file.script->errors.count;
    return file.script->errors;
}

/* `up` resets its session before each file. Of another runner each file is a deploy of its own. */
static void
begin_deploy(Reading *reading)
{
    if (runner_is_ours(reading->options->runner))
        schema_reset_session(reading->schema);
    else
        schema_new_session(reading->schema);
}

/* `begins`: it is the first of its series, or alone. */
static void
read_up(Reading *reading, const DiscoveredFiles *files, size_t at, bool begins)
{
    const Migration *migration = &files->migrations.items[at];
    begin_deploy(reading);
    if (begins) {
        reading->before_up = schema_mark(reading->schema);
        reading->gaps_before_up = reading->doubt.gaps;
    }
    if (migration->up != NULL && files->reported_up.items[at])
        read_file(reading, migration, migration->up, DIRECTION_UP, 0);
    else if (migration->up != NULL)
        (void)replay_file(reading, migration->up);
}

static bool
is_any_down_reported(const DiscoveredFiles *files, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++) {
        if (files->migrations.items[i].down != NULL && files->reported_down.items[i])
            return true;
    }
    return false;
}

/* From the last to the first; then the schema is as the ups have left it. */
static void
read_downs(Reading *reading, const DiscoveredFiles *files, size_t first, size_t end)
{
    if (!is_any_down_reported(files, first, end))
        return;
    const Doubt doubt = reading->doubt;
    const SchemaMark mark = schema_mark(reading->schema);
    for (size_t i = end; i > first; i--) {
        const Migration *migration = &files->migrations.items[i - 1];
        begin_deploy(reading);
        if (migration->down != NULL && files->reported_down.items[i - 1])
            read_file(reading, migration, migration->down, DIRECTION_DOWN,
                      i - 1 == first ? end - first : 0);
        else if (migration->down != NULL)
            (void)replay_file(reading, migration->down);
    }
    schema_rewind(reading->schema, mark);
    reading->doubt = doubt;
}

/* A migration, or all that a generator has made of one. */
static void
read_series(Reading *reading, const DiscoveredFiles *files, size_t first, size_t end)
{
    for (size_t i = first; i < end; i++)
        read_up(reading, files, i, i == first);
    read_downs(reading, files, first, end);
}

/* What a dump sets for its own session (an empty search_path) is not set in that of a migration. */
static SyntaxErrorList
replay_schema(Reading *reading, const SourceFile *source)
{
    if (source == NULL)
        return (SyntaxErrorList){0};
    reading->in_schema_file = true;
    SyntaxErrorList errors = replay_file(reading, source);
    reading->in_schema_file = false;
    schema_new_session(reading->schema);
    return connect_judge(reading->arena, reading->schema_tables, &errors);
}

/* Each has a database of its own, with the same schema file in it. */
SyntaxErrorList
reading_history(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files,
                HistorySpan history, const Reader *reader)
{
    Reading reading = {.arena = arena,
                       .scratch = arena_new(),
                       .pg_version = options->pg_version,
                       .options = options,
                       .knows_all = options->schema != NULL,
                       .reader = reader,
                       .schema = schema_new(arena),
                       .called = called_code_new(arena, depth_of(reader))};
    SyntaxErrorList errors = replay_schema(&reading, options->schema);
    for (size_t i = history.first; i < history.end;) {
        const size_t end = series_end(&files->migrations, i, history.end);
        read_series(&reading, files, i, end);
        i = end;
    }
    if (reader->end_history != NULL)
        reader->end_history(reader->self, reading.schema, reading.scratch);
    arena_free(reading.scratch);
    return errors;
}

static size_t
end_of_history(const MigrationList *migrations, size_t first)
{
    size_t end = first + 1;
    while (end < migrations->count && !migrations->items[end].begins_history)
        end++;
    return end < migrations->count ? end : migrations->count;
}

HistorySpanList
reading_histories(Arena *arena, const MigrationList *migrations)
{
    HistorySpanList histories = {0};
    size_t first = 0;
    do {
        const size_t end = end_of_history(migrations, first);
        LIST_APPEND(arena, &histories, ((HistorySpan){first, end}));
        first = end;
    } while (first < migrations->count);
    return histories;
}

SyntaxErrorList
syntax_errors_copy(Arena *arena, const SyntaxErrorList *errors)
{
    SyntaxErrorList copy = {0};
    foreach (error, errors) {
        LIST_APPEND(arena, &copy, *error);
        copy.items[copy.count - 1].message = arena_strdup(arena, error->message);
    }
    return copy;
}

SyntaxErrorList
reading_run(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files,
            const Reader *reader)
{
    Arena *own = reader->keeps ? NULL : arena_new();
    const ArenaMark begin = arena_mark(own != NULL ? own : arena);
    const HistorySpanList histories = reading_histories(arena, &files->migrations);
    SyntaxErrorList errors = {0};
    foreach (history, &histories) {
        const SyntaxErrorList found =
            reading_history(own != NULL ? own : arena, options, files, *history, reader);
        if (history == histories.items)
            errors = syntax_errors_copy(arena, &found);
        if (own != NULL)
            arena_rewind(own, begin);
    }
    arena_free(own);
    return errors;
}
