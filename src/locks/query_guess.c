/* SPDX-License-Identifier: MIT */
#include "locks/query_guess.h"

#include <string.h>

/* A query that grows over this by its views is not followed further. */
enum { SOURCE_LIMIT = 500, RESOLVE_LIMIT = 50 };

/* ---- the query with its views */

static QueryTerm
moved_term(QueryTerm term, int by)
{
    term.level += by;
    if (term.result_of >= 0)
        term.result_of += by;
    return term;
}

/* Appends a query whose own level 0 is read by `outer`. */
static void
append_query(QueryGuess *guess, const SqlQuery *query, const RelationIdList *ids, bool in_view)
{
    int by = (int)guess->levels.count;
    foreach (level, &query->levels) {
        QueryLevel copy = *level;
        copy.outer = copy.outer >= 0 ? copy.outer + by : -1;
        copy.order = moved_term(copy.order, by);
        copy.place = in_view && level == query->levels.items ? QUERY_IN_FROM : copy.place;
        LIST_APPEND(guess->arena, &guess->levels, copy);
    }
    foreach (source, &query->sources) {
        GuessSource copy = {.written = *source, .in_view = in_view};
        size_t at = (size_t)(source - query->sources.items);
        copy.written.level += by;
        copy.written.result_of += source->result_of >= 0 ? by : 0;
        if (ids != NULL && at < ids->count)
            copy.relation = schema_relation_by_id(guess->schema, ids->items[at]);
        else if (source->relation.name != NULL)
            copy.relation = schema_find_relation(guess->schema, source->relation);
        copy.few = source->relation.name == NULL && source->result_of < 0;
        LIST_APPEND(guess->arena, &guess->sources, copy);
    }
    foreach (condition, &query->conditions) {
        QueryCondition copy = *condition;
        copy.left = moved_term(copy.left, by);
        copy.right = moved_term(copy.right, by);
        LIST_APPEND(guess->arena, &guess->conditions, copy);
    }
}

static void
append_views(QueryGuess *guess)
{
    for (size_t i = 0; i < guess->sources.count && i < SOURCE_LIMIT; i++) {
        GuessSource *source = &guess->sources.items[i];
        const SimRelation *view = source->relation;
        if (view == NULL || view->kind != RELATION_VIEW || view->query == NULL)
            continue;
        SourceUse use = source->written.use;
        source->written.result_of = (int)guess->levels.count;
        size_t first = guess->sources.count;
        append_query(guess, view->query, &view->query_relations, true);
        /* rewriteHandler.c, markQueryForLocking(); rewriteTargetView(): what is done to a view is
         * done to what it reads. */
        for (size_t k = first; k < guess->sources.count && use != SOURCE_READ; k++) {
            GuessSource *inner = &guess->sources.items[k];
            if (inner->written.use == SOURCE_READ && inner->relation != NULL &&
                inner->written.level == guess->sources.items[i].written.result_of)
                inner->written.use = use;
        }
    }
}

/* ---- names */

typedef struct Place {
    bool found;
    size_t source;
    const char *column;
} Place;

static Place resolve(const QueryGuess *guess, QueryTerm term, int depth);

/* The column of a level's result by this name; NULL: its first column. */
static Place
resolve_output(const QueryGuess *guess, int level, const char *name, int depth)
{
    const QueryLevel *query = &guess->levels.items[level];
    if (query->is_barrier)
        return (Place){0};
    foreach (output, &query->outputs) {
        int by = level - output->term.level;
        if (output->name == NULL && name != NULL) {
            Place place = resolve(guess,
                                  (QueryTerm){.level = level,
                                              .qualifier = output->term.qualifier,
                                              .column = name,
                                              .result_of = -1},
                                  depth + 1);
            if (place.found)
                return place;
        } else if (name == NULL || strcmp(output->name, name) == 0) {
            return output->term.column == NULL
                       ? (Place){0}
                       : resolve(guess, moved_term(output->term, by), depth + 1);
        }
    }
    return (Place){0};
}

static bool
may_have(const QueryGuess *guess, const GuessSource *source, const char *column, bool is_only)
{
    (void)guess;
    const SimRelation *relation = source->relation;
    if (source->written.result_of >= 0 || relation == NULL)
        return is_only || source->written.result_of >= 0;
    return relation_find_column(relation, column) != NULL || (is_only && !relation->columns_known);
}

static bool
relation_is_none(const GuessSource *source)
{
    return source->written.relation.name == NULL;
}

static Place
resolve_in(const QueryGuess *guess, int level, QueryTerm term, int depth)
{
    size_t count = 0;
    foreach (source, &guess->sources)
        count += source->written.level == level;
    foreach (source, &guess->sources) {
        const char *alias = source->written.alias;
        bool is_alias = term.qualifier == NULL && alias != NULL && relation_is_none(source) &&
                        strcmp(alias, term.column) == 0;
        if (is_alias && source->few)
            return (Place){true, (size_t)(source - guess->sources.items), term.column};
        if (source->written.level != level ||
            (term.qualifier != NULL && (alias == NULL || strcmp(alias, term.qualifier) != 0)))
            continue;
        bool is_only = term.qualifier != NULL || count == 1;
        if (!may_have(guess, source, term.column, is_only))
            continue;
        if (source->few && relation_is_none(source))
            return (Place){true, (size_t)(source - guess->sources.items), term.column};
        if (source->written.result_of >= 0) {
            Place place = resolve_output(guess, source->written.result_of, term.column, depth + 1);
            if (place.found || is_only)
                return place;
            continue;
        }
        return (Place){true, (size_t)(source - guess->sources.items), term.column};
    }
    return (Place){0};
}

static Place
resolve(const QueryGuess *guess, QueryTerm term, int depth)
{
    if (depth > RESOLVE_LIMIT)
        return (Place){0};
    if (term.column == NULL)
        return term.result_of >= 0 ? resolve_output(guess, term.result_of, NULL, depth + 1)
                                   : (Place){0};
    int steps = 0;
    for (int level = term.level; level >= 0 && steps < RESOLVE_LIMIT; steps++) {
        Place place = resolve_in(guess, level, term, depth + 1);
        if (place.found)
            return place;
        const QueryLevel *query = &guess->levels.items[level];
        level = query->is_lateral ? query->outer : -1;
    }
    return (Place){0};
}

/* ---- what is fixed */

static bool
is_integer(const SimColumn *column)
{
    const char *name = column->type.name.name;
    return name != NULL && column->type.array_dimensions == 0 &&
           (strcmp(name, "int4") == 0 || strcmp(name, "int8") == 0 || strcmp(name, "int2") == 0 ||
            strcmp(name, "serial") == 0 || strcmp(name, "bigserial") == 0);
}

/* An integer that is compared with 5.0 is compared as numeric: no index helps. */
static bool
fits_type(const GuessSource *source, const GuessColumn *column)
{
    const SimColumn *found =
        source->relation != NULL ? relation_find_column(source->relation, column->column) : NULL;
    if (found == NULL || column->values == NULL || !is_integer(found))
        return true;
    foreach (value, column->values) {
        if (strchr(*value, '.') != NULL)
            return false;
    }
    return true;
}

static const GuessColumn *
find_fixed(const QueryGuess *guess, Place place)
{
    foreach (column, &guess->fixed) {
        if (column->source == place.source && column->comparison == COMPARISON_EQUAL &&
            column->function == NULL && strcmp(column->column, place.column) == 0)
            return column;
    }
    return NULL;
}

static void
fix(QueryGuess *guess, Place place, const QueryTerm *term, const QueryCondition *condition)
{
    GuessColumn column = {
        .source = place.source,
        .column = place.column,
        .function = term->function,
        .comparison =
            condition->comparison == COMPARISON_IS_NULL ? COMPARISON_EQUAL : condition->comparison,
        .values = condition->values.count > 0 ? &condition->values : NULL,
    };
    if (fits_type(&guess->sources.items[place.source], &column))
        LIST_APPEND(guess->arena, &guess->fixed, column);
}

/* A query of IN that reads nothing or stops early gives few values. */
static bool
gives_few(const QueryGuess *guess, int level)
{
    bool reads = false;
    foreach (source, &guess->sources)
        reads |= source->written.level == level && source->relation != NULL;
    return !reads || guess->levels.items[level].limited;
}

/* A name that no source can have is a variable of the code around the query. */
static bool
is_variable(const QueryGuess *guess, const QueryTerm *term)
{
    if (term->column == NULL)
        return false;
    foreach (source, &guess->sources) {
        const SimRelation *relation = source->relation;
        const char *alias = source->written.alias;
        if (term->qualifier != NULL && (alias == NULL || strcmp(alias, term->qualifier) != 0))
            continue;
        if (source->written.result_of >= 0 || relation == NULL || !relation->columns_known ||
            relation_find_column(relation, term->column) != NULL)
            return false;
    }
    return true;
}

static void
fix_values(QueryGuess *guess)
{
    foreach (condition, &guess->conditions) {
        Place left = resolve(guess, condition->left, 0);
        bool is_value =
            is_variable(guess, &condition->right) ||
            (condition->right.column == NULL &&
             (condition->right.result_of < 0 || (gives_few(guess, condition->right.result_of) &&
                                                 !resolve(guess, condition->right, 0).found)));
        if (left.found && is_value && !condition->left.is_expression)
            fix(guess, left, &condition->left, condition);
    }
}

/* ---- indexes */

static bool
key_is(const IndexKey *key, const GuessColumn *column)
{
    if (key->column != NULL)
        return column->function == NULL && strcmp(key->column, column->column) == 0;
    const SqlExpr *expression = key->expression;
    return column->function != NULL && expression != NULL && expression->functions.count == 1 &&
           strcmp(expression->functions.items[0].name, column->function) == 0 &&
           expression->columns.count == 1 &&
           strcmp(expression->columns.items[0], column->column) == 0;
}

static bool
predicate_holds(const QueryGuess *guess, size_t source, const SqlExpr *predicate)
{
    if (predicate == NULL)
        return true;
    foreach (name, &predicate->columns) {
        bool compared = false;
        foreach (column, &guess->fixed)
            compared |= column->source == source && strcmp(column->column, *name) == 0;
        if (!compared)
            return false;
    }
    return true;
}

static bool
is_usable(const SimRelation *index, bool only_equal)
{
    const char *method = index->index.method;
    bool is_hash = method != NULL && strcmp(method, "hash") == 0;
    return index->index.valid && index->index.keys.count > 0 &&
           (method == NULL || strcmp(method, "btree") == 0 || (is_hash && only_equal));
}

/* Whether the column is held from below and from above: a range that is open on one side may be
 * nearly all (selfuncs.h, DEFAULT_INEQ_SEL against DEFAULT_RANGE_INEQ_SEL). */
static bool
is_enclosed(const QueryGuess *guess, const GuessColumn *column)
{
    bool below = false, above = false;
    foreach (other, &guess->fixed) {
        if (other->source != column->source || strcmp(other->column, column->column) != 0)
            continue;
        below |= other->comparison == COMPARISON_GREATER ||
                 other->comparison == COMPARISON_GREATER_EQUAL;
        above |= other->comparison == COMPARISON_LESS || other->comparison == COMPARISON_LESS_EQUAL;
    }
    return below && above;
}

/* Whether an index finds the rows: by values alone, or by a range too. */
static bool
is_found(const QueryGuess *guess, size_t source, const SimRelation *relation, bool only_equal)
{
    RelationIdList indexes = schema_indexes_of(guess->arena, guess->schema, relation->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(guess->schema, *id);
        if (!is_usable(index, only_equal) ||
            !predicate_holds(guess, source, index->index.predicate))
            continue;
        foreach (column, &guess->fixed) {
            if (column->source == source &&
                (column->comparison == COMPARISON_EQUAL ||
                 (!only_equal && is_enclosed(guess, column))) &&
                key_is(&index->index.keys.items[0], column))
                return true;
        }
    }
    return false;
}

/* ---- joins */

static bool
join_pair(QueryGuess *guess, const QueryTerm *from, const QueryTerm *to)
{
    Place a = resolve(guess, *from, 0);
    Place b = resolve(guess, *to, 0);
    if (!a.found || !b.found || to->is_expression || (a.source == b.source))
        return false;
    const GuessColumn *value =
        from->is_expression || from->function != NULL ? NULL : find_fixed(guess, a);
    if ((!guess->sources.items[a.source].few && value == NULL) || find_fixed(guess, b) != NULL)
        return false;
    QueryCondition *equal = ARENA_NEW(guess->arena, QueryCondition);
    equal->comparison = COMPARISON_EQUAL;
    if (value != NULL && value->values != NULL)
        equal->values = *value->values;
    fix(guess, b, to, equal);
    return find_fixed(guess, b) != NULL;
}

/* Each source of the level that has the column, with the first that has it. */
static bool
join_using(QueryGuess *guess, const QueryCondition *condition)
{
    bool changed = false;
    QueryTerm first = {0};
    foreach (source, &guess->sources) {
        QueryTerm term = condition->left;
        if (source->written.level != term.level || source->written.alias == NULL)
            continue;
        term.qualifier = source->written.alias;
        if (first.column != NULL)
            changed |= join_pair(guess, &first, &term) || join_pair(guess, &term, &first);
        else
            first = term;
    }
    return changed;
}

static void
note_few(QueryGuess *guess)
{
    foreach (source, &guess->sources) {
        size_t at = (size_t)(source - guess->sources.items);
        if (!source->few && source->relation != NULL && is_found(guess, at, source->relation, true))
            source->few = true;
    }
}

static void
spread(QueryGuess *guess)
{
    bool changed = true;
    for (size_t turn = 0; changed && turn <= guess->sources.count; turn++) {
        changed = false;
        note_few(guess);
        foreach (condition, &guess->conditions) {
            if (condition->comparison != COMPARISON_EQUAL)
                continue;
            if (condition->is_using)
                changed |= join_using(guess, condition);
            else if (condition->right.column != NULL || condition->right.result_of >= 0)
                changed |= join_pair(guess, &condition->left, &condition->right) ||
                           join_pair(guess, &condition->right, &condition->left);
        }
    }
}

QueryGuess
query_guess(Arena *arena, const Schema *schema, const SqlQuery *query, const RelationIdList *ids)
{
    QueryGuess guess = {.arena = arena, .schema = schema};
    append_query(&guess, query, ids, false);
    append_views(&guess);
    foreach (source, &guess.sources) {
        int level = source->written.result_of;
        if (level >= 0 && gives_few(&guess, level))
            source->few = true;
    }
    if (guess.conditions.count > 0) {
        fix_values(&guess);
        spread(&guess);
    }
    return guess;
}

/* ---- the answer */

static bool
orders(const QueryGuess *guess, size_t source, const QueryLevel *level, const SimRelation *relation)
{
    Place place = resolve(guess, level->order, 0);
    if (level->order.column == NULL || !place.found || place.source != source)
        return false;
    RelationIdList indexes = schema_indexes_of(guess->arena, guess->schema, relation->id);
    foreach (id, &indexes) {
        const SimRelation *index = schema_relation_by_id(guess->schema, *id);
        const GuessColumn column = {.column = place.column};
        if (is_usable(index, false) && index->index.predicate == NULL &&
            key_is(&index->index.keys.items[0], &column))
            return true;
    }
    return false;
}

static bool
has_conditions(const QueryGuess *guess, int level)
{
    foreach (condition, &guess->conditions) {
        if (condition->left.level == level || condition->right.level == level)
            return true;
    }
    return false;
}

/* Whether a level stops before it has read all, for itself or because nobody asks it for more. */
static bool
stops(const QueryGuess *guess, size_t source, int at, const SimRelation *relation)
{
    for (int steps = 0; at >= 0 && steps < RESOLVE_LIMIT; steps++) {
        const QueryLevel *level = &guess->levels.items[at];
        if (level->never || (level->is_extremes && orders(guess, source, level, relation)))
            return true;
        if (level->needs_all || (level->is_ordered && !orders(guess, source, level, relation)))
            return false;
        if (level->limited || (level->place == QUERY_EXISTS && !has_conditions(guess, at)))
            return true;
        if (level->place != QUERY_IN_FROM && level->place != QUERY_ARM)
            return false;
        at = level->outer;
    }
    return false;
}

bool
query_guess_scans(const QueryGuess *guess, size_t at, const SimRelation *relation)
{
    const GuessSource *source = &guess->sources.items[at];
    if (source->written.use == SOURCE_ADDED_TO || source->written.is_sample)
        return false;
    return !is_found(guess, at, relation, false) &&
           !stops(guess, at, source->written.level, relation);
}
