/* SPDX-License-Identifier: MIT */
#include "lower.h"
#include "scan.h"

static void lower_keys(Lower *lower, const IndexStmt *index, Op *op);
static Span expression_span(const Lower *lower, Span element);
static void fill_predicate(Lower *lower, const IndexStmt *index, Op *op);

void
lower_create_index(Lower *lower, Node *node)
{
    const IndexStmt *index = (const IndexStmt *)node;
    Op *op = lower_new_op(lower, OP_CREATE_INDEX);

    op->target = node_relation_name(lower->arena, index->relation);
    op->only = !index->relation->inh;
    op->if_exists = index->if_not_exists;
    op->concurrently = index->concurrent;
    op->create_index.name = arena_strdup(lower->arena, index->idxname);
    op->create_index.method = arena_strdup(lower->arena, index->accessMethod);
    op->create_index.unique = index->unique;
    op->create_index.nulls_not_distinct = index->nulls_not_distinct;
    op->create_index.tablespace = arena_strdup(lower->arena, index->tableSpace);
    lower_keys(lower, index, op);
    EACH_NODE (IndexElem, element, index->indexIncludingParams) {
        if (element->name != NULL)
            LIST_APPEND(lower->arena, &op->create_index.including,
                        arena_strdup(lower->arena, element->name));
    }
    if (index->whereClause != NULL)
        fill_predicate(lower, index, op);
    if (index->concurrent)
        lower_outside(lower, "CREATE INDEX CONCURRENTLY");
}

/* The keys stand in the first brackets behind the table's name; ONLY (name) closes its own before.
 */
static void
lower_keys(Lower *lower, const IndexStmt *index, Op *op)
{
    size_t limit = lower->statement->span.end;
    size_t at = lower_offset(lower, index->relation->location);
    IndexKeyList *keys = &op->create_index.keys;

    keys->capacity = (size_t)list_length(index->indexParams);
    keys->items = ARENA_ARRAY(lower->arena, IndexKey, keys->capacity);
    at = scan_after_open(lower->text, at, limit);
    EACH_NODE (IndexElem, element, index->indexParams) {
        Span span = scan_element(lower->text, at, limit, &at);
        LIST_APPEND(lower->arena, keys, lower_index_key(lower, element, span));
    }
}

IndexKey
lower_index_key(Lower *lower, const IndexElem *element, Span span)
{
    IndexKey key = {0};

    key.column = arena_strdup(lower->arena, element->name);
    if (element->expr != NULL)
        key.expression = lower_expression(lower, element->expr, expression_span(lower, span));
    key.collation = node_list_name(lower->arena, element->collation);
    key.opclass = node_list_name(lower->arena, element->opclass);
    key.descending = element->ordering == SORTBY_DESC;
    key.nulls_first = element->nulls_ordering == SORTBY_NULLS_FIRST ||
                      (element->nulls_ordering == SORTBY_NULLS_DEFAULT && key.descending);
    return key;
}

/* `(expression)` without its brackets, `function(…)` with them, or a single word like CURRENT_USER;
 * what follows is collation, operator class and order. */
static Span
expression_span(const Lower *lower, Span element)
{
    ScanToken first = scan_token(lower->text, element.start, element.end);
    Span inside = element;
    size_t end = element.end;

    if (first.kind == TOKEN_OPEN) {
        (void)scan_brackets(lower->text, element.start, element.end, &inside, NULL);
        return inside;
    }
    size_t after_name = scan_after_name(lower->text, element.start, element.end);
    if (scan_token(lower->text, after_name, element.end).kind == TOKEN_OPEN)
        (void)scan_brackets(lower->text, after_name, element.end, &inside, &end);
    else
        end = after_name;
    return (Span){first.span.start, end};
}

static void
fill_predicate(Lower *lower, const IndexStmt *index, Op *op)
{
    size_t limit = lower->statement->span.end;
    size_t start = lower_offset(lower, index->relation->location);

    start = scan_after_word(lower->text, start, limit, "where");
    op->create_index.predicate =
        lower_expression_formula(lower, index->whereClause, scan_trim(lower->text, start, limit));
}

void
lower_reindex(Lower *lower, Node *node)
{
    const ReindexStmt *reindex = (const ReindexStmt *)node;
    Op *op = lower_new_op(lower, OP_REINDEX);

    op->concurrently = node_option_is_on(node_find_option(reindex->params, "concurrently"));
    if (op->concurrently)
        lower_outside(lower, "REINDEX CONCURRENTLY");
    switch (reindex->kind) {
    case REINDEX_OBJECT_INDEX:
    case REINDEX_OBJECT_TABLE:
        op->target = node_relation_name(lower->arena, reindex->relation);
        op->reindex.is_index = reindex->kind == REINDEX_OBJECT_INDEX;
        if (!op->concurrently)
            lower->statement->use = TRANSACTION_USE_MAYBE_OUTSIDE;
        break;
    case REINDEX_OBJECT_SCHEMA:
        op->target.schema = arena_strdup(lower->arena, reindex->name);
        op->reindex.is_whole = true;
        lower_outside(lower, "REINDEX SCHEMA");
        break;
    case REINDEX_OBJECT_SYSTEM:
        lower_outside(lower, "REINDEX SYSTEM");
        if (op->concurrently)
            lower->statement->refused = "cannot reindex system catalogs concurrently";
        break;
    case REINDEX_OBJECT_DATABASE:
        op->reindex.is_whole = true;
        lower_outside(lower, "REINDEX DATABASE");
        break;
    }
}

StorageOptionList
lower_storage_options(Lower *lower, const List *options)
{
    StorageOptionList found = {0};

    EACH_NODE (DefElem, option, options) {
        if (!IsA(option, DefElem))
            continue;
        LIST_APPEND(lower->arena, &found,
                    (StorageOption){
                        .name_space = arena_strdup(lower->arena, option->defnamespace),
                        .name = arena_strdup(lower->arena, option->defname),
                        .value = node_option_text(lower->arena, option),
                    });
    }
    return found;
}
