/* SPDX-License-Identifier: MIT */
#include "oracle/oracle_answer.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

static const char *
level_text(LockLevel level)
{
    const char *mode = lock_mode(level);
    return mode != NULL ? mode : "none";
}

static LockLevel
level_of(const char *text)
{
    for (int level = LOCK_NONE; text != NULL && level < LOCK_LEVEL_COUNT; level++) {
        if (strcmp(level_text((LockLevel)level), text) == 0)
            return (LockLevel)level;
    }
    return LOCK_NONE;
}

static RelationKind
kind_of(const char *text)
{
    for (int kind = RELATION_TABLE; text != NULL && kind <= RELATION_SEQUENCE; kind++) {
        if (strcmp(relation_kind_words((RelationKind)kind), text) == 0)
            return (RelationKind)kind;
    }
    return RELATION_TABLE;
}

bool
oracle_is_table_like(RelationKind kind)
{
    return kind == RELATION_TABLE || kind == RELATION_PARTITIONED_TABLE ||
           kind == RELATION_FOREIGN_TABLE || kind == RELATION_MATERIALIZED_VIEW;
}

/* ---- reading */

static const char *
text_at(Arena *arena, const json_t *object, const char *key)
{
    return arena_strdup(arena, json_string_value(json_object_get(object, key)));
}

static void
read_relations(Arena *arena, json_t *object, OracleRelationList *out)
{
    const char *name;
    json_t *value;
    json_object_foreach(object, name, value)
    {
        OracleRelation relation = {
            .name = arena_strdup(arena, name),
            .kind = kind_of(json_string_value(json_object_get(value, "kind"))),
            .level = level_of(json_string_value(json_object_get(value, "lock"))),
            .rewrites = json_is_true(json_object_get(value, "rewrite")),
            .scans = json_is_true(json_object_get(value, "scan")),
            .builds_index = json_is_true(json_object_get(value, "index_build")),
        };
        const json_t *held = json_object_get(value, "held");
        relation.held = held != NULL ? level_of(json_string_value(held)) : relation.level;
        LIST_APPEND(arena, out, relation);
    }
}

static OracleAnswer
read_answer(Arena *arena, const char *name, json_t *value)
{
    OracleAnswer answer = {
        .name = arena_strdup(arena, name),
        .sqlstate = text_at(arena, value, "error"),
        .message = text_at(arena, value, "message"),
        .refused_setup = json_is_true(json_object_get(value, "in_setup")),
    };
    read_relations(arena, json_object_get(value, "relations"), &answer.relations);
    return answer;
}

bool
oracle_record_load(Arena *arena, const char *path, OracleRecord *out, Error *err)
{
    json_error_t where;
    json_auto_t *root = json_load_file(path, JSON_REJECT_DUPLICATES, &where);
    *out = (OracleRecord){0};
    if (root == NULL)
        return error_set(err, ERROR_USAGE, "%s:%d: %s", path, where.line, where.text);
    out->server_version = text_at(arena, root, "server");
    const char *name;
    json_t *value;
    json_object_foreach(json_object_get(root, "cases"), name, value)
        LIST_APPEND(arena, &out->answers, read_answer(arena, name, value));
    return true;
}

const OracleAnswer *
oracle_find_answer(const OracleRecord *record, const char *name)
{
    foreach (answer, &record->answers) {
        if (strcmp(answer->name, name) == 0)
            return answer;
    }
    return NULL;
}

/* ---- writing */

static json_t *
relation_json(const OracleRelation *relation)
{
    json_t *object = json_pack("{s:s, s:s}", "kind", relation_kind_words(relation->kind), "lock",
                               level_text(relation->level));
    if (relation->held != relation->level)
        json_object_set_new(object, "held", json_string(level_text(relation->held)));
    if (relation->rewrites)
        json_object_set_new(object, "rewrite", json_true());
    if (relation->scans)
        json_object_set_new(object, "scan", json_true());
    if (relation->builds_index)
        json_object_set_new(object, "index_build", json_true());
    return object;
}

static json_t *
answer_json(const OracleAnswer *answer)
{
    json_t *object = json_object();
    if (answer->sqlstate != NULL) {
        json_object_set_new(object, "error", json_string(answer->sqlstate));
        json_object_set_new(object, "message", json_string(answer->message));
        if (answer->refused_setup)
            json_object_set_new(object, "in_setup", json_true());
        return object;
    }
    json_t *relations = json_object();
    foreach (relation, &answer->relations)
        json_object_set_new(relations, relation->name, relation_json(relation));
    json_object_set_new(object, "relations", relations);
    return object;
}

static void
write_answer(FILE *out, const OracleAnswer *answer, bool is_last)
{
    json_auto_t *name = json_string(answer->name);
    json_auto_t *value = answer_json(answer);
    fputs("    ", out);
    (void)json_dumpf(name, out, JSON_ENCODE_ANY);
    fputs(": ", out);
    (void)json_dumpf(value, out, 0);
    fputs(is_last ? "\n" : ",\n", out);
}

bool
oracle_record_save(Arena *arena, const char *path, const OracleRecord *record, Error *err)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (out == NULL)
        return error_set(err, ERROR_USAGE, "no memory for %s", path);
    fprintf(out, "{\n  \"server\": \"%s\",\n  \"cases\": {\n", record->server_version);
    for (size_t i = 0; i < record->answers.count; i++)
        write_answer(out, &record->answers.items[i], i + 1 == record->answers.count);
    fputs("  }\n}\n", out);
    bool ok = fclose(out) == 0;
    const char *copy = ok ? arena_strndup(arena, text, size) : "";
    free(text);
    return ok && file_write(path, copy, size, 0644, err);
}

/* ---- words */

static int
by_name(const void *left, const void *right)
{
    return strcmp(((const OracleRelation *)left)->name, ((const OracleRelation *)right)->name);
}

void
oracle_sort_relations(OracleRelationList *relations)
{
    if (relations->count > 1)
        qsort(relations->items, relations->count, sizeof *relations->items, by_name);
}

const char *
oracle_relation_words(Arena *arena, const OracleRelationList *relations, bool held)
{
    const char *words = "";
    foreach (relation, relations) {
        LockLevel level = held ? relation->held : relation->level;
        bool has_work = oracle_is_table_like(relation->kind) &&
                        (relation->rewrites || relation->scans || relation->builds_index);
        if (level == LOCK_NONE && !has_work)
            continue;
        words = arena_printf(arena, "%s%s%s %s%s%s%s", words, *words != '\0' ? "; " : "",
                             relation->name, level_text(level),
                             has_work && relation->rewrites ? " rewrite" : "",
                             has_work && relation->scans ? " scan" : "",
                             has_work && relation->builds_index ? " index" : "");
    }
    return words;
}
