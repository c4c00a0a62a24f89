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

/* On top of what was hashed before. Eight bytes at a time: names are looked up more often than
 * anything else is done. */
static inline uint64_t
hash_bytes(uint64_t before, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    uint64_t hash = hash_mix(before, length);
    uint64_t word = 0;
    if (length < sizeof word) {
        while (bytes < end)
            word = word << 8 | (unsigned char)*bytes++;
        return hash_mix(hash, word);
    }
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
