/* SPDX-License-Identifier: MIT */
#include "db/libpq.h"
#include "support/test.h"

static void
it_is_loaded_once(void **state)
{
    (void)state;
    Error err;
    const Libpq *pq = libpq_load(&err);
    assert_non_null(pq);
    assert_ptr_equal(libpq_load(&err), pq);
}

static void
every_function_is_there(void **state)
{
    (void)state;
    Error err;
    const Libpq *pq = libpq_load(&err);
    assert_non_null(pq);
#define LIBPQ_FUNCTION(name) assert_non_null(pq->name);
#include "db/libpq_functions.def"
#undef LIBPQ_FUNCTION
    assert_true(pq->PQlibVersion() >= 150000);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_loaded_once),
        cmocka_unit_test(every_function_is_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
