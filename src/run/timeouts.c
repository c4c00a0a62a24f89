/* SPDX-License-Identifier: MIT */
#include "run/timeouts.h"

#include "run/retry.h"

#define ANSWER_SLACK_MS 5000 /* for the way, and for what we send before and behind */

static int64_t
said_or(int64_t said, int64_t otherwise)
{
    return said >= 0 ? said : otherwise;
}

int64_t
timeouts_max_hold(const Work *work, const Segment *segment, const RunOptions *options)
{
    int64_t longest = -1;
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        int64_t said = work_timeout(work, i, DIRECTIVE_MAX_HOLD);
        if (said == 0)
            return 0;
        longest = said > longest ? said : longest;
    }
    return said_or(longest, options->max_hold_ms);
}

PlannedStatement
timeouts_of(const Work *work, size_t index, const RunOptions *options)
{
    bool waits = work->classes[index].kind == TIMEOUT_CONCURRENT;
    int64_t lock = work_timeout(work, index, DIRECTIVE_LOCK_TIMEOUT);
    int64_t statement = work_timeout(work, index, DIRECTIVE_STATEMENT_TIMEOUT);
    /* A concurrent build waits for old transactions, and that is a lock wait: a timeout would only
     * leave an unusable index. */
    return (PlannedStatement){
        .lock_timeout_ms = said_or(lock, waits ? 0 : options->lock_timeout_ms),
        .statement_timeout_ms = said_or(statement, waits ? options->concurrent_timeout_ms
                                                         : options->statement_timeout_ms)};
}

PlannedStatementList
timeouts_plan(Arena *arena, const Work *work, const RunOptions *options)
{
    PlannedStatementList list = {0};
    size_t transaction = 0;
    RunOptions first = *options;
    first.lock_timeout_ms = retry_patience(&(Retry){0}, options->lock_timeout_ms);
    foreach (segment, &work->segments) {
        transaction += segment->in_transaction;
        for (size_t i = segment->first; i < segment->first + segment->count; i++) {
            PlannedStatement planned = timeouts_of(work, i, options);
            planned.first_lock_timeout_ms = timeouts_of(work, i, &first).lock_timeout_ms;
            planned.event = work_statement_event(arena, work, i);
            planned.max_hold_ms = timeouts_max_hold(work, segment, options);
            planned.transaction = segment->in_transaction ? transaction : 0;
            LIST_APPEND(arena, &list, planned);
        }
    }
    return list;
}

static int64_t
answer_within(const Work *work, size_t first, size_t count, const RunOptions *options)
{
    int64_t sum = ANSWER_SLACK_MS;
    for (size_t i = first; i < first + count; i++) {
        int64_t timeout = timeouts_of(work, i, options).statement_timeout_ms;
        if (timeout == 0)
            return 0;
        sum += timeout;
    }
    return sum;
}

int64_t
timeouts_answer_within(const Work *work, size_t segment, const RunOptions *options)
{
    const Segment *found = &work->segments.items[segment];
    int64_t within = answer_within(work, found->first, found->count, options);
    /* Deferred constraints are checked behind the last statement, under its timeout. */
    int64_t last = timeouts_of(work, found->first + found->count - 1, options).statement_timeout_ms;
    return within == 0 ? 0 : within + last;
}

int64_t
timeouts_answer_to_one_within(const Work *work, size_t index, const RunOptions *options)
{
    return answer_within(work, index, 1, options);
}
