/* SPDX-License-Identifier: MIT */
/* SHA-256 for checksums, and a quick one for tables. */
#ifndef LOCKSTEP_BASE_HASH_H
#define LOCKSTEP_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* 64 digits and the NUL. */
#define HASH_HEX_SIZE 65

/* Lower-case hex of the digest. */
void hash_sha256_hex(const void *bytes, size_t length, char hex[HASH_HEX_SIZE]);

static inline uint64_t
hash_mix(uint64_t hash, uint64_t word)
{
    hash = (hash ^ word) * UINT64_C(0x9E3779B97F4A7C15);
    return hash ^ (hash >> 29);
}

/* Fewer than eight bytes as one word, from both ends: two words of the same length are the same
 * only where the bytes are. */
static inline uint64_t
hash_few(const char *bytes, size_t length)
{
    uint32_t first = 0;
    uint32_t last = 0;
    if (length < sizeof first)
        return length == 0 ? 0
                           : (uint64_t)(unsigned char)bytes[0] << 16 |
                                 (uint64_t)(unsigned char)bytes[length / 2] << 8 |
                                 (unsigned char)bytes[length - 1];
    memcpy(&first, bytes, sizeof first);
    memcpy(&last, bytes + length - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

/* On top of what was hashed before. Eight bytes at a time: names are looked up more often than
 * anything else is done. */
static inline uint64_t
hash_bytes(uint64_t before, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    uint64_t hash = hash_mix(before, length);
    uint64_t word = 0;
    if (length < sizeof word)
        return hash_mix(hash, hash_few(bytes, length));
    for (; bytes + sizeof word < end; bytes += sizeof word) {
        memcpy(&word, bytes, sizeof word);
        hash = hash_mix(hash, word);
    }
    memcpy(&word, end - sizeof word, sizeof word);
    return hash_mix(hash, word);
}

/* For uthash: HASH_FUNCTION. */
#define HASH_OF_KEY(key, length, hash)                                                             \
    ((hash) = (unsigned)hash_bytes(0, (const char *)(key), (length)))

#endif
