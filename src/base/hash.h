/* SPDX-License-Identifier: MIT */
/* SHA-256, for checksums. */
#ifndef LOCKSTEP_BASE_HASH_H
#define LOCKSTEP_BASE_HASH_H

#include <stddef.h>

/* 64 digits and the NUL. */
#define HASH_HEX_SIZE 65

/* Lower-case hex of the digest. */
void hash_sha256_hex(const void *bytes, size_t length, char hex[HASH_HEX_SIZE]);

#endif
