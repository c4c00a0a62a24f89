/* SPDX-License-Identifier: MIT */
#include "lint/reading.h"

#include "lint/op_target.h"
#include "lint/pass_order.h"
#include "locks/lock_model.h"
#include "parse/parse.h"
#include "refusals/refusal.h"
#include "schema/replay.h"

typedef struct Reading {
    Arena *arena;
    Arena *scratch; /* emptied after each statement */
    int pg_version;
    bool knows_all; /* a schema file was given: what is in no file does not exist */
    const Reader *reader;
    Schema *schema;
    const char *schema_refusal; /* why a server of this version cannot have the schema of the schema
                                   file, or NULL */
    HeldLocks held;
} Reading;

/* What another operation of the same statement takes: ALTER TABLE takes the strongest lock of all
 * its subcommands at once. */
typedef struct Sibling {
    RelationId table;
    LockLevel level;
} Sibling;

static void
assume_target(Reading *reading, const Op *op)
{
    RelationKind kind;
    bool may_be_missing = op->if_exists && reading->knows_all;
    if (!may_be_missing && op_target_kind(op, &kind))
        schema_assume_relation(reading->schema, op->target, kind);
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
find_siblings(Reading *reading, const Statement *statement)
{
    RelationKind kind;
    if (statement->ops.count < 2 || !op_target_kind(&statement->ops.items[0], &kind))
        return NULL;

    Sibling *siblings = ARENA_ARRAY(reading->scratch, Sibling, statement->ops.count);
    for (size_t i = 0; i < statement->ops.count; i++) {
        const Op *op = &statement->ops.items[i];
        assume_target(reading, op);
        const SimRelation *table = lock_model_table(reading->schema, op);
        if (table == NULL)
            continue;
        LockEffectList effects =
            lock_model_effects(reading->scratch, reading->schema, op, reading->pg_version);
        siblings[i] = (Sibling){.table = table->id, .level = effect_on(table, &effects).level};
    }
    return siblings;
}

/* The operations before `at` are among the held locks already. */
static LockLevel
held_beside(const Reading *reading, const SimRelation *table, const Sibling *siblings, size_t at,
            size_t count)
{
    if (table == NULL)
        return LOCK_NONE;
    LockLevel level = held_level(&reading->held, table->id);
    for (size_t i = at + 1; siblings != NULL && i < count; i++) {
        if (siblings[i].table == table->id && siblings[i].level > level)
            level = siblings[i].level;
    }
    return level;
}

static RefusalCase
refusal_case(const Reading *reading, bool in_transaction)
{
    return (RefusalCase){.arena = reading->scratch,
                         .schema = reading->schema,
                         .pg_version = reading->pg_version,
                         .in_transaction = in_transaction,
                         .knows_all = reading->knows_all};
}

static const char *
find_refusal(const Reading *reading, const Statement *statement, const Op *op, bool in_transaction)
{
    const RefusalCase refusal = refusal_case(reading, in_transaction);
    const char *refused = reading->schema_refusal;
    if (refused == NULL)
        refused = refusal_of_version(&refusal, statement);
    if (refused == NULL && !op->guarded)
        refused = refusal_find(&refusal, op);
    return refused;
}

static void
read_op(Reading *reading, const ReadFile *file, const Segment *segment, size_t index,
        const Sibling *siblings, size_t at)
{
    const Statement *statement = &file->script->statements.items[index];
    const Op *op = &statement->ops.items[at];
    assume_target(reading, op);
    const SimRelation *table = lock_model_table(reading->schema, op);
    LockEffectList effects =
        lock_model_effects(reading->scratch, reading->schema, op, reading->pg_version);

    const ReadOp seen = {
        .statement = statement,
        .number = index + 1,
        .op = op,
        .schema = reading->schema,
        .table = table,
        .effects = effects,
        .effect = effect_on(table, &effects),
        .held = &reading->held,
        .beside = held_beside(reading, table, siblings, at, statement->ops.count),
        .refusal = find_refusal(reading, statement, op, segment->in_transaction),
    };
    if (reading->reader->see_op != NULL)
        reading->reader->see_op(reading->reader->self, file, &seen, reading->scratch);

    held_add(reading->arena, &reading->held, &effects);
    schema_apply(reading->schema, op);
}

static void
end_statement(const Reading *reading, const ReadFile *file, const Segment *segment, size_t index)
{
    if (reading->reader->end_statement != NULL)
        reading->reader->end_statement(reading->reader->self, file, segment, index);
}

static void
read_statement(Reading *reading, const ReadFile *file, const Segment *segment, size_t index)
{
    const Statement *statement = &file->script->statements.items[index];
    ArenaMark mark = arena_mark(reading->scratch);
    const Sibling *siblings = find_siblings(reading, statement);
    for (size_t i = 0; i < statement->ops.count; i++)
        read_op(reading, file, segment, index, siblings, i);
    end_statement(reading, file, segment, index);
    arena_rewind(reading->scratch, mark);
}

static void
read_segment(Reading *reading, const ReadFile *file, const Segment *segment)
{
    schema_begin(reading->schema);
    held_begin(&reading->held);
    for (size_t i = segment->first; i < segment->first + segment->count; i++)
        read_statement(reading, file, segment, i);
    schema_commit(reading->schema);
    if (reading->reader->end_segment != NULL)
        reading->reader->end_segment(reading->reader->self, file, segment);
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
}

/* The file as the server will see it; false where it is broken. */
static bool
open_file(Arena *arena, ReadFile *file)
{
    const SourceFile *source = file->source;
    if (source->broken != NULL)
        return false;
    Script *script = parse_script(arena, source->text, source->length);
    pass_order(script);
    file->script = script;
    file->directives = directive_scan(arena, source->text, script);
    file->segments =
        segment_script(arena, script, directive_has(&file->directives, DIRECTIVE_NO_TRANSACTION),
                       &file->problem, &file->problem_at);
    return true;
}

static void
read_file(Reading *reading, const Migration *migration, const SourceFile *source,
          Direction direction)
{
    const Reader *reader = reading->reader;
    ReadFile *file = ARENA_NEW(reading->arena, ReadFile);
    *file = (ReadFile){.migration = migration, .source = source, .direction = direction};
    bool opened = open_file(reading->arena, file);
    if (reader->begin_file != NULL)
        reader->begin_file(reader->self, file);
    if (opened)
        read_segments(reading, file);
    if (reader->end_file != NULL)
        reader->end_file(reader->self, file);
}

/* What the version does not have cannot stand in its schema: nothing that follows can run there. */
static void
note_schema_refusal(Reading *reading, const Statement *statement)
{
    if (reading->schema_refusal != NULL)
        return;
    const RefusalCase refusal = refusal_case(reading, false);
    const char *refused = refusal_of_version(&refusal, statement);
    if (refused != NULL)
        reading->schema_refusal = arena_printf(reading->arena, "in the schema file, %s", refused);
}

/* Without reporting it; `look` (may be NULL) sees each statement before it is applied. */
static SyntaxErrorList
replay_file(Reading *reading, const SourceFile *source,
            void (*look)(Reading *reading, const Statement *statement))
{
    ReadFile file = {.source = source};
    if (!open_file(reading->arena, &file))
        return (SyntaxErrorList){0};
    foreach (segment, &file.segments) {
        schema_begin(reading->schema);
        for (size_t i = segment->first; i < segment->first + segment->count; i++) {
            const Statement *statement = &file.script->statements.items[i];
            if (look != NULL)
                look(reading, statement);
            foreach (op, &statement->ops)
                schema_apply(reading->schema, op);
        }
        schema_commit(reading->schema);
    }
    return file.script->errors;
}

static void
read_migration(Reading *reading, const Migration *migration, bool report_up, bool report_down)
{
    if (migration->up != NULL && report_up)
        read_file(reading, migration, migration->up, DIRECTION_UP);
    else if (migration->up != NULL)
        (void)replay_file(reading, migration->up, NULL);

    if (migration->down == NULL || !report_down)
        return;
    SchemaMark mark = schema_mark(reading->schema);
    read_file(reading, migration, migration->down, DIRECTION_DOWN);
    schema_rewind(reading->schema, mark);
}

/* What a dump sets for its own session (an empty search_path) is not set in that of a migration. */
static SyntaxErrorList
replay_schema(Reading *reading, const SourceFile *source)
{
    static const Op reset_all = {.kind = OP_SET_VARIABLE, .set = {.is_reset = true}};
    if (source == NULL)
        return (SyntaxErrorList){0};
    SyntaxErrorList errors = replay_file(reading, source, note_schema_refusal);
    schema_apply(reading->schema, &reset_all);
    return errors;
}

SyntaxErrorList
reading_run(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files,
            const Reader *reader)
{
    Reading reading = {.arena = arena,
                       .scratch = arena_new(),
                       .pg_version = options->pg_version,
                       .knows_all = options->schema != NULL,
                       .reader = reader,
                       .schema = schema_new(arena)};
    SyntaxErrorList errors = replay_schema(&reading, options->schema);
    for (size_t i = 0; i < files->migrations.count; i++)
        read_migration(&reading, &files->migrations.items[i], files->reported_up.items[i],
                       files->reported_down.items[i]);
    arena_free(reading.scratch);
    return errors;
}

size_t
reading_statement_at(const Script *script, size_t offset)
{
    size_t number = 1;
    foreach (statement, &script->statements) {
        if (statement->span.end > offset)
            break;
        number++;
    }
    return number;
}
