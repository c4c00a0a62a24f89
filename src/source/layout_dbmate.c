/* SPDX-License-Identifier: MIT */
/* dbmate: `-- migrate:up` and `-- migrate:down`, each with `transaction:false` behind it where
 * wanted. Files run in the order of their names. */
#include <string.h>

#include "source/sections.h"

static bool
has_option(const SourceFile *whole, Span rest, const char *option)
{
    const char *at =
        memmem(whole->text + rest.start, rest.end - rest.start, option, strlen(option));
    return at != NULL;
}

static void
settle(const SourceFile *whole, const Parts *parts, Found *found)
{
    found->up.no_transaction = has_option(whole, parts->up_rest, "transaction:false");
    found->down.no_transaction = has_option(whole, parts->down_rest, "transaction:false");
}

static const SectionLayout sections = {
    .grammar = {{.words = "migrate:up"}, {.words = "migrate:down"}},
    .down_words = "a section \"-- migrate:down\"",
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

const Layout layout_dbmate = {.title = "dbmate", .claims = claims, .scan = scan};
