/* SPDX-License-Identifier: MIT */
/* cmocka with the headers that it wants in front of it. Every test program includes this first. */
#ifndef LOCKSTEP_TESTS_TEST_H
#define LOCKSTEP_TESTS_TEST_H

/* clang-format off */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>
/* clang-format on */

#endif
