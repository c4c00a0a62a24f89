/* SPDX-License-Identifier: MIT */
#include "support/measure.h"

#include <stdlib.h>

double
measure_now(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
compare_doubles(const void *a, const void *b)
{
    double left = *(const double *)a;
    double right = *(const double *)b;
    return (left > right) - (left < right);
}

void
measure_sort(double *values, size_t count)
{
    qsort(values, count, sizeof *values, compare_doubles);
}

double
measure_median(const double *values, const double *divisors, size_t count)
{
    double sorted[MEASURE_MOST];
    for (size_t i = 0; i < count; i++)
        sorted[i] = divisors != NULL ? values[i] / divisors[i] : values[i];
    measure_sort(sorted, count);
    return sorted[count / 2];
}

double
measure_least(const double *values, size_t count)
{
    double least = values[0];
    for (size_t i = 1; i < count; i++)
        least = values[i] < least ? values[i] : least;
    return least;
}
