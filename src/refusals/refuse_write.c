/* SPDX-License-Identifier: MIT */
/* INSERT, UPDATE, DELETE and MERGE: what they work on, and which columns they give a value. */
#include <string.h>

#include "refusals/refuse_exists.h"

/* The server follows a view to the view below it (rewriteTargetView), and gives up at a depth that
 * no history reaches. */
enum { VIEW_DEPTH = 50, MASK_BITS = 64 };

/* ---- what it works on */

static const SqlSource *
only_source(const SqlQuery *query, size_t *place)
{
    const SqlSource *only = NULL;
    for (size_t i = 0; query != NULL && i < query->sources.count; i++) {
        if (query->sources.items[i].level != 0)
            continue;
        if (only != NULL)
            return NULL;
        only = &query->sources.items[i];
        *place = i;
    }
    return only;
}

static bool
takes_rows(const SimRelation *relation)
{
    return relation->kind == RELATION_TABLE || relation->kind == RELATION_PARTITIONED_TABLE ||
           relation->kind == RELATION_FOREIGN_TABLE || relation->kind == RELATION_VIEW;
}

/* rewriteHandler.c, view_query_is_auto_updatable(): `below` is what the view's rows are of, NULL
 * where that is not known. True also where the view is not known well. */
static bool
may_be_updatable(const RefusalCase *c, const SimRelation *view, const SimRelation **below)
{
    size_t place = 0;
    const SqlQuery *query = view->query;
    const SqlSource *source = only_source(query, &place);
    *below = NULL;
    if (source == NULL || source->relation.name == NULL || source->is_sample ||
        query->levels.items[0].needs_all || query->levels.items[0].limited)
        return false;
    if (place < view->query_relations.count)
        *below = schema_relation_by_id(c->schema, view->query_relations.items[place]);
    return *below == NULL || (*below)->assumed || takes_rows(*below);
}

static bool
has_rule_or_instead(const SimRelation *view)
{
    foreach (attached, &view->attached) {
        if ((*attached)->kind == SIM_RULE || (*attached)->kind == SIM_TRIGGER)
            return true;
    }
    return false;
}

static const char *
view_words(const RefusalCase *c, const Op *op, const SimRelation *view)
{
    const char *verb = op->kind == OP_INSERT   ? "insert into"
                       : op->kind == OP_UPDATE ? "update"
                                               : "delete from";
    return arena_printf(c->arena, "cannot %s view \"%s\"", verb, view->name.name);
}

static const char *
refuse_view(const RefusalCase *c, const Op *op, const SimRelation *view)
{
    for (int depth = 0; depth < VIEW_DEPTH; depth++) {
        const SimRelation *below = NULL;
        if (view == NULL || view->assumed || view->kind != RELATION_VIEW ||
            has_rule_or_instead(view))
            return NULL;
        if (!may_be_updatable(c, view, &below))
            return view_words(c, op, view);
        view = below;
    }
    return NULL;
}

/* execMain.c, CheckValidResultRel(); before it parse_relation.c opens the relation */
static const char *
refuse_written_kind(const RefusalCase *c, const SimRelation *target)
{
    if (target->kind == RELATION_INDEX || target->kind == RELATION_PARTITIONED_INDEX)
        return arena_printf(
            c->arena, c->pg_version < 15 ? "\"%s\" is an index" : "cannot open relation \"%s\"",
            target->name.name);
    if (target->kind == RELATION_SEQUENCE || target->kind == RELATION_MATERIALIZED_VIEW)
        return arena_printf(c->arena, "cannot change %s \"%s\"", relation_kind_words(target->kind),
                            target->name.name);
    return NULL;
}

/* parse_merge.c, transformMergeStmt() */
const char *
refuse_merge(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->saw_code ? NULL : c->target;
    (void)op;
    if (target == NULL || c->pg_version < 15)
        return NULL;
    bool refused = target->kind == RELATION_SEQUENCE ||
                   target->kind == RELATION_MATERIALIZED_VIEW ||
                   target->kind == RELATION_FOREIGN_TABLE ||
                   (target->kind == RELATION_VIEW && c->pg_version < 17);
    return refused ? arena_printf(c->arena, "cannot execute MERGE on relation \"%s\"",
                                  target->name.name)
                   : NULL;
}

/* ---- columns */

/* parse_target.c, checkInsertTargets() and transformUpdateTargetList() */
static const char *
refuse_target_columns(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    foreach (column, &op->data.columns) {
        if (refusal_lacks_column(table, *column))
            return arena_printf(c->arena, "column \"%s\" of relation \"%s\" does not exist",
                                *column, table->name.name);
    }
    if (op->data.twice == NULL)
        return NULL;
    return arena_printf(c->arena,
                        op->kind == OP_INSERT ? "column \"%s\" specified more than once"
                                              : "multiple assignments to same column \"%s\"",
                        op->data.twice);
}

/* analyze.c, transformInsertRow() */
static const char *
refuse_value_count(const Op *op, const SimRelation *table)
{
    size_t listed = op->data.columns.count, values = (size_t)op->data.value_count;
    if (op->data.value_count < 0 || op->data.is_partial)
        return NULL;
    if (values > (listed > 0 ? listed : table->columns.count))
        return "INSERT has more expressions than target columns";
    return listed > values ? "INSERT has more target columns than expressions" : NULL;
}

static bool
is_defaulted(const Op *op, size_t place)
{
    return place >= MASK_BITS || (op->data.defaulted >> place & 1) != 0;
}

static bool
takes_only_default(const SimRelation *table, const SimColumn *column)
{
    bool generated =
        column->generated == GENERATED_STORED || column->generated == GENERATED_VIRTUAL;
    return generated || (column->generated == GENERATED_IDENTITY_ALWAYS && table->parent == 0);
}

/* rewriteHandler.c, rewriteTargetListIU() */
static const char *
refuse_not_default(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    if (op->data.overrides_system || op->data.overrides_user)
        return NULL;
    size_t count = op->data.columns.count;
    bool by_place = op->kind == OP_INSERT && count == 0 && op->data.value_count > 0;
    if (by_place)
        count = (size_t)op->data.value_count;
    for (size_t i = 0; i < count && (!by_place || i < table->columns.count); i++) {
        const SimColumn *column = by_place ? &table->columns.items[i]
                                           : relation_find_column(table, op->data.columns.items[i]);
        if (column == NULL || is_defaulted(op, i) || !takes_only_default(table, column))
            continue;
        return arena_printf(c->arena,
                            op->kind == OP_INSERT
                                ? "cannot insert a non-DEFAULT value into column \"%s\""
                                : "column \"%s\" can only be updated to DEFAULT",
                            column->name);
    }
    return NULL;
}

/* ---- ON CONFLICT */

static bool
has_key(const SimRelation *index, const char *column)
{
    foreach (key, &index->index.keys) {
        if (key->column != NULL && strcmp(key->column, column) == 0)
            return true;
    }
    return false;
}

static bool
infers(const SimRelation *index, const StringList *columns)
{
    if (!index->index.unique && !index->index.is_constraint)
        return false;
    foreach (key, &index->index.keys) {
        if (key->column == NULL || !string_list_has(columns, key->column))
            return false;
    }
    foreach (column, columns) {
        if (!has_key(index, *column))
            return false;
    }
    return index->index.predicate == NULL;
}

static bool
is_deferrable(const SimRelation *table, RelationId index)
{
    foreach (constraint, &table->constraints) {
        if (constraint->index == index)
            return constraint->deferrable;
    }
    return false;
}

/* plancat.c, infer_arbiter_indexes(); parse_clause.c, resolve_unique_index_expr() */
static const char *
refuse_conflict(const RefusalCase *c, const Op *op, const SimRelation *table)
{
    const StringList *columns = &op->data.conflict_columns;
    const char *constraint = op->data.conflict_constraint;
    if (constraint != NULL && relation_find_constraint(table, constraint) == NULL)
        return arena_printf(c->arena, "constraint \"%s\" for table \"%s\" does not exist",
                            constraint, table->name.name);
    if (columns->count == 0)
        return NULL;
    foreach (column, columns) {
        if (refusal_lacks_column(table, *column))
            return arena_printf(c->arena, "column \"%s\" does not exist", *column);
    }
    RelationIdList indexes = schema_indexes_of(c->arena, c->schema, table->id);
    bool waits = false;
    foreach (id, &indexes) {
        bool fits = infers(schema_relation_by_id(c->schema, *id), columns);
        if (fits && !is_deferrable(table, *id))
            return NULL;
        waits |= fits;
    }
    /* execIndexing.c, ExecCheckIndexConstraints() */
    if (waits)
        return "ON CONFLICT does not support deferrable unique constraints/exclusion constraints "
               "as arbiters";
    return "there is no unique or exclusion constraint matching the ON CONFLICT specification";
}

/* ---- all of it */

const char *
refuse_write(const RefusalCase *c, const Op *op)
{
    const SimRelation *target = c->saw_code ? NULL : c->target;
    if (target == NULL)
        return NULL;
    const char *refusal = refuse_written_kind(c, target);
    if (target->kind == RELATION_VIEW)
        refusal = refuse_view(c, op, target);
    bool has_rows = target->kind == RELATION_TABLE || target->kind == RELATION_PARTITIONED_TABLE;
    if (!has_rows || !target->columns_known)
        return refusal;
    refusal = refuse_target_columns(c, op, target);
    if (refusal == NULL && op->kind == OP_INSERT)
        refusal = refuse_value_count(op, target);
    if (refusal == NULL && op->kind != OP_DELETE)
        refusal = refuse_not_default(c, op, target);
    if (refusal == NULL && op->kind == OP_INSERT)
        refusal = refuse_conflict(c, op, target);
    return refusal;
}
