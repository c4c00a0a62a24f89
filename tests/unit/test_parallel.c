/* SPDX-License-Identifier: MIT */
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/parallel.h"
#include "support/test.h"

#define MOST 1000

typedef struct Count {
    atomic_int done[MOST]; /* each piece */
    const char *made[MOST];
    atomic_size_t most_worker;
    atomic_size_t at_work;
    atomic_bool met; /* two were at work at a time */
} Count;

static void
count_piece(void *self, Arena *arena, size_t worker, size_t piece)
{
    Count *count = self;
    count->made[piece] = arena_printf(arena, "%zu", piece);
    atomic_fetch_add(&count->done[piece], 1);
    size_t most = atomic_load(&count->most_worker);
    while (worker > most && !atomic_compare_exchange_weak(&count->most_worker, &most, worker))
        continue;
}

/* Waits for company, and not for ever. */
static void
meet(void *self, Arena *arena, size_t worker, size_t piece)
{
    (void)arena;
    (void)worker;
    (void)piece;
    Count *count = self;
    atomic_fetch_add(&count->at_work, 1);
    for (int i = 0; i < 5000 && !atomic_load(&count->met); i++) {
        if (atomic_load(&count->at_work) > 1)
            atomic_store(&count->met, true);
        usleep(1000);
    }
    atomic_fetch_sub(&count->at_work, 1);
}

static void
each_piece_is_done_once(void **state)
{
    (void)state;
    static const struct {
        size_t workers;
        size_t pieces;
    } cases[] = {
        {1,    0   },
        {1,    10  },
        {4,    1   },
        {4,    MOST},
        {1000, MOST}
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Count count = {0};
        Arena *arena = arena_new();
        parallel_run(arena, cases[i].workers, cases[i].pieces, count_piece, &count);
        for (size_t piece = 0; piece < MOST; piece++)
            assert_int_equal(atomic_load(&count.done[piece]), piece < cases[i].pieces);
        for (size_t piece = 0; piece < cases[i].pieces; piece++)
            assert_int_equal(strtoul(count.made[piece], NULL, 10), piece);
        arena_free(arena);
        assert_true(atomic_load(&count.most_worker) < cases[i].workers);
    }
}

static void
several_are_done_at_a_time(void **state)
{
    (void)state;
    Count count = {0};
    Arena *arena = arena_new();
    parallel_run(arena, 2, 2, meet, &count);
    arena_free(arena);
    assert_true(atomic_load(&count.met));
}

static void
there_is_a_processor(void **state)
{
    (void)state;
    assert_true(parallel_processors() > 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_piece_is_done_once),
        cmocka_unit_test(several_are_done_at_a_time),
        cmocka_unit_test(there_is_a_processor),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
