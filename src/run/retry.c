/* SPDX-License-Identifier: MIT */
#include "run/retry.h"

#include "lockstep/text.h"

#define FIRST_PART 8
#define SHORTEST_MS 250

void
retry_begin(Retry *retry, RetryPolicy policy, uint64_t seed)
{
    *retry = (Retry){.policy = policy, .random = seed};
}

/* splitmix64: any seed will do, and the low bits are as good as the high ones. */
static uint64_t
next_random(uint64_t *state)
{
    *state += 0x9E3779B97F4A7C15u;
    uint64_t mixed = *state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

static int64_t
pause_bound(const Retry *retry)
{
    int64_t bound = retry->policy.base_ms;
    for (size_t i = 0; i < retry->failures && bound < retry->policy.cap_ms; i++)
        bound *= 2;
    return bound < retry->policy.cap_ms ? bound : retry->policy.cap_ms;
}

int64_t
retry_patience(const Retry *retry, int64_t longest_ms)
{
    int64_t patience = longest_ms / FIRST_PART;
    if (patience < SHORTEST_MS)
        patience = SHORTEST_MS;
    for (size_t i = 2; i <= retry->failures && patience < longest_ms; i += 2)
        patience *= 2;
    return patience < longest_ms ? patience : longest_ms;
}

bool
retry_next(Retry *retry, int64_t elapsed_ms, int64_t rest_ms, int64_t *pause_ms)
{
    int64_t left = retry->policy.budget_ms - elapsed_ms;
    if (left <= 0)
        return false;
    int64_t bound = pause_bound(retry);
    retry->failures++;
    int64_t pause = rest_ms + (int64_t)(next_random(&retry->random) % (uint64_t)(bound + 1));
    *pause_ms = pause < left ? pause : left;
    return true;
}

bool
retry_helps(const char *sqlstate)
{
    static const char *const worth_it[] = {"55P03", "40P01", "40001"};
    return TEXT_IS_ONE_OF(sqlstate, worth_it);
}
