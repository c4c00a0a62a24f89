/* SPDX-License-Identifier: MIT */
#include "lint/read_file.h"

#include "lint/pass_order.h"

/* What the file says to us, another runner does not hear; what its layout says, every one, in its
 * own way. */
static bool
stands_apart(const ReadFile *file)
{
    const SourceFile *source = file->source;
    if (runner_is_ours(file->runner))
        return source->no_transaction || directive_has(&file->directives, DIRECTIVE_NO_TRANSACTION);
    return runner_parts(file->runner, source->text, source->no_transaction);
}

bool
read_file_open(Arena *arena, Arena *scratch, ReadFile *file, ParseDepth depth)
{
    const SourceFile *source = file->source;
    if (source->broken != NULL)
        return false;
    Script *script = parse_script_to(arena, scratch, source->text, source->length, depth);
    pass_order(script);
    file->script = script;
    file->directives = directive_scan(arena, source->text, script);
    file->segments =
        segment_script(arena, script, stands_apart(file), &file->problem, &file->problem_at);
    size_t at = 0;
    const char *refused =
        runner_problem(arena, file->runner, source->text, source->no_transaction, script, &at);
    if (file->problem == NULL && refused != NULL) {
        file->problem = refused;
        file->problem_at = at;
    }
    return true;
}

size_t
read_file_statement_at(const Script *script, size_t offset)
{
    size_t number = 1;
    foreach (statement, &script->statements) {
        if (statement->span.end > offset)
            break;
        number++;
    }
    return number;
}
