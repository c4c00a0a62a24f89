/* SPDX-License-Identifier: MIT */
#include "lint/called_code.h"

#include <uthash.h>

#include "parse/parse.h"

/* Functions that call each other twice over would be read without end. */
#define CALL_LIMIT 500

typedef struct ReadBody {
    const char *body; /* the key is the pointer: definitions stay where they are */
    const Code *code; /* NULL in a language that is not read */
    UT_hash_handle hh;
} ReadBody;

struct CalledCode {
    Arena *arena;
    ReadBody *bodies;
    size_t calls; /* since the statement began */
};

CalledCode *
called_code_new(Arena *arena)
{
    CalledCode *called = ARENA_NEW(arena, CalledCode);
    called->arena = arena;
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
    HASH_FIND_PTR(called->bodies, &function->body, known);
    if (known != NULL)
        return known->code;
    known = ARENA_NEW(called->arena, ReadBody);
    known->body = function->body;
    known->code = parse_code(called->arena, function->language, function->body);
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
        add_code(called, scratch, function->body == NULL ? NULL : read_body(called, function),
                 codes, unknown);
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

static bool
is_data(OpKind kind)
{
    return kind == OP_SELECT || kind == OP_INSERT || kind == OP_UPDATE || kind == OP_DELETE ||
           kind == OP_MERGE || kind == OP_COPY_FROM || kind == OP_COPY_TO;
}

CodeList
called_code_of(CalledCode *called, Arena *scratch, const Schema *schema, const Op *op,
               const char **unknown)
{
    CodeList codes = {0};
    if (op->kind == OP_DO_BLOCK)
        return code_of_block(op, scratch, unknown);
    if (op->kind == OP_CALL) {
        const SimFunction *function = schema_find_function(schema, op->target);
        if (function == NULL)
            *unknown = "what the procedure does cannot be told";
        add_function(called, scratch, function, &codes, unknown);
    }
    if (!is_data(op->kind))
        return codes;
    foreach (name, &op->data.functions)
        add_function(called, scratch, schema_find_function(schema, *name), &codes, unknown);
    return codes;
}
