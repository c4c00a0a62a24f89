/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "lockstep/call.h"

#include "schema/replay_parts.h"

/* The planner puts the constant into the place of a call to a function that is nothing but SELECT
 * of one, volatile or not (clauses.c, inline_function). */
static bool
is_inlined_constant(const Op *op)
{
    if (op->function.language == NULL || op->function.body == NULL ||
        strcasecmp(op->function.language, "sql") != 0)
        return false;
    const char *text = op->function.body + strspn(op->function.body, " \t\r\n");
    if (strncasecmp(text, "select", 6) != 0 || !isspace((unsigned char)text[6]))
        return false;
    text += 6 + strspn(text + 6, " \t\r\n");
    size_t length = strspn(text, "0123456789.");
    if (*text == '\'')
        length = strcspn(text + 1, "'\\") + 2;
    if (length == 0 || length > strlen(text))
        return false;
    return text[length + strspn(text + length, "; \t\r\n")] == '\0';
}

/* The chain without one; what stood before that is copied. */
static const SimFunction *
without(Schema *schema, const SimFunction *first, const SimFunction *gone)
{
    if (first == NULL || first == gone)
        return first != NULL ? first->overload : NULL;
    SimFunction *copy = arena_copy(schema->arena, first, sizeof *first);
    copy->overload = without(schema, first->overload, gone);
    return copy;
}

/* Which one an OR REPLACE puts itself into the place of, its arguments tell. */
static const SimFunction *
replaced_by(const SimFunction *first, const Op *op)
{
    const SimFunction *old = call_find(first, &op->function.signature);
    bool is_same = old != NULL && call_has_same_types(&old->signature, &op->function.signature);
    return op->if_exists && is_same ? old : NULL;
}

/* One of several of the name goes to the front, where it is taken away. */
void
replay_choose_function(Schema *schema, const Op *op)
{
    const SimFunction *first = schema_find_function(schema, op->target);
    const SimFunction *chosen = call_find(first, &op->function.signature);
    if (chosen == first || (op->if_exists && !call_has(first, &op->function.signature)))
        return;
    SimFunction *copy = arena_copy(schema->arena, chosen, sizeof *chosen);
    copy->overload = without(schema, first, chosen);
    schema_name_set(schema, NAMES_FUNCTION, first->name, copy);
}

static void
forget_function(Schema *schema, QualifiedName name, const SimFunction *gone)
{
    const SimFunction *first = schema_name_get(schema, NAMES_FUNCTION, name);
    schema_name_set(schema, NAMES_FUNCTION, name, without(schema, first, gone));
}

void
replay_rename_function(Schema *schema, const Op *op)
{
    const SimFunction *first = schema_find_function(schema, op->target);
    if (first == NULL)
        return;
    const SimFunction *old = call_find(first, &op->function.signature);
    SimFunction *renamed = arena_copy(schema->arena, old, sizeof *old);
    forget_function(schema, first->name, old);
    if (op->function.new_name != NULL)
        renamed->name.name = op->function.new_name;
    if (op->function.new_schema != NULL)
        renamed->name.schema = op->function.new_schema;
    renamed->overload = schema_name_get(schema, NAMES_FUNCTION, renamed->name);
    schema_name_set(schema, NAMES_FUNCTION, renamed->name, renamed);
}

/* Two functions of one name are overloads, of which an expression may call either. */
void
replay_create_function(Schema *schema, const Op *op)
{
    QualifiedName name = schema_new_name(schema, op->target, PERSISTENCE_PERMANENT);
    const SimFunction *all = schema_name_get(schema, NAMES_FUNCTION, name);
    const SimFunction *same = replaced_by(all, op);
    const SimFunction *old = same != NULL ? without(schema, all, same) : all;
    SimFunction *function = ARENA_NEW(schema->arena, SimFunction);
    function->name = name;
    function->kind = op->function.kind;
    function->volatility = op->function.volatility;
    function->language = op->function.language;
    function->body = op->function.body;
    function->code = op->function.code;
    function->overload = old;
    function->signature = op->function.signature;
    function->signature.types.capacity = function->signature.types.count;
    function->types = op->function.types;
    function->types.capacity = function->types.count;
    function->uses = replay_uses(schema, op->function.uses);
    if (op->function.uses != NULL)
        LIST_APPEND(schema->arena, &schema->parsed_functions, name);
    if (is_inlined_constant(op))
        function->volatility = VOLATILITY_IMMUTABLE;
    if (old != NULL && old->volatility < function->volatility)
        function->volatility = old->volatility;
    schema_name_set(schema, NAMES_FUNCTION, name, function);
}
