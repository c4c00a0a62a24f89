/* SPDX-License-Identifier: MIT */
#include "schema/dependents.h"

#include <string.h>

#include "schema/dependents_of.h"
#include "schema/name_users.h"

/* ---- of a relation */

static void
put_all(Dependents *d, const RelationIdList *ids, bool automatic)
{
    foreach (id, ids)
        dependents_put_relation(d, *id, automatic);
}

/* Views that read it, and triggers, rules and policies of other tables that name it. */
static void
put_users(Dependents *d, RelationId relation, const char *column)
{
    RelationIdList users = schema_users_of(d->arena, d->schema, relation);
    LIST_APPEND(d->arena, &users, relation);
    foreach (id, &users) {
        const SimRelation *user = schema_relation_by_id(d->schema, *id);
        if (user == NULL)
            continue;
        bool reads = column != NULL ? sim_uses_column(&user->uses, relation, column)
                                    : *id != relation && user->reads.count > 0;
        if (reads)
            dependents_put_relation(d, *id, false);
        foreach (attached, &user->attached) {
            if (sim_uses_column(&(*attached)->uses, relation, column))
                dependents_put_attached(d, *id, *attached, false);
        }
    }
}

static bool
list_names(const SimUseList *uses, RelationId table, const char *column)
{
    const SimUses all = {.columns = *uses};
    return sim_uses_column(&all, table, column);
}

static void
put_published(Dependents *d, RelationId table, const char *column)
{
    foreach (slot, &d->schema->publications) {
        const SimPublication *publication = (*slot)->value;
        if (publication == NULL)
            continue;
        if (list_names(&publication->filters, table, column) ||
            list_names(&publication->listed, table, column))
            dependents_put(d, (Dependent){.kind = DEPENDENT_PUBLISHED,
                                          .relation = table,
                                          .object = publication->name});
    }
}

/* Functions whose body is parsed. */
static void
put_functions(Dependents *d, RelationId relation, const char *column)
{
    foreach (name, &d->schema->parsed_functions) {
        const SimFunction *function = schema_find_function(d->schema, *name);
        if (function != NULL && sim_uses_column(&function->uses, relation, column))
            dependents_put(d, (Dependent){.kind = DEPENDENT_FUNCTION, .object = function->name});
    }
}

static void
put_references_to(Dependents *d, const SimRelation *referenced, bool of_partition)
{
    RelationIdList tables = schema_referencing(d->arena, d->schema, referenced->id);
    foreach (id, &tables) {
        const SimRelation *other = schema_relation_by_id(d->schema, *id);
        foreach (constraint, &other->constraints) {
            bool passes = of_partition && (constraint->inherited > 0 || *id == referenced->id);
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
                constraint->referenced == referenced->id && !passes)
                dependents_put_part(d, DEPENDENT_CONSTRAINT, *id, constraint->name, false);
        }
    }
}

/* A foreign key to a partitioned table has a part for each partition, which does not go without it
 * (tablecmds.c, addFkRecurseReferenced). */
static void
put_references(Dependents *d, const SimRelation *table)
{
    put_references_to(d, table, false);
    while (table != NULL && table->is_partition) {
        table = schema_relation_by_id(d->schema, table->parent);
        if (table != NULL)
            put_references_to(d, table, true);
    }
}

RelationId
schema_index_of_reference(Arena *arena, const Schema *schema, const SimConstraint *reference)
{
    const SimRelation *table = schema_relation_by_id(schema, reference->referenced);
    if (table == NULL)
        return 0;
    const SimConstraint *key = relation_primary_key(table);
    if (reference->referenced_columns.count == 0)
        return key != NULL ? key->index : 0;

    RelationId found = 0;
    RelationIdList indexes = schema_indexes_of(arena, schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(schema, *id);
        bool fits = index->index.unique && index->index.predicate == NULL &&
                    index->index.keys.count == reference->referenced_columns.count;
        foreach (part, &index->index.keys)
            fits = fits && part->column != NULL &&
                   string_list_has(&reference->referenced_columns, part->column);
        if (fits && found != 0)
            return 0;
        if (fits)
            found = *id;
    }
    return found;
}

/* Foreign keys that stand on this index. */
static void
of_index(Dependents *d, const SimRelation *index)
{
    RelationIdList parts = schema_children_of(d->arena, d->schema, index->id);
    put_all(d, &parts, true);
    if (!index->index.unique)
        return;
    RelationIdList tables = schema_referencing(d->arena, d->schema, index->index.table);
    foreach (id, &tables) {
        const SimRelation *other = schema_relation_by_id(d->schema, *id);
        foreach (constraint, &other->constraints) {
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
                constraint->referenced == index->index.table &&
                schema_index_of_reference(d->arena, d->schema, constraint) == index->id)
                dependents_put_part(d, DEPENDENT_CONSTRAINT, *id, constraint->name, false);
        }
    }
}

static void
of_sequence(Dependents *d, const SimRelation *sequence)
{
    put_users(d, sequence->id, NULL);
    const RelationIdList *users = schema_sequence_users(d->schema, sequence->id);
    foreach (id, users) {
        const SimRelation *table = schema_relation_by_id(d->schema, *id);
        if (table == NULL)
            continue;
        foreach (column, &table->columns) {
            if (column->sequence == sequence->id)
                dependents_put_part(d, DEPENDENT_DEFAULT, table->id, column->name, false);
        }
    }
}

static void
of_table(Dependents *d, const SimRelation *table)
{
    RelationIdList indexes = schema_indexes_of(d->arena, d->schema, table->id);
    RelationIdList sequences = schema_sequences_of(d->arena, d->schema, table->id);
    RelationIdList children = schema_children_of(d->arena, d->schema, table->id);
    put_all(d, &indexes, true);
    put_all(d, &sequences, true);
    foreach (id, &children)
        dependents_put_relation(d, *id, schema_relation_by_id(d->schema, *id)->is_partition);
    put_references(d, table);
    dependents_of_type(d, table->name);
    put_users(d, table->id, NULL);
    put_functions(d, table->id, NULL);
}

static void
of_relation(Dependents *d, const SimRelation *relation)
{
    switch (relation->kind) {
    case RELATION_INDEX:
    case RELATION_PARTITIONED_INDEX:
        of_index(d, relation);
        break;
    case RELATION_SEQUENCE:
        of_sequence(d, relation);
        break;
    case RELATION_TABLE:
    case RELATION_PARTITIONED_TABLE:
    case RELATION_FOREIGN_TABLE:
    case RELATION_MATERIALIZED_VIEW:
    case RELATION_VIEW:
        of_table(d, relation);
        break;
    }
}

/* ---- of a column */

bool
sim_uses_column(const SimUses *uses, RelationId table, const char *column)
{
    foreach (use, &uses->columns) {
        if (use->relation == table &&
            (column == NULL || (use->column != NULL && text_equals(use->column, column))))
            return true;
    }
    return false;
}

static bool
expression_uses(const SqlExpr *expression, const char *column)
{
    return expression != NULL && string_list_has(&expression->columns, column);
}

bool
sim_index_uses(const SimRelation *index, const char *column)
{
    if (expression_uses(index->index.predicate, column) ||
        string_list_has(&index->index.including, column))
        return true;
    foreach (key, &index->index.keys) {
        if (text_equals_or_null(key->column, column) || expression_uses(key->expression, column))
            return true;
    }
    return false;
}

static void
put_constraints_with(Dependents *d, const SimRelation *table, const char *column)
{
    foreach (constraint, &table->constraints) {
        if (string_list_has(&constraint->columns, column) ||
            expression_uses(constraint->expression, column))
            dependents_put_part(d, DEPENDENT_CONSTRAINT, table->id, constraint->name, true);
    }
    RelationIdList tables = schema_referencing(d->arena, d->schema, table->id);
    foreach (id, &tables) {
        const SimRelation *other = schema_relation_by_id(d->schema, *id);
        foreach (constraint, &other->constraints) {
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == table->id &&
                string_list_has(&constraint->referenced_columns, column))
                dependents_put_part(d, DEPENDENT_CONSTRAINT, *id, constraint->name, false);
        }
    }
}

static void
put_owned(Dependents *d, const SimRelation *table, const char *column)
{
    RelationIdList indexes = schema_indexes_of(d->arena, d->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(d->schema, *id);
        if (!index->index.is_constraint && sim_index_uses(index, column))
            dependents_put_relation(d, *id, true);
    }
    RelationIdList sequences = schema_sequences_of(d->arena, d->schema, table->id);
    foreach (id, &sequences) {
        if (text_equals_or_null(schema_relation_by_id(d->schema, *id)->owner_column, column))
            dependents_put_relation(d, *id, true);
    }
}

static void
put_generated(Dependents *d, const SimRelation *table, const char *column)
{
    foreach (other, &table->columns) {
        bool generated =
            other->generated == GENERATED_STORED || other->generated == GENERATED_VIRTUAL;
        if (generated && expression_uses(other->default_value, column) &&
            !text_equals(other->name, column))
            dependents_put_part(d, DEPENDENT_COLUMN, table->id, other->name,
                                !dependents_keep_generated(d->pg_version));
    }
}

static void
of_column(Dependents *d, const SimRelation *table, const char *column)
{
    const SimColumn *own = relation_find_column(table, column);
    if (own != NULL && own->default_value != NULL)
        dependents_put_part(d, DEPENDENT_DEFAULT, table->id, column, true);
    put_constraints_with(d, table, column);
    put_owned(d, table, column);
    put_generated(d, table, column);
    put_users(d, table->id, column);
    put_published(d, table->id, column);
    put_functions(d, table->id, column);
}

static void
of_constraint(Dependents *d, const SimRelation *table, const char *name)
{
    const SimConstraint *constraint = relation_find_constraint(table, name);
    if (constraint != NULL && constraint->index != 0)
        dependents_put_relation(d, constraint->index, true);
}

/* ---- all */

static void
expand(Dependents *d, const Dependent *dependent)
{
    const SimRelation *relation = schema_relation_by_id(d->schema, dependent->relation);
    switch (dependent->kind) {
    case DEPENDENT_RELATION:
        if (relation != NULL)
            of_relation(d, relation);
        break;
    case DEPENDENT_COLUMN:
        of_column(d, relation, dependent->name);
        break;
    case DEPENDENT_CONSTRAINT:
        of_constraint(d, relation, dependent->name);
        break;
    case DEPENDENT_FUNCTION:
        dependents_of_function(d, dependent->object);
        break;
    case DEPENDENT_TYPE:
        dependents_of_type(d, dependent->object);
        break;
    case DEPENDENT_SCHEMA:
        dependents_of_schema(d, dependent->object.name);
        break;
    case DEPENDENT_SERVER:
        dependents_of_server(d, dependent->object.name);
        break;
    case DEPENDENT_WRAPPER:
        dependents_of_wrapper(d, dependent->object.name);
        break;
    case DEPENDENT_COLLATION:
        dependents_of_collation(d, dependent->object);
        break;
    case DEPENDENT_EXTENSION:
        dependents_of_extension(d, dependent->object.name);
        break;
    case DEPENDENT_DEFAULT:
    case DEPENDENT_ATTACHED:
    case DEPENDENT_PUBLISHED:
        break;
    }
}

/* The parts of a table go with it, whatever else they depend on. */
static void
settle_parts(Dependents *d)
{
    foreach (dependent, &d->found) {
        const SimRelation *relation = schema_relation_by_id(d->schema, dependent->relation);
        if (dependent->automatic || relation == NULL)
            continue;
        if (dependent->kind == DEPENDENT_RELATION)
            dependent->automatic =
                relation->is_partition && dependents_have_relation(d, relation->parent);
        else
            dependent->automatic = dependents_have_relation(d, relation->id);
    }
}

static DependentList
find_dependents(const Schema *schema, const DependentList *roots, int pg_version)
{
    Dependents d = {.arena = schema->arena, .schema = schema, .pg_version = pg_version};
    foreach (root, roots) {
        Dependent own = *root;
        own.automatic = true;
        dependents_put(&d, own);
    }
    for (size_t i = 0; i < d.found.count; i++) {
        Dependent dependent = d.found.items[i];
        expand(&d, &dependent);
    }
    settle_parts(&d);
    return d.found;
}

/* With names of their own: those of an operation may be gone when the next one asks. */
static DependentList
copy_roots(Arena *arena, const DependentList *roots)
{
    DependentList copy = {.items =
                              arena_copy(arena, roots->items, roots->count * sizeof *roots->items),
                          .count = roots->count};
    foreach (root, &copy) {
        root->name = arena_strdup(arena, root->name);
        root->object = name_copy(arena, root->object);
    }
    return copy;
}

static bool
is_last(const LastDependents *last, const DependentList *roots, int pg_version)
{
    bool is_same =
        last->known && last->roots.count == roots->count &&
        dependents_keep_generated(last->pg_version) == dependents_keep_generated(pg_version);
    for (size_t i = 0; is_same && i < roots->count; i++)
        is_same = dependents_same(&last->roots.items[i], &roots->items[i]);
    return is_same;
}

DependentList
schema_dependents(const Schema *schema, const DependentList *roots, int pg_version)
{
    LastDependents *last = schema->last_dependents;
    if (roots->count == 0 || is_last(last, roots, pg_version))
        return roots->count == 0 ? (DependentList){0} : last->all;
    last->roots = copy_roots(schema->arena, roots);
    last->all = find_dependents(schema, &last->roots, pg_version);
    last->pg_version = pg_version;
    last->known = true;
    return last->all;
}

DependentList
schema_column_dependents(Arena *arena, const Schema *schema, RelationId table, const char *column,
                         int pg_version)
{
    Dependents d = {.arena = arena, .schema = schema, .pg_version = pg_version};
    const SimRelation *relation = schema_relation_by_id(schema, table);
    if (relation != NULL)
        of_column(&d, relation, column);
    return d.found;
}
