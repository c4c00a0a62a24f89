/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <ini.h>
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/nearest.h"
#include "cli/settings.h"
#include "cli/settings_rule.h"

#define MAX_FILE_BYTES ((size_t)1024 * 1024)

/* inih hands lines out; what it would cut, join or skip in silence is found here, while the lines
 * go in. */
typedef struct IniFile {
    Arena *arena;
    const char *path;
    const char *directory; /* of the file */
    const char *next;      /* what is not read yet */
    int line;
    const char *target;
    bool target_found;
    bool in_use; /* the section at hand counts for this run */
    StringList targets;
    const char *rule; /* of the section at hand, or NULL */
    StringList rules;
    bool in_variables; /* the section at hand is [variables …] */
    bool of_target;    /* … with the name of a target */
    StringList variable_sections;
    StringList keys;             /* seen in the section of a rule or of variables */
    bool seen[SETTING_ID_COUNT]; /* in the section at hand */
    Settings *out;
    Error *err;
    bool failed;
} IniFile;

static bool fail(IniFile *file, const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool
fail(IniFile *file, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *message = arena_vprintf(file->arena, format, arguments);
    va_end(arguments);
    file->failed = true;
    return error_set(file->err, ERROR_USAGE, "%s:%d: %s", file->path, file->line, message);
}

static const char *
place(const IniFile *file)
{
    return arena_printf(file->arena, "%s:%d", file->path, file->line);
}

static bool
enter_target(IniFile *file, const char *name)
{
    if (string_list_has(&file->targets, name))
        return fail(file, "target \"%s\" stands here for the second time", name);
    LIST_APPEND(file->arena, &file->targets, name);
    file->in_use = file->target != NULL && strcmp(name, file->target) == 0;
    file->target_found = file->target_found || file->in_use;
    return true;
}

static bool
enter_rule(IniFile *file, const char *name)
{
    if (string_list_has(&file->rules, name))
        return fail(file, "rule \"%s\" stands here for the second time", name);
    LIST_APPEND(file->arena, &file->rules, name);
    file->rule = name;
    file->failed = !rule_setting_known(file->arena, name, place(file), file->err);
    return !file->failed;
}

/* `name` is that of a target, "" for all of them. */
static bool
enter_variables(IniFile *file, const char *name)
{
    if (string_list_has(&file->variable_sections, name))
        return fail(file, "these variables stand here for the second time");
    LIST_APPEND(file->arena, &file->variable_sections, name);
    file->in_variables = true;
    file->of_target = name[0] != '\0';
    file->in_use = !file->of_target || (file->target != NULL && strcmp(name, file->target) == 0);
    return true;
}

/* Takes "[target NAME]", "[variables]", "[variables NAME]" and "[rule ID]"; anything else in
 * brackets is an error. */
static bool
enter_section(IniFile *file, const char *text, size_t length)
{
    static const struct {
        const char *word;
        bool (*enter)(IniFile *file, const char *name);
        bool may_be_of_all;
    } sections[] = {
        {"target",    enter_target,    false},
        {"rule",      enter_rule,      false},
        {"variables", enter_variables, true },
    };

    memset(file->seen, 0, sizeof file->seen);
    file->keys = (StringList){0};
    file->rule = NULL;
    file->in_variables = false;
    const size_t end = strcspn(text, "]\r\n");
    for (size_t i = 0; end < length && i < sizeof sections / sizeof *sections; i++) {
        const size_t word = strlen(sections[i].word);
        if (strncmp(text + 1, sections[i].word, word) != 0 ||
            strchr(" \t]", text[1 + word]) == NULL)
            continue;
        size_t at = 1 + word + strspn(text + 1 + word, " \t");
        if (at == end && !sections[i].may_be_of_all)
            return fail(file, "the %s has no name", sections[i].word);
        return sections[i].enter(file, arena_strndup(file->arena, text + at, end - at));
    }
    (void)fail(file,
               "only sections called [target NAME], [variables], [variables NAME] and [rule RULE] "
               "are known");
    return error_hint(file->err, "Put settings for all targets before the first section.");
}

static bool
check_line(IniFile *file, const char *line, size_t length, size_t room)
{
    if (length + 2 > room) {
        (void)fail(file, "the line is longer than %zu bytes", room - 2);
        return error_hint(file->err, "Set a value that long in the environment instead.");
    }
    if (length > 0 && line[0] == '[')
        return enter_section(file, line, length);
    if (length > 0 && strchr(";#", line[0]) == NULL && memchr(line, '=', length) == NULL &&
        memchr(line, ':', length) == NULL) {
        (void)fail(file, "the line is neither a setting, a section nor a comment");
        return error_hint(file->err, "Write NAME = VALUE.");
    }
    return true;
}

/* An indented line would be glued to the value before it, so lines are handed out without their
 * indentation. */
static char *
read_line(char *buffer, int size, void *context)
{
    IniFile *file = context;
    if (file->failed || *file->next == '\0')
        return NULL;

    file->line++;
    const char *line = file->next + strspn(file->next, " \t");
    size_t length = strcspn(line, "\r\n");
    file->next += strcspn(file->next, "\n");
    file->next += *file->next == '\n';
    if (!check_line(file, line, length, (size_t)size))
        return NULL;
    memcpy(buffer, line, length);
    buffer[length] = '\n';
    buffer[length + 1] = '\0';
    return buffer;
}

static const char *
without_quotes(Arena *arena, const char *value)
{
    size_t length = strlen(value);
    if (length < 2 || value[0] != '"' || value[length - 1] != '"')
        return value;
    return arena_strndup(arena, value + 1, length - 2);
}

static bool
store(IniFile *file, SettingId id, const char *value)
{
    const Setting *setting = &settings_table()[id];
    value = without_quotes(file->arena, value);
    if (setting->type == TYPE_PATH && value[0] != '/')
        value = file_join(file->arena, file->directory, value);

    /* What belongs to another target is checked all the same, so that its mistakes do not wait for
     * the day it is used. */
    Settings elsewhere = {0};
    Settings *out = file->in_use ? file->out : &elsewhere;
    out->directory = file->directory;
    const char *where =
        arena_printf(file->arena, "%s:%d: %s", file->path, file->line, setting->name);
    file->failed = !setting_store(file->arena, out, id, value, LEVEL_FILE, where, file->err);
    out->directory = NULL;
    return !file->failed;
}

static bool
take_rule_key(IniFile *file, const char *name, const char *value)
{
    if (string_list_has(&file->keys, name))
        return fail(file, "%s stands here for the second time", name);
    LIST_APPEND(file->arena, &file->keys, arena_strdup(file->arena, name));
    file->failed = !rule_setting_store(file->arena, &file->out->policy, file->rule, name,
                                       without_quotes(file->arena, value), place(file), file->err);
    return !file->failed;
}

static bool
take_variable(IniFile *file, const char *name, const char *value)
{
    Settings *out = file->out;
    if (string_list_has(&file->keys, name))
        return fail(file, "%s stands here for the second time", name);
    LIST_APPEND(file->arena, &file->keys, arena_strdup(file->arena, name));
    if (file->in_use)
        LIST_APPEND(file->arena, file->of_target ? &out->target_variables : &out->file_variables,
                    arena_printf(file->arena, "%s=%s", name, without_quotes(file->arena, value)));
    return true;
}

static int
take_setting(void *context, const char *section, const char *name, const char *value)
{
    IniFile *file = context;
    (void)section;
    if (file->failed)
        return 0;
    if (file->rule != NULL)
        return take_rule_key(file, name, value);
    if (file->in_variables)
        return take_variable(file, name, value);
    SettingId id = setting_find(name);
    if (id == SETTING_ID_COUNT) {
        (void)fail(file, "there is no setting \"%s\"", name);
        setting_hint_nearest(file->arena, name, PLACE_FILE, "", file->err);
        return 0;
    }
    const Setting *setting = &settings_table()[id];
    bool of_target = (setting->places & PLACE_TARGET) != 0;
    if (of_target && file->targets.count == 0) {
        (void)fail(file, "%s belongs to one target", name);
        (void)error_hint(file->err, "Put it into a section [target NAME].");
        return 0;
    }
    if (!of_target && !(setting->places & PLACE_FILE)) {
        (void)fail(file, "%s cannot be set in a file", name);
        return error_hint(file->err, "Pass --%s.", name);
    }
    if (file->seen[id])
        return fail(file, "%s stands here for the second time", name);
    file->seen[id] = true;
    return store(file, id, value);
}

static bool
require_target(IniFile *file)
{
    if (file->target == NULL || file->target_found)
        return true;
    (void)error_set(file->err, ERROR_USAGE, "%s has no section [target %s]", file->path,
                    file->target);
    const char *nearest = nearest_word(file->target, file->targets.items, file->targets.count);
    if (nearest != NULL)
        (void)error_hint(file->err, "Did you mean %s?", nearest);
    return false;
}

/* A misspelled one would be silently without effect. */
static bool
require_targets_of_variables(IniFile *file)
{
    foreach (name, &file->variable_sections)
        if ((*name)[0] != '\0' && !string_list_has(&file->targets, *name))
            return error_set(file->err, ERROR_USAGE,
                             "%s has a section [variables %s], and no section [target %s]",
                             file->path, *name, *name);
    return true;
}

bool
settings_read_file(Arena *arena, const char *path, bool must_exist, const char *target,
                   Settings *out, Error *err)
{
    FileBytes text;
    if (!must_exist && access(path, F_OK) != 0 && errno == ENOENT)
        return true;
    if (!file_read(arena, path, MAX_FILE_BYTES, &text, err))
        return error_context(err, "settings");
    if (strlen(text.bytes) != text.length)
        return error_set(err, ERROR_USAGE, "%s is not a text file", path);

    IniFile file = {.arena = arena,
                    .path = path,
                    .directory = file_directory(arena, path),
                    .next = text.bytes,
                    .target = target,
                    .in_use = true,
                    .out = out,
                    .err = err};
    if (strncmp(file.next, "\xEF\xBB\xBF", 3) == 0)
        file.next += 3;
    int status = ini_parse_stream(read_line, &file, take_setting, &file);
    if (file.failed)
        return false;
    if (status != 0)
        return error_set(err, ERROR_USAGE, "%s:%d: the line cannot be read", path, status);
    return require_target(&file) && require_targets_of_variables(&file);
}
