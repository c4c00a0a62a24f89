/* SPDX-License-Identifier: MIT */
#include "lint/template_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* A word of the text as it was read, and what the user wrote there. */
typedef struct Word {
    const char *read;
    const char *written;
} Word;

typedef LIST(Word) WordList;

static bool
is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (unsigned char)c >= 0x80;
}

static size_t
word_end(const char *text, size_t at)
{
    while (is_word_byte(text[at]))
        at++;
    return at;
}

/* Names are folded when they are read. */
static const Word *
find_word(const WordList *words, const char *text, size_t length)
{
    foreach (word, words) {
        if (strlen(word->read) == length && strncasecmp(word->read, text, length) == 0)
            return word;
    }
    return NULL;
}

/* Every word in which a template stands, each once. */
static WordList
find_words(Arena *arena, const char *written, const char *read)
{
    WordList words = {0};
    for (size_t at = 0; read[at] != '\0';) {
        size_t end = word_end(read, at);
        if (end > at && memcmp(read + at, written + at, end - at) != 0 &&
            find_word(&words, read + at, end - at) == NULL)
            LIST_APPEND(arena, &words,
                        (Word){.read = arena_strndup(arena, read + at, end - at),
                               .written = arena_strndup(arena, written + at, end - at)});
        at = end > at ? end : at + 1;
    }
    return words;
}

static const char *
restore(Arena *arena, const WordList *words, const char *text)
{
    char *restored = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&restored, &size);
    if (out == NULL)
        abort();
    for (size_t at = 0; text[at] != '\0';) {
        size_t end = word_end(text, at);
        const Word *word = end > at ? find_word(words, text + at, end - at) : NULL;
        end = end > at ? end : at + 1;
        if (word != NULL)
            fputs(word->written, out);
        else
            fwrite(text + at, 1, end - at, out);
        at = end;
    }
    if (fclose(out) != 0)
        abort();
    const char *kept = arena_strndup(arena, restored, size);
    free(restored);
    return kept;
}

static void
restore_finding(Arena *arena, const WordList *words, Finding *finding)
{
    finding->message = restore(arena, words, finding->message);
    if (finding->preflight != NULL)
        finding->preflight = restore(arena, words, finding->preflight);
    foreach (step, &finding->rewrite)
        step->sql = restore(arena, words, step->sql);
}

void
template_words_restore(Arena *arena, const char *written, const char *read, Finding *findings,
                       size_t count)
{
    if (count == 0)
        return;
    const WordList words = find_words(arena, written, read);
    for (size_t i = 0; i < count; i++)
        restore_finding(arena, &words, &findings[i]);
}
