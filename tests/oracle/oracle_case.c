/* SPDX-License-Identifier: MIT */
#include "oracle/oracle_case.h"

#include <glob.h>
#include <string.h>

#include "base/file.h"

#define CASE_FILE_MAX (1 << 20)
#define DIRECTIVE "--- "
#define ROW "---   "
#define ARROW " -> "

typedef struct SharedSchema {
    const char *name;
    const char *sql;
} SharedSchema;

/* The case that is being read, before its rows multiply it. */
typedef struct Draft {
    OracleCase item;
    StringList fields;
    StringList rows;
} Draft;

typedef struct Reader {
    Arena *arena;
    const char *file;
    size_t line;
    LIST(SharedSchema) schemas;
    Draft draft;
    const char **text; /* where lines of SQL go; NULL: none is expected */
    OracleCaseList *out;
} Reader;

static StringList
split(Arena *arena, const char *text, const char *separator)
{
    StringList parts = {0};
    for (const char *end = strstr(text, separator); end != NULL; end = strstr(text, separator)) {
        LIST_APPEND(arena, &parts, arena_strndup(arena, text, (size_t)(end - text)));
        text = end + strlen(separator);
    }
    LIST_APPEND(arena, &parts, arena_strdup(arena, text));
    return parts;
}

static const char *
replace_all(Arena *arena, const char *text, const char *word, const char *by)
{
    const char *result = "";
    StringList parts = split(arena, text, word);
    foreach (part, &parts)
        result = arena_printf(arena, "%s%s%s", result, part == parts.items ? "" : by, *part);
    return result;
}

static bool
complain(Reader *reader, Error *err, const char *what)
{
    return error_set(err, ERROR_USAGE, "%s:%zu: %s", reader->file, reader->line, what);
}

/* ---- the end of a case: one for each row */

static bool
add_case(Reader *reader, OracleCase item, Error *err)
{
    foreach (other, reader->out) {
        if (strcmp(other->name, item.name) == 0)
            return error_set(err, ERROR_USAGE, "%s: there are two cases \"%s\"", reader->file,
                             item.name);
    }
    LIST_APPEND(reader->arena, reader->out, item);
    return true;
}

static bool
add_row(Reader *reader, const char *row, Error *err)
{
    Arena *arena = reader->arena;
    OracleCase item = reader->draft.item;
    StringList values = split(arena, row, ARROW);
    if (values.count != reader->draft.fields.count)
        return complain(reader, err, "a row of this case has more or fewer fields than --- each");
    const char **texts[] = {&item.name, &item.setup, &item.session, &item.run};
    for (size_t i = 0; i < values.count; i++) {
        const char *field = arena_printf(arena, "{%s}", reader->draft.fields.items[i]);
        for (size_t j = 0; j < sizeof texts / sizeof *texts; j++)
            *texts[j] = replace_all(arena, *texts[j], field, values.items[i]);
    }
    return add_case(reader, item, err);
}

static bool
finish_case(Reader *reader, Error *err)
{
    Draft *draft = &reader->draft;
    bool ok = true;
    reader->text = NULL;
    if (draft->item.name == NULL)
        return true;
    if (draft->item.run[0] == '\0')
        return complain(reader, err, "the case in front of this line has no --- run");
    if (draft->fields.count == 0)
        ok = add_case(reader, draft->item, err);
    for (size_t i = 0; ok && i < draft->rows.count; i++)
        ok = add_row(reader, draft->rows.items[i], err);
    *draft = (Draft){0};
    return ok;
}

/* ---- directives */

static bool
begin_schema(Reader *reader, const char *name)
{
    LIST_APPEND(reader->arena, &reader->schemas,
                (SharedSchema){arena_strdup(reader->arena, name), ""});
    reader->text = &reader->schemas.items[reader->schemas.count - 1].sql;
    return true;
}

static bool
begin_case(Reader *reader, const char *words, Error *err)
{
    const char *on = NULL;
    for (const char *at = strstr(words, " on "); at != NULL; at = strstr(at + 1, " on "))
        on = at;
    reader->draft.item = (OracleCase){
        .name = on != NULL ? arena_strndup(reader->arena, words, (size_t)(on - words))
                           : arena_strdup(reader->arena, words),
        .file = reader->file,
        .setup = "",
        .session = "",
        .run = "",
    };
    if (on == NULL)
        return true;
    foreach (schema, &reader->schemas) {
        if (strcmp(schema->name, on + strlen(" on ")) != 0)
            continue;
        reader->draft.item.setup = schema->sql;
        return true;
    }
    return complain(reader, err, "there is no such schema above");
}

static bool
take_directive(Reader *reader, const char *words, Error *err)
{
    if (strncmp(words, "schema ", 7) == 0)
        return finish_case(reader, err) && begin_schema(reader, words + 7);
    if (strncmp(words, "case ", 5) == 0)
        return finish_case(reader, err) && begin_case(reader, words + 5, err);
    OracleCase *item = &reader->draft.item;
    if (item->name == NULL)
        return complain(reader, err, "this belongs to a case");
    if (strncmp(words, "each ", 5) == 0)
        reader->draft.fields = split(reader->arena, words + 5, ARROW);
    else if (strcmp(words, "setup") == 0)
        reader->text = &item->setup;
    else if (strcmp(words, "session") == 0)
        reader->text = &item->session;
    else if (strcmp(words, "run") == 0 || strcmp(words, "run outside") == 0)
        reader->text = &item->run;
    else
        return complain(reader, err, "this is no directive");
    item->outside |= strcmp(words, "run outside") == 0;
    return true;
}

static bool
take_line(Reader *reader, const char *line, Error *err)
{
    if (strncmp(line, ROW, strlen(ROW)) == 0) {
        LIST_APPEND(reader->arena, &reader->draft.rows, line + strlen(ROW));
        return reader->draft.fields.count > 0 || complain(reader, err, "a row without --- each");
    }
    if (strncmp(line, DIRECTIVE, strlen(DIRECTIVE)) == 0)
        return take_directive(reader, line + strlen(DIRECTIVE), err);
    if (line[0] == '\0' || strncmp(line, "-- ", 3) == 0)
        return true;
    if (reader->text == NULL)
        return complain(reader, err, "SQL without a directive in front of it");
    *reader->text = arena_printf(reader->arena, "%s%s\n", *reader->text, line);
    return true;
}

static bool
read_case_file(Arena *arena, const char *path, OracleCaseList *out, Error *err)
{
    FileBytes bytes;
    if (!file_read(arena, path, CASE_FILE_MAX, &bytes, err))
        return false;
    const char *slash = strrchr(path, '/');
    Reader reader = {.arena = arena, .out = out};
    reader.file = arena_strdup(arena, slash != NULL ? slash + 1 : path);
    StringList lines = split(arena, bytes.bytes, "\n");
    foreach (line, &lines) {
        reader.line++;
        if (!take_line(&reader, *line, err))
            return false;
    }
    return finish_case(&reader, err);
}

bool
oracle_cases_load(Arena *arena, const char *directory, OracleCaseList *out, Error *err)
{
    glob_t found = {0};
    bool ok = true;
    *out = (OracleCaseList){0};
    if (glob(file_join(arena, directory, "*.sql"), 0, NULL, &found) != 0)
        ok = error_set(err, ERROR_USAGE, "there are no cases in %s", directory);
    for (size_t i = 0; ok && i < found.gl_pathc; i++)
        ok = read_case_file(arena, found.gl_pathv[i], out, err);
    globfree(&found);
    return ok;
}

StringList
oracle_case_statements(Arena *arena, const OracleCase *item)
{
    StringList statements = {0};
    StringList pieces = split(arena, item->run, ";\n");
    foreach (piece, &pieces) {
        if ((*piece)[strspn(*piece, " \n")] != '\0')
            LIST_APPEND(arena, &statements, *piece);
    }
    return statements;
}
