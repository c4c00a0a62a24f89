/* SPDX-License-Identifier: MIT */
#include "source/version.h"

#include <stdbool.h>
#include <string.h>

#define DIGITS "0123456789"

/* Where the number at `digits` really begins. */
static size_t
leading_zeros(const char *digits, size_t length)
{
    size_t zeros = 0;
    while (zeros + 1 < length && digits[zeros] == '0')
        zeros++;
    return zeros;
}

const char *
version_of_digits(Arena *arena, const char *digits, size_t length)
{
    size_t zeros = leading_zeros(digits, length);
    return arena_strndup(arena, digits + zeros, length - zeros);
}

static int
compare_numbers(const char *left, size_t left_length, const char *right, size_t right_length)
{
    size_t left_zeros = leading_zeros(left, left_length);
    size_t right_zeros = leading_zeros(right, right_length);
    left_length -= left_zeros;
    right_length -= right_zeros;
    if (left_length != right_length)
        return left_length < right_length ? -1 : 1;
    return memcmp(left + left_zeros, right + right_zeros, left_length);
}

int
version_compare(const char *left, const char *right)
{
    while (*left != '\0' && *right != '\0') {
        size_t left_digits = strspn(left, DIGITS);
        size_t right_digits = strspn(right, DIGITS);
        bool are_numbers = left_digits > 0 && right_digits > 0;
        int order = are_numbers ? compare_numbers(left, left_digits, right, right_digits)
                                : (unsigned char)*left - (unsigned char)*right;
        if (order != 0)
            return order;
        left += are_numbers ? left_digits : 1;
        right += are_numbers ? right_digits : 1;
    }
    return (*left != '\0') - (*right != '\0');
}

const char *
version_label(Arena *arena, const char *version, const char *name)
{
    return *name == '\0' ? version : arena_printf(arena, "%s_%s", version, name);
}
