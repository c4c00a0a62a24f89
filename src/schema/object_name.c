/* SPDX-License-Identifier: MIT */
/* PostgreSQL: indexcmds.c, ChooseRelationName(), ChooseIndexName(); pg_constraint.c,
 * ChooseConstraintName(). */
#include "schema/object_name.h"

#include <string.h>

enum { NAME_LIMIT = 63 };

static bool
name_is_taken(const Schema *schema, const SimRelation *table, const char *name, bool is_relation)
{
    if (relation_find_constraint(table, name) != NULL)
        return true;
    return is_relation && schema_name_get(schema, NAMES_RELATION,
                                          (QualifiedName){table->name.schema, name}) != NULL;
}

/* The label gets a number when the plain name is taken. */
static const char *
free_name(Schema *schema, const SimRelation *table, const char *middle, const char *label,
          bool is_relation)
{
    const char *numbered = label;
    for (unsigned number = 1;; number++) {
        const char *name = sql_new_name(schema->arena, table->name.name, middle, numbered);
        if (!name_is_taken(schema, table, name, is_relation))
            return name;
        numbered = arena_printf(schema->arena, "%s%u", label, number);
    }
}

static const char *
join_names(Arena *arena, const StringList *names)
{
    const char *joined = NULL;
    foreach (name, names) {
        joined = joined == NULL ? *name : arena_printf(arena, "%s_%s", joined, *name);
        if (strlen(joined) > NAME_LIMIT)
            break;
    }
    return joined;
}

const char *
object_constraint_name(Schema *schema, const SimRelation *table,
                       const ConstraintDefinition *definition)
{
    const StringList *columns = &definition->columns;
    const char *joined = join_names(schema->arena, columns);
    switch (definition->kind) {
    case CONSTRAINT_CHECK:
        return free_name(schema, table, columns->count == 1 ? joined : NULL, "check", false);
    case CONSTRAINT_NOT_NULL:
        return free_name(schema, table, joined, "not_null", false);
    case CONSTRAINT_UNIQUE:
        return free_name(schema, table, joined, "key", true);
    case CONSTRAINT_PRIMARY_KEY:
        return free_name(schema, table, NULL, "pkey", true);
    case CONSTRAINT_FOREIGN_KEY:
        return free_name(schema, table, joined, "fkey", false);
    case CONSTRAINT_EXCLUDE:
        return free_name(schema, table, joined, "excl", true);
    }
    return NULL;
}

/* A key that is one function call bears the function's name (parse_target.c, FigureIndexColname).
 */
static const char *
expression_name(const SqlExpr *expression)
{
    if (expression == NULL || expression->functions.count == 0)
        return "expr";
    const char *function = expression->functions.items[0].name;
    size_t length = strlen(function);
    const char *rest = expression->text;
    while (*rest == '(')
        rest++;
    if (strncmp(rest, function, length) != 0 || rest[length] != '(')
        return "expr";

    int depth = 0;
    for (rest += length; *rest != '\0'; rest++) {
        depth += (*rest == '(') - (*rest == ')');
        if (depth == 0)
            break;
    }
    return *rest == ')' && strspn(rest, ") ") == strlen(rest) ? function : "expr";
}

static const char *
unique_name(Arena *arena, const StringList *names, const char *name)
{
    const char *candidate = name;
    for (unsigned number = 1; string_list_has(names, candidate); number++)
        candidate = arena_printf(arena, "%s%u", name, number);
    return candidate;
}

const char *
object_index_name(Schema *schema, const SimRelation *table, const IndexKeyList *keys,
                  const StringList *including)
{
    Arena *arena = schema->arena;
    StringList names = {0};
    foreach (key, keys) {
        const char *name = key->column != NULL ? key->column : expression_name(key->expression);
        name = unique_name(arena, &names, name);
        LIST_APPEND(arena, &names, name);
    }
    foreach (column, including) {
        const char *name = unique_name(arena, &names, *column);
        LIST_APPEND(arena, &names, name);
    }
    return free_name(schema, table, join_names(arena, &names), "idx", true);
}

const char *
object_sequence_name(Schema *schema, const SimRelation *table, const char *column)
{
    return free_name(schema, table, column, "seq", true);
}
