/* SPDX-License-Identifier: MIT */
/* Statements that hold code: CREATE FUNCTION, CREATE PROCEDURE, DO. */
#include <string.h>

#include "code.h"
#include "scan.h"

static const char *function_body(Lower *lower, const DefElem *as);
static Signature function_signature(Lower *lower, const CreateFunctionStmt *create);
static TypeList function_types(Lower *lower, const CreateFunctionStmt *create);
static Volatility function_volatility(const List *options);
static const char *option_string(Lower *lower, const List *options, const char *name);
static const char *atomic_body(Lower *lower, const Node *body);
static void fill_security(const List *options, Op *op);
static const Code *read_own_text(Lower *lower, const Op *op);

void
lower_create_function(Lower *lower, Node *node)
{
    const CreateFunctionStmt *create = (const CreateFunctionStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_FUNCTION);

    op->target = node_list_name(lower->arena, create->funcname);
    op->if_exists = create->replace;
    op->function.kind = create->is_procedure ? ROUTINE_PROCEDURE : ROUTINE_FUNCTION;
    op->function.volatility = function_volatility(create->options);
    op->function.language = option_string(lower, create->options, "language");
    op->function.body = function_body(lower, node_find_option(create->options, "as"));
    op->function.is_atomic = create->sql_body != NULL;
    if (op->function.is_atomic)
        op->function.body = atomic_body(lower, create->sql_body);
    if (op->function.language == NULL && op->function.is_atomic)
        op->function.language = "sql";
    if (lower->depth == PARSE_WHOLE && op->function.body != NULL && op->function.language != NULL &&
        strcmp(op->function.language, "sql") == 0)
        op->function.code = read_own_text(lower, op);
    op->function.uses = lower_uses(lower, create->sql_body, NULL);
    op->function.types = function_types(lower, create);
    op->function.signature = function_signature(lower, create);
    fill_security(create->options, op);
}

/* As SQL: what stands between BEGIN ATOMIC and END, or RETURN with its expression. */
static const char *
atomic_body(Lower *lower, const Node *body)
{
    Span span = lower->statement->span;
    bool is_return = IsA(body, ReturnStmt);
    size_t start =
        scan_after_word(lower->text, span.start, span.end, is_return ? "return" : "atomic");

    start -= is_return ? strlen("return") : 0;
    size_t end = span.end - (is_return ? 0 : strlen("end"));
    if (start >= end)
        return NULL;
    Span inside = scan_trim(lower->text, start, end);
    return arena_strndup(lower->arena, lower->text + inside.start, inside.end - inside.start);
}

static TypeList
function_types(Lower *lower, const CreateFunctionStmt *create)
{
    TypeList types = {0};

    EACH_NODE (FunctionParameter, parameter, create->parameters)
        LIST_APPEND(lower->arena, &types, lower_type(lower, parameter->argType));
    if (create->returnType != NULL)
        LIST_APPEND(lower->arena, &types, lower_type(lower, create->returnType));
    return types;
}

static bool
is_for_triggers(const TypeName *result)
{
    const char *name = result != NULL ? node_last_string(result->names) : NULL;
    return name != NULL && (strcmp(name, "trigger") == 0 || strcmp(name, "event_trigger") == 0);
}

static Signature
function_signature(Lower *lower, const CreateFunctionStmt *create)
{
    Signature out = {.is_written = true, .for_triggers = is_for_triggers(create->returnType)};

    EACH_NODE (FunctionParameter, parameter, create->parameters) {
        if (parameter->mode == FUNC_PARAM_OUT || parameter->mode == FUNC_PARAM_TABLE)
            continue;
        LIST_APPEND(lower->arena, &out.types, lower_type(lower, parameter->argType));
        LIST_APPEND(lower->arena, &out.names,
                    parameter->name != NULL ? arena_strdup(lower->arena, parameter->name) : NULL);
        out.defaulted += parameter->defexpr != NULL;
        out.is_variadic |= parameter->mode == FUNC_PARAM_VARIADIC;
    }
    return out;
}

static Volatility
function_volatility(const List *options)
{
    const DefElem *option = node_find_option(options, "volatility");

    if (option == NULL || option->arg == NULL || !IsA(option->arg, String))
        return VOLATILITY_VOLATILE;
    if (strcmp(node_string(option->arg), "immutable") == 0)
        return VOLATILITY_IMMUTABLE;
    if (strcmp(node_string(option->arg), "stable") == 0)
        return VOLATILITY_STABLE;
    return VOLATILITY_VOLATILE;
}

/* AS 'body', or AS 'object file', 'symbol', which has none. */
static const char *
function_body(Lower *lower, const DefElem *as)
{
    const Node *body = as == NULL ? NULL : as->arg;

    if (body != NULL && IsA(body, List))
        body = list_length((const List *)body) == 1 ? linitial((const List *)body) : NULL;
    return body != NULL && IsA(body, String) ? arena_strdup(lower->arena, node_string(body)) : NULL;
}

static const char *
option_string(Lower *lower, const List *options, const char *name)
{
    const DefElem *option = node_find_option(options, name);

    if (option == NULL || option->arg == NULL || !IsA(option->arg, String))
        return NULL;
    return arena_strdup(lower->arena, node_string(option->arg));
}

static void
fill_security(const List *options, Op *op)
{
    EACH_NODE (DefElem, option, options) {
        if (strcmp(option->defname, "security") == 0)
            op->function.runs_as_owner = node_option_is_on(option);
        bool sets = strcmp(option->defname, "set") == 0 && option->arg != NULL &&
                    IsA(option->arg, VariableSetStmt);
        const char *name = sets ? ((const VariableSetStmt *)option->arg)->name : NULL;
        if (name != NULL && strcmp(name, "search_path") == 0)
            op->function.sets_search_path = true;
    }
}

/* ---- DO */

/* Where the text between dollar quotes stands; false for a string of another kind, in which the
 * bytes may not be those that run. */
static bool
find_dollar_body(const Lower *lower, const DefElem *as, size_t length, Span *body)
{
    const size_t start = lower_offset(lower, as->location);
    const size_t limit = lower->statement->span.end;
    const char *open = lower->text + start;
    const char *tag_end = *open == '$' ? memchr(open + 1, '$', limit - start - 1) : NULL;
    const size_t tag = tag_end == NULL ? 0 : (size_t)(tag_end - open) + 1;

    if (tag == 0 || start + 2 * tag + length > limit || memcmp(open, open + tag + length, tag) != 0)
        return false;
    *body = (Span){start + tag, start + tag + length};
    return true;
}

/* Spans of what is read are those of the body, which is a text of its own. */
static const Code *
read_own_text(Lower *lower, const Op *op)
{
    size_t length = strlen(op->function.body);
    CodeReader reader = {.arena = lower->arena,
                         .scratch = lower->scratch,
                         .text = arena_strndup(lower->scratch, op->function.body, length),
                         .depth = lower->code_depth + 1,
                         .adds_labels = lower->adds_labels,
                         .parse_depth = lower->depth};
    Code *code = code_read(reader, op->function.language, (Span){0, length});

    if (code != NULL)
        code->text = op->function.body;
    return code;
}

static const Code *
read_block(Lower *lower, const DefElem *as, const Op *op)
{
    CodeReader reader = {.arena = lower->arena,
                         .scratch = lower->scratch,
                         .text = lower->own_text,
                         .depth = lower->code_depth + 1,
                         .adds_labels = lower->adds_labels,
                         .parse_depth = lower->depth};
    Span body;

    if (lower->own_text != NULL && find_dollar_body(lower, as, strlen(op->function.body), &body))
        return code_read(reader, op->function.language, body);
    return read_own_text(lower, op);
}

/* spi.c, SPI_commit(): only where the block is not within a transaction. */
static bool
ends_transaction(const Code *code)
{
    foreach (inner, &code->statements) {
        foreach (op, &inner->statement.ops) {
            if (op->kind == OP_TRANSACTION)
                return true;
        }
    }
    return false;
}

void
lower_do(Lower *lower, Node *node)
{
    const DoStmt *block = (const DoStmt *)node;
    const DefElem *as = node_find_option(block->args, "as");
    Op *op = lower_new_op(lower, OP_DO_BLOCK);

    op->function.volatility = VOLATILITY_VOLATILE;
    op->function.language = option_string(lower, block->args, "language");
    op->function.body = option_string(lower, block->args, "as");
    if (op->function.body != NULL)
        op->function.code = read_block(lower, as, op);
    if (op->function.code != NULL && ends_transaction(op->function.code))
        lower_outside(lower, "a DO block with COMMIT or ROLLBACK");
}
