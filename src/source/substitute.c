/* SPDX-License-Identifier: MIT */
#include "source/substitute.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The variable of the `${NAME}` that begins here; NULL: none of ours. */
static const Variable *
find_variable(const VariableList *variables, const char *at, const char *end, size_t *length)
{
    const char *name = at + 2;
    const char *close = memchr(at, '}', (size_t)(end - at));
    if (end - at < 3 || at[1] != '{' || close == NULL)
        return NULL;
    *length = (size_t)(close + 1 - at);
    foreach (variable, variables) {
        size_t bytes = strlen(variable->name);
        if (bytes == (size_t)(close - name) && memcmp(variable->name, name, bytes) == 0)
            return variable;
    }
    return NULL;
}

const char *
substitute_text(Arena *arena, const VariableList *variables, const char *text, size_t *length,
                SubstitutionList *out)
{
    char *result = NULL;
    size_t size = 0;
    const char *end = text + *length;
    const char *copied = text;
    FILE *stream = NULL;
    for (const char *at = text; (at = memchr(at, '$', (size_t)(end - at))) != NULL; at++) {
        size_t original_length = 0;
        const Variable *variable = find_variable(variables, at, end, &original_length);
        if (variable == NULL)
            continue;
        if (stream == NULL && (stream = open_memstream(&result, &size)) == NULL)
            abort();
        (void)fwrite(copied, 1, (size_t)(at - copied), stream);
        (void)fflush(stream);
        LIST_APPEND(arena, out,
                    (Substitution){.at = size,
                                   .length = strlen(variable->value),
                                   .original_at = (size_t)(at - text),
                                   .original_length = original_length});
        (void)fputs(variable->value, stream);
        copied = at + original_length;
        at = copied - 1;
    }
    if (stream == NULL)
        return text;
    (void)fwrite(copied, 1, (size_t)(end - copied), stream);
    if (fclose(stream) != 0)
        abort();
    const char *kept = arena_strndup(arena, result, size);
    *length = size;
    free(result);
    return kept;
}

size_t
substitute_origin(const SubstitutionList *list, size_t offset)
{
    size_t origin = offset;
    foreach (one, list) {
        if (one->at > offset)
            break;
        bool is_within = offset < one->at + one->length;
        origin = is_within
                     ? one->original_at
                     : offset - (one->at + one->length) + one->original_at + one->original_length;
    }
    return origin;
}
