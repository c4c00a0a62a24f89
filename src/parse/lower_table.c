/* SPDX-License-Identifier: MIT */
#include "lower.h"
#include "scan.h"

static Op *add_table(Lower *lower, const CreateStmt *create);
static void lower_elements(Lower *lower, const CreateStmt *create, Op *op);
static void add_element(Lower *lower, Node *element, Span span, Op *op);
static void mark_key_columns(ColumnList *columns, const ConstraintList *constraints);
static void lower_partition_key(Lower *lower, const PartitionSpec *spec, Op *op);
static SplitStrategy split_strategy(const PartitionSpec *spec);
static NameList relation_names(Lower *lower, const List *relations);

void
lower_create_table(Lower *lower, Node *node)
{
    (void)add_table(lower, (const CreateStmt *)node);
}

void
lower_create_foreign_table(Lower *lower, Node *node)
{
    Op *op = add_table(lower, &((const CreateForeignTableStmt *)node)->base);

    op->create_table.is_foreign = true;
    op->create_table.server =
        arena_strdup(lower->arena, ((const CreateForeignTableStmt *)node)->servername);
}

static Op *
add_table(Lower *lower, const CreateStmt *create)
{
    Op *op = lower_new_op(lower, OP_CREATE_TABLE);

    op->target = node_relation_name(lower->arena, create->relation);
    op->if_exists = create->if_not_exists;
    op->create_table.persistence = node_persistence(create->relation);
    op->create_table.tablespace = arena_strdup(lower->arena, create->tablespacename);
    op->create_table.access_method = arena_strdup(lower->arena, create->accessMethod);
    if (create->partbound != NULL) {
        /* The grammar keeps the partitioned table as the only parent. */
        op->create_table.partition_of =
            node_relation_name(lower->arena, linitial(create->inhRelations));
        op->create_table.bound = lower_partition_bound(lower, create->partbound);
    } else {
        op->create_table.inherits = relation_names(lower, create->inhRelations);
    }
    if (create->ofTypename != NULL)
        op->create_table.of_type = lower_type(lower, create->ofTypename).name;
    if (create->partspec != NULL)
        lower_partition_key(lower, create->partspec, op);
    lower_elements(lower, create, op);
    return op;
}

static NameList
relation_names(Lower *lower, const List *relations)
{
    NameList names = {0};

    EACH_NODE (RangeVar, relation, relations)
        LIST_APPEND(lower->arena, &names, node_relation_name(lower->arena, relation));
    return names;
}

/* -1 for LIKE, which has no place of its own. */
static int
location_of(const Node *element)
{
    if (IsA(element, ColumnDef))
        return ((const ColumnDef *)element)->location;
    return IsA(element, Constraint) ? ((const Constraint *)element)->location : -1;
}

/* The elements of a table on their way: where the next one is looked for, and where the last one
 * ends if nothing follows the brackets; 0 where it is scanned for. */
typedef struct Elements {
    const List *list;
    size_t at;
    size_t end;
    bool has_comments;
} Elements;

/* Where the parser says where it and the next one begin, it is not scanned. */
static Span
element_span(const Lower *lower, Elements *elements, int index)
{
    const int count = list_length(elements->list);
    const int own = location_of(list_nth(elements->list, index));
    const int next = index + 1 < count ? location_of(list_nth(elements->list, index + 1)) : -1;
    const size_t limit = lower->statement->span.end;
    Span span;

    if (elements->has_comments || own < 0)
        return scan_element(lower->text, elements->at, limit, &elements->at);
    if (next > own && scan_element_before(lower->text, lower_offset(lower, own),
                                          lower_offset(lower, next), &span)) {
        elements->at = lower_offset(lower, next);
        return span;
    }
    if (index + 1 == count && elements->end > 0)
        return scan_trim(lower->text, lower_offset(lower, own), elements->end);
    return scan_element(lower->text, elements->at, limit, &elements->at);
}

/* Whether the statement ends with the brackets of the elements. */
static bool
ends_with_elements(const Lower *lower, const CreateStmt *create)
{
    return lower->statement->ops.count == 1 && IsA(create, CreateStmt) &&
           lower->text[lower->statement->span.end - 1] == ')' && create->inhRelations == NIL &&
           create->partspec == NULL && create->options == NIL;
}

/* The elements are those between the commas of the first brackets, in the order of the tree. */
static void
lower_elements(Lower *lower, const CreateStmt *create, Op *op)
{
    size_t limit = lower->statement->span.end;
    size_t at = lower_offset(lower, create->relation->location);
    size_t count = (size_t)list_length(create->tableElts);

    if (count == 0)
        return;
    op->create_table.columns.items = ARENA_ARRAY(lower->arena, ColumnDefinition, count);
    op->create_table.columns.capacity = count;
    Elements elements = {.list = create->tableElts,
                         .at = scan_after_open(lower->text, at, limit),
                         .end = ends_with_elements(lower, create) ? limit - 1 : 0,
                         .has_comments = scan_may_have_comment(lower->text, at, limit)};
    for (int i = 0; i < (int)count; i++) {
        const Span span = element_span(lower, &elements, i);
        add_element(lower, list_nth(create->tableElts, i), span, op);
    }
    mark_key_columns(&op->create_table.columns, &op->create_table.constraints);
}

static void
add_element(Lower *lower, Node *element, Span span, Op *op)
{
    if (IsA(element, ColumnDef)) {
        LIST_APPEND(lower->arena, &op->create_table.columns,
                    lower_column(lower, (const ColumnDef *)element, span));
    } else if (IsA(element, Constraint)) {
        LIST_APPEND(lower->arena, &op->create_table.constraints,
                    lower_constraint(lower, (const Constraint *)element, NULL, span));
    } else if (IsA(element, TableLikeClause)) {
        const TableLikeClause *like = (const TableLikeClause *)element;
        LIST_APPEND(lower->arena, &op->create_table.like,
                    node_relation_name(lower->arena, like->relation));
        op->create_table.like_indexes |= (like->options & CREATE_TABLE_LIKE_INDEXES) != 0;
        op->create_table.like_checks |= (like->options & CREATE_TABLE_LIKE_CONSTRAINTS) != 0;
        op->create_table.like_defaults |= (like->options & CREATE_TABLE_LIKE_DEFAULTS) != 0;
        op->create_table.like_generated |=
            (like->options & (CREATE_TABLE_LIKE_GENERATED | CREATE_TABLE_LIKE_IDENTITY)) != 0;
    }
}

ColumnDefinition
lower_column(Lower *lower, const ColumnDef *column, Span span)
{
    ColumnDefinition out = {.span = span};

    out.name = arena_strdup(lower->arena, column->colname);
    out.type = lower_type(lower, column->typeName);
    if (column->collClause != NULL)
        out.collation = node_list_name(lower->arena, column->collClause->collname);
    lower_column_constraints(lower, column, span.end, &out);

    if (out.type.array_dimensions == 0 && serial_type_of(&out.type) != NULL)
        out.not_null = true;
    return out;
}

/* PRIMARY KEY (a, b) and, from 18 on, NOT NULL a, written as constraints of the table. */
static void
mark_key_columns(ColumnList *columns, const ConstraintList *constraints)
{
    foreach (constraint, constraints) {
        if (constraint->kind != CONSTRAINT_PRIMARY_KEY && constraint->kind != CONSTRAINT_NOT_NULL)
            continue;
        foreach (column, columns) {
            if (string_list_has(&constraint->columns, column->name))
                column->not_null = true;
        }
    }
}

static void
lower_partition_key(Lower *lower, const PartitionSpec *spec, Op *op)
{
    SplitKey *out = &op->create_table.partition_key;
    size_t limit = lower->statement->span.end;
    size_t at = scan_after_open(lower->text, lower_offset(lower, spec->location), limit);

    op->create_table.is_partitioned = true;
    out->strategy = split_strategy(spec);
    EACH_NODE (PartitionElem, element, spec->partParams) {
        IndexKey key = {.column = arena_strdup(lower->arena, element->name)};
        Span span = scan_element(lower->text, at, limit, &at);
        if (element->expr != NULL)
            key.expression = lower_expression_formula(lower, element->expr, span);
        key.collation = node_list_name(lower->arena, element->collation);
        key.opclass = node_list_name(lower->arena, element->opclass);
        LIST_APPEND(lower->arena, &out->keys, key);
    }
}

static SplitStrategy
split_strategy(const PartitionSpec *spec)
{
    if (spec->strategy == PARTITION_STRATEGY_LIST)
        return SPLIT_LIST;
    return spec->strategy == PARTITION_STRATEGY_HASH ? SPLIT_HASH : SPLIT_RANGE;
}

PartitionBound
lower_partition_bound(Lower *lower, const PartitionBoundSpec *bound)
{
    PartitionBound out = {.is_default = bound->is_default};
    size_t start = lower_offset(lower, bound->location);
    size_t limit = lower->statement->span.end;
    size_t end = limit;
    Span inside;

    if (out.is_default)
        return out;
    (void)scan_brackets(lower->text, start, limit, &inside, &end);
    if (bound->strategy == PARTITION_STRATEGY_RANGE)
        (void)scan_brackets(lower->text, end, limit, &inside, &end);
    out.text = arena_strndup(lower->arena, lower->text + start, end - start);
    lower_bound_values(lower, bound, &out);
    return out;
}
