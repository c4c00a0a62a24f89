/* SPDX-License-Identifier: MIT */
#include "locks/lock_model.h"

#include <limits.h>
#include <string.h>

#include "locks/lock_case.h"

enum { LAST_VERSION = INT_MAX };

#define WORK_NOTHING false, false, false
#define WORK_SCAN false, true, false
/* Building an index is reading every row; writing the rows anew is that and building the indexes.
 */
#define WORK_BUILD false, true, true
#define WORK_COPY true, true, false
#define WORK_REWRITE true, true, true

static const LockFact facts[] = {
#define FACT(id, operation, role, from, to, level, work, reason, source)                           \
    {#id, OP_##operation, ROLE_##role, from, to, LOCK_##level, WORK_##work, reason, source},
#include "locks/lock_table.def"
#undef FACT
};

/* An operation that is not here is answered by its rows alone. */
typedef struct KindModel {
    LockJudge *judge;
    bool recurses;             /* the judge looks at partitions and inheritance children too */
    LockJudge *without_target; /* where no relation is the target; it is given NULL */
} KindModel;

/* clang-format off */
static const KindModel kind_models[OP_KIND_COUNT] = {
    [OP_ADD_COLUMN] = {judge_add_column, true},
    [OP_ALTER_COLUMN_TYPE] = {judge_alter_type, true},
    [OP_SET_NOT_NULL] = {judge_set_not_null, false},
    [OP_ADD_CONSTRAINT] = {judge_add_constraint, false},
    [OP_VALIDATE_CONSTRAINT] = {judge_validate, false},
    [OP_DROP_CONSTRAINT] = {judge_drop_constraint, false},
    [OP_RENAME_CONSTRAINT] = {judge_rename_constraint, false},
    [OP_ALTER_CONSTRAINT] = {judge_alter_constraint, false},
    [OP_CREATE_INDEX] = {judge_create_index, false},
    [OP_DROP_INDEX] = {judge_drop_index, false},
    [OP_REINDEX] = {judge_reindex, false, judge_reindex_all},
    [OP_RENAME_INDEX] = {judge_rename_index, false},
    [OP_ATTACH_INDEX] = {judge_attach_index, false},
    [OP_ATTACH_PARTITION] = {judge_attach, false},
    [OP_DETACH_PARTITION] = {judge_detach, false},
    [OP_INHERIT] = {judge_inherit, false},
    [OP_NO_INHERIT] = {judge_inherit, false},
    [OP_CREATE_TABLE] = {judge_create_table, false},
    [OP_DROP_TABLE] = {judge_drop, false},
    [OP_DROP_VIEW] = {judge_drop, false},
    [OP_DROP_MATERIALIZED_VIEW] = {judge_drop, false},
    [OP_DROP_SEQUENCE] = {judge_drop, false},
    [OP_DROP_COLUMN] = {judge_drop_column, false},
    [OP_TRUNCATE] = {judge_truncate, false},
    [OP_LOCK_TABLE] = {judge_lock_table, true},
    [OP_SET_LOGGED] = {judge_set_logged, false},
    [OP_SET_UNLOGGED] = {judge_set_unlogged, false},
    [OP_SET_EXPRESSION] = {judge_set_expression, true},
    [OP_REFRESH_MATERIALIZED_VIEW] = {judge_refresh, false},
    [OP_SET_TABLE_OPTIONS] = {judge_options, false},
    [OP_SET_INDEX_OPTIONS] = {judge_options, false},
    [OP_VACUUM] = {judge_vacuum, false, judge_vacuum_all},
    [OP_ANALYZE] = {judge_vacuum, false, judge_vacuum_all},
    [OP_CLUSTER] = {judge_cluster, false, judge_cluster_all},
    [OP_CREATE_TABLE_AS] = {judge_create_query, false},
    [OP_CREATE_VIEW] = {judge_create_query, false},
    [OP_CREATE_MATERIALIZED_VIEW] = {judge_create_query, false},
    [OP_ALTER_DOMAIN] = {.without_target = judge_alter_domain},
    [OP_CREATE_FUNCTION] = {judge_create_function, false},
    [OP_CREATE_TRIGGER] = {judge_create_trigger, false},
    [OP_DROP_TRIGGER] = {judge_drop_attached, false},
    [OP_ALTER_TRIGGER] = {judge_alter_trigger, false},
    [OP_SWITCH_TRIGGER] = {judge_switch_trigger, false},
    [OP_CREATE_RULE] = {judge_create_rule, false},
    [OP_DROP_RULE] = {judge_drop_attached, false},
    [OP_CREATE_POLICY] = {judge_policy, false},
    [OP_ALTER_POLICY] = {judge_policy, false},
    [OP_DROP_POLICY] = {judge_drop_attached, false},
    [OP_DEPENDS_ON_EXTENSION] = {judge_depends_on_extension, false},
    [OP_ALTER_ATTRIBUTE] = {.without_target = judge_alter_attribute},
    [OP_DROP_TYPE] = {.without_target = judge_drop},
    [OP_DROP_FUNCTION] = {.without_target = judge_drop},
    [OP_DROP_SCHEMA] = {.without_target = judge_drop},
    [OP_DROP_EXTENSION] = {.without_target = judge_drop},
    [OP_DROP_OBJECT] = {.without_target = judge_drop},
    [OP_DROP_NOT_NULL] = {judge_drop_not_null, true},
    [OP_ADD_IDENTITY] = {judge_add_identity, false},
    [OP_SET_IDENTITY] = {judge_set_identity, false},
    [OP_DROP_IDENTITY] = {judge_drop_identity, false},
    [OP_CREATE_SEQUENCE] = {judge_create_sequence, false},
    [OP_ALTER_SEQUENCE] = {judge_alter_sequence, false},
    [OP_SET_OWNER] = {judge_set_owner, false},
    [OP_SET_TABLESPACE] = {judge_set_tablespace, false},
    [OP_SET_ACCESS_METHOD] = {judge_set_access_method, false},
    [OP_CLUSTER_ON] = {judge_cluster_on, false},
    [OP_REPLICA_IDENTITY] = {judge_replica_identity, false},
    [OP_MOVE_ALL] = {.without_target = judge_move_all},
    [OP_COMMENT] = {judge_comment, false},
    [OP_PUBLICATION] = {.without_target = judge_publication},
    [OP_DROP_STATISTICS] = {.without_target = judge_drop_statistics},
    [OP_DROP_OWNED] = {.without_target = judge_owned},
    [OP_REASSIGN_OWNED] = {.without_target = judge_owned},
};
/* clang-format on */

/* A bit for each kind of operation that has a row of the role TARGET. */
#define FACT(id, operation, role, from, to, level, work, reason, source)                           \
    | (ROLE_##role == ROLE_TARGET && OP_##operation / 64 == WORD                                   \
           ? UINT64_C(1) << OP_##operation % 64                                                    \
           : 0)
static const uint64_t kinds_with_target[] = {
#define WORD 0
    0
#include "locks/lock_table.def"
#undef WORD
#define WORD 1
    ,
    0
#include "locks/lock_table.def"
#undef WORD
};
#undef FACT
_Static_assert(OP_KIND_COUNT <= 64 * sizeof kinds_with_target / sizeof *kinds_with_target,
               "there are more kinds of operations than bits");

const LockFact *
lock_facts(size_t *count)
{
    *count = sizeof facts / sizeof *facts;
    return facts;
}

/* ---- collecting */

static LockEffect *
find_effect(LockCase *c, const SimRelation *relation)
{
    foreach (effect, &c->effects) {
        if (effect->relation_id != relation->id)
            continue;
        if (relation->id != 0 || name_equals(effect->relation, relation->name))
            return effect;
    }
    return NULL;
}

static int
work_of(bool rewrites, bool scans, bool builds_index)
{
    return rewrites ? 3 : builds_index ? 2 : scans ? 1 : 0;
}

/* The reason is that of the heavier work, and with equal work that of the stronger lock. */
static bool
outweighs(const LockFact *fact, const LockEffect *effect, bool with_rows)
{
    int new_work = with_rows ? work_of(fact->rewrites, fact->scans, fact->builds_index) : 0;
    int old_work = work_of(effect->rewrites, effect->scans, effect->builds_index);
    return new_work != old_work ? new_work > old_work : fact->level > effect->level;
}

static void
merge_fact(LockEffect *effect, const LockFact *fact, bool with_rows, bool builds_index)
{
    if (effect->reason == NULL || outweighs(fact, effect, with_rows)) {
        effect->reason = fact->reason;
        effect->source = fact->source;
    }
    if (fact->level > effect->level)
        effect->level = fact->level;
    effect->rewrites |= with_rows && fact->rewrites;
    effect->scans |= with_rows && fact->scans;
    effect->builds_index |= builds_index;
}

/* A partitioned table has no rows of its own: what is done to rows is done to its partitions. */
static bool
has_rows(const LockCase *c, const SimRelation *relation)
{
    return (relation->kind == RELATION_TABLE || relation->kind == RELATION_MATERIALIZED_VIEW) &&
           !relation_is_emptied(c->schema, relation);
}

static bool
builds_index(LockCase *c, const SimRelation *relation, const LockFact *fact)
{
    if (!fact->builds_index || !fact->rewrites)
        return fact->builds_index;
    bool may_have_more =
        relation->kind == RELATION_MATERIALIZED_VIEW ? relation->assumed : !relation->columns_known;
    return may_have_more || schema_indexes_of(c->arena, c->schema, relation->id).count > 0;
}

void
lock_case_add(LockCase *c, const SimRelation *relation, LockFactId id)
{
    const LockFact *fact = &facts[id];
    if (c->version < fact->from_version || c->version > fact->to_version ||
        (fact->level == LOCK_NONE && fact->role != ROLE_TARGET))
        return;
    LockEffect *effect = find_effect(c, relation);
    if (effect == NULL) {
        bool made_here = relation->id == 0 && !relation->assumed;
        LIST_APPEND(c->arena, &c->effects,
                    (LockEffect){
                        .relation = relation->name,
                        .relation_id = relation->id,
                        .kind = relation->kind,
                        .existed = !made_here && !relation_is_new(c->schema, relation),
                        .known = true,
                    });
        effect = &c->effects.items[c->effects.count - 1];
    }
    bool with_rows = has_rows(c, relation);
    merge_fact(effect, fact, with_rows, with_rows && builds_index(c, relation, fact));
}

void
lock_case_add_id(LockCase *c, RelationId id, LockFactId fact)
{
    const SimRelation *relation = schema_relation_by_id(c->schema, id);
    if (relation != NULL)
        lock_case_add(c, relation, fact);
}

void
lock_case_add_all(LockCase *c, const RelationIdList *ids, LockFactId fact)
{
    foreach (id, ids)
        lock_case_add_id(c, *id, fact);
}

/* Stands in for a relation that the history does not have. */
static const SimRelation *
stand_in(LockCase *c, QualifiedName name, RelationKind kind, bool assumed)
{
    SimRelation *relation = ARENA_NEW(c->arena, SimRelation);
    relation->name = schema_resolve_missing(c->schema, name);
    relation->kind = kind;
    relation->assumed = assumed;
    return relation;
}

/* Everybody reads the catalog all the time. */
static bool
is_of_system(QualifiedName name)
{
    return name.schema != NULL && (strcmp(name.schema, "pg_catalog") == 0 ||
                                   strcmp(name.schema, "information_schema") == 0);
}

const SimRelation *
lock_case_add_named(LockCase *c, QualifiedName name, RelationKind kind, LockFactId fact)
{
    const SimRelation *found = schema_find_relation(c->schema, name);
    const SimRelation *relation = found != NULL ? found : stand_in(c, name, kind, true);
    if (!is_of_system(relation->name))
        lock_case_add(c, relation, fact);
    return found;
}

const LockEffect *
lock_case_effect(LockCase *c, const SimRelation *relation)
{
    return find_effect(c, relation);
}

void
lock_case_doubt(LockCase *c, const SimRelation *relation, const char *what)
{
    LockEffect *effect = find_effect(c, relation);
    if (effect == NULL)
        return;
    effect->known = false;
    effect->unknown = what;
}

/* ---- the answer */

static bool
makes_target(OpKind kind)
{
    return kind == OP_CREATE_TABLE || kind == OP_CREATE_TABLE_AS || kind == OP_CREATE_VIEW ||
           kind == OP_CREATE_MATERIALIZED_VIEW || kind == OP_CREATE_SEQUENCE;
}

static RelationKind
target_kind(const Op *op)
{
    static const RelationKind kinds[OP_KIND_COUNT] = {
        [OP_DROP_INDEX] = RELATION_INDEX,
        [OP_RENAME_INDEX] = RELATION_INDEX,
        [OP_ATTACH_INDEX] = RELATION_PARTITIONED_INDEX,
        [OP_SET_INDEX_OPTIONS] = RELATION_INDEX,
        [OP_ALTER_INDEX_OTHER] = RELATION_INDEX,
        [OP_CREATE_VIEW] = RELATION_VIEW,
        [OP_DROP_VIEW] = RELATION_VIEW,
        [OP_CREATE_MATERIALIZED_VIEW] = RELATION_MATERIALIZED_VIEW,
        [OP_DROP_MATERIALIZED_VIEW] = RELATION_MATERIALIZED_VIEW,
        [OP_REFRESH_MATERIALIZED_VIEW] = RELATION_MATERIALIZED_VIEW,
        [OP_CREATE_SEQUENCE] = RELATION_SEQUENCE,
        [OP_ALTER_SEQUENCE] = RELATION_SEQUENCE,
        [OP_DROP_SEQUENCE] = RELATION_SEQUENCE,
        [OP_ATTACH_PARTITION] = RELATION_PARTITIONED_TABLE,
        [OP_DETACH_PARTITION] = RELATION_PARTITIONED_TABLE,
    };
    if (op->kind == OP_REINDEX && op->reindex.is_index)
        return RELATION_INDEX;
    return kinds[op->kind];
}

/* The first row of this operation or of one behind it: the rows stand in the order of OpKind. */
static size_t
first_row(OpKind kind)
{
    size_t low = 0;
    size_t high = LOCK_FACT_COUNT;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (facts[middle].on < kind)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool
is_row_of(size_t i, OpKind kind)
{
    return i < LOCK_FACT_COUNT && facts[i].on == kind;
}

static bool
has_target_row(OpKind kind)
{
    return (kinds_with_target[kind / 64] >> kind % 64 & 1) != 0;
}

static bool
fits(const LockCase *c, const LockFact *fact)
{
    return c->version >= fact->from_version && c->version <= fact->to_version;
}

static void
judge_by_rows(LockCase *c, const SimRelation *target)
{
    bool target_done = false;
    OpKind kind = c->op->kind;
    for (size_t i = first_row(kind); is_row_of(i, kind); i++) {
        if (!fits(c, &facts[i]))
            continue;
        if (facts[i].role != ROLE_TARGET) {
            RelationIdList others = lock_case_role(c, target, facts[i].role);
            lock_case_add_all(c, &others, (LockFactId)i);
        } else if (!target_done) {
            lock_case_add(c, target, (LockFactId)i);
            target_done = true;
        }
    }
}

static void
judge_family(LockCase *c, LockJudge *judge, const SimRelation *target)
{
    judge(c, target);
    if (c->op->only)
        return;
    RelationIdList below = schema_descendants_of(c->arena, c->schema, target->id);
    foreach (id, &below)
        judge(c, schema_relation_by_id(c->schema, *id));
}

/* IF EXISTS on what is not there, and IF NOT EXISTS on what is: the statement does nothing. */
static bool
is_skipped(const Op *op, const SimRelation *found)
{
    if (makes_target(op->kind))
        return op->kind != OP_CREATE_VIEW && found != NULL;
    return (op->if_exists || op->target_if_exists) && op->kind != OP_CREATE_INDEX &&
           op->kind != OP_CREATE_FUNCTION && op->kind != OP_CREATE_STATISTICS && found == NULL;
}

/* What follows from an effect for the indexes of its relation, whatever the operation. */
static void
judge_indexes(LockCase *c)
{
    size_t count = c->effects.count;
    for (size_t i = 0; i < count; i++) {
        const LockEffect *effect = &c->effects.items[i];
        if (!effect->rewrites || !effect->builds_index)
            continue;
        RelationIdList indexes = schema_indexes_of(c->arena, c->schema, effect->relation_id);
        lock_case_add_all(c, &indexes, FACT_index_of_rewritten);
    }
}

static void
judge_target(LockCase *c, const KindModel *model, const SimRelation *found)
{
    const Op *op = c->op;
    const SimRelation *target = found;
    if (target == NULL)
        target = stand_in(c, op->target, target_kind(op), !makes_target(op->kind));
    if (model->judge == NULL)
        judge_by_rows(c, target);
    else if (model->recurses)
        judge_family(c, model->judge, target);
    else
        model->judge(c, target);
}

static void
judge(LockCase *c, const SimRelation *found)
{
    const Op *op = c->op;
    const KindModel *model = &kind_models[op->kind];
    bool has_target = op->target.name != NULL && (model->judge != NULL || has_target_row(op->kind));
    if (lock_model_is_weak(op->kind))
        judge_data(c);
    else if (!has_target && model->without_target != NULL)
        model->without_target(c, NULL);
    else if (has_target && !is_skipped(op, found))
        judge_target(c, model, found);
}

void
lock_case_judge(LockCase *c, const Op *op)
{
    const Op *outer = c->op;
    c->op = op;
    judge(c, schema_find_relation(c->schema, op->target));
    c->op = outer;
}

LockEffectList
lock_model_effects(Arena *arena, const Schema *schema, const Op *op, const SimRelation *target,
                   int pg_version, bool all)
{
    LockCase c = {.arena = arena, .schema = schema, .op = op, .version = pg_version, .all = all};
    judge(&c, target);
    judge_indexes(&c);
    return c.effects;
}

const SimRelation *
lock_model_table(const Schema *schema, const Op *op, const SimRelation *target)
{
    if (target == NULL || !has_target_row(op->kind))
        return NULL;
    if (target->kind != RELATION_INDEX && target->kind != RELATION_PARTITIONED_INDEX)
        return target;
    return schema_relation_by_id(schema, target->index.table);
}
