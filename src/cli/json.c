/* SPDX-License-Identifier: MIT */
#include "cli/json.h"

#include <version.h>

#include "lockstep/exit_status.h"

void
json_put(json_t *object, const char *key, json_t *value)
{
    /* jansson fails only without memory or for invalid UTF-8; a value that is neither is null. */
    if (value == NULL)
        value = json_null();
    if (json_object_set_new(object, key, value) != 0)
        abort();
}

/* A text from a server or from a file system need not be UTF-8: what is not becomes "?". */
static json_t *
text_value(const char *text)
{
    if (text == NULL)
        return json_null();
    json_t *value = json_string(text);
    if (value != NULL)
        return value;

    char *copy = strdup(text);
    if (copy == NULL)
        abort();
    for (char *c = copy; *c != '\0'; c++) {
        if ((unsigned char)*c >= 0x80)
            *c = '?';
    }
    value = json_string(copy);
    free(copy);
    return value;
}

void
json_put_text(json_t *object, const char *key, const char *text)
{
    json_put(object, key, text_value(text));
}

void
json_put_number(json_t *object, const char *key, long long number)
{
    json_put(object, key, json_integer(number));
}

void
json_put_bool(json_t *object, const char *key, bool value)
{
    json_put(object, key, json_boolean(value));
}

json_t *
json_result(void)
{
    json_t *result = json_object();
    json_t *tool = json_object();
    if (result == NULL || tool == NULL)
        abort();
    json_put_number(result, "schema_version", 1);
    json_put_text(tool, "name", "lockstep");
    json_put_text(tool, "version", LOCKSTEP_VERSION);
    json_put(result, "tool", tool);
    return result;
}

static json_t *
text_or_null(const char *text)
{
    return text[0] == '\0' ? json_null() : text_value(text);
}

json_t *
json_error(const Error *err)
{
    if (err->kind == ERROR_NONE)
        return json_null();
    json_t *object = json_object();
    if (object == NULL)
        abort();
    json_put_number(object, "exit_status", (long long)exit_status_of(err->kind));
    json_put(object, "sqlstate", text_or_null(err->sqlstate));
    json_put_text(object, "message", err->message);
    json_put(object, "detail", text_or_null(err->detail));
    json_put(object, "hint", text_or_null(err->hint));
    return object;
}

void
json_write(FILE *out, json_t *take_result)
{
    /* A write that fails marks the stream; the end of the program looks at it. */
    (void)json_dumpf(take_result, out, JSON_INDENT(2));
    fputc('\n', out);
    json_decref(take_result);
}
