/* SPDX-License-Identifier: MIT */
#include "support/shape.h"

#include "support/test.h"

static const char *looked_at = "nothing";

void
shape_begin(const char *subject)
{
    looked_at = subject;
}

const char *
shape_subject(void)
{
    return looked_at;
}

const json_t *
shape_member(const json_t *object, const char *key, json_type type)
{
    const json_t *value = json_object_get(object, key);
    if (value == NULL || json_typeof(value) != type)
        fail_msg("%s: %s is missing or of another kind", looked_at, key);
    return value;
}

const char *
shape_text(const json_t *object, const char *key)
{
    const char *text = json_string_value(shape_member(object, key, JSON_STRING));
    if (*text == '\0')
        fail_msg("%s: %s is empty", looked_at, key);
    return text;
}

size_t
shape_number(const json_t *object, const char *key, size_t least)
{
    json_int_t number = json_integer_value(shape_member(object, key, JSON_INTEGER));
    if (number < (json_int_t)least)
        fail_msg("%s: %s is %lld", looked_at, key, (long long)number);
    return (size_t)number;
}
