/* SPDX-License-Identifier: MIT */
#include "lint/session_left.h"

#include <string.h>

static const char *const settings[SESSION_SETTINGS] = {
    "search_path", "role", "session_authorization", "session_replication_role", "row_security"};

void
session_left_begin(SessionLeft *left, const Schema *schema)
{
    for (size_t i = 0; i < SESSION_SETTINGS; i++)
        left->before[i] = schema_setting(schema, settings[i]);
}

static bool
sets(const Statement *statement, const char *name)
{
    foreach (op, &statement->ops) {
        if (op->kind == OP_SET_VARIABLE && !op->set.is_local && op->set.name != NULL &&
            strcmp(op->set.name, name) == 0)
            return true;
    }
    return false;
}

static bool
is_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool
has_word(const char *words, const char *word)
{
    const size_t length = strlen(word);
    while (words != NULL && *words != '\0') {
        const size_t end = strcspn(words, " ");
        if (end == length && strncmp(words, word, length) == 0)
            return true;
        words += end + strspn(words + end, " ");
    }
    return false;
}

const char *
session_left_find(const SessionLeft *left, const ReadFile *file, const char *given_back, size_t *at)
{
    for (size_t i = 0; i < SESSION_SETTINGS; i++) {
        if (has_word(given_back, settings[i]) ||
            is_same(left->before[i], schema_setting(file->schema, settings[i])))
            continue;
        for (size_t n = file->script->statements.count; n > 0; n--) {
            *at = n - 1;
            if (sets(&file->script->statements.items[n - 1], settings[i]))
                return settings[i];
        }
    }
    return NULL;
}
