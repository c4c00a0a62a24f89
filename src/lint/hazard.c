/* SPDX-License-Identifier: MIT */
#include "lockstep/hazard.h"

#include <string.h>

#include "schema/dependents.h"
#include "schema/formula.h"

/* More are counted. */
enum { MOST_WORDS = 6 };

bool
hazard_is_in_use(const LintContext *ctx)
{
    return !ctx->table_is_new && !ctx->is_own && !hazard_is_of_a_tool(ctx->table);
}

bool
hazard_is_of_a_tool(const SimRelation *table)
{
    static const char *const names[] = {
        "alembic_version",   "schema_migrations",      "ar_internal_metadata",
        "django_migrations", "_prisma_migrations",     "flyway_schema_history",
        "goose_db_version",  "databasechangelog",      "databasechangeloglock",
        "knex_migrations",   "knex_migrations_lock",   "__diesel_schema_migrations",
        "_sqlx_migrations",  "atlas_schema_revisions", "pgmigrations",
        "typeorm_metadata",  "schema_migration"};

    return table != NULL && TEXT_IS_ONE_OF(table->name.name, names);
}

bool
hazard_makes_temporary(const Op *op)
{
    return op->kind == OP_CREATE_TABLE && op->create_table.persistence == PERSISTENCE_TEMPORARY;
}

static bool
has_kind(const ConstraintList *constraints, ConstraintKind kind)
{
    foreach (constraint, constraints) {
        if (constraint->kind == kind)
            return true;
    }
    return false;
}

bool
hazard_table_declares(const Op *op, ConstraintKind kind)
{
    if (has_kind(&op->create_table.constraints, kind))
        return true;
    foreach (column, &op->create_table.columns) {
        if (has_kind(&column->constraints, kind))
            return true;
    }
    return false;
}

bool
hazard_makes_foreign_key(const Op *op)
{
    if (op->kind == OP_ADD_CONSTRAINT)
        return op->add_constraint.kind == CONSTRAINT_FOREIGN_KEY;
    if (op->kind == OP_ADD_COLUMN)
        return has_kind(&op->add_column.constraints, CONSTRAINT_FOREIGN_KEY);
    return hazard_table_declares(op, CONSTRAINT_FOREIGN_KEY);
}

static const char *
relation_words(Arena *arena, const SimRelation *relation)
{
    return arena_printf(arena, "%s %s", relation_kind_words(relation->kind),
                        sql_qualified(arena, relation->name));
}

static const char *
attached_words(SimAttachedKind kind)
{
    switch (kind) {
    case SIM_TRIGGER:
        return "trigger";
    case SIM_RULE:
        return "rule";
    case SIM_POLICY:
        return "policy";
    }
    return "trigger";
}

/* NULL for what nobody would miss by itself. */
static const char *
dependent_words(const LintContext *ctx, const Dependent *dependent)
{
    Arena *arena = ctx->arena;
    const SimRelation *relation = schema_relation_by_id(ctx->schema, dependent->relation);
    const char *table = relation != NULL ? sql_qualified(arena, relation->name) : "";

    switch (dependent->kind) {
    case DEPENDENT_RELATION:
        if (relation == NULL || relation->index.is_constraint)
            return NULL;
        return relation_words(arena, relation);
    case DEPENDENT_COLUMN:
        return arena_printf(arena, "column %s.%s with its values", table,
                            sql_ident(arena, dependent->name));
    case DEPENDENT_DEFAULT:
        return arena_printf(arena, "the default of %s.%s", table,
                            sql_ident(arena, dependent->name));
    case DEPENDENT_CONSTRAINT:
        return arena_printf(arena, "constraint %s of %s", sql_ident(arena, dependent->name), table);
    case DEPENDENT_ATTACHED:
        return arena_printf(arena, "%s %s of %s", attached_words(dependent->attached->kind),
                            sql_ident(arena, dependent->attached->name), table);
    case DEPENDENT_FUNCTION:
        return arena_printf(arena, "function %s", sql_qualified(arena, dependent->object));
    case DEPENDENT_TYPE:
        return arena_printf(arena, "type %s", sql_qualified(arena, dependent->object));
    case DEPENDENT_SCHEMA:
    case DEPENDENT_EXTENSION:
    case DEPENDENT_SERVER:
    case DEPENDENT_WRAPPER:
    case DEPENDENT_COLLATION:
    case DEPENDENT_PUBLISHED:
        return NULL;
    }
    return NULL;
}

static bool
is_same_object(const Dependent *a, const Dependent *b)
{
    return a->kind == b->kind && a->relation == b->relation &&
           (a->object.name == NULL || name_equals(a->object, b->object)) &&
           (a->name == NULL) == (b->name == NULL) &&
           (a->name == NULL || strcmp(a->name, b->name) == 0);
}

static bool
is_root(const DependentList *roots, const Dependent *dependent)
{
    foreach (root, roots) {
        if (is_same_object(root, dependent))
            return true;
    }
    return false;
}

StringList
hazard_lost(const LintContext *ctx, const Op *op, bool parts)
{
    StringList words = {0};
    const SimRelation *target = schema_find_relation(ctx->schema, op->target);
    const DependentList roots = schema_dropped(ctx->arena, ctx->schema, op, target);
    const DependentList all = schema_dependents(ctx->schema, &roots, ctx->pg_version);

    foreach (dependent, &all) {
        bool wanted = dependent->automatic ? parts : op->cascade;
        const char *name =
            wanted && !is_root(&roots, dependent) ? dependent_words(ctx, dependent) : NULL;
        bool is_own_default = dependent->automatic && dependent->kind == DEPENDENT_DEFAULT;
        if (name != NULL && !is_own_default)
            LIST_APPEND(ctx->arena, &words, name);
    }
    return words;
}

const char *
hazard_list(Arena *arena, const StringList *words)
{
    const char *out = "";
    const size_t shown = words->count > MOST_WORDS ? MOST_WORDS - 1 : words->count;

    for (size_t i = 0; i < shown; i++) {
        bool is_last = i + 1 == words->count;
        const char *before = i == 0 ? "" : is_last ? " and " : ", ";
        out = arena_printf(arena, "%s%s%s", out, before, words->items[i]);
    }
    if (shown < words->count)
        out = arena_printf(arena, "%s and %zu more", out, words->count - shown);
    return out;
}

const char *
hazard_target(const LintContext *ctx, const Op *op)
{
    return sql_qualified(ctx->arena, ctx->table != NULL && ctx->table->index.table == 0
                                         ? ctx->table->name
                                         : op->target);
}

/* ---- indexes */

static bool
has_key(const SimRelation *index, size_t first, size_t count, const char *column)
{
    for (size_t i = first; i < count && i < index->index.keys.count; i++) {
        const char *key = index->index.keys.items[i].column;
        if (key != NULL && strcmp(key, column) == 0)
            return true;
    }
    return false;
}

static bool
is_key_in(const SimRelation *index, const StringList *columns)
{
    if (index == NULL || !index->index.unique || index->index.predicate != NULL)
        return false;
    foreach (key, &index->index.keys) {
        if (key->column == NULL || !string_list_has(columns, key->column))
            return false;
    }
    return true;
}

bool
hazard_has_key_in(const LintContext *ctx, const SimRelation *relation, const StringList *columns)
{
    const RelationIdList indexes = schema_indexes_of(ctx->arena, ctx->schema, relation->id);

    foreach (id, &indexes) {
        if (is_key_in(schema_relation_by_id(ctx->schema, *id), columns))
            return true;
    }
    return false;
}

bool
hazard_is_short_range(const LintContext *ctx, const SimRelation *relation, const Op *op,
                      int64_t most)
{
    if (op->data.ranged == NULL || op->data.range > most)
        return false;
    const SimColumn *column = relation_find_column(relation, op->data.ranged);
    StringList key = op->data.fixed;
    key.capacity = key.count;
    LIST_APPEND(ctx->arena, &key, op->data.ranged);
    if (column == NULL)
        return !relation->columns_known;
    bool is_whole = hazard_is_type(&column->type, "int8") ||
                    hazard_is_type(&column->type, "int4") || hazard_is_type(&column->type, "int2");
    return is_whole && hazard_has_key_in(ctx, relation, &key);
}

/* A predicate that only leaves out nulls does: no row refers by null. */
static bool
holds_all(const LintContext *ctx, const SimRelation *index, const StringList *columns)
{
    const SqlExpr *predicate = index->index.predicate;

    if (predicate == NULL || predicate->formula == NULL)
        return predicate == NULL;
    const SqlFormula *formula = formula_simplify(ctx->arena, predicate->formula, false);
    return formula->kind == FORMULA_IS_NOT_NULL &&
           formula->parts.items[0]->kind == FORMULA_COLUMN &&
           string_list_has(columns, formula->parts.items[0]->name.name);
}

bool
hazard_has_index_on(const LintContext *ctx, const SimRelation *relation, const StringList *columns)
{
    const RelationIdList indexes = schema_indexes_of(ctx->arena, ctx->schema, relation->id);

    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(ctx->schema, *id);
        bool fits = index != NULL && holds_all(ctx, index, columns);
        foreach (column, columns)
            fits = fits && has_key(index, 0, columns->count, *column);
        if (fits)
            return true;
    }
    return false;
}

/* ---- columns and types */

bool
hazard_column_has_value(const LintContext *ctx, const ColumnDefinition *column)
{
    const SimDomain *domain = schema_find_domain(ctx->schema, column->type.name);

    if (column->generated != GENERATED_NOT || serial_type_of(&column->type) != NULL)
        return true;
    if (column->default_value != NULL)
        return !column->default_value->is_null_constant;
    return domain != NULL && domain->default_value != NULL;
}

bool
hazard_is_type(const SqlType *type, const char *name)
{
    bool is_builtin = type->name.schema == NULL || strcmp(type->name.schema, "pg_catalog") == 0;
    return is_builtin && type->array_dimensions == 0 && type->name.name != NULL &&
           strcmp(type->name.name, name) == 0;
}

static void
add_if_type(const LintContext *ctx, const SqlType *type, const char *wanted, const char *column,
            StringList *out)
{
    SqlType element = *type;

    element.array_dimensions = 0;
    if (hazard_is_type(&element, wanted))
        LIST_APPEND(ctx->arena, out, sql_ident(ctx->arena, column));
}

StringList
hazard_columns_of_type(const LintContext *ctx, const Op *op, const char *type)
{
    StringList out = {0};

    if (op->kind == OP_CREATE_TABLE) {
        foreach (column, &op->create_table.columns)
            add_if_type(ctx, &column->type, type, column->name, &out);
    } else if (op->kind == OP_ADD_COLUMN) {
        add_if_type(ctx, &op->add_column.type, type, op->add_column.name, &out);
    } else {
        add_if_type(ctx, &op->alter_type.type, type, op->alter_type.column, &out);
    }
    return out;
}

const char *
hazard_type_words(Arena *arena, const SqlType *type)
{
    bool is_builtin = type->name.schema != NULL && strcmp(type->name.schema, "pg_catalog") == 0;
    const char *name = is_builtin ? type->name.name : sql_qualified(arena, type->name);

    if (type->modifier_count == 1 && type->modifiers_known)
        name = arena_printf(arena, "%s(%d)", name, type->modifiers[0]);
    if (type->modifier_count == 2 && type->modifiers_known)
        name = arena_printf(arena, "%s(%d, %d)", name, type->modifiers[0], type->modifiers[1]);
    for (int i = 0; i < type->array_dimensions; i++)
        name = arena_printf(arena, "%s[]", name);
    return name;
}
