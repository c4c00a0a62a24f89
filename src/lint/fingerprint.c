/* SPDX-License-Identifier: MIT */
#include "lint/fingerprint.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/hash.h"

#define uthash_malloc(size) arena_alloc(scratch, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#include <uthash.h>

/* How often what makes a finding was seen. */
typedef struct Seen {
    const char *key;
    size_t count;
    UT_hash_handle hh;
} Seen;

static void
write_words(FILE *out, const char *text, Span span)
{
    for (size_t at = span.start; at < span.end;) {
        size_t blank = text_skip_blank(text + at, span.end - at);
        fputc(blank > 0 ? ' ' : text[at], out);
        at += blank > 0 ? blank : 1;
    }
}

/* The two directions of one file are two sources. */
static const char *
path_of(const LintResult *result, const Finding *finding)
{
    return result->sources.items[finding->file].file->path;
}

/* The parts are told apart by a byte that no text holds. */
static const char *
key_of(Arena *arena, const LintResult *result, const Finding *finding)
{
    char *key = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&key, &size);
    if (out == NULL)
        abort();
    fprintf(out, "%s\x01", finding->rule);
    if (finding->relation.name != NULL)
        fputs(sql_qualified(arena, finding->relation), out);
    fputc('\x01', out);
    write_words(out, result->sources.items[finding->file].file->text, finding->span);
    if (fclose(out) != 0)
        abort();
    char hex[HASH_HEX_SIZE];
    hash_sha256_hex(key, size, hex);
    free(key);
    return arena_strdup(arena, hex);
}

static size_t
count_earlier(Arena *scratch, Seen **table, const char *key)
{
    Seen *seen = NULL;
    HASH_FIND_STR(*table, key, seen);
    if (seen == NULL) {
        seen = ARENA_NEW(scratch, Seen);
        seen->key = key;
        HASH_ADD_KEYPTR(hh, *table, seen->key, strlen(seen->key), seen);
    }
    return seen->count++;
}

Fingerprint *
fingerprint_findings(Arena *arena, const LintResult *result)
{
    Arena *scratch = arena_new();
    Fingerprint *all = ARENA_ARRAY(arena, Fingerprint, result->findings.count);
    Seen *table = NULL;
    for (size_t i = 0; i < result->findings.count; i++) {
        const Finding *finding = &result->findings.items[i];
        if (i > 0 && strcmp(path_of(result, finding), path_of(result, finding - 1)) != 0)
            table = NULL;
        const char *key = key_of(scratch, result, finding);
        size_t earlier = count_earlier(scratch, &table, key);
        const char *whole = arena_printf(scratch, "%s %zu", key, earlier);
        char hex[HASH_HEX_SIZE];
        hash_sha256_hex(whole, strlen(whole), hex);
        memcpy(all[i].hex, hex, FINGERPRINT_SIZE - 1);
    }
    arena_free(scratch);
    return all;
}
