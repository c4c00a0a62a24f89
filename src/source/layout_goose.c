/* SPDX-License-Identifier: MIT */
/* goose: `-- +goose Up` and `-- +goose Down`; `-- +goose NO TRANSACTION` is for both. Statements
 * need no StatementBegin here: the server's own grammar tells them apart. */
#include "source/sections.h"

static void
settle(const SourceFile *whole, const Parts *parts, Found *found)
{
    static const PartMark mark = {.words = "+goose no transaction", .any_case = true};
    Span line;
    (void)parts;
    found->up.no_transaction = part_find_mark(whole, &mark, &line);
    found->down.no_transaction = found->up.no_transaction;
}

static const SectionLayout sections = {
    .grammar = {{.words = "+goose up", .any_case = true},
                {.words = "+goose down", .any_case = true}},
    .numbers = true,
    .underscore = true,
    .down_words = "a section \"-- +goose Down\"",
    .settle = settle
};

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    return sections_claim(directory, entry, &sections);
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    (void)err;
    return sections_scan(directory, &sections, out);
}

const Layout layout_goose = {.title = "goose", .claims = claims, .scan = scan};
