/* SPDX-License-Identifier: MIT */
#include "support/sql_case.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "locks/lock_model.h"
#include "parse/parse.h"
#include "schema/type_change.h"
#include "support/test.h"

SqlCase
sql_case_open(int pg_version)
{
    Arena *arena = arena_new();
    return (SqlCase){arena, schema_new(arena), pg_version};
}

void
sql_case_close(SqlCase *sql)
{
    arena_free(sql->arena);
}

OpList
sql_case_parse(SqlCase *sql, const char *text)
{
    const Script *script = parse_script(sql->arena, text, strlen(text));
    if (script->errors.count > 0)
        fail_msg("%s: %s", text, script->errors.items[0].message);
    OpList ops = {0};
    foreach (statement, &script->statements) {
        foreach (op, &statement->ops)
            LIST_APPEND(sql->arena, &ops, *op);
    }
    return ops;
}

void
sql_case_replay(SqlCase *sql, const char *text)
{
    OpList ops = sql_case_parse(sql, text);
    foreach (op, &ops)
        schema_apply(sql->schema, op, schema_find_relation(sql->schema, op->target));
}

static void
merge(SqlCase *sql, LockEffectList *into, const LockEffect *effect)
{
    foreach (old, into) {
        if (!name_equals(old->relation, effect->relation))
            continue;
        if (effect->level > old->level)
            old->level = effect->level;
        old->rewrites |= effect->rewrites;
        old->scans |= effect->scans;
        old->builds_index |= effect->builds_index;
        old->known &= effect->known;
        return;
    }
    LIST_APPEND(sql->arena, into, *effect);
}

LockEffectList
sql_case_effects(SqlCase *sql, const char *text)
{
    LockEffectList all = {0};
    OpList ops = sql_case_parse(sql, text);
    schema_begin(sql->schema);
    foreach (op, &ops) {
        const SimRelation *target = schema_find_relation(sql->schema, op->target);
        LockEffectList own =
            lock_model_effects(sql->arena, sql->schema, op, target, sql->pg_version, true);
        foreach (effect, &own)
            merge(sql, &all, effect);
        schema_apply(sql->schema, op, target);
    }
    schema_commit(sql->schema);
    return all;
}

/* Closes the stream and moves its string into the arena. */
static const char *
finish(SqlCase *sql, FILE *out, char **text)
{
    assert_int_equal(fclose(out), 0);
    const char *copy = arena_strdup(sql->arena, *text);
    free(*text);
    return copy;
}

const char *
sql_case_words(SqlCase *sql, const char *text)
{
    char *words = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&words, &size);
    assert_non_null(out);
    const char *separator = "";
    LockEffectList effects = sql_case_effects(sql, text);
    foreach (effect, &effects) {
        if (!effect->existed)
            continue;
        const char *mode = lock_mode(effect->level);
        fprintf(out, "%s%s %s%s%s%s%s", separator, sql_qualified(sql->arena, effect->relation),
                mode != NULL ? mode : "none", effect->rewrites ? " rewrite" : "",
                effect->scans ? " scan" : "", effect->builds_index ? " index" : "",
                effect->known ? "" : " unknown");
        separator = "; ";
    }
    return finish(sql, out, &words);
}

const SimRelation *
sql_case_relation(SqlCase *sql, const char *name)
{
    const SimRelation *relation = schema_find_relation(sql->schema, (QualifiedName){NULL, name});
    if (relation == NULL)
        fail_msg("no relation %s", name);
    return relation;
}

const char *
sql_case_columns(SqlCase *sql, const char *relation)
{
    char *words = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&words, &size);
    assert_non_null(out);
    const char *separator = "";
    foreach (column, &sql_case_relation(sql, relation)->columns) {
        fprintf(out, "%s%s %s%s", separator, column->name,
                column->type_known ? type_words(sql->arena, &column->type) : "?",
                column->not_null ? " not null" : "");
        if (column->default_value != NULL)
            fprintf(out, " default %s", column->default_value->text);
        separator = ", ";
    }
    return finish(sql, out, &words);
}

static const char *
constraint_words(ConstraintKind kind)
{
    switch (kind) {
    case CONSTRAINT_CHECK:
        return "CHECK";
    case CONSTRAINT_NOT_NULL:
        return "NOT NULL";
    case CONSTRAINT_UNIQUE:
        return "UNIQUE";
    case CONSTRAINT_PRIMARY_KEY:
        return "PRIMARY KEY";
    case CONSTRAINT_FOREIGN_KEY:
        return "FOREIGN KEY";
    case CONSTRAINT_EXCLUDE:
        return "EXCLUDE";
    }
    return "?";
}

const char *
sql_case_constraints(SqlCase *sql, const char *relation)
{
    char *words = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&words, &size);
    assert_non_null(out);
    const char *separator = "";
    foreach (constraint, &sql_case_relation(sql, relation)->constraints) {
        fprintf(out, "%s%s %s (%s)", separator, constraint->name,
                constraint_words(constraint->kind),
                sql_ident_list(sql->arena, constraint->columns.items, constraint->columns.count));
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
            fprintf(out, " to %s (%s)", sql_qualified(sql->arena, constraint->referenced_name),
                    sql_ident_list(sql->arena, constraint->referenced_columns.items,
                                   constraint->referenced_columns.count));
        fprintf(out, "%s", constraint->valid ? "" : " not valid");
        separator = "; ";
    }
    return finish(sql, out, &words);
}

const char *
sql_case_names(SqlCase *sql, RelationIdList ids)
{
    const char *words = "";
    foreach (id, &ids) {
        const SimRelation *relation = schema_relation_by_id(sql->schema, *id);
        assert_non_null(relation);
        words = arena_printf(sql->arena, "%s%s%s", words, id == ids.items ? "" : ", ",
                             sql_qualified(sql->arena, relation->name));
    }
    return words;
}
