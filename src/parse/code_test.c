/* SPDX-License-Identifier: MIT */
/* Conditions that ask the catalog for an object by its names. */
#include <stddef.h>
#include <string.h>

#include "code_body.h"

typedef struct TestColumn {
    const char *word; /* a column of pg_catalog or information_schema */
    size_t at;        /* what it names: a member of CatalogTest */
} TestColumn;

static const TestColumn columns[] = {
    {"conname",         offsetof(CatalogTest, constraint)},
    {"constraint_name", offsetof(CatalogTest, constraint)},
    {"conrelid",        offsetof(CatalogTest, relation)  },
    {"typname",         offsetof(CatalogTest, type)      },
    {"column_name",     offsetof(CatalogTest, column)    },
    {"attname",         offsetof(CatalogTest, column)    },
    {"attrelid",        offsetof(CatalogTest, relation)  },
    {"table_name",      offsetof(CatalogTest, relation)  },
    {"tablename",       offsetof(CatalogTest, relation)  },
    {"indexname",       offsetof(CatalogTest, relation)  },
    {"relname",         offsetof(CatalogTest, relation)  },
};

/* The text of a plain string; NULL for another token, and for a string with quotes within. */
static const char *
plain_string(const CodeBody *body, ScanToken token)
{
    const char *at = code_text(body) + token.span.start;
    size_t length = token.span.end - token.span.start;

    if (token.kind != TOKEN_STRING || *at != '\'' || length < 3 ||
        memchr(at + 1, '\'', length - 2) != NULL || memchr(at + 1, '.', length - 2) != NULL)
        return NULL;
    return arena_strndup(body->reader->arena, at + 1, length - 2);
}

/* `column = 'name'` */
static void
note_equal(const CodeBody *body, ScanToken word, size_t limit, CatalogTest *test)
{
    const char *text = code_text(body);
    ScanToken equal = scan_token(text, word.span.end, limit);
    const char *name = plain_string(body, scan_token(text, equal.span.end, limit));

    if (equal.kind != TOKEN_OTHER || text[equal.span.start] != '=' || name == NULL)
        return;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
        if (code_is_word(body, word, columns[i].word))
            memcpy((char *)test + columns[i].at, &name, sizeof name);
    }
}

static bool
is_complete(const CatalogTest *test)
{
    return test->constraint != NULL || test->type != NULL || test->relation != NULL;
}

/* Other conditions beside it only make fewer objects fit: then the branch may run although there is
 * one. What stands for a schema is left out of account, as names are found along the path. */
const CatalogTest *
code_catalog_test(const CodeBody *body, Span condition)
{
    const char *text = code_text(body);
    ScanToken token = scan_token(text, condition.start, condition.end);
    CatalogTest *test = ARENA_NEW(body->reader->arena, CatalogTest);

    if (!code_is_word(body, token, "not"))
        return NULL;
    token = scan_token(text, token.span.end, condition.end);
    if (!code_is_word(body, token, "exists"))
        return NULL;
    for (; token.kind != TOKEN_END; token = scan_token(text, token.span.end, condition.end)) {
        if (code_is_word(body, token, "or") || code_is_word(body, token, "not"))
            return NULL;
        if (token.kind == TOKEN_WORD)
            note_equal(body, token, condition.end, test);
    }
    return is_complete(test) ? test : NULL;
}
