/* SPDX-License-Identifier: MIT */
/*
 * The prediction against what servers were recorded to do (tests/oracle), relation by relation:
 * locks of all, and the work on those that hold rows. Where the two differ, the case stands in
 * known_differences.txt with the reason, or the test fails; and it fails where a difference that
 * stands there is gone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "locks/lock_model.h"
#include "oracle/oracle_answer.h"
#include "oracle/oracle_case.h"
#include "oracle/oracle_judge.h"
#include "support/explain_case.h"
#include "support/test.h"

#define DIRECTORY LOCKSTEP_SOURCE_DIR "/tests/oracle/"
#define LIST_MAX (1 << 20)
enum { OLDEST = 14, NEWEST = 18 };

static Arena *arena;
static OracleCaseList cases;
static OracleRecord records[NEWEST + 1];

/* ---- known differences: "case | versions | reason" */

typedef struct KnownDifference {
    const char *name;
    int from;
    int to;
    bool is_used[NEWEST + 1];
    size_t line;
} KnownDifference;

static LIST(KnownDifference) known;

/* "14-17" or "18"; "-" takes all. */
static void
read_versions(const char *text, KnownDifference *out)
{
    char *end = NULL;
    out->from = (int)strtol(text, &end, 10);
    out->to = *end == '-' ? (int)strtol(end + 1, NULL, 10) : out->from;
    if (out->from < OLDEST || out->to > NEWEST || out->to < out->from)
        fail_msg("known_differences.txt: versions \"%s\"", text);
}

static void
read_difference(char *line, size_t number)
{
    char *versions = strstr(line, " | ");
    char *reason = versions != NULL ? strstr(versions + 3, " | ") : NULL;
    if (reason == NULL || reason[3] == '\0') {
        fail_msg("known_differences.txt:%zu is not \"case | versions | reason\"", number);
        return;
    }
    *versions = *reason = '\0';
    KnownDifference difference = {.name = line, .line = number};
    read_versions(versions + 3, &difference);
    LIST_APPEND(arena, &known, difference);
}

static void
read_differences(void)
{
    Error err = {0};
    FileBytes bytes;
    if (!file_read(arena, DIRECTORY "known_differences.txt", LIST_MAX, &bytes, &err))
        fail_msg("%s", err.message);
    size_t number = 0;
    char *next = bytes.bytes;
    while (next != NULL && *next != '\0') {
        char *line = next;
        next = strchr(line, '\n');
        if (next != NULL)
            *next++ = '\0';
        number++;
        if (line[0] != '#' && line[0] != '\0')
            read_difference(line, number);
    }
}

static bool
is_known(const char *name, int version)
{
    bool found = false;
    foreach (difference, &known) {
        if (strcmp(difference->name, name) != 0 || version < difference->from ||
            version > difference->to)
            continue;
        difference->is_used[version] = true;
        found = true;
    }
    return found;
}

/* ---- comparing */

static bool
agrees(OracleVerdict verdict)
{
    return verdict == VERDICT_EXACT_WITH_ALL || verdict == VERDICT_REFUSAL_FORESEEN ||
           verdict == VERDICT_NOT_JUDGED;
}

/* Counts the verdict, and says whether it is a difference that is not known. */
static bool
judge_case(size_t counts[VERDICT_COUNT], const OracleCase *item, int version)
{
    const OracleAnswer *answer = oracle_find_answer(&records[version], item->name);
    if (answer == NULL) {
        fail_msg("no answer to \"%s\" of PostgreSQL %d: run scripts/record-oracle", item->name,
                 version);
        return true;
    }
    Arena *of = arena_new();
    const OracleJudgement judgement = oracle_judge(of, item, answer, version);
    counts[judgement.verdict]++;
    bool differs = !agrees(judgement.verdict) && !is_known(item->name, version);
    if (differs)
        print_message("%s | %d\n  predicted: %s\n  recorded:  %s\n", item->name, version,
                      judgement.predicted, judgement.recorded);
    arena_free(of);
    return differs;
}

static size_t
report_gone(void)
{
    size_t gone = 0;
    foreach (difference, &known) {
        const char *versions = "";
        for (int version = difference->from; version <= difference->to; version++) {
            if (!difference->is_used[version])
                versions = arena_printf(arena, "%s %d", versions, version);
        }
        if (*versions == '\0')
            continue;
        gone++;
        print_message("known_differences.txt:%zu: \"%s\" agrees on%s: remove it\n",
                      difference->line, difference->name, versions);
    }
    return gone;
}

static void
prediction_is_what_servers_did(void **state)
{
    (void)state;
    size_t unexpected = 0;
    for (int version = OLDEST; version <= NEWEST; version++) {
        size_t counts[VERDICT_COUNT] = {0};
        foreach (item, &cases)
            unexpected += judge_case(counts, item, version);
        print_message("PostgreSQL %s:", records[version].server_version);
        for (int verdict = 0; verdict < VERDICT_COUNT; verdict++)
            print_message("%s %zu %s", verdict == 0 ? "" : ",", counts[verdict],
                          oracle_verdict_words((OracleVerdict)verdict));
        print_message("\n");
    }
    unexpected += report_gone();
    assert_int_equal(unexpected, 0);
}

static void
answers_and_cases_belong_together(void **state)
{
    (void)state;
    assert_true(cases.count >= 400);
    for (int version = OLDEST; version <= NEWEST; version++)
        assert_int_equal(records[version].answers.count, cases.count);
}

/* ---- coverage of the lock table */

/* An effect has the reason and the source of its row; only for a change of type the reason is that
 * of the pair of types. */
static bool
comes_from(const LockEffect *effect, const LockFact *fact)
{
    return effect->reason != NULL && strcmp(fact->source, effect->source) == 0 &&
           (fact->on == OP_ALTER_COLUMN_TYPE || strcmp(fact->reason, effect->reason) == 0);
}

static void
mark_rows(const LockFact *facts, size_t count, bool *seen, const LockEffectList *effects)
{
    foreach (effect, effects) {
        for (size_t i = 0; i < count; i++)
            seen[i] |= comes_from(effect, &facts[i]);
    }
}

static void
mark_case(const LockFact *facts, size_t count, bool *seen, const OracleCase *item, int version)
{
    Arena *of = arena_new();
    const ExplainResult result = explain_case(of, version, item->setup, oracle_migration(of, item));
    foreach (statement, &result.files.items[0].statements)
        mark_rows(facts, count, seen, &statement->effects);
    arena_free(of);
}

static void
every_row_of_the_lock_table_has_a_case(void **state)
{
    (void)state;
    size_t count = 0;
    const LockFact *facts = lock_facts(&count);
    bool *seen = ARENA_ARRAY(arena, bool, count);
    foreach (item, &cases) {
        mark_case(facts, count, seen, item, OLDEST);
        mark_case(facts, count, seen, item, NEWEST);
    }
    size_t missing = 0;
    for (size_t i = 0; i < count; i++) {
        if (!seen[i])
            print_message("no case shows the row %s\n", facts[i].id);
        missing += !seen[i];
    }
    assert_int_equal(missing, 0);
}

/* ---- */

static int
load(void **state)
{
    (void)state;
    Error err = {0};
    arena = arena_new();
    bool ok = oracle_cases_load(arena, DIRECTORY "cases", &cases, &err);
    for (int version = OLDEST; ok && version <= NEWEST; version++)
        ok = oracle_record_load(arena, arena_printf(arena, DIRECTORY "answers/%d.json", version),
                                &records[version], &err);
    if (!ok)
        print_error("%s\n", err.message);
    else
        read_differences();
    return ok ? 0 : 1;
}

static int
unload(void **state)
{
    (void)state;
    arena_free(arena);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(answers_and_cases_belong_together),
        cmocka_unit_test(prediction_is_what_servers_did),
        cmocka_unit_test(every_row_of_the_lock_table_has_a_case),
    };
    return cmocka_run_group_tests(tests, load, unload);
}
