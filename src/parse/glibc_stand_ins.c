/* SPDX-License-Identifier: MIT */
/*
 * libpg_query's archive may have been built against glibc 2.38 or later, which has these two
 * functions; CMake asks for them only where the C library lacks them. Weak, so that a C library
 * which does have them wins.
 */
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#ifdef LOCKSTEP_NEEDS_STRLCPY
__attribute__((weak)) size_t strlcpy(char *to, const char *from, size_t size);

size_t
strlcpy(char *to, const char *from, size_t size)
{
    size_t length = strlen(from);

    if (size > 0) {
        size_t copied = length < size ? length : size - 1;
        memcpy(to, from, copied);
        to[copied] = '\0';
    }
    return length;
}
#endif

#ifdef LOCKSTEP_NEEDS_ISOC23_STRTOUL
/* The name is glibc's own; it differs from strtoul only in reading 0b101 when the base is 0 or 2.
 */
/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
__attribute__((weak)) unsigned long __isoc23_strtoul(const char *text, char **end, int base);

/* NOLINTNEXTLINE(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp) */
unsigned long
__isoc23_strtoul(const char *text, char **end, int base)
{
    return strtoul(text, end, base);
}
#endif

/* A translation unit may not be empty. */
typedef int StandInsMayBeEmpty;
