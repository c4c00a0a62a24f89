/* SPDX-License-Identifier: MIT */
/* Flyway: `V<version>__<name>.sql`, `U…` for the way back, `R__<name>.sql` behind all versions. */
#include <string.h>

#include "base/file.h"
#include "source/layout.h"
#include "source/version.h"

#define DIGITS "0123456789"

typedef struct FlywayName {
    char kind; /* V, U, R or B */
    const char *version;
    const char *version_text;
    const char *name;
} FlywayName;

/* "1.2" for "01_2.0": parts are numbers, and those that are 0 at the end do not count. */
static const char *
read_version(Arena *arena, const char *text, size_t length)
{
    const char *version = "";
    const char *kept = "";
    for (size_t at = 0; at < length;) {
        size_t digits = strspn(text + at, DIGITS);
        const char *part = version_of_digits(arena, text + at, digits);
        version = *version == '\0' ? part : arena_printf(arena, "%s.%s", version, part);
        if (strcmp(part, "0") != 0 || *kept == '\0')
            kept = version;
        at += digits + 1;
    }
    return kept;
}

/* Where the version ends: digits, with one dot or underscore between them. 0 where there is none.
 */
static size_t
version_length(const char *text)
{
    size_t length = strspn(text, DIGITS);
    while (length > 0 && (text[length] == '.' || text[length] == '_')) {
        size_t more = strspn(text + length + 1, DIGITS);
        if (more == 0)
            break;
        length += 1 + more;
    }
    return length;
}

static bool
read_name(const LayoutDirectory *directory, size_t entry, FlywayName *out)
{
    Arena *arena = directory->arena;
    if (!layout_ends(directory, entry, ".sql"))
        return false;
    const char *name = directory->entries.items[entry].name;
    const char *stem = arena_strndup(arena, name, strlen(name) - strlen(".sql"));
    size_t length = *stem == 'R' ? 0 : version_length(stem + 1);
    *out = (FlywayName){.kind = *stem};
    if (strchr("VURB", *stem) == NULL || (*stem != 'R' && length == 0) ||
        strncmp(stem + 1 + length, "__", 2) != 0)
        return false;
    out->name = stem + 1 + length + 2;
    out->version_text = *stem == 'R' ? stem : arena_strndup(arena, stem + 1, length);
    out->version = *stem == 'R' ? stem : read_version(arena, stem + 1, length);
    return true;
}

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    FlywayName name;
    return read_name(directory, entry, &name);
}

/* V1__a.sql.conf beside V1__a.sql. */
static bool
is_without_transaction(LayoutDirectory *directory, size_t entry)
{
    static const char key[] = "executeInTransaction";
    const char *conf =
        arena_printf(directory->arena, "%s.conf", directory->entries.items[entry].name);
    const DirectoryEntry *found = layout_entry(directory, conf);
    if (found == NULL)
        return false;
    const size_t at_entry = (size_t)(found - directory->entries.items);
    const char *at = strstr(layout_file(directory, at_entry)->text, key);
    if (at == NULL)
        return false;
    at += sizeof key - 1;
    at += strspn(at, " \t=");
    return strncmp(at, "false", 5) == 0;
}

static FoundPart
part_of(LayoutDirectory *directory, size_t entry)
{
    return (FoundPart){.path = layout_path(directory, entry),
                       .no_transaction = is_without_transaction(directory, entry)};
}

/* All files of a kind as ups. */
static FoundList
collect(LayoutDirectory *directory, char kind)
{
    FoundList list = {0};
    for (size_t i = 0; i < directory->entries.count; i++) {
        FlywayName name;
        if (!read_name(directory, i, &name) || name.kind != kind)
            continue;
        Found found = {.version = name.version,
                       .version_text = name.version_text,
                       .name = kind == 'R' ? "" : name.name,
                       .up = part_of(directory, i),
                       .is_repeatable = kind == 'R'};
        if (kind == 'V')
            found.down_words =
                arena_printf(directory->arena, "U%s__%s.sql", name.version_text, name.name);
        LIST_APPEND(directory->arena, &list, found);
    }
    layout_sort(&list);
    return list;
}

/* The newest baseline takes the place of the versions up to it where they are gone. */
static void
add_baseline(LayoutDirectory *directory, FoundList *out)
{
    FoundList baselines = collect(directory, 'B');
    if (baselines.count == 0)
        return;
    const Found *newest = &baselines.items[baselines.count - 1];
    if (out->count > 0 && version_compare(out->items[0].version, newest->version) <= 0)
        return;
    LIST_APPEND(directory->arena, out, *newest);
    layout_sort(out);
}

static bool
add_undo(FoundList *out, const Found *undo, Error *err)
{
    foreach (found, out) {
        if (strcmp(found->version, undo->version) != 0)
            continue;
        found->down = undo->up;
        return true;
    }
    error_set(err, ERROR_USAGE, "%s has no V file of the same version", undo->up.path);
    return error_hint(err, "Write V%s__%s.sql beside it.", undo->version_text, undo->name);
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    *out = collect(directory, 'V');
    add_baseline(directory, out);
    FoundList undos = collect(directory, 'U');
    foreach (undo, &undos) {
        if (!add_undo(out, undo, err))
            return false;
    }
    FoundList repeatable = collect(directory, 'R');
    foreach (found, &repeatable)
        LIST_APPEND(directory->arena, out, *found);
    return true;
}

const Layout layout_flyway = {.title = "Flyway", .claims = claims, .scan = scan};
