/* SPDX-License-Identifier: MIT */
#include "lint/called_code.h"

/* The hash table grows with the reading's arena. */
#define uthash_malloc(size) arena_alloc(called->arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

/* Functions that call each other twice over would be read without end. */
#define CALL_LIMIT 500

typedef struct ReadBody {
    const char *body; /* the key is the pointer: definitions stay where they are */
    const Code *code; /* NULL in a language that is not read */
    UT_hash_handle hh;
} ReadBody;

struct CalledCode {
    Arena *arena;
    ParseDepth depth;
    ReadBody *bodies;
    size_t calls; /* since the statement began */
};

CalledCode *
called_code_new(Arena *arena, ParseDepth depth)
{
    CalledCode *called = ARENA_NEW(arena, CalledCode);
    called->arena = arena;
    called->depth = depth;
    return called;
}

void
called_code_begin(CalledCode *called)
{
    called->calls = 0;
}

static const Code *
read_body(CalledCode *called, const SimFunction *function)
{
    ReadBody *known;
    if (function->code != NULL || function->body == NULL)
        return function->code;
    HASH_FIND_PTR(called->bodies, &function->body, known);
    if (known != NULL)
        return known->code;
    known = ARENA_NEW(called->arena, ReadBody);
    known->body = function->body;
    known->code = parse_code_to(called->arena, function->language, function->body, called->depth);
    HASH_ADD_PTR(called->bodies, body, known);
    return known->code;
}

static void
add_code(CalledCode *called, Arena *scratch, const Code *code, CodeList *codes,
         const char **unknown)
{
    if (code == NULL || called->calls >= CALL_LIMIT) {
        *unknown = "what the function does cannot be told";
        return;
    }
    called->calls++;
    if (code->unknown != NULL)
        *unknown = code->unknown;
    LIST_APPEND(scratch, codes, code);
}

/* All overloads: which of them is called, the types of its arguments decide. */
static void
add_function(CalledCode *called, Arena *scratch, const SimFunction *function, CodeList *codes,
             const char **unknown)
{
    for (; function != NULL; function = function->overload)
        add_code(called, scratch, read_body(called, function), codes, unknown);
}

static CodeList
code_of_block(const Op *op, Arena *scratch, const char **unknown)
{
    CodeList codes = {0};
    const Code *code = op->function.code;
    if (code == NULL) {
        *unknown = "what the block of code does cannot be told";
        return codes;
    }
    if (code->unknown != NULL)
        *unknown = code->unknown;
    LIST_APPEND(scratch, &codes, code);
    return codes;
}

/* ---- what calls functions */

typedef struct Calls {
    CalledCode *called;
    Arena *scratch;
    const Schema *schema;
    CodeList codes;
    const char **unknown;
} Calls;

static void
add_named(Calls *calls, QualifiedName name)
{
    add_function(calls->called, calls->scratch, schema_find_function(calls->schema, name),
                 &calls->codes, calls->unknown);
}

static void
add_all(Calls *calls, const NameList *names)
{
    foreach (name, names)
        add_named(calls, *name);
}

static void
add_expression(Calls *calls, const SqlExpr *expression)
{
    if (expression != NULL)
        add_all(calls, &expression->functions);
}

/* Columns that get no value get their default. */
static void
add_defaults(Calls *calls, const Op *op, const SimRelation *table)
{
    const StringList *given = &op->data.columns;
    if (table == NULL || given->count == 0)
        return;
    foreach (column, &table->columns) {
        if (column->default_value != NULL && !string_list_has(given, column->name))
            add_expression(calls, column->default_value);
    }
}

static bool
sets_one_of(const StringList *columns, const StringList *set)
{
    foreach (column, columns) {
        if (string_list_has(set, *column))
            return true;
    }
    return columns->count == 0;
}

bool
called_code_fires(const TriggerEvents *events, const Op *op)
{
    OpKind kind = op->kind;
    bool merges = kind == OP_MERGE;
    bool updates = kind == OP_UPDATE || (merges && op->data.columns.count > 0);
    bool inserts = kind == OP_INSERT || kind == OP_COPY_FROM || (merges && op->data.inserts);
    bool deletes = kind == OP_DELETE || (merges && op->data.deletes);
    return (inserts && events->on_insert) || (deletes && events->on_delete) ||
           (kind == OP_TRUNCATE && events->on_truncate) ||
           (updates && events->on_update && sets_one_of(&events->columns, &op->data.columns));
}

/* What a partition has of its own is left out: which of them the rows go to is not known. */
static void
add_triggers(Calls *calls, const Op *op, const SimRelation *table)
{
    if (table == NULL || table->attached.count == 0 || !schema_fires_triggers(calls->schema, table))
        return;
    foreach (attached, &table->attached) {
        if ((*attached)->kind == SIM_TRIGGER && called_code_fires(&(*attached)->events, op))
            add_named(calls, (*attached)->function);
    }
}

static bool
is_data(OpKind kind)
{
    return kind == OP_SELECT || kind == OP_INSERT || kind == OP_UPDATE || kind == OP_DELETE ||
           kind == OP_MERGE || kind == OP_COPY_FROM || kind == OP_COPY_TO;
}

static void
add_calls_of_data(Calls *calls, const Op *op, const SimRelation *table)
{
    if (op->data.phase != DATA_RUNS)
        return;
    add_all(calls, &op->data.functions);
    if (op->kind == OP_SELECT || op->kind == OP_COPY_TO)
        return;
    if (op->kind == OP_INSERT)
        add_defaults(calls, op, table);
    add_triggers(calls, op, table);
}

static void
add_calls_of_ddl(Calls *calls, const Op *op)
{
    if (op->kind == OP_ADD_COLUMN)
        add_expression(calls, op->add_column.default_value);
    else if (op->kind == OP_ALTER_COLUMN_TYPE)
        add_expression(calls, op->alter_type.using);
    else if (!op->create_as.with_no_data)
        add_all(calls, &op->create_as.functions);
}

static bool
may_call(OpKind kind)
{
    static const bool kinds[OP_KIND_COUNT] = {
        [OP_DO_BLOCK] = true,        [OP_CALL] = true,
        [OP_TRUNCATE] = true,        [OP_SELECT] = true,
        [OP_INSERT] = true,          [OP_UPDATE] = true,
        [OP_DELETE] = true,          [OP_MERGE] = true,
        [OP_COPY_FROM] = true,       [OP_COPY_TO] = true,
        [OP_ADD_COLUMN] = true,      [OP_ALTER_COLUMN_TYPE] = true,
        [OP_CREATE_TABLE_AS] = true, [OP_CREATE_MATERIALIZED_VIEW] = true,
    };
    return kinds[kind];
}

CodeList
called_code_of(CalledCode *called, Arena *scratch, const Schema *schema, const Op *op,
               const SimRelation *target, const char **unknown)
{
    if (!may_call(op->kind))
        return (CodeList){0};
    if (op->kind == OP_DO_BLOCK)
        return code_of_block(op, scratch, unknown);
    Calls calls = {.called = called, .scratch = scratch, .schema = schema, .unknown = unknown};
    if (op->kind == OP_CALL && schema_find_function(schema, op->target) == NULL)
        *unknown = "what the procedure does cannot be told";
    if (op->kind == OP_TRUNCATE)
        add_triggers(&calls, op, target);
    else if (op->kind == OP_CALL)
        add_named(&calls, op->target);
    else if (is_data(op->kind))
        add_calls_of_data(&calls, op, target);
    else
        add_calls_of_ddl(&calls, op);
    return calls.codes;
}
