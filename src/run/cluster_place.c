/* SPDX-License-Identifier: MIT */
#include "run/cluster_place.h"

#include <errno.h>
#include <glob.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/hash.h"

/* sun_path, less the NUL and "/.s.PGSQL.5432". */
#define SOCKET_DIRECTORY_MAX (107 - 14)

static bool
user_by_entry(Arena *arena, const struct passwd *entry, ChildUser *out)
{
    if (entry == NULL || entry->pw_uid == 0)
        return false;
    *out = (ChildUser){
        .uid = entry->pw_uid, .gid = entry->pw_gid, .name = arena_strdup(arena, entry->pw_name)};
    return true;
}

bool
cluster_choose_user(Arena *arena, const char *project, ChildUser *out, Error *err)
{
    if (geteuid() != 0) {
        const struct passwd *entry = getpwuid(geteuid());
        *out = (ChildUser){.uid = geteuid(),
                           .gid = getegid(),
                           .name = arena_strdup(arena, entry != NULL ? entry->pw_name : "user")};
        return true;
    }
    struct stat owner;
    if (stat(project, &owner) == 0 && user_by_entry(arena, getpwuid(owner.st_uid), out))
        return true;
    if (user_by_entry(arena, getpwnam("postgres"), out) ||
        user_by_entry(arena, getpwnam("nobody"), out))
        return true;
    error_set(err, ERROR_USAGE, "PostgreSQL does not run as root, and there is no other user");
    return error_hint(err, "Run this as an ordinary user.");
}

/* The same for each call and different for each project. */
static const char *
elsewhere(Arena *arena, const char *root, const char *project, const ChildUser *user)
{
    char hex[HASH_HEX_SIZE];
    hash_sha256_hex(project, strlen(project), hex);
    return arena_printf(arena, "%s/lockstep-%u/%.12s", root, (unsigned)user->uid, hex);
}

/* unix_socket_directories is a list, and a setting: signs that mean something there are not worth
 * the trouble. */
static bool
fits_socket(const char *directory)
{
    return strlen(directory) <= SOCKET_DIRECTORY_MAX && strpbrk(directory, ",\"'\\\n") == NULL;
}

static const char *
describe_places(Arena *arena, const Cluster *cluster, const ChildUser *user, bool is_closed,
                bool is_long)
{
    if (is_closed)
        return arena_printf(arena,
                            "user %s, whom the server runs as, cannot enter the project's "
                            "directory: the sandbox is in %s",
                            user->name, cluster->directory);
    if (is_long)
        return arena_printf(arena, "the project's path does not suit a socket: the socket is in %s",
                            cluster->socket_directory);
    return NULL;
}

bool
cluster_choose_places(Arena *arena, const char *project, const ChildUser *user, Cluster *cluster,
                      Error *err)
{
    char *resolved = realpath(project, NULL);
    if (resolved == NULL)
        return error_set(err, ERROR_USAGE, "%s: %s", project, file_errno_words(errno));
    const char *path = arena_strdup(arena, resolved);
    free(resolved);
    bool is_closed = !child_can_enter(user, path);
    cluster->directory = is_closed ? elsewhere(arena, "/var/tmp", path, user)
                                   : file_join(arena, path, ".lockstep/sandbox");
    cluster->data_directory = file_join(arena, cluster->directory, "data");
    cluster->log_path = file_join(arena, cluster->directory, "server.log");
    cluster->socket_directory = file_join(arena, cluster->directory, "socket");
    bool is_long = !fits_socket(cluster->socket_directory);
    if (is_long)
        cluster->socket_directory = elsewhere(arena, "/tmp", path, user);
    cluster->note = describe_places(arena, cluster, user, is_closed, is_long);
    return true;
}

/* ---- programs */

static bool
has_programs(Arena *arena, const char *directory)
{
    return access(file_join(arena, directory, "initdb"), X_OK) == 0 &&
           access(file_join(arena, directory, "postgres"), X_OK) == 0 &&
           access(file_join(arena, directory, "pg_ctl"), X_OK) == 0;
}

/* "postgres (PostgreSQL) 15.18 (Debian …)" */
static int
program_major(Arena *arena, const ChildUser *user, const char *directory)
{
    const char *arguments[] = {file_join(arena, directory, "postgres"), "--version", NULL};
    ChildResult result;
    Error ignored;
    if (!child_run(arena, user, "/", arguments, &result, &ignored) || result.status != 0)
        return 0;
    const char *number = strstr(result.output, ") ");
    return number != NULL ? (int)strtol(number + 2, NULL, 10) : 0;
}

static bool
take_programs(Arena *arena, const ChildUser *user, const char *directory, int major,
              Cluster *cluster)
{
    if (!has_programs(arena, directory))
        return false;
    int found = program_major(arena, user, directory);
    if (found == 0 || (major != 0 && found != major))
        return false;
    cluster->bin_directory = arena_strdup(arena, directory);
    cluster->major = found;
    return true;
}

static bool
search_path(Arena *arena, const ChildUser *user, int major, Cluster *cluster)
{
    const char *path = getenv("PATH");
    while (path != NULL && *path != '\0') {
        size_t length = strcspn(path, ":");
        const char *directory = arena_strndup(arena, path, length);
        if (directory[0] == '/' && take_programs(arena, user, directory, major, cluster))
            return true;
        path += length;
        path += *path == ':';
    }
    return false;
}

static int
version_in(const char *path)
{
    const char *digits = path + strcspn(path, "0123456789");
    return (int)strtol(digits, NULL, 10);
}

/* Where Debian puts them: the newest first. */
static bool
search_debian(Arena *arena, const ChildUser *user, int major, Cluster *cluster)
{
    glob_t found = {0};
    bool taken = false;
    if (glob("/usr/lib/postgresql/*/bin", 0, NULL, &found) == 0) {
        int below = 1000;
        for (size_t round = 0; round < found.gl_pathc && !taken; round++) {
            size_t best = 0;
            int newest = -1;
            for (size_t i = 0; i < found.gl_pathc; i++) {
                int version = version_in(found.gl_pathv[i]);
                if (version < below && version > newest) {
                    newest = version;
                    best = i;
                }
            }
            below = newest;
            taken = newest >= 0 && take_programs(arena, user, found.gl_pathv[best], major, cluster);
        }
    }
    globfree(&found);
    return taken;
}

static bool
ask_pg_config(Arena *arena, const ChildUser *user, int major, Cluster *cluster)
{
    static const char *const places[] = {"/usr/bin/pg_config", "/usr/local/bin/pg_config",
                                         "/usr/local/pgsql/bin/pg_config"};
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *arguments[] = {places[i], "--bindir", NULL};
        ChildResult result;
        Error ignored;
        if (access(places[i], X_OK) != 0 ||
            !child_run(arena, user, "/", arguments, &result, &ignored) || result.status != 0)
            continue;
        const char *directory = arena_strndup(arena, result.output, strcspn(result.output, "\r\n"));
        if (take_programs(arena, user, directory, major, cluster))
            return true;
    }
    return false;
}

bool
cluster_find_programs(Arena *arena, const ChildUser *user, const char *wanted, int major,
                      Cluster *cluster, Error *err)
{
    if (wanted != NULL && wanted[0] != '\0') {
        if (take_programs(arena, user, wanted, major, cluster))
            return true;
        if (major != 0 && has_programs(arena, wanted))
            error_set(err, ERROR_USAGE, "the sandbox was made by PostgreSQL %d, and %s is another",
                      major, wanted);
        else
            error_set(err, ERROR_USAGE, "%s holds no initdb, pg_ctl and postgres", wanted);
        return error_hint(err, "Name the directory of the server's programs.");
    }
    if (search_path(arena, user, major, cluster) || search_debian(arena, user, major, cluster) ||
        ask_pg_config(arena, user, major, cluster))
        return true;
    if (major != 0) {
        error_set(err, ERROR_USAGE, "the sandbox was made by PostgreSQL %d, which is not installed",
                  major);
        return error_hint(err, "Install it, or begin anew with `lockstep sandbox reset`.");
    }
    error_set(err, ERROR_USAGE, "there is no PostgreSQL server on this machine");
    return error_hint(err, "Install one, for instance with `apt-get install postgresql`.");
}
