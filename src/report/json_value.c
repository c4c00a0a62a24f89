/* SPDX-License-Identifier: MIT */
#include "report/json_value.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"

json_t *
json_text(const char *text)
{
    size_t length = strlen(text);
    if (utf8_valid_length(text, length) == length)
        return json_stringn(text, length);

    char *valid = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&valid, &size);
    for (size_t at = 0, bytes; out != NULL && at < length; at += bytes) {
        char encoded[4];
        int32_t character = utf8_character(text + at, length - at, &bytes);
        fwrite(encoded, 1, utf8_encode(character, encoded), out);
    }
    if (out == NULL || fclose(out) != 0)
        abort();
    json_t *json = json_stringn(valid, size);
    free(valid);
    return json;
}

json_t *
json_count(size_t count)
{
    return json_integer((json_int_t)count);
}

void
json_add(json_t *object, const char *key, json_t *take_value)
{
    if (json_object_set_new(object, key, take_value) != 0)
        abort();
}

void
json_append(json_t *array, json_t *take_value)
{
    if (json_array_append_new(array, take_value) != 0)
        abort();
}
