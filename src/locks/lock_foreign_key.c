/* SPDX-License-Identifier: MIT */
/* What the triggers of foreign keys lock when rows are written. */
#include <string.h>

#include "locks/lock_case.h"

/* A row that is written may write others, which may write others. */
enum { CASCADE_LIMIT = 20 };

static bool
shares_column(const StringList *a, const StringList *b)
{
    foreach (column, a) {
        if (string_list_has(b, *column))
            return true;
    }
    return false;
}

/* Those that wait until COMMIT are no business of the statement (trigger.c, AfterTriggerSaveEvent).
 */
static bool
fires_at_once(const LockCase *c, const SimConstraint *constraint)
{
    return constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->enforced &&
           !schema_constraint_waits(c->schema, constraint);
}

/* A table with a foreign key, and a row that is written to it; NULL for one that is not known. */
typedef struct LookUp {
    const SimRelation *table;
    const SimConstraint *constraint;
    const InsertRow *row;
} LookUp;

static const char *
referring_value(LockCase *c, const LookUp *look, const char *referenced_column)
{
    const StringList *columns = &look->constraint->referenced_columns;
    for (size_t i = 0; i < columns->count && i < look->constraint->columns.count; i++) {
        if (referenced_column != NULL && strcmp(columns->items[i], referenced_column) == 0)
            return lock_case_value(c, look->row, look->table, look->constraint->columns.items[i]);
    }
    return NULL;
}

/* The query knows the values: the partitions that cannot hold them are not looked at. */
static void
look_up_below(LockCase *c, const LookUp *look, const SimRelation *parent, int depth)
{
    const char *value = referring_value(c, look, lock_case_only_key(parent));
    RelationIdList holders = lock_case_holders(c, parent, value);
    foreach (id, &holders) {
        const SimRelation *partition = schema_relation_by_id(c->schema, *id);
        lock_case_add(c, partition, FACT_looked_up);
        lock_case_add_indexes(c, partition, LOCK_ROW_SHARE);
        if (depth < CASCADE_LIMIT && partition->kind == RELATION_PARTITIONED_TABLE)
            look_up_below(c, look, partition, depth + 1);
    }
}

static void
look_up_in(LockCase *c, const SimRelation *table, const SimConstraint *constraint)
{
    const SimRelation *referenced = schema_relation_by_id(c->schema, constraint->referenced);
    if (referenced == NULL)
        return;
    lock_case_add(c, referenced, FACT_looked_up);
    if (lock_case_leaves_null(c, table, &constraint->columns))
        return;
    lock_case_add_indexes(c, referenced, LOCK_ROW_SHARE);
    if (referenced->kind != RELATION_PARTITIONED_TABLE)
        return;
    LookUp look = {.table = table, .constraint = constraint};
    if (!c->op->data.all_rows || c->op->data.rows.count == 0)
        look_up_below(c, &look, referenced, 0);
    for (size_t i = 0; c->op->data.all_rows && i < c->op->data.rows.count; i++) {
        look.row = &c->op->data.rows.items[i];
        look_up_below(c, &look, referenced, 0);
    }
}

void
lock_case_look_up(LockCase *c, const SimRelation *table, const StringList *columns)
{
    if (!schema_fires_triggers(c->schema, table))
        return;
    foreach (constraint, &table->constraints) {
        if (!fires_at_once(c, constraint) ||
            (columns != NULL && !shares_column(&constraint->columns, columns)))
            continue;
        look_up_in(c, table, constraint);
    }
}

bool
lock_case_finds_by_index(LockCase *c, const SimRelation *table, const StringList *columns)
{
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(c->schema, *id);
        const IndexKey *first = index->index.keys.count > 0 ? index->index.keys.items : NULL;
        if (first != NULL && first->column != NULL && index->index.predicate == NULL &&
            index->index.valid && string_list_has(columns, first->column))
            return true;
    }
    return false;
}

typedef struct Cascade {
    bool deletes;              /* rows go; else they get another key */
    const StringList *columns; /* of the key that changes */
    bool whole;                /* for all rows of the table */
    int depth;
} Cascade;

static void check_referring(LockCase *c, const SimRelation *table, const Cascade *cascade);

static void
add_referring(LockCase *c, const SimRelation *table, const SimConstraint *constraint,
              const Cascade *cascade, bool changes)
{
    bool whole = cascade->whole || !lock_case_finds_by_index(c, table, &constraint->columns);
    if (changes)
        lock_case_add(c, table, whole ? FACT_referring_changed_whole : FACT_referring_changed);
    else
        lock_case_add(c, table, whole ? FACT_referring_checked_whole : FACT_referring_checked);
    lock_case_add_indexes(c, table, changes ? LOCK_ROW_EXCLUSIVE : LOCK_ROW_SHARE);
    if (!changes)
        return;
    ForeignKeyAction action = cascade->deletes ? constraint->on_delete : constraint->on_update;
    Cascade next = {.deletes = cascade->deletes && action == FOREIGN_KEY_CASCADE,
                    .columns = &constraint->columns,
                    .whole = cascade->whole,
                    .depth = cascade->depth + 1};
    check_referring(c, table, &next);
}

/* Only the check of NO ACTION can wait: the other actions are done at once (trigger.c,
 * AfterTriggerSaveEvent; tablecmds.c, createForeignKeyActionTriggers). */
static void
fire_action(LockCase *c, const SimRelation *table, const SimConstraint *constraint,
            const Cascade *cascade)
{
    ForeignKeyAction action = cascade->deletes ? constraint->on_delete : constraint->on_update;
    bool concerned = cascade->deletes || cascade->columns == NULL ||
                     shares_column(&constraint->referenced_columns, cascade->columns);
    bool waits = action == FOREIGN_KEY_NO_ACTION && schema_constraint_waits(c->schema, constraint);
    if (!concerned || waits || !constraint->enforced)
        return;
    bool changes = action != FOREIGN_KEY_NO_ACTION && action != FOREIGN_KEY_RESTRICT;
    add_referring(c, table, constraint, cascade, changes);
    RelationIdList below = schema_descendants_of(c->arena, c->schema, table->id);
    foreach (id, &below)
        add_referring(c, schema_relation_by_id(c->schema, *id), constraint, cascade, changes);
}

/* The foreign keys to a partitioned table hold for each of its partitions. */
static void
check_referring(LockCase *c, const SimRelation *table, const Cascade *cascade)
{
    if (cascade->depth > CASCADE_LIMIT || !schema_fires_triggers(c->schema, table))
        return;
    for (const SimRelation *referenced = table; referenced != NULL;) {
        RelationIdList tables = schema_referencing(c->arena, c->schema, referenced->id);
        foreach (id, &tables) {
            const SimRelation *other = schema_relation_by_id(c->schema, *id);
            foreach (constraint, &other->constraints) {
                if (constraint->kind == CONSTRAINT_FOREIGN_KEY &&
                    constraint->referenced == referenced->id)
                    fire_action(c, other, constraint, cascade);
            }
        }
        referenced =
            referenced->is_partition ? schema_relation_by_id(c->schema, referenced->parent) : NULL;
    }
}

void
lock_case_delete_referred(LockCase *c, const SimRelation *table, bool whole)
{
    Cascade cascade = {.deletes = true, .whole = whole};
    check_referring(c, table, &cascade);
}

void
lock_case_update_referred(LockCase *c, const SimRelation *table, const StringList *columns,
                          bool whole)
{
    Cascade cascade = {.columns = columns, .whole = whole};
    check_referring(c, table, &cascade);
}

/* ---- all rows are looked up at once */

/* nodeHashjoin.c, ExecHashJoinImpl asks for a row of the table before it reads the other one. */
bool
lock_case_is_empty(const LockCase *c, const SimRelation *table)
{
    return relation_is_emptied(c->schema, table) ||
           (table->kind == RELATION_TABLE && relation_is_new(c->schema, table) &&
            table->pages == PAGES_UNKNOWN);
}

/* ri_triggers.c, RI_Initial_Check() asks only for rows without a NULL in the key. */
bool
lock_case_looks_up(const LockCase *c, const SimRelation *table, const StringList *columns)
{
    foreach (name, columns) {
        const SimColumn *column = relation_find_column(table, *name);
        if (column != NULL && column_is_all_null(c->schema, column))
            return false;
    }
    return !lock_case_is_empty(c, table);
}

void
lock_case_add_query_indexes(LockCase *c, const SimRelation *table)
{
    if (c->all && table != NULL)
        lock_case_add_indexes(c, table, LOCK_ACCESS_SHARE);
}

/* ri_triggers.c, RI_Initial_Check(): one query for each partition that refers, on all of the table
 * that it refers to. */
void
lock_case_add_check_indexes(LockCase *c, const SimRelation *referring,
                            const SimRelation *referenced)
{
    RelationIdList below = {0};
    if (referring->kind == RELATION_PARTITIONED_TABLE)
        below = schema_descendants_of(c->arena, c->schema, referring->id);
    else
        lock_case_add_query_indexes(c, referring);
    foreach (id, &below) {
        const SimRelation *partition = schema_relation_by_id(c->schema, *id);
        if (partition->kind != RELATION_PARTITIONED_TABLE)
            lock_case_add_query_indexes(c, partition);
    }
    if (referenced == NULL)
        return;
    lock_case_add_query_indexes(c, referenced);
    RelationIdList parts = schema_descendants_of(c->arena, c->schema, referenced->id);
    foreach (id, &parts)
        lock_case_add_query_indexes(c, schema_relation_by_id(c->schema, *id));
}
