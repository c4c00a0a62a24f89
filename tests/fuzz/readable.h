/* SPDX-License-Identifier: MIT */
/* Which of a fuzzer's inputs can come out of a file. */
#ifndef LOCKSTEP_TESTS_READABLE_H
#define LOCKSTEP_TESTS_READABLE_H

#include <stdbool.h>
#include <stddef.h>
#include <utf8proc.h>

/* What source_read() promises to everybody behind it. */
static inline bool
is_readable(const char *text, size_t length)
{
    size_t at = 0;
    while (at < length) {
        utf8proc_int32_t point = 0;
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + at,
                                                 (utf8proc_ssize_t)(length - at), &point);
        if (used <= 0 || point == 0)
            return false;
        at += (size_t)used;
    }
    return true;
}

#endif
