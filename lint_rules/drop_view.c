/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <string.h>

#include "lockstep/hazard.h"

/* The text behind the word that it begins with and the blanks around it; NULL: it begins with
 * another one. */
static const char *
skip_word(const char *text, const char *word)
{
    const size_t length = strlen(word);

    text += strspn(text, " \t\r\n");
    if (strncasecmp(text, word, length) != 0 || isalnum((unsigned char)text[length]) ||
        text[length] == '_')
        return NULL;
    return text + length + strspn(text + length, " \t\r\n");
}

static const char *
skip_words(const char *text, const char *const *words)
{
    const char *rest = text;

    for (; *words != NULL && rest != NULL; words++)
        rest = skip_word(rest, *words);
    return rest != NULL ? rest : text;
}

/* `text` begins behind CREATE. */
static bool
makes_view(const char *text, QualifiedName view)
{
    static const char *const replacing[] = {"or", "replace", NULL};
    static const char *const materialized[] = {"materialized", NULL};
    static const char *const careful[] = {"if", "not", "exists", NULL};

    text = skip_word(skip_words(skip_words(text, replacing), materialized), "view");
    if (text == NULL)
        return false;
    text = skip_words(text, careful);
    const char *schema = view.schema != NULL ? skip_word(text, view.schema) : NULL;
    if (schema != NULL && *schema == '.')
        text = schema + 1;
    return skip_word(text, view.name) != NULL;
}

/* Code that puts together the statement which it executes tells no more than this. */
static bool
is_made_by_code(const LintContext *ctx, const Op *op)
{
    const char *text = ctx->source + op->span.end;

    while ((text = strcasestr(text, "create")) != NULL) {
        text += strlen("create");
        if (makes_view(text, op->target))
            return true;
    }
    return false;
}

/* After the file: whoever drops a view to make it anew leaves one. */
static const char *
check(const LintContext *ctx, const Op *op)
{
    if (ctx->table_is_new || ctx->is_own || ctx->is_down || op->if_exists ||
        schema_find_relation(ctx->schema, op->target) != NULL || is_made_by_code(ctx, op))
        return NULL;
    return arena_printf(ctx->arena,
                        "queries of the running application that read %s fail from now on",
                        sql_qualified(ctx->arena, op->target));
}

const Rule rule_drop_view = {
    .id = "drop-view",
    .name = "a view goes while the application may still read it",
    .severity = SEVERITY_WARNING,
    .on = {OP_DROP_VIEW, OP_DROP_MATERIALIZED_VIEW},
    .when = RULE_AFTER_FILE,
    .why = "A view is an interface: instances that run during the migration, and reports that "
           "nobody deploys, read it by name.",
    .instead = "Deploy the code that no longer reads the view first. A view that only changes is "
               "dropped and made again in one transaction.",
    .given = "CREATE TABLE orders (id bigint PRIMARY KEY, total numeric);\n"
             "CREATE VIEW order_totals AS SELECT sum(total) AS total FROM orders;",
    .bad = "DROP VIEW order_totals;",
    .good = "DROP VIEW order_totals;\n"
            "CREATE VIEW order_totals AS SELECT sum(total) AS total, count(*) AS orders "
            "FROM orders;",
    .check = check,
};
