/* SPDX-License-Identifier: MIT */
/* node-pg-migrate with SQL files: `-- Up Migration` and `-- Down Migration`. */
#include "source/sections.h"

static const SectionLayout sections = {
    .grammar = {{.words = "up migration", .any_case = true, .any_indent = true},
                {.words = "down migration", .any_case = true, .any_indent = true}},
    .numbers = true,
    .down_words = "a section \"-- Down Migration\""
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

const Layout layout_node_pg_migrate = {.title = "node-pg-migrate", .claims = claims, .scan = scan};
