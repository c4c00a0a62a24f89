/* SPDX-License-Identifier: MIT */
/* What benchmarks measure with. */
#ifndef LOCKSTEP_TESTS_MEASURE_H
#define LOCKSTEP_TESTS_MEASURE_H

#include <stddef.h>
#include <time.h>

#define MEASURE_MOST 99 /* values of a median */

/* Seconds by this clock. */
double measure_now(clockid_t clock);

/* The smallest first. */
void measure_sort(double *values, size_t count);

/* The middle one of at most MEASURE_MOST values, each divided by the divisor beside it (NULL: as
 * they are). */
double measure_median(const double *values, const double *divisors, size_t count);

double measure_least(const double *values, size_t count);

#endif
