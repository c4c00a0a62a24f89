/* SPDX-License-Identifier: MIT */
#include "lint/runner.h"

#include <string.h>
#include <strings.h>

#include "lockstep/text.h"

static const Runner runners[] = {
#define RUNNER(name, habit, without, says_so, sees, sets, keeps, back, way_out)                    \
    {name, habit, without, says_so, sees, sets, keeps, back, way_out},
#include "lint/runners.def"
#undef RUNNER
};

const char *const runner_names[] = {
#define RUNNER(name, habit, without, says_so, sees, sets, keeps, back, way_out) name,
#include "lint/runners.def"
#undef RUNNER
    NULL};

const Runner *
runner_find(const char *name)
{
    for (size_t i = 0; i < sizeof runners / sizeof *runners; i++) {
        if (strcmp(runners[i].name, name) == 0)
            return &runners[i];
    }
    return NULL;
}

bool
runner_is_ours(const Runner *runner)
{
    return runner == NULL || runner->habit == RUNNER_PLANS;
}

/* Blanks count alike, and capitals do not count. */
static bool
begins_with_words(const char *line, const char *words)
{
    for (; *words != '\0'; words++) {
        if (*words == ' ') {
            line += strspn(line, " \t");
            continue;
        }
        if (strncasecmp(line, words, 1) != 0)
            return false;
        line++;
    }
    return *line == '\0' || text_is_space(*line);
}

static bool
says_so(const Runner *runner, const char *text)
{
    for (const char *line = text; runner->says_so != NULL && line != NULL;
         line = strchr(line, '\n')) {
        line += *line == '\n';
        if (begins_with_words(line, runner->says_so))
            return true;
    }
    return false;
}

static RunnerHabit
habit_with(const Runner *runner, const char *text, bool no_transaction)
{
    return no_transaction || says_so(runner, text) ? runner->without : runner->habit;
}

bool
runner_parts(const Runner *runner, const char *text, bool no_transaction)
{
    return runner != NULL && habit_with(runner, text, no_transaction) == RUNNER_STATEMENTS;
}

bool
runner_takes_outside(const Runner *runner, const char *text, bool no_transaction, size_t statements)
{
    if (runner_is_ours(runner))
        return true;
    switch (habit_with(runner, text, no_transaction)) {
    case RUNNER_PLANS:
    case RUNNER_STATEMENTS:
        return true;
    case RUNNER_WRAPS:
        return runner->sees_for_itself && statements == 1;
    case RUNNER_SENDS_WHOLE:
        return statements == 1;
    }
    return false;
}

/* ---- what cannot run */

static bool
is_outside(const Statement *statement)
{
    return statement->use == TRANSACTION_USE_OUTSIDE;
}

static size_t
count_outside(const Script *script)
{
    size_t count = 0;
    foreach (statement, &script->statements)
        count += is_outside(statement);
    return count;
}

/* What stands around the statement, in words; NULL: nothing. */
static const char *
surrounding(Arena *arena, const Runner *runner, const char *text, bool no_transaction,
            const Script *script)
{
    const bool is_single = script->statements.count == 1;
    const bool are_all = count_outside(script) == script->statements.count;
    switch (habit_with(runner, text, no_transaction)) {
    case RUNNER_PLANS:
    case RUNNER_STATEMENTS:
        return NULL;
    case RUNNER_WRAPS:
        if (runner->sees_for_itself && are_all)
            return NULL;
        return arena_printf(arena, "in the transaction that %s opens", runner->name);
    case RUNNER_SENDS_WHOLE:
        if (is_single)
            return NULL;
        return arena_printf(arena, "among the statements that %s sends as one", runner->name);
    }
    return NULL;
}

const char *
runner_problem(Arena *arena, const Runner *runner, const char *text, bool no_transaction,
               const Script *script, size_t *at)
{
    const char *around =
        runner != NULL ? surrounding(arena, runner, text, no_transaction, script) : NULL;
    for (size_t i = 0; around != NULL && i < script->statements.count; i++) {
        const Statement *statement = &script->statements.items[i];
        if (!is_outside(statement))
            continue;
        const char *what =
            statement->outside_why != NULL ? statement->outside_why : statement->kind;
        *at = i;
        return arena_printf(arena, "%s cannot run %s: %s", what, around, runner->way_out);
    }
    return NULL;
}
