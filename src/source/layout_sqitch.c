/* SPDX-License-Identifier: MIT */
/* sqitch: sqitch.plan says the order, deploy/ and revert/ hold the scripts; verify/ is left alone.
 */
#include <string.h>

#define uthash_malloc(size) arena_alloc(arena, (size))
#define uthash_free(pointer, size) ((void)(pointer), (void)(size))
#define HASH_FUNCTION HASH_OF_KEY
#include <uthash.h>

#include "base/file.h"
#include "base/hash.h"
#include "source/layout.h"
#include "source/part.h"

/* A change of the plan. */
typedef struct Change {
    const char *name;
    const char *tag; /* the first one behind it, or NULL */
    size_t instance; /* how many of its name there are up to here */
    size_t previous; /* the number of the one before it, counted from 1; 0 where it is the first */
} Change;

typedef LIST(Change) ChangeList;

/* The last change of a name. */
typedef struct LastChange {
    const char *name; /* the key */
    size_t number;
    UT_hash_handle hh;
} LastChange;

static bool
claims(LayoutDirectory *directory, size_t entry)
{
    return strcmp(directory->entries.items[entry].name, "sqitch.plan") == 0;
}

static const char *
first_word(Arena *arena, const SourceFile *plan, Span line)
{
    size_t end = line.start;
    while (end < line.end && strchr(" \t[", plan->text[end]) == NULL)
        end++;
    return arena_strndup(arena, plan->text + line.start, end - line.start);
}

/* A change with the name of an earlier one reworks it: `name [name@tag …]`, and the scripts of the
 * earlier one have that tag in their names. */
static void
add_change(Arena *arena, ChangeList *changes, LastChange **last, const char *name, const char *line)
{
    LastChange *known = NULL;
    HASH_FIND_STR(*last, name, known);
    if (known == NULL) {
        known = ARENA_NEW(arena, LastChange);
        known->name = name;
        HASH_ADD_KEYPTR(hh, *last, known->name, strlen(name), known);
    }
    Change added = {.name = name, .instance = 1, .previous = known->number};
    if (known->number > 0)
        added.instance = changes->items[known->number - 1].instance + 1;
    for (size_t number = known->number; number > 0;) {
        Change *change = &changes->items[number - 1];
        const char *tag = strstr(line, arena_printf(arena, "%s@", name));
        if (change->tag == NULL && tag != NULL)
            change->tag =
                arena_strndup(arena, tag + strlen(name), strcspn(tag + strlen(name), " \t]"));
        number = change->previous;
    }
    LIST_APPEND(arena, changes, added);
    known->number = changes->count;
}

static ChangeList
read_plan(Arena *arena, const SourceFile *plan)
{
    ChangeList changes = {0};
    LastChange *last = NULL;
    Span line;
    for (size_t at = 0; part_next_line(plan, &at, &line);) {
        while (line.start < line.end && strchr(" \t+", plan->text[line.start]) != NULL)
            line.start++;
        if (line.start == line.end || strchr("%#-", plan->text[line.start]) != NULL)
            continue;
        const char *word = first_word(arena, plan, line);
        if (*word != '@')
            add_change(arena, &changes, &last, word,
                       arena_strndup(arena, plan->text + line.start, line.end - line.start));
    }
    return changes;
}

static const char *
script_path(const LayoutDirectory *directory, const char *folder, const Change *change)
{
    const char *tag = change->tag != NULL ? change->tag : "";
    return file_join(directory->arena, directory->path,
                     arena_printf(directory->arena, "%s/%s%s.sql", folder, change->name, tag));
}

/* Its name tells a change from all others but those that rework it. */
static void
add_found(const LayoutDirectory *directory, const Change *change, FoundList *out)
{
    Arena *arena = directory->arena;
    const char *revert = script_path(directory, "revert", change);
    const char *version = change->instance == 1
                              ? change->name
                              : arena_printf(arena, "%s#%zu", change->name, change->instance);
    LIST_APPEND(arena, out,
                (Found){.version = version,
                        .version_text = version,
                        .name = "",
                        .up = {.path = script_path(directory, "deploy", change)},
                        .down = {.path = layout_exists(directory, revert) ? revert : NULL},
                        .down_words = arena_printf(arena, "revert/%s.sql", change->name)});
}

static bool
scan(LayoutDirectory *directory, FoundList *out, Error *err)
{
    for (size_t i = 0; i < directory->entries.count; i++) {
        if (!claims(directory, i))
            continue;
        const SourceFile *plan = layout_file(directory, i);
        if (!source_require(plan, err))
            return false;
        const ChangeList changes = read_plan(directory->arena, plan);
        foreach (change, &changes)
            add_found(directory, change, out);
        return true;
    }
    error_set(err, ERROR_USAGE, "%s has no sqitch.plan", directory->path);
    return error_hint(err, "Name the directory that sqitch.plan lies in.");
}

const Layout layout_sqitch = {
    .title = "sqitch", .claims = claims, .scan = scan, .checks = "verify"};
