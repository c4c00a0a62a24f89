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

/* NOT in front of a condition turns it. */
static ScanToken
skip_not(const CodeBody *body, Span condition, bool *wanted)
{
    ScanToken token = scan_token(code_text(body), condition.start, condition.end);

    *wanted = !code_is_word(body, token, "not");
    return *wanted ? token : scan_token(code_text(body), token.span.end, condition.end);
}

/* `to_regclass('name') IS NULL`; the name may have a schema. */
static bool
read_regclass(const CodeBody *body, ScanToken word, size_t limit, CatalogTest *test, bool *wanted)
{
    const char *text = code_text(body);
    ScanToken open = scan_token(text, word.span.end, limit);
    ScanToken name = scan_token(text, open.span.end, limit);
    ScanToken close = scan_token(text, name.span.end, limit);
    ScanToken is = scan_token(text, close.span.end, limit);
    ScanToken last = scan_token(text, is.span.end, limit);
    bool is_not = code_is_word(body, last, "not");

    if (is_not)
        last = scan_token(text, last.span.end, limit);
    test->relation = open.kind == TOKEN_OPEN ? plain_string(body, name) : NULL;
    if (test->relation == NULL || close.kind != TOKEN_CLOSE || !code_is_word(body, is, "is") ||
        !code_is_word(body, last, "null") ||
        scan_token(text, last.span.end, limit).kind != TOKEN_END)
        return false;
    *wanted = is_not == *wanted;
    return true;
}

/* Other conditions beside it only make fewer objects fit: then the branch may run although there is
 * one. What stands for a schema is left out of account, as names are found along the path. */
const CatalogTest *
code_catalog_test(const CodeBody *body, Span condition, bool *wanted)
{
    const char *text = code_text(body);
    ScanToken token = skip_not(body, condition, wanted);
    CatalogTest *test = ARENA_NEW(body->reader->arena, CatalogTest);

    if (code_is_word(body, token, "to_regclass"))
        return read_regclass(body, token, condition.end, test, wanted) ? test : NULL;
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
