/* SPDX-License-Identifier: MIT */
/* Pop, as the Ory projects use it: the native names with a database and `.autocommit` in front of
 * the direction. A file for PostgreSQL stands in for the general one of its version. */
#include <string.h>

#include "source/layout.h"
#include "source/native_name.h"

typedef struct PopName {
    NativeName native; /* its name without what follows here */
    bool is_ours;      /* false: for another database */
    bool is_special;   /* for PostgreSQL alone */
    bool autocommit;
    bool is_pop; /* any of these words is there */
} PopName;

static const struct {
    const char *word;
    bool is_ours;
    bool autocommit;
} words[] = {
    {".autocommit", true,  true },
    {".postgres",   true,  false},
    {".cockroach",  false, false},
    {".mariadb",    false, false},
    {".mysql",      false, false},
    {".sqlite",     false, false},
    {".sqlite3",    false, false},
};

/* Takes one of the words off the end of the name. */
static bool
take_word(Arena *arena, PopName *out)
{
    size_t length = strlen(out->native.name);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t size = strlen(words[i].word);
        if (length <= size || strcmp(out->native.name + length - size, words[i].word) != 0)
            continue;
        out->native.name = arena_strndup(arena, out->native.name, length - size);
        out->is_pop = true;
        out->is_ours &= words[i].is_ours;
        out->autocommit |= words[i].autocommit;
        out->is_special |= words[i].is_ours && !words[i].autocommit;
        return true;
    }
    return false;
}

static bool
read_name(const LayoutDirectory *directory, size_t entry, PopName *out)
{
    const DirectoryEntry *found = &directory->entries.items[entry];
    const char *problem;
    *out = (PopName){.is_ours = true};
    if (found->is_directory ||
        native_name_read(directory->arena, found->name, &out->native, &problem) != NAME_NATIVE)
        return false;
    while (take_word(directory->arena, out))
        continue;
    return true;
}

/* Each of the words has a dot, besides the two of the ending. */
static bool
may_have_words(const char *name)
{
    size_t dots = 0;
    for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot + 1, '.'))
        dots++;
    return dots > 2;
}

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    PopName name;
    return may_have_words(directory->entries.items[entry].name) &&
           read_name(directory, entry, &name) && name.is_pop;
}

static void
take_part(LayoutDirectory *directory, size_t entry, const PopName *name, FoundPart *part,
          bool *is_special)
{
    if (part->path != NULL && *is_special && !name->is_special)
        return;
    *part = (FoundPart){.path = layout_path(directory, entry), .no_transaction = name->autocommit};
    *is_special = name->is_special;
}

/* A version on its way to being a migration. */
typedef struct Version {
    Found found;
    bool special[2]; /* the down, the up is for PostgreSQL alone */
} Version;

static void
add_entry(LayoutDirectory *directory, size_t entry, const PopName *name, Version *version)
{
    if (!name->is_ours)
        return;
    const bool is_up = name->native.direction == DIRECTION_UP;
    Found *found = &version->found;
    take_part(directory, entry, name, is_up ? &found->up : &found->down, &version->special[is_up]);
    found->version_text = name->native.version_text;
    found->name = name->native.name;
}

static void
end_version(const LayoutDirectory *directory, Version *version, FoundList *out)
{
    Found *found = &version->found;
    if (found->up.path == NULL)
        return;
    found->down_words =
        arena_printf(directory->arena, "%s_%s.down.sql", found->version_text, found->name);
    LIST_APPEND(directory->arena, out, *found);
}

/* Entries are ordered by name, and so those of one version follow each other. */
static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    Version version = {.found = {.version = ""}};
    (void)err;
    for (size_t i = 0; i < directory->entries.count; i++) {
        PopName name;
        if (!read_name(directory, i, &name))
            continue;
        if (strcmp(name.native.version, version.found.version) != 0) {
            end_version(directory, &version, out);
            version = (Version){.found = {.version = name.native.version}};
        }
        add_entry(directory, i, &name, &version);
    }
    end_version(directory, &version, out);
    layout_sort(out);
    return true;
}

const Layout layout_pop = {
    .title = "pop", .claims = claims, .scan = scan, .includes = &layout_native};
