/* SPDX-License-Identifier: MIT */
/*
 * The servers of this machine still do what is recorded in tests/oracle/answers: each case is asked
 * again. Locks are those that are held at the end, so that nobody needs to be traced. One server is
 * asked about every fifth case, the next one about those beside them: five servers take a minute.
 * With LOCKSTEP_ORACLE_ALL in the environment each is asked about all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "oracle/oracle_run.h"
#include "support/test.h"

#define DIRECTORY LOCKSTEP_SOURCE_DIR "/tests/oracle/"
#define SKIPPED 77
#define STEP 5

/*
 * Minor releases differ in the locks that they keep on what is only looked at: 15.20 keeps those on
 * the indexes of a new foreign key and ACCESS SHARE on the table whose row type a new column has,
 * 15.18 does not. A server of another release than the recorded one is compared in the tables on
 * which it keeps something else.
 */
static bool
is_compared(const OracleRelation *relation, bool same_release)
{
    return same_release ||
           (oracle_is_table_like(relation->kind) && relation->held != LOCK_ACCESS_SHARE);
}

static const char *
words(Arena *arena, const OracleAnswer *answer, bool same_release)
{
    if (answer->sqlstate != NULL)
        return arena_printf(arena, "refused: %s", answer->sqlstate);
    OracleRelationList compared = {0};
    foreach (relation, &answer->relations) {
        if (is_compared(relation, same_release))
            LIST_APPEND(arena, &compared, *relation);
    }
    return oracle_relation_words(arena, &compared, true);
}

static size_t
ask_again(OracleServer *server, const OracleCase *item, const OracleRecord *record)
{
    Arena *scratch = arena_new();
    Error err = {0};
    OracleAnswer answer;
    const OracleAnswer *recorded = oracle_find_answer(record, item->name);
    bool same_release = strcmp(record->server_version, server->version) == 0;
    size_t different = 1;
    if (recorded == NULL)
        print_error("\"%s\" is not recorded\n", item->name);
    else if (!oracle_run_case(scratch, server, item, false, &answer, &err))
        print_error("%s\n", err.message);
    else
        different = strcmp(words(scratch, &answer, same_release),
                           words(scratch, recorded, same_release)) != 0;
    if (different && recorded != NULL && err.kind == ERROR_NONE)
        print_error("%s on %s\n  now:      %s\n  recorded: %s\n", item->name, server->version,
                    words(scratch, &answer, same_release), words(scratch, recorded, same_release));
    arena_free(scratch);
    return different;
}

static size_t
ask_server(Arena *arena, const char *directory, const OracleCaseList *cases)
{
    Error err = {0};
    OracleServer server;
    OracleRecord record;
    if (!oracle_server_start(arena, directory, &server, &err))
        fail_msg("%s\n%s", err.message, err.detail);
    const char *path = arena_printf(arena, DIRECTORY "answers/%d.json", server.cluster.major);
    size_t different = 0;
    if (!oracle_record_load(arena, path, &record, &err)) {
        print_message("PostgreSQL %s: nothing is recorded\n", server.version);
    } else {
        size_t step = getenv("LOCKSTEP_ORACLE_ALL") != NULL ? 1 : STEP;
        size_t asked = 0;
        for (size_t i = (size_t)server.cluster.major % step; i < cases->count; i += step, asked++)
            different += ask_again(&server, &cases->items[i], &record);
        print_message("PostgreSQL %s: %zu cases, %zu differ\n", server.version, asked, different);
    }
    oracle_server_stop(arena, &server);
    return different;
}

static void
servers_do_what_is_recorded(void **state)
{
    Arena *arena = *state;
    Error err = {0};
    OracleCaseList cases;
    if (!oracle_cases_load(arena, DIRECTORY "cases", &cases, &err))
        fail_msg("%s", err.message);
    StringList servers = oracle_server_directories(arena);
    size_t different = 0;
    foreach (server, &servers)
        different += ask_server(arena, *server, &cases);
    assert_int_equal(different, 0);
}

int
main(void)
{
    Arena *arena = arena_new();
    if (oracle_server_directories(arena).count == 0) {
        fprintf(stderr, "skipped: there is no PostgreSQL server on this machine\n");
        arena_free(arena);
        return SKIPPED;
    }
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_prestate(servers_do_what_is_recorded, arena),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_free(arena);
    return failed;
}
