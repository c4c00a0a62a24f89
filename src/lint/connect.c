/* SPDX-License-Identifier: MIT */
#include "lint/connect.h"

SyntaxErrorList
connect_judge(Arena *arena, Span tables, const SyntaxErrorList *errors)
{
    SyntaxErrorList kept = {0};
    foreach (error, errors) {
        SyntaxError copy = *error;
        if (copy.is_connect)
            copy.message = "the tables of several databases are taken together";
        bool is_between = tables.start < copy.span.start && copy.span.start < tables.end;
        if (!copy.is_connect || is_between)
            LIST_APPEND(arena, &kept, copy);
    }
    return kept;
}
