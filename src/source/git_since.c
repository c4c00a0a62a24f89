/* SPDX-License-Identifier: MIT */
#include "source/git_since.h"

#include <string.h>
#include <sys/stat.h>

#include "base/path.h"
#include "base/process.h"

#define MAX_ARGUMENTS 16

/* A file that would be reported. */
typedef struct OurFile {
    const char *top;  /* the repository's directory */
    const char *name; /* its path in there */
    bool *reported;
    bool is_in_ref;
    bool differs;
} OurFile;

typedef LIST(OurFile) OurFileList;

/* The files of one repository: a run of them in the sorted list. */
typedef struct Repository {
    Arena *arena;
    const char *top;
    const char *commit;
    OurFile *files;
    size_t count;
} Repository;

/* Inside of a hook, git says in its environment which repository it is about; the one of the files
 * may be another. */
static const char *const of_a_hook[] = {"GIT_DIR",    "GIT_WORK_TREE",  "GIT_INDEX_FILE",
                                        "GIT_PREFIX", "GIT_COMMON_DIR", NULL};

static bool
run_git(const Repository *repository, const char *const *words, ProcessResult *out, Error *err)
{
    const char *arguments[MAX_ARGUMENTS + 6] = {"git", "-C", repository->top, "--no-optional-locks",
                                                "--literal-pathspecs"};
    for (size_t i = 0; i < MAX_ARGUMENTS && words[i] != NULL; i++)
        arguments[5 + i] = words[i];
    if (process_run(repository->arena, arguments, of_a_hook, out, err))
        return true;
    return error_hint(err, "Install git, or leave --since out.");
}

static bool
find_commit(Repository *repository, const char *ref, Error *err)
{
    const char *commit = arena_printf(repository->arena, "%s^{commit}", ref);
    const char *const words[] = {"rev-parse",        "--quiet", "--verify",
                                 "--end-of-options", commit,    NULL};
    ProcessResult result = {0};
    if (!run_git(repository, words, &result, err))
        return false;
    if (result.status == 0) {
        repository->commit =
            arena_strndup(repository->arena, result.output, strcspn(result.output, "\r\n"));
        return true;
    }
    (void)error_set(err, ERROR_USAGE, "--since: the repository %s has no commit \"%s\"%s%s",
                    repository->top, ref, *result.words != '\0' ? ": " : "", result.words);
    return error_hint(err, "Name a branch, tag or hash that is there; a shallow clone has to fetch "
                           "it first.");
}

static int
compare_files(const void *left, const void *right)
{
    const OurFile *a = left;
    const OurFile *b = right;
    const int tops = strcmp(a->top, b->top);
    return tops != 0 ? tops : strcmp(a->name, b->name);
}

/* The directory that all files of the repository lie in, with its slash; "" for the top. */
static const char *
common_directory(const Repository *repository)
{
    const char *first = repository->files[0].name;
    size_t length = 0;
    for (size_t i = 0; first[i] != '\0'; i++) {
        if (first[i] == '/')
            length = i + 1;
    }
    for (size_t i = 1; i < repository->count; i++) {
        size_t common = 0;
        for (size_t at = 0; at < length && repository->files[i].name[at] == first[at]; at++) {
            if (first[at] == '/')
                common = at + 1;
        }
        length = common;
    }
    return arena_strndup(repository->arena, first, length);
}

typedef enum Listing { LISTING_OF_REF, LISTING_OF_CHANGES } Listing;

/* A file may be there several times: up and down in one, or given twice. */
static void
note_name(const Repository *repository, const char *name, Listing listing)
{
    size_t low = 0;
    for (size_t high = repository->count; low < high;) {
        const size_t middle = low + (high - low) / 2;
        const bool is_before = strcmp(repository->files[middle].name, name) < 0;
        low = is_before ? middle + 1 : low;
        high = is_before ? high : middle;
    }
    for (; low < repository->count && strcmp(repository->files[low].name, name) == 0; low++) {
        if (listing == LISTING_OF_REF)
            repository->files[low].is_in_ref = true;
        else
            repository->files[low].differs = true;
    }
}

static bool
list_names(const Repository *repository, Listing listing, Error *err)
{
    const char *directory = common_directory(repository);
    const char *limit = *directory != '\0' ? directory : NULL;
    const char *const of_ref[] = {"ls-tree",          "-r", "-z",  "--name-only", "--full-tree",
                                  repository->commit, "--", limit, NULL};
    const char *const of_changes[] = {"diff",
                                      "--name-only",
                                      "-z",
                                      "--no-renames",
                                      "--no-ext-diff",
                                      "--ignore-submodules",
                                      repository->commit,
                                      "--",
                                      limit,
                                      NULL};
    ProcessResult result = {0};
    if (!run_git(repository, listing == LISTING_OF_REF ? of_ref : of_changes, &result, err))
        return false;
    if (result.status != 0)
        return error_set(err, ERROR_USAGE, "--since: git says: %s", result.words);
    const char *end = result.output + result.length;
    for (const char *name = result.output; name < end; name += strlen(name) + 1)
        note_name(repository, name, listing);
    return true;
}

static bool
judge_repository(Repository *repository, const char *ref, Error *err)
{
    if (!find_commit(repository, ref, err) || !list_names(repository, LISTING_OF_REF, err) ||
        !list_names(repository, LISTING_OF_CHANGES, err))
        return false;
    for (size_t i = 0; i < repository->count; i++) {
        const OurFile *file = &repository->files[i];
        *file->reported = !file->is_in_ref || file->differs;
    }
    return true;
}

/* The nearest directory above the file that holds .git: a directory, or a file in a worktree or
 * submodule. NULL where there is none. */
static const char *
find_top(Arena *arena, const char *absolute)
{
    char *directory = arena_strdup(arena, absolute);
    for (char *slash; (slash = strrchr(directory, '/')) != NULL;) {
        *slash = '\0';
        struct stat status;
        if (stat(arena_printf(arena, "%s/.git", directory), &status) == 0)
            return *directory != '\0' ? directory : "/";
    }
    return NULL;
}

static bool
add_file(Arena *arena, const SourceFile *file, bool *reported, OurFileList *out, Error *err)
{
    if (file == NULL || !*reported || strcmp(file->path, SOURCE_STDIN) == 0)
        return true;
    const char *absolute = path_absolute(arena, file->path);
    const char *top = absolute != NULL ? find_top(arena, absolute) : NULL;
    if (top == NULL) {
        (void)error_set(err, ERROR_USAGE, "--since: %s lies in no git repository", file->path);
        return error_hint(err, "Leave --since out, or name files that git keeps.");
    }
    OurFile ours = {.top = top, .name = path_relative(arena, top, absolute)};
    ours.reported = reported;
    LIST_APPEND(arena, out, ours);
    return true;
}

static bool
collect_files(Arena *arena, const DiscoveredFiles *files, OurFileList *out, Error *err)
{
    for (size_t i = 0; i < files->migrations.count; i++) {
        const Migration *migration = &files->migrations.items[i];
        if (!add_file(arena, migration->up, &files->reported_up.items[i], out, err) ||
            !add_file(arena, migration->down, &files->reported_down.items[i], out, err))
            return false;
    }
    return true;
}

bool
git_since(Arena *arena, const char *ref, const DiscoveredFiles *files, Error *err)
{
    OurFileList ours = {0};
    if (!collect_files(arena, files, &ours, err))
        return false;
    if (ours.count > 1)
        qsort(ours.items, ours.count, sizeof *ours.items, compare_files);
    for (size_t first = 0, end; first < ours.count; first = end) {
        const char *top = ours.items[first].top;
        for (end = first + 1; end < ours.count && strcmp(ours.items[end].top, top) == 0;)
            end++;
        Repository repository = {
            .arena = arena, .top = top, .files = &ours.items[first], .count = end - first};
        if (!judge_repository(&repository, ref, err))
            return false;
    }
    return true;
}
