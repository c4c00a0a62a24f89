/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "locks/lock_case.h"
#include "schema/type_catalog.h"
#include "schema/volatility.h"

enum { DOMAIN_DEPTH = 32 };

static void
judge_default(LockCase *c, const SimRelation *table, const SqlExpr *value)
{
    QualifiedName culprit = {0};
    switch (expression_volatility(c->schema, value, &culprit)) {
    case VOLATILITY_VOLATILE:
        lock_case_add(c, table, FACT_add_column_volatile_default);
        foreach (sequence, &value->sequences)
            lock_case_add_named(c, *sequence, RELATION_SEQUENCE, FACT_sequence_used);
        break;
    case VOLATILITY_UNKNOWN:
        lock_case_add(c, table, FACT_add_column_unknown_default);
        lock_case_doubt(c, table,
                        culprit.name == NULL
                            ? "the default holds a subquery"
                            : arena_printf(c->arena,
                                           "whether %s() is volatile is not in the history",
                                           sql_qualified(c->arena, culprit)));
        break;
    case VOLATILITY_STABLE:
    case VOLATILITY_IMMUTABLE:
        break;
    }
}

/* The default of the type, which is that of the outermost domain which has one. */
static const SqlExpr *
domain_default(LockCase *c, const ColumnDefinition *column)
{
    const SqlType *type = &column->type;
    for (int i = 0; i < DOMAIN_DEPTH && type->name.name != NULL && type->array_dimensions == 0;
         i++) {
        const SimDomain *domain = schema_find_domain(c->schema, type->name);
        if (domain == NULL)
            return NULL;
        if (domain->default_value != NULL)
            return domain->default_value;
        type = &domain->base;
    }
    return NULL;
}

/* What well-known extensions bring are base types; the others of theirs that a history shows are in
 * type_catalog.h. */
static bool
is_of_extension(const char *name)
{
    static const char *const names[] = {"box2d",    "box3d",   "cube",      "earth",  "geography",
                                        "geometry", "halfvec", "ltree",     "lquery", "ltxtquery",
                                        "raster",   "seg",     "sparsevec", "vector", "gbtreekey"};
    return TEXT_IS_ONE_OF(name, names);
}

static bool
is_unknown(const Schema *schema, const SqlType *type)
{
    return serial_type_of(type) == NULL && type_catalog_find(type->name) == NULL &&
           (type->name.schema == NULL || strncmp(type->name.schema, "pg_", 3) != 0) &&
           schema_find_enum(schema, type->name) == NULL &&
           schema_find_composite(schema, type->name) == NULL &&
           schema_find_relation(schema, type->name) == NULL && !is_of_extension(type->name.name);
}

/* The domains of a chain of domains count too. Their default counts where the column has none of
 * its own. */
static void
judge_domain(LockCase *c, const SimRelation *table, const ColumnDefinition *column)
{
    const SqlType *type = &column->type;
    const SqlExpr *value = column->default_value == NULL ? domain_default(c, column) : NULL;
    if (value != NULL)
        judge_default(c, table, value);
    for (int i = 0; i < DOMAIN_DEPTH && type->name.name != NULL && type->array_dimensions == 0;
         i++) {
        const SimDomain *domain = schema_find_domain(c->schema, type->name);
        if (domain == NULL && is_unknown(c->schema, type))
            lock_case_doubt(c, table,
                            arena_printf(c->arena,
                                         "whether the type %s is a domain with constraints, for "
                                         "which every row is written anew, is not in the history",
                                         sql_qualified(c->arena, type->name)));
        if (domain == NULL)
            return;
        if (domain->not_null || domain->constraints.count > 0)
            lock_case_add(c, table, FACT_add_column_domain);
        type = &domain->base;
    }
}

static void
judge_generated(LockCase *c, const SimRelation *table, const ColumnDefinition *column)
{
    switch (column->generated) {
    case GENERATED_NOT:
        if (column->default_value == NULL && domain_default(c, column) != NULL)
            break;
        if (serial_type_of(&column->type) != NULL)
            lock_case_add(c, table, FACT_add_column_serial);
        else if (column->default_value != NULL)
            judge_default(c, table, column->default_value);
        else if (column->not_null)
            lock_case_add(c, table, FACT_add_column_not_null);
        break;
    case GENERATED_IDENTITY_ALWAYS:
    case GENERATED_IDENTITY_BY_DEFAULT:
        lock_case_add(c, table, FACT_add_column_identity);
        break;
    case GENERATED_STORED:
        lock_case_add(c, table, FACT_add_column_stored);
        break;
    case GENERATED_VIRTUAL:
        if (column->not_null)
            lock_case_add(c, table, FACT_add_column_not_null);
        break;
    }
}

static void
judge_reference(LockCase *c, const SimRelation *table, const ColumnDefinition *column,
                const ConstraintDefinition *reference)
{
    bool checked = !reference->not_valid && !reference->not_enforced &&
                   (column->default_value != NULL || column->generated != GENERATED_NOT ||
                    serial_type_of(&column->type) != NULL);
    /* With DEFAULT NULL the rows are read, but there is nothing to look up. */
    bool looked_up = checked &&
                     !(column->default_value != NULL && column->default_value->is_null_constant) &&
                     !lock_case_is_empty(c, table);
    LockFactId fact = looked_up ? FACT_add_column_referenced_read : FACT_add_column_referenced;
    const SimRelation *referenced =
        lock_case_add_named(c, reference->referenced, RELATION_TABLE, fact);
    RelationIdList below = {0};
    if (referenced != NULL && referenced->kind == RELATION_PARTITIONED_TABLE)
        below = schema_descendants_of(c->arena, c->schema, referenced->id);
    lock_case_add_all(c, &below, fact);
    if (!checked)
        return;
    lock_case_add(c, table, FACT_add_column_reference_checked);
    if (table->kind != RELATION_PARTITIONED_TABLE)
        lock_case_add_query_indexes(c, table);
    lock_case_add_query_indexes(c, referenced);
    foreach (id, &below)
        lock_case_add_query_indexes(c, schema_relation_by_id(c->schema, *id));
}

static void
judge_constraint(LockCase *c, const SimRelation *table, const ColumnDefinition *column,
                 const ConstraintDefinition *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_CHECK:
        if (!constraint->not_enforced && !constraint->not_valid)
            lock_case_add(c, table, FACT_add_column_check);
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_EXCLUDE:
        lock_case_add(c, table, FACT_add_column_index);
        break;
    case CONSTRAINT_FOREIGN_KEY:
        judge_reference(c, table, column, constraint);
        break;
    case CONSTRAINT_NOT_NULL:
        break;
    }
}

void
judge_add_column(LockCase *c, const SimRelation *table)
{
    const ColumnDefinition *column = &c->op->add_column;
    if (relation_find_column(table, column->name) != NULL) {
        lock_case_add(c, table, FACT_add_column_exists);
        return;
    }
    lock_case_add(c, table, FACT_add_column);
    lock_case_add_row_type(c, &column->type);
    judge_generated(c, table, column);
    judge_domain(c, table, column);
    foreach (constraint, &column->constraints)
        judge_constraint(c, table, column, constraint);
}
