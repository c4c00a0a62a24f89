/* SPDX-License-Identifier: MIT */
/* An index of the history, written again. */
#include <string.h>

#include "lockstep/recipe.h"

bool
recipe_index_computes_from(const SimRelation *index, const char *column)
{
    if (index->index.predicate != NULL && string_list_has(&index->index.predicate->columns, column))
        return true;
    foreach (key, &index->index.keys) {
        if (key->expression != NULL && string_list_has(&key->expression->columns, column))
            return true;
    }
    return false;
}

bool
recipe_index_mentions(const SimRelation *index, const char *column)
{
    foreach (key, &index->index.keys) {
        if (key->column != NULL && strcmp(key->column, column) == 0)
            return true;
    }
    return string_list_has(&index->index.including, column) ||
           recipe_index_computes_from(index, column);
}

static const char *
renamed(Arena *arena, const char *name, const char *from, const char *to)
{
    return sql_ident(arena, strcmp(name, from) == 0 ? to : name);
}

static const char *
key_text(Arena *arena, const IndexKey *key, const char *from, const char *to)
{
    const char *text = key->column != NULL ? renamed(arena, key->column, from, to)
                                           : arena_printf(arena, "(%s)", key->expression->text);

    if (key->collation.name != NULL)
        text = arena_printf(arena, "%s COLLATE %s", text, sql_qualified(arena, key->collation));
    if (key->opclass.name != NULL)
        text = arena_printf(arena, "%s %s", text, sql_qualified(arena, key->opclass));
    if (key->descending)
        text = arena_printf(arena, "%s DESC", text);
    if (key->nulls_first != key->descending)
        text = arena_printf(arena, "%s NULLS %s", text, key->nulls_first ? "FIRST" : "LAST");
    return text;
}

const char *
recipe_index_tail(const LintContext *ctx, const SimRelation *index, const char *from,
                  const char *to)
{
    Arena *arena = ctx->arena;
    const char *keys = NULL;
    const char *including = NULL;

    foreach (key, &index->index.keys) {
        const char *text = key_text(arena, key, from, to);
        keys = keys == NULL ? text : arena_printf(arena, "%s, %s", keys, text);
    }
    foreach (column, &index->index.including) {
        const char *text = renamed(arena, *column, from, to);
        including = including == NULL ? text : arena_printf(arena, "%s, %s", including, text);
    }
    return arena_printf(arena, "%s%s%s(%s)%s%s%s%s%s", index->index.method != NULL ? "USING " : "",
                        index->index.method != NULL ? sql_ident(arena, index->index.method) : "",
                        index->index.method != NULL ? " " : "", keys,
                        including != NULL ? " INCLUDE (" : "", including != NULL ? including : "",
                        including != NULL ? ")" : "",
                        index->index.predicate != NULL ? " WHERE " : "",
                        index->index.predicate != NULL ? index->index.predicate->text : "");
}
