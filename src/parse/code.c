/* SPDX-License-Identifier: MIT */
#include "code.h"

#include <string.h>

#include "parse.h"
#include "scan.h"

/* DO within EXECUTE within DO … */
#define DEPTH_LIMIT 8

/* Statement by statement, so that one that cannot be read costs only itself. */
static void
read_sql(CodeReader *reader, Span body)
{
    size_t at = body.start;

    while (at < body.end) {
        bool closed;
        size_t end = scan_statement_end(reader->text, at, body.end, &closed);
        Span piece = scan_trim(reader->text, at, closed ? end - 1 : end);
        if (scan_is_word(reader->text, scan_token(reader->text, piece.start, piece.end), "return"))
            memcpy(reader->text + piece.start, "SELECT", strlen("SELECT"));
        if (piece.end > piece.start)
            code_add_sql(reader, piece);
        at = end;
    }
}

static bool
is_language(const char *language, const char *name)
{
    return strcmp(language == NULL ? "plpgsql" : language, name) == 0;
}

Code *
code_read(CodeReader reader, const char *language, Span body)
{
    bool is_sql = is_language(language, "sql");

    if (!is_sql && !is_language(language, "plpgsql"))
        return NULL;
    reader.code = ARENA_NEW(reader.arena, Code);
    if (reader.depth >= DEPTH_LIMIT)
        code_doubt(&reader, "blocks of code are nested too deeply");
    else if (is_sql)
        read_sql(&reader, body);
    else
        code_read_plpgsql(&reader, body);
    return reader.code;
}

const Code *
parse_code(Arena *arena, const char *language, const char *text)
{
    return parse_code_to(arena, language, text, PARSE_WHOLE);
}

const Code *
parse_code_to(Arena *arena, const char *language, const char *text, ParseDepth depth)
{
    size_t length = strlen(text);
    CodeReader reader = {.arena = arena, .scratch = arena_new(), .parse_depth = depth};

    reader.text = arena_strndup(reader.scratch, text, length);
    MemoryContext context = pg_query_enter_memory_context();
    Code *code = code_read(reader, language, (Span){0, length});
    pg_query_exit_memory_context(context);
    arena_free(reader.scratch);
    if (code != NULL)
        code->text = text;
    return code;
}
