/* SPDX-License-Identifier: MIT */
/*
 * Asks every server of this machine about every case and records the answers:
 *
 *   oracle_record [--file NAME] [--print | --compare [--cases WORDS] [--from DIRECTORY]] [MAJOR…]
 *
 * writes tests/oracle/answers/<major>.json. scripts/record-oracle builds and runs it; scripts/setup
 * --servers fetches servers. With --file only the cases of that case file are asked about and the
 * other answers are kept. With --print the answers are printed instead of recorded, and with
 * --compare only those that explain does not predict; then --cases asks only about those whose
 * names contain the words, and --from takes cases from elsewhere.
 *
 * A statement is run on a database that holds only the case's setup, in a transaction that is then
 * rolled back, or by itself where it cannot run in one. Locks come from a trace of the server's
 * process (lock_trace.h), so also those that are given back at once and those of each phase of a
 * CONCURRENTLY are seen; what is still held at the end is compared with pg_locks. The other facts:
 * oracle_run.c.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/oracle_judge.h"
#include "oracle/oracle_run.h"

#define CASES LOCKSTEP_SOURCE_DIR "/tests/oracle/cases"

typedef struct Wish {
    const char *words;     /* of the names of cases; "" for all */
    const char *file;      /* the one case file to ask about; NULL for all */
    const char *directory; /* of the case files */
    bool print;            /* instead of recording */
    bool compare;          /* print only what explain says otherwise */
    int majors[8];
    size_t major_count;
} Wish;

static bool
wants_major(const Wish *wish, int major)
{
    bool wanted = wish->major_count == 0;
    for (size_t i = 0; i < wish->major_count; i++)
        wanted |= wish->majors[i] == major;
    return wanted;
}

static void
print_answer(Arena *arena, const OracleAnswer *answer)
{
    if (answer->sqlstate != NULL)
        printf("  %s: refused%s: %s %s\n", answer->name, answer->refused_setup ? " (setup)" : "",
               answer->sqlstate, answer->message);
    else
        printf("  %s: %s\n", answer->name, oracle_relation_words(arena, &answer->relations, false));
}

/* An answer of the same server to a case of another file. */
static bool
keep_answer(Arena *arena, const OracleRecord *old, const char *name, OracleRecord *record,
            Error *err)
{
    const OracleAnswer *answer = oracle_find_answer(old, name);
    if (answer == NULL)
        return error_set(err, ERROR_USAGE, "\"%s\" has no answer yet: record its file too", name);
    LIST_APPEND(arena, &record->answers, *answer);
    return true;
}

static bool
load_old(Arena *arena, const char *path, const char *version, OracleRecord *old, Error *err)
{
    if (!oracle_record_load(arena, path, old, err))
        return false;
    if (strcmp(old->server_version, version) != 0)
        return error_set(err, ERROR_USAGE, "%s was recorded with %s, and this server is %s", path,
                         old->server_version, version);
    return true;
}

static void
print_difference(Arena *arena, const OracleCase *item, const OracleAnswer *answer, int major)
{
    const OracleJudgement judgement = oracle_judge(arena, item, answer, major);
    if (judgement.verdict == VERDICT_EXACT_WITH_ALL ||
        judgement.verdict == VERDICT_REFUSAL_FORESEEN || judgement.verdict == VERDICT_NOT_JUDGED)
        return;
    printf("  %s: %s\n    explain: %s\n    server:  %s\n", oracle_verdict_words(judgement.verdict),
           item->name, judgement.predicted, judgement.recorded);
}

static bool
ask_all(Arena *arena, OracleServer *server, const OracleCaseList *cases, const Wish *wish,
        const OracleRecord *old, OracleRecord *record, Error *err)
{
    record->server_version = server->version;
    foreach (item, cases) {
        OracleAnswer answer;
        if (strstr(item->name, wish->words) == NULL)
            continue;
        bool asked = wish->file == NULL || strcmp(wish->file, item->file) == 0;
        if (!asked && !wish->print && !keep_answer(arena, old, item->name, record, err))
            return false;
        if (!asked)
            continue;
        if (!oracle_run_case(arena, server, item, true, &answer, err))
            return false;
        LIST_APPEND(arena, &record->answers, answer);
        if (wish->compare)
            print_difference(arena, item, &answer, server->cluster.major);
        else if (wish->print)
            print_answer(arena, &answer);
    }
    return true;
}

static bool
record_server(Arena *arena, const char *directory, const OracleCaseList *cases, const Wish *wish,
              Error *err)
{
    OracleServer server;
    OracleRecord old = {0};
    OracleRecord record = {0};
    if (!oracle_server_start(arena, directory, &server, err))
        return false;
    printf("PostgreSQL %s\n", server.version);
    const char *path = arena_printf(arena, LOCKSTEP_SOURCE_DIR "/tests/oracle/answers/%d.json",
                                    server.cluster.major);
    bool keeps = wish->file != NULL && !wish->print;
    bool ok = (!keeps || load_old(arena, path, server.version, &old, err)) &&
              ask_all(arena, &server, cases, wish, &old, &record, err);
    if (ok && !wish->print)
        ok = oracle_record_save(arena, path, &record, err);
    if (ok)
        printf("  %zu cases\n", record.answers.count);
    oracle_server_stop(arena, &server);
    return ok;
}

static bool
record_all(Arena *arena, const Wish *wish, Error *err)
{
    OracleCaseList cases;
    StringList servers = oracle_server_directories(arena);
    if (servers.count == 0)
        return error_set(err, ERROR_USAGE, "there is no PostgreSQL server on this machine");
    if (!oracle_cases_load(arena, wish->directory, &cases, err))
        return false;
    foreach (server, &servers) {
        if (wants_major(wish, oracle_server_major(*server)) &&
            !record_server(arena, *server, &cases, wish, err))
            return false;
    }
    return true;
}

static bool
read_wish(int count, char **arguments, Wish *wish)
{
    *wish = (Wish){.words = "", .directory = CASES};
    for (int i = 1; i < count; i++) {
        long major = strtol(arguments[i], NULL, 10);
        if (strcmp(arguments[i], "--print") == 0)
            wish->print = true;
        else if (strcmp(arguments[i], "--compare") == 0)
            wish->print = wish->compare = true;
        else if (strcmp(arguments[i], "--cases") == 0 && i + 1 < count)
            wish->words = arguments[++i];
        else if (strcmp(arguments[i], "--file") == 0 && i + 1 < count)
            wish->file = arguments[++i];
        else if (strcmp(arguments[i], "--from") == 0 && i + 1 < count)
            wish->directory = arguments[++i];
        else if (major > 0 && wish->major_count < 8)
            wish->majors[wish->major_count++] = (int)major;
        else
            return false;
    }
    return wish->print || (wish->words[0] == '\0' && strcmp(wish->directory, CASES) == 0);
}

int
main(int count, char **arguments)
{
    Wish wish;
    if (!read_wish(count, arguments, &wish)) {
        fprintf(stderr,
                "usage: %s [--file NAME] [--print | --compare [--cases WORDS] [--from DIRECTORY]] "
                "[MAJOR...]\n",
                arguments[0]);
        return 2;
    }
    /* Answers must be seen as they come. */
    (void)setvbuf(stdout, NULL, _IOLBF, 0);
    Arena *arena = arena_new();
    Error err = {0};
    bool ok = record_all(arena, &wish, &err);
    if (!ok)
        fprintf(stderr, "oracle_record: %s\n%s%s%s", err.message, err.detail,
                err.hint[0] != '\0' ? err.hint : "", err.hint[0] != '\0' ? "\n" : "");
    arena_free(arena);
    return ok ? 0 : 1;
}
