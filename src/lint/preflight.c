/* SPDX-License-Identifier: MIT */
#include "lint/preflight.h"

#include "lockstep/hazard.h"

#include "lint/askable.h"
#include "lint/narrowing.h"

/* A constraint on rows, whether it is written or of the simulated schema. */
typedef struct Demand {
    ConstraintKind kind;
    const StringList *columns;
    StringList keys;           /* as SQL, where they are not plain columns */
    const SqlExpr *expression; /* of a CHECK; of an index: which rows are in it */
    QualifiedName referenced;
    const StringList *referenced_columns;
    bool nulls_not_distinct;
} Demand;

static const char *
count_where(const LintContext *ctx, const char *condition)
{
    return arena_printf(ctx->arena, "SELECT count(*) FROM %s WHERE %s;",
                        sql_qualified(ctx->arena, ctx->table->name), condition);
}

/* Each between the two words, and `between` between them. */
static const char *
join_words(Arena *arena, const StringList *words, const char *before, const char *after,
           const char *between)
{
    const char *out = "";
    foreach (word, words)
        out = arena_printf(arena, "%s%s%s%s%s", out, word == words->items ? "" : between, before,
                           *word, after);
    return out;
}

static StringList
quoted(Arena *arena, const StringList *columns)
{
    StringList out = {0};
    foreach (column, columns)
        LIST_APPEND(arena, &out, sql_ident(arena, *column));
    return out;
}

static const char *
join_columns(Arena *arena, const StringList *columns, const char *before, const char *after,
             const char *between)
{
    const StringList words = quoted(arena, columns);
    return join_words(arena, &words, before, after, between);
}

/* What is equal in the index is equal here: a collation may decide that. */
static const char *
key_text(Arena *arena, const IndexKey *key)
{
    const char *text = key->column != NULL ? sql_ident(arena, key->column)
                                           : arena_printf(arena, "(%s)", key->expression->text);
    if (key->collation.name == NULL)
        return text;
    return arena_printf(arena, "%s COLLATE %s", text, sql_qualified(arena, key->collation));
}

/* Empty where one of them is not known as text. */
static StringList
key_texts(Arena *arena, const IndexKeyList *keys)
{
    StringList out = {0};
    foreach (key, keys) {
        if (key->column == NULL && (key->expression == NULL || key->expression->text == NULL))
            return (StringList){0};
        LIST_APPEND(arena, &out, key_text(arena, key));
    }
    return out;
}

/* Nulls are never alike, and no part of a primary key. */
static const char *
find_duplicates(const LintContext *ctx, const Demand *demand)
{
    Arena *arena = ctx->arena;
    const StringList words = demand->keys.count > 0 ? demand->keys : quoted(arena, demand->columns);
    const char *keys = join_words(arena, &words, "", "", ", ");
    const char *table = sql_qualified(arena, ctx->table->name);
    const char *nulls = join_words(arena, &words, "", " IS NULL", " OR ");
    bool is_primary = demand->kind == CONSTRAINT_PRIMARY_KEY;
    StringList conditions = {0};
    if (demand->expression != NULL)
        LIST_APPEND(arena, &conditions, arena_printf(arena, "(%s)", demand->expression->text));
    foreach (word, &words) {
        if (!is_primary && !demand->nulls_not_distinct)
            LIST_APPEND(arena, &conditions, arena_printf(arena, "%s IS NOT NULL", *word));
    }
    const char *where =
        conditions.count == 0
            ? ""
            : arena_printf(arena, " WHERE %s", join_words(arena, &conditions, "", "", " AND "));
    return arena_printf(arena, "SELECT %s, count(*) FROM %s%s\nGROUP BY %s HAVING count(*) > 1%s;",
                        keys, table, where, keys,
                        is_primary ? arena_printf(arena, " OR %s", nulls) : "");
}

/* Pairs of rows that exclude each other. In a table of several tables only both together tell a
 * row's place. */
static const char *
find_excluding(const LintContext *ctx, const ConstraintDefinition *constraint)
{
    Arena *arena = ctx->arena;
    const bool is_one = ctx->table->kind == RELATION_TABLE;
    const StringList words = key_texts(arena, &constraint->excluded);
    const char *columns = "";
    const char *match = "";

    for (size_t i = 0; i < words.count; i++) {
        columns = arena_printf(arena, "%s, %s AS k%zu", columns, words.items[i], i + 1);
        match = arena_printf(arena, "%s AND a.k%zu %s b.k%zu", match, i + 1,
                             constraint->operators.items[i], i + 1);
    }
    if (words.count == 0)
        return NULL;
    const char *where = constraint->expression == NULL
                            ? ""
                            : arena_printf(arena, " WHERE %s", constraint->expression->text);
    return arena_printf(arena,
                        "WITH keys AS (SELECT %s AS place%s FROM %s%s)\n"
                        "SELECT count(*) FROM keys AS a JOIN keys AS b ON a.place < b.place%s;",
                        is_one ? "ctid" : "(tableoid, ctid)", columns,
                        sql_qualified(arena, ctx->table->name), where, match);
}

static StringList
referenced_columns(const LintContext *ctx, const Demand *demand)
{
    if (demand->referenced_columns->count > 0)
        return *demand->referenced_columns;
    const SimRelation *referenced = schema_find_relation(ctx->schema, demand->referenced);
    const SimConstraint *key = referenced != NULL ? relation_primary_key(referenced) : NULL;
    return key != NULL ? key->columns : (StringList){0};
}

static const char *
find_orphans(const LintContext *ctx, const Demand *demand)
{
    Arena *arena = ctx->arena;
    const StringList targets = referenced_columns(ctx, demand);
    const char *match = "";
    if (targets.count != demand->columns->count || targets.count == 0)
        return NULL;
    for (size_t i = 0; i < targets.count; i++)
        match = arena_printf(arena, "%s%sparent.%s = child.%s", match, i == 0 ? "" : " AND ",
                             sql_ident(arena, targets.items[i]),
                             sql_ident(arena, demand->columns->items[i]));
    return arena_printf(arena,
                        "SELECT count(*) FROM %s AS child\nWHERE %s\n"
                        "    AND NOT EXISTS (SELECT FROM %s AS parent WHERE %s);",
                        sql_qualified(arena, ctx->table->name),
                        join_columns(arena, demand->columns, "child.", " IS NOT NULL", " AND "),
                        sql_qualified(arena, schema_resolve(ctx->schema, demand->referenced)),
                        match);
}

static const char *
query_of(const LintContext *ctx, const Demand *demand)
{
    switch (demand->kind) {
    case CONSTRAINT_CHECK:
        return demand->expression == NULL
                   ? NULL
                   : count_where(ctx,
                                 arena_printf(ctx->arena, "NOT (%s)", demand->expression->text));
    case CONSTRAINT_NOT_NULL:
        return count_where(ctx, join_columns(ctx->arena, demand->columns, "", " IS NULL", " OR "));
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
        return demand->columns->count > 0 ? find_duplicates(ctx, demand) : NULL;
    case CONSTRAINT_FOREIGN_KEY:
        return find_orphans(ctx, demand);
    case CONSTRAINT_EXCLUDE:
        return NULL;
    }
    return NULL;
}

static const char *
of_added(const LintContext *ctx, const Op *op)
{
    const ConstraintDefinition *added = &op->add_constraint;
    const Demand demand = {.kind = added->kind,
                           .columns = &added->columns,
                           .expression = added->expression,
                           .referenced = added->referenced,
                           .referenced_columns = &added->referenced_columns,
                           .nulls_not_distinct = added->nulls_not_distinct};
    if (added->kind == CONSTRAINT_EXCLUDE)
        return find_excluding(ctx, added);
    bool is_proven = added->not_valid || added->not_enforced || added->using_index != NULL ||
                     added->without_overlaps;
    return is_proven ? NULL : query_of(ctx, &demand);
}

static const char *
of_validated(const LintContext *ctx, const Op *op)
{
    const SimConstraint *found = relation_find_constraint(ctx->table, op->constraint.name);
    if (found == NULL)
        return NULL;
    const Demand demand = {.kind = found->kind,
                           .columns = &found->columns,
                           .expression = found->expression,
                           .referenced = found->referenced_name,
                           .referenced_columns = &found->referenced_columns};
    return query_of(ctx, &demand);
}

static const char *
of_index(const LintContext *ctx, const Op *op)
{
    const SqlExpr *predicate = op->create_index.predicate;
    const Demand demand = {.kind = CONSTRAINT_UNIQUE,
                           .keys = key_texts(ctx->arena, &op->create_index.keys),
                           .expression = predicate,
                           .nulls_not_distinct = op->create_index.nulls_not_distinct};
    bool is_known = demand.keys.count > 0 && (predicate == NULL || predicate->text != NULL);
    return is_known ? find_duplicates(ctx, &demand) : NULL;
}

static const char *
of_not_null(const LintContext *ctx, const Op *op)
{
    StringList columns = {0};
    LIST_APPEND(ctx->arena, &columns, op->column.column);
    const Demand demand = {.kind = CONSTRAINT_NOT_NULL, .columns = &columns};
    return query_of(ctx, &demand);
}

static const char *
of_type(const LintContext *ctx, const Op *op)
{
    const Narrowing narrowing = narrowing_find(ctx, op);
    return narrowing.what != NULL ? count_where(ctx, narrowing.condition) : NULL;
}

static const struct {
    OpKind on;
    const char *(*write)(const LintContext *ctx, const Op *op);
} writers[] = {
    {OP_ADD_CONSTRAINT,      of_added    },
    {OP_VALIDATE_CONSTRAINT, of_validated},
    {OP_CREATE_INDEX,        of_index    },
    {OP_SET_NOT_NULL,        of_not_null },
    {OP_ALTER_COLUMN_TYPE,   of_type     },
};

const char *
preflight_query(const LintContext *ctx, const Op *op, SchemaMark before)
{
    const bool takes_all = op->kind == OP_CREATE_INDEX && !op->create_index.unique;
    if (ctx->table == NULL || ctx->table_is_new || takes_all)
        return NULL;
    for (size_t i = 0; i < sizeof writers / sizeof *writers; i++) {
        if (writers[i].on == op->kind)
            return askable_before(ctx, op, before) ? writers[i].write(ctx, op) : NULL;
    }
    return NULL;
}
