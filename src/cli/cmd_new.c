/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "cli/command.h"
#include "cli/json.h"
#include "source/discover.h"

#define LONGEST_NAME 100

static const char up_comment[] =
    "-- %s\n"
    "--\n"
    "-- The file runs as one transaction; its statements go here. A statement that cannot be in a\n"
    "-- transaction (CREATE INDEX CONCURRENTLY) belongs in a file of its own.\n"
    "-- `lockstep lint` says what each statement would block. To accept a finding, put this in "
    "the\n"
    "-- line before the statement:   -- lockstep: allow RULE: REASON\n"
    "\n";

static const char down_comment[] =
    "-- The way back from %s\n"
    "--\n"
    "-- Undo what the up file does, last statement first. If there is no way back, say so there:\n"
    "-- put  -- lockstep: irreversible: REASON  into the up file and delete this one.\n"
    "\n";

static bool
check_name(Arena *arena, const char *name, Error *err)
{
    char *better = arena_strdup(arena, name);
    bool good = islower((unsigned char)name[0]) || isdigit((unsigned char)name[0]);
    for (char *c = better; *c != '\0'; c++) {
        if (islower((unsigned char)*c) || isdigit((unsigned char)*c) || *c == '_')
            continue;
        *c = isupper((unsigned char)*c) ? (char)tolower((unsigned char)*c) : '_';
        good = false;
    }
    if (strlen(name) > LONGEST_NAME)
        return error_set(err, ERROR_USAGE, "the name is longer than %d bytes", LONGEST_NAME);
    if (good)
        return true;
    (void)error_set(err, ERROR_USAGE, "\"%s\" cannot be the name of a migration", name);
    if (!isalnum((unsigned char)better[0]))
        return error_hint(err, "Use lower-case letters, digits and underscores.");
    return error_hint(err, "Use lower-case letters, digits and underscores: %s", better);
}

static bool
version_at(time_t when, int64_t *out, Error *err)
{
    struct tm utc;
    char text[32];
    if (gmtime_r(&when, &utc) == NULL || strftime(text, sizeof text, "%Y%m%d%H%M%S", &utc) == 0)
        return error_set(err, ERROR_USAGE, "the clock does not tell the time");
    *out = strtoll(text, NULL, 10);
    return true;
}

/* The version that the new one comes behind. */
static bool
read_version(const char *text, int64_t *out, Error *err)
{
    errno = 0;
    *out = strtoll(text, NULL, 10);
    if (errno == 0 && *out < INT64_MAX)
        return true;
    return error_set(err, ERROR_USAGE, "no version comes behind %s: give the file one by hand",
                     text);
}

/* The time in UTC as a number. Where a migration has it already or a later one, because two were
 * begun within a second or a clock is late, the next free one. */
static bool
choose_version(Arena *arena, const char *directory, const char **out, Error *err)
{
    MigrationList migrations = {0};
    const DiscoverOptions options = {.max_bytes = SOURCE_MAX_BYTES, .layout = "native"};
    if (!discover_migrations(arena, &options, directory, &migrations, err))
        return false;
    const char *last = migrations.count > 0 ? migrations.items[migrations.count - 1].version : "0";
    int64_t newest = 0;
    if (!read_version(last, &newest, err))
        return false;
    int64_t version = 0;
    time_t when = time(NULL);
    for (int tries = 0; version <= newest && tries < 60; tries++) {
        if (!version_at(when + tries, &version, err))
            return false;
    }
    if (version <= newest)
        version = newest + 1;
    *out = arena_printf(arena, "%" PRId64, version);
    return true;
}

/* Never overwrites: the file is made by us or not at all. */
static bool write_file(const char *path, Error *err, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static bool
write_file(const char *path, Error *err, const char *format, ...)
{
    int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");
    if (file == NULL)
        return error_set(err, ERROR_USAGE, "cannot make %s: %s", path, file_errno_words(errno));

    va_list arguments;
    va_start(arguments, format);
    bool written = vfprintf(file, format, arguments) >= 0;
    va_end(arguments);
    written = fclose(file) == 0 && written;
    if (!written) {
        (void)error_set(err, ERROR_USAGE, "cannot write %s: %s", path, file_errno_words(errno));
        (void)unlink(path);
    }
    return written;
}

static void
report(Invocation *invocation, const char *version, const char *up, const char *down)
{
    if (invocation->settings->format == FORMAT_TEXT) {
        fprintf(invocation->out, "%s\n%s\n", up, down);
        return;
    }
    json_t *result = json_result();
    json_put_text(result, "version", version);
    json_put_text(result, "name", invocation->arguments.items[0]);
    json_put_text(result, "up", up);
    json_put_text(result, "down", down);
    json_write(invocation->out, result);
}

bool
cmd_new(Invocation *invocation, Error *err)
{
    Arena *arena = invocation->arena;
    const char *name = invocation->arguments.items[0];
    const char *directory = invocation->settings->migrations;
    const char *version = NULL;
    if (!check_name(arena, name, err) || !file_make_directories(directory, 0777, err) ||
        !choose_version(arena, directory, &version, err))
        return false;

    const char *title = arena_printf(arena, "%s_%s", version, name);
    const char *up = file_join(arena, directory, arena_printf(arena, "%s.up.sql", title));
    const char *down = file_join(arena, directory, arena_printf(arena, "%s.down.sql", title));
    if (!write_file(up, err, up_comment, title))
        return false;
    if (!write_file(down, err, down_comment, title)) {
        (void)unlink(up);
        return false;
    }
    report(invocation, version, up, down);
    return true;
}
