/* SPDX-License-Identifier: MIT */
/* Queries as the lock model sees them: one walk over the tree of a statement. */
#include <stdint.h>
#include <string.h>

#include "lower.h"
#include "query_walk.h"
#include "syntax_version.h"

static void visit_node(void *context, Node *node, const WalkScope *scope);
static void visit_query(QueryWalk *walk, const Node *node);
static void expect(QueryWalk *walk, const Node *query, QueryPlace place, int outer);
static void expect_query(QueryWalk *walk, const Node *node, int level);
static void fill_select(QueryWalk *walk, int at, const SelectStmt *select);
static void add_quals(QueryWalk *walk, int level, const Node *quals);
static void add_target(QueryWalk *walk, int level, const RangeVar *target, SourceUse use);
static int level_of(const QueryWalk *walk, const WalkScope *scope);
static void add_relation(QueryWalk *walk, const RangeVar *relation, const WalkScope *scope);
static void add_result(QueryWalk *walk, int level, const Alias *alias, int result_of);
static void add_function(QueryWalk *walk, const FuncCall *call);
static void finish_with(QueryWalk *walk);
static void lock_rows(QueryWalk *walk, int level, const List *names, int depth);
static const SqlQuery *kept_query(const QueryWalk *walk);

const SqlQuery *
lower_query(Lower *lower, Node *query, bool keeps_result, NameList *functions,
            SequenceUseList *sequences)
{
    QueryWalk walk = {.lower = lower, .functions = functions, .sequences = sequences};
    const WalkScope *scope = walk_scope_add_query(lower->scratch, lower->scope, query);

    syntax_version_node(lower, query);
    expect(&walk, query, QUERY_WHOLE, -1);
    visit_query(&walk, query);
    walk_tree(lower->scratch, query, scope, visit_node, &walk);
    size_t count = walk.query.sources.count;
    bool only_target = count == 1 && walk.query.sources.items[0].use == SOURCE_ADDED_TO;
    if (count == 0 || (only_target && !keeps_result))
        return NULL;
    finish_with(&walk);
    foreach (frame, &walk.frames) {
        int level = (int)(frame - walk.frames.items);
        if (!IsA(frame->node, SelectStmt))
            continue;
        EACH_NODE (LockingClause, clause, ((const SelectStmt *)frame->node)->lockingClause)
            lock_rows(&walk, level, clause->lockedRels, 0);
    }
    if (lower->depth == PARSE_WHOLE)
        query_walk_conditions(&walk);
    return kept_query(&walk);
}

static void
visit_call(void *context, const FuncCall *call)
{
    add_function(context, call);
}

const SqlQuery *
lower_query_of_rows(Lower *lower, Node *query, bool keeps_result, NameList *functions,
                    SequenceUseList *sequences)
{
    QueryWalk walk = {.lower = lower, .functions = functions};

    if (lower->depth == PARSE_WHOLE)
        return lower_query(lower, query, keeps_result, functions, sequences);
    /* Without brackets only the server's own functions are called: AT TIME ZONE. */
    const Span span = lower->statement->span;
    if (memchr(lower->text + span.start, '(', span.end - span.start) == NULL)
        return NULL;
    walk_calls(lower->scratch, query, visit_call, &walk);
    return NULL;
}

static void
visit_node(void *context, Node *node, const WalkScope *scope)
{
    QueryWalk *walk = context;

    syntax_version_node(walk->lower, node);
    switch (nodeTag(node)) {
    case T_SelectStmt:
    case T_InsertStmt:
    case T_UpdateStmt:
    case T_DeleteStmt:
    case T_MergeStmt:
        visit_query(walk, node);
        break;
    case T_RangeVar:
        add_relation(walk, (const RangeVar *)node, scope);
        break;
    case T_RangeTableSample:
        walk->is_sample = true;
        break;
    case T_RangeFunction:
        add_result(walk, level_of(walk, scope), ((const RangeFunction *)node)->alias, -1);
        break;
    case T_RangeTableFunc:
        add_result(walk, level_of(walk, scope), ((const RangeTableFunc *)node)->alias, -1);
        break;
    case T_JsonTable:
        add_result(walk, level_of(walk, scope), ((const JsonTable *)node)->alias, -1);
        break;
    case T_RangeSubselect: {
        const RangeSubselect *sub = (const RangeSubselect *)node;
        int outer = level_of(walk, scope);
        add_result(walk, outer, sub->alias, (int)walk->frames.count);
        expect(walk, sub->subquery, QUERY_IN_FROM, outer);
        if (sub->lateral && sub->subquery != NULL)
            walk->expected.items[walk->expected.count - 1].is_lateral = true;
        break;
    }
    case T_CommonTableExpr:
        LIST_APPEND(walk->lower->scratch, &walk->with,
                    (WithQuery){(const CommonTableExpr *)node, (int)walk->frames.count, 0});
        expect(walk, ((const CommonTableExpr *)node)->ctequery, QUERY_IN_WITH, -1);
        break;
    case T_SubLink:
        expect(walk, ((const SubLink *)node)->subselect, query_walk_place((const SubLink *)node),
               level_of(walk, scope));
        break;
    case T_JoinExpr:
        query_walk_join(walk, level_of(walk, scope), (const JoinExpr *)node);
        break;
    case T_FuncCall:
        add_function(walk, (const FuncCall *)node);
        break;
    default: /* the server's own enumeration */
        break;
    }
}

/* ---- levels */

/* The walk comes to it next, or after what stands before it. */
static void
expect(QueryWalk *walk, const Node *query, QueryPlace place, int outer)
{
    if (query != NULL)
        LIST_APPEND(walk->lower->scratch, &walk->expected,
                    (ExpectedQuery){query, place, outer, place != QUERY_IN_FROM});
}

static void
visit_query(QueryWalk *walk, const Node *node)
{
    ExpectedQuery found = {.node = node, .place = QUERY_EXPRESSION, .outer = -1};
    size_t count = walk->expected.count;

    if (count > 0 && walk->expected.items[count - 1].node == node) {
        found = walk->expected.items[count - 1];
        walk->expected.count--;
    }
    int level = (int)walk->frames.count;
    LIST_APPEND(walk->lower->scratch, &walk->frames, (QueryFrame){.node = node});
    LIST_APPEND(walk->lower->scratch, &walk->query.levels,
                (QueryLevel){.outer = found.outer,
                             .place = found.place,
                             .is_lateral = found.is_lateral,
                             .order = {.result_of = -1}});
    expect_query(walk, node, level);
}

static void
expect_query(QueryWalk *walk, const Node *node, int level)
{
    switch (nodeTag(node)) {
    case T_SelectStmt:
        fill_select(walk, level, (const SelectStmt *)node);
        break;
    case T_InsertStmt:
        add_target(walk, level, ((const InsertStmt *)node)->relation, SOURCE_ADDED_TO);
        expect(walk, ((const InsertStmt *)node)->selectStmt, QUERY_SOURCE, level);
        break;
    case T_UpdateStmt:
        add_target(walk, level, ((const UpdateStmt *)node)->relation, SOURCE_CHANGED);
        add_quals(walk, level, ((const UpdateStmt *)node)->whereClause);
        break;
    case T_DeleteStmt:
        add_target(walk, level, ((const DeleteStmt *)node)->relation, SOURCE_CHANGED);
        add_quals(walk, level, ((const DeleteStmt *)node)->whereClause);
        break;
    case T_MergeStmt:
        add_target(walk, level, ((const MergeStmt *)node)->relation, SOURCE_CHANGED);
        add_quals(walk, level, ((const MergeStmt *)node)->joinCondition);
        break;
    default: /* EXECUTE in CREATE TABLE AS */
        break;
    }
}

static void
fill_select(QueryWalk *walk, int at, const SelectStmt *select)
{
    QueryLevel *level = &walk->query.levels.items[at];

    level->limited = select->limitCount != NULL && !query_walk_is_null(select->limitCount);
    level->needs_all = query_walk_needs_all(select);
    level->is_ordered = select->sortClause != NIL;
    level->is_barrier = select->limitCount != NULL || select->limitOffset != NULL ||
                        select->lockingClause != NIL || select->windowClause != NIL ||
                        select->op != SETOP_NONE;
    add_quals(walk, at, select->whereClause);
    if (select->op == SETOP_NONE)
        return;
    level->needs_all |= !select->all || select->op != SETOP_UNION;
    expect(walk, (const Node *)select->rarg, QUERY_ARM, at);
    expect(walk, (const Node *)select->larg, QUERY_ARM, at);
}

static void
add_quals(QueryWalk *walk, int level, const Node *quals)
{
    if (quals != NULL)
        LIST_APPEND(walk->lower->scratch, &walk->frames.items[level].quals, quals);
}

static int
level_of(const QueryWalk *walk, const WalkScope *scope)
{
    while (scope != NULL && scope->query == NULL)
        scope = scope->outer;
    for (size_t i = walk->frames.count; scope != NULL && i > 0; i--) {
        if (walk->frames.items[i - 1].node == scope->query)
            return (int)i - 1;
    }
    return 0;
}

/* ---- sources */

static void
add_source(QueryWalk *walk, SqlSource source)
{
    LIST_APPEND(walk->lower->scratch, &walk->query.sources, source);
}

static const char *
alias_of(QueryWalk *walk, const Alias *alias, const char *other)
{
    return arena_strdup(walk->lower->arena, alias != NULL ? alias->aliasname : other);
}

static void
add_target(QueryWalk *walk, int level, const RangeVar *target, SourceUse use)
{
    add_source(walk, (SqlSource){.relation = node_relation_name(walk->lower->arena, target),
                                 .alias = alias_of(walk, target->alias, target->relname),
                                 .level = level,
                                 .result_of = -1,
                                 .use = use,
                                 .only = !target->inh});
}

static void
add_result(QueryWalk *walk, int level, const Alias *alias, int result_of)
{
    add_source(
        walk,
        (SqlSource){.alias = alias_of(walk, alias, NULL), .level = level, .result_of = result_of});
}

static void
add_relation(QueryWalk *walk, const RangeVar *relation, const WalkScope *scope)
{
    int level = level_of(walk, scope);
    bool is_sample = walk->is_sample;

    walk->is_sample = false;
    if (relation->schemaname == NULL && walk_scope_has(scope, relation->relname)) {
        for (size_t i = walk->with.count; i > 0; i--) {
            WithQuery *with = &walk->with.items[i - 1];
            if (strcmp(with->cte->ctename, relation->relname) != 0)
                continue;
            with->uses++;
            add_result(walk, level, relation->alias, with->level);
            SqlSource *added = &walk->query.sources.items[walk->query.sources.count - 1];
            if (added->alias == NULL)
                added->alias = arena_strdup(walk->lower->arena, relation->relname);
            return;
        }
        add_result(walk, level, relation->alias, -1);
        return;
    }
    add_target(walk, level, relation, SOURCE_READ);
    walk->query.sources.items[walk->query.sources.count - 1].is_sample = is_sample;
}

/* prepjointree.c and subselect.c, inline_cte(): a query of WITH that is asked once is part of the
 * query around it. */
static void
finish_with(QueryWalk *walk)
{
    foreach (with, &walk->with) {
        if ((size_t)with->level >= walk->query.levels.count)
            continue;
        QueryLevel *level = &walk->query.levels.items[with->level];
        bool is_select = IsA(walk->frames.items[with->level].node, SelectStmt);
        bool materialized = with->cte->ctematerialized == CTEMaterializeAlways ||
                            (with->uses > 1 && with->cte->ctematerialized == CTEMaterializeDefault);
        level->is_barrier |= materialized || !is_select;
        level->never |= is_select && with->uses == 0;
    }
}

static bool
is_locked(const SqlSource *source, const List *names)
{
    if (names == NIL)
        return true;
    EACH_NODE (RangeVar, name, names) {
        if (source->alias != NULL && strcmp(source->alias, name->relname) == 0)
            return true;
    }
    return false;
}

/* analyze.c, transformLockingClause(): into queries in FROM too, but not into those of WITH. */
static void
lock_rows(QueryWalk *walk, int level, const List *names, int depth)
{
    foreach (source, &walk->query.sources) {
        if (source->level != level || !is_locked(source, names))
            continue;
        if (source->relation.name != NULL && source->use == SOURCE_READ)
            source->use = SOURCE_ROWS_LOCKED;
        else if (source->result_of > level && depth < QUERY_DEPTH &&
                 walk->query.levels.items[source->result_of].place == QUERY_IN_FROM)
            lock_rows(walk, source->result_of, NIL, depth + 1);
    }
}

/* ---- functions */

static bool
is_called(const FuncCall *call, const char *name)
{
    const char *last = node_last_string(call->funcname);

    return last != NULL && strcmp(last, name) == 0 && list_length(call->funcname) <= 2;
}

static const char *
constant_argument(QueryWalk *walk, const FuncCall *call, int at)
{
    if (list_length(call->args) <= at)
        return NULL;
    const Node *argument = list_nth(call->args, at);
    while (argument != NULL && IsA(argument, TypeCast))
        argument = ((const TypeCast *)argument)->arg;
    return argument == NULL ? NULL : node_constant_text(walk->lower->scratch, argument);
}

bool
lower_sequence_use(Lower *lower, const FuncCall *call, SequenceUse *out)
{
    QueryWalk walk = {.lower = lower};
    bool is_use =
        is_called(call, "nextval") || is_called(call, "setval") || is_called(call, "currval");
    const char *name = constant_argument(&walk, call, 0);

    *out = (SequenceUse){0};
    if (!is_use || call->args == NIL)
        return false;
    if (name != NULL) {
        out->sequence = lower_written_name(lower->arena, name);
        return out->sequence.name != NULL;
    }
    const Node *argument = linitial(call->args);
    while (IsA(argument, TypeCast) && ((const TypeCast *)argument)->arg != NULL)
        argument = ((const TypeCast *)argument)->arg;
    if (!IsA(argument, FuncCall) ||
        !is_called((const FuncCall *)argument, "pg_get_serial_sequence"))
        return false;
    const char *table = constant_argument(&walk, (const FuncCall *)argument, 0);
    const char *column = constant_argument(&walk, (const FuncCall *)argument, 1);
    if (table == NULL || column == NULL)
        return false;
    out->table = lower_written_name(lower->arena, table);
    out->column = arena_strdup(lower->arena, column);
    return out->table.name != NULL;
}

/* dbsize.c */
static bool
measured_use(QueryWalk *walk, const FuncCall *call, SequenceUse *out)
{
    const char *name = constant_argument(walk, call, 0);
    bool alone = is_called(call, "pg_relation_size") || is_called(call, "pg_table_size");
    bool with_indexes =
        is_called(call, "pg_total_relation_size") || is_called(call, "pg_indexes_size");

    if (name == NULL || (!alone && !with_indexes))
        return false;
    *out = (SequenceUse){.measured = alone ? MEASURED_ALONE : MEASURED_WITH_INDEXES,
                         .sequence = lower_written_name(walk->lower->arena, name)};
    return out->sequence.name != NULL;
}

static void
add_function(QueryWalk *walk, const FuncCall *call)
{
    Arena *arena = walk->lower->arena;
    SequenceUse sequence;

    if (walk->functions != NULL)
        node_add_name(arena, walk->functions, call->funcname);
    if (walk->sequences != NULL &&
        (lower_sequence_use(walk->lower, call, &sequence) || measured_use(walk, call, &sequence)))
        LIST_APPEND(arena, walk->sequences, sequence);
}

/* ---- the result */

static const SqlQuery *
kept_query(const QueryWalk *walk)
{
    Arena *arena = walk->lower->arena;
    SqlQuery *kept = ARENA_NEW(arena, SqlQuery);

    foreach (level, &walk->query.levels)
        LIST_APPEND(arena, &kept->levels, *level);
    foreach (source, &walk->query.sources)
        LIST_APPEND(arena, &kept->sources, *source);
    foreach (condition, &walk->query.conditions)
        LIST_APPEND(arena, &kept->conditions, *condition);
    return kept;
}
