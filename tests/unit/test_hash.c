/* SPDX-License-Identifier: MIT */
#include "base/hash.h"
#include "support/test.h"

/* The examples of FIPS 180-4. */
static void
gives_the_standard_digests(void **state)
{
    (void)state;
    char hex[HASH_HEX_SIZE];
    hash_sha256_hex("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    hash_sha256_hex("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(gives_the_standard_digests)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
