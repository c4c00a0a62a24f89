/* SPDX-License-Identifier: MIT */
#include "oracle/oracle_judge.h"

#include <string.h>

#include "support/explain_case.h"

const char *
oracle_verdict_words(OracleVerdict verdict)
{
    static const char *const words[VERDICT_COUNT] = {
        "exact with all", "exact",         "wrong",     "refusal foreseen",
        "refusal missed", "false refusal", "not judged"};
    return words[verdict];
}

/* ---- the prediction */

typedef struct Prediction {
    OracleRelationList relations; /* ordered by name */
    const char *refusal;
} Prediction;

static OracleRelation *
find_relation(OracleRelationList *relations, const char *name)
{
    foreach (relation, relations) {
        if (strcmp(relation->name, name) == 0)
            return relation;
    }
    return NULL;
}

static void
add_effect(Arena *of, const OracleCase *item, OracleRelationList *relations,
           const LockEffect *effect)
{
    const char *name = sql_qualified(of, effect->relation);
    if (!effect->existed || effect->level == LOCK_NONE)
        return;
    if (strncmp(name, "public.", 7) == 0)
        name += 7;
    OracleRelation *relation = find_relation(relations, name);
    if (relation == NULL) {
        LIST_APPEND(of, relations, (OracleRelation){.name = name, .kind = effect->kind});
        relation = &relations->items[relations->count - 1];
    }
    if (effect->level > relation->level)
        relation->level = effect->level;
    relation->rewrites |= effect->rewrites;
    /* Outside of a transaction nothing counts the reads for the record. */
    relation->scans |=
        effect->scans && (!item->outside || effect->rewrites || effect->builds_index);
    relation->builds_index |= effect->builds_index;
}

const char *
oracle_migration(Arena *of, const OracleCase *item)
{
    const char *session = item->session != NULL ? item->session : "";
    return item->outside
               ? arena_printf(of, "-- lockstep: no-transaction\n%s\n%s", session, item->run)
               : arena_printf(of, "%s\nBEGIN;\n%s\n;COMMIT;\n", session, item->run);
}

static Prediction
predict(Arena *of, const OracleCase *item, int version)
{
    Prediction prediction = {0};
    const ExplainResult result = explain_case(of, version, item->setup, oracle_migration(of, item));
    foreach (statement, &result.files.items[0].statements) {
        if (prediction.refusal == NULL)
            prediction.refusal = statement->error;
        foreach (effect, &statement->effects)
            add_effect(of, item, &prediction.relations, effect);
    }
    oracle_sort_relations(&prediction.relations);
    return prediction;
}

static OracleRelationList
table_like(Arena *of, const OracleRelationList *relations)
{
    OracleRelationList result = {0};
    foreach (relation, relations) {
        if (oracle_is_table_like(relation->kind))
            LIST_APPEND(of, &result, *relation);
    }
    return result;
}

static bool
same(Arena *of, const OracleRelationList *a, const OracleRelationList *b)
{
    return strcmp(oracle_relation_words(of, a, false), oracle_relation_words(of, b, false)) == 0;
}

/* ---- the comparison */

/* Errors that the rows decide, and waiting: nobody can foresee them offline. */
static bool
depends_on_data(const char *sqlstate)
{
    static const char *const classes[] = {"22", "23", "21000", "55P03", "57014"};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++) {
        if (strncmp(sqlstate, classes[i], strlen(classes[i])) == 0)
            return true;
    }
    return false;
}

static OracleVerdict
judge_refusal(const OracleAnswer *answer, const Prediction *prediction)
{
    if (answer->refused_setup || depends_on_data(answer->sqlstate))
        return VERDICT_NOT_JUDGED;
    return prediction->refusal != NULL ? VERDICT_REFUSAL_FORESEEN : VERDICT_REFUSAL_MISSED;
}

static OracleVerdict
judge_relations(Arena *of, const OracleAnswer *answer, const Prediction *prediction)
{
    const OracleRelationList tables = table_like(of, &prediction->relations);
    const OracleRelationList recorded = table_like(of, &answer->relations);
    if (prediction->refusal != NULL)
        return VERDICT_FALSE_REFUSAL;
    if (same(of, &prediction->relations, &answer->relations))
        return VERDICT_EXACT_WITH_ALL;
    return same(of, &tables, &recorded) ? VERDICT_EXACT : VERDICT_WRONG;
}

OracleJudgement
oracle_judge(Arena *arena, const OracleCase *item, const OracleAnswer *answer, int pg_version)
{
    const Prediction prediction = predict(arena, item, pg_version);
    OracleJudgement judgement = {
        .predicted = prediction.refusal != NULL
                         ? prediction.refusal
                         : oracle_relation_words(arena, &prediction.relations, false),
        .recorded = answer->sqlstate != NULL
                        ? answer->message
                        : oracle_relation_words(arena, &answer->relations, false),
    };
    judgement.verdict = answer->sqlstate != NULL ? judge_refusal(answer, &prediction)
                                                 : judge_relations(arena, answer, &prediction);
    return judgement;
}
