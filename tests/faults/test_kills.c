/* SPDX-License-Identifier: MIT */
/*
 * The program itself, stopped anywhere by anything, and run again until it is through: catalog,
 * data, history and journal are then those of a run that nothing disturbed.
 *
 *     test_kills [--kills N] [--only KIND] [--seed N]
 *
 * prints how many kills there were, of which kinds, and after how many the result was wrong.
 */
#include <libpq-fe.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "support/fault_run.h"
#include "support/test.h"

#define KILLS_IN_A_ROW 3
#define TRIES 5

/* Of twenty kills, in turn. */
static const FaultKind kinds[] = {
    FAULT_CLIENT_KILL,  FAULT_BACKEND_TERM, FAULT_CLIENT_KILL,  FAULT_CUT,
    FAULT_CLIENT_KILL,  FAULT_CLIENT_KILL,  FAULT_BACKEND_KILL, FAULT_CLIENT_KILL,
    FAULT_CLIENT_INT,   FAULT_CLIENT_KILL,  FAULT_CUT,          FAULT_CLIENT_KILL,
    FAULT_BACKEND_TERM, FAULT_SERVER_STOP,  FAULT_CLIENT_KILL,  FAULT_CLIENT_TERM,
    FAULT_CLIENT_KILL,  FAULT_CLIENT_KILL,  FAULT_SILENCE,      FAULT_BACKEND_CANCEL,
};

typedef enum Moment { AT_MESSAGE, AFTER_A_WHILE, AT_COMMIT, AT_ITS_ANSWER, MOMENTS } Moment;

static const char *const moment_words[MOMENTS] = {"at a message", "a moment later", "before COMMIT",
                                                  "COMMIT unanswered"};

typedef struct Direction {
    const char *command;
    const char *digest; /* of a run without a fault */
    size_t events;
    size_t commits;
} Direction;

typedef struct Totals {
    size_t kills;
    size_t wrong;
    size_t by_kind[FAULT_KINDS];
    size_t by_moment[MOMENTS];
} Totals;

typedef struct Test {
    FaultRun *run;
    Direction up;
    Direction down;
    Totals totals;
    size_t wanted;
    FaultKind only;
    uint64_t random;
    size_t drawn;
} Test;

static size_t
draw(Test *test, size_t below)
{
    test->random = test->random * 6364136223846793005u + 1442695040888963407u;
    return (size_t)(test->random >> 33) % below;
}

/* Spread evenly over the messages of the whole run, whatever the number of kills. */
static size_t
spread(const Test *test, size_t below)
{
    double turn = (double)test->drawn * 0.6180339887498949;
    return (size_t)((turn - (double)(size_t)turn) * (double)below);
}

static Moment
choose_fault(Test *test, const Direction *direction, Fault *fault)
{
    Moment moment = (Moment)(draw(test, 10) < 6 ? AT_MESSAGE : 1 + draw(test, 3));
    *fault = (Fault){.kind = kinds[test->drawn % (sizeof kinds / sizeof *kinds)]};
    /* Half a minute each: one in forty is enough. */
    if (fault->kind == FAULT_SILENCE && test->drawn % 40 >= 20)
        fault->kind = FAULT_CUT;
    if (test->only != FAULT_NONE)
        fault->kind = test->only;
    test->drawn++;
    switch (moment) {
    case AFTER_A_WHILE:
        fault->delay_ms = 1 + (int)draw(test, 30);
        fault->event = 1 + spread(test, direction->events);
        break;
    case AT_COMMIT:
    case AT_ITS_ANSWER:
        fault->commit = 1 + spread(test, direction->commits);
        fault->answer = moment == AT_ITS_ANSWER;
        break;
    case AT_MESSAGE:
    case MOMENTS:
        fault->event = 1 + spread(test, direction->events);
        break;
    }
    return moment;
}

static bool
complain(Test *test, const Direction *direction, const char *what, const char *detail)
{
    test->totals.wrong++;
    fprintf(stderr, "\nWRONG: %s: %s\n%s\nfaults of this run:\n%s\n", direction->command, what,
            detail, fault_run_story(test->run));
    return false;
}

/* Kills until a run gets through; false: one of them asked for a human. */
static bool
kill_some(Test *test, const Direction *direction)
{
    for (size_t i = 0; i < KILLS_IN_A_ROW; i++) {
        Fault fault;
        Moment moment = choose_fault(test, direction, &fault);
        FaultEnd end = fault_run(test->run, direction->command, &fault);
        if (end.hung)
            return complain(test, direction, "did not end", end.messages);
        if (fault_run_needs_human(&end))
            return complain(test, direction, "asks for a human", end.messages);
        if (!end.struck)
            return true;
        test->totals.kills++;
        test->totals.by_kind[fault.kind]++;
        test->totals.by_moment[moment]++;
    }
    return true;
}

/* The same command again, undisturbed, until it has nothing to complain of. */
static bool
get_through(Test *test, const Direction *direction)
{
    FaultEnd end = {0};
    for (int i = 0; i < TRIES; i++) {
        end = fault_run(test->run, direction->command, &(Fault){.kind = FAULT_NONE});
        if (end.hung)
            return complain(test, direction, "did not end", end.messages);
        if (end.status == 0)
            return true;
        if (fault_run_needs_human(&end))
            return complain(test, direction, "asks for a human", end.messages);
    }
    return complain(test, direction, "never gets through", end.messages);
}

static bool
compare(Test *test, const Direction *direction)
{
    const char *digest = fault_run_digest(test->run);
    const char *journal = fault_run_journal_problem(test->run);
    if (strcmp(digest, direction->digest) != 0)
        return complain(test, direction, "another result",
                        fault_run_difference(test->run, direction->digest, digest));
    return journal == NULL || complain(test, direction, "the journal", journal);
}

static bool
torment(Test *test, const Direction *direction)
{
    return kill_some(test, direction) && get_through(test, direction) && compare(test, direction);
}

static void
learn(Test *test, Direction *direction)
{
    FaultEnd end = fault_run(test->run, direction->command, &(Fault){.kind = FAULT_NONE});
    if (end.status != 0)
        fail_msg("%s, undisturbed: exit status %d: %s", direction->command, end.status,
                 end.messages);
    direction->digest = fault_run_digest(test->run);
    direction->events = end.events;
    direction->commits = end.commits;
    const char *journal = fault_run_journal_problem(test->run);
    if (journal != NULL)
        fail_msg("%s, undisturbed: the journal: %s", direction->command, journal);
}

static void
print_totals(const Test *test)
{
    const Totals *totals = &test->totals;
    print_message("%s: %zu kills, %zu wrong; %zu messages and %zu COMMITs up, %zu and %zu down\n",
                  fault_run_server(test->run), totals->kills, totals->wrong, test->up.events,
                  test->up.commits, test->down.events, test->down.commits);
    for (size_t i = 1; i < FAULT_KINDS; i++)
        print_message("  %5zu  %s\n", totals->by_kind[i], fault_words((FaultKind)i));
    for (size_t i = 0; i < MOMENTS; i++)
        print_message("  %5zu  %s\n", totals->by_moment[i], moment_words[i]);
}

static void
test_kills(void **state)
{
    Test *test = *state;
    test->run = fault_run_new();
    test->up.command = "up";
    test->down.command = "down --to " FAULT_FILES_BASE;
    learn(test, &test->up);
    learn(test, &test->down);
    while (test->totals.kills < test->wanted) {
        fault_run_begin(test->run);
        fprintf(stderr, "\r%zu of %zu kills, %zu wrong ", test->totals.kills, test->wanted,
                test->totals.wrong);
        if (torment(test, &test->up))
            torment(test, &test->down);
    }
    print_totals(test);
    fault_run_free(test->run);
    assert_int_equal(test->totals.wrong, 0);
}

int
main(int count, char **words)
{
    Test test = {.wanted = 40, .random = 42};
    for (int i = 1; i + 1 < count; i += 2) {
        size_t value = strtoul(words[i + 1], NULL, 10);
        if (strcmp(words[i], "--kills") == 0)
            test.wanted = value;
        else if (strcmp(words[i], "--only") == 0)
            test.only = (FaultKind)value;
        else if (strcmp(words[i], "--seed") == 0)
            test.random = test.drawn = value;
    }
    const struct CMUnitTest tests[] = {cmocka_unit_test_prestate(test_kills, &test)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
