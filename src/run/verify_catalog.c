/* SPDX-License-Identifier: MIT */
#include "run/verify_catalog.h"

#include <stdlib.h>
#include <string.h>

#include "lockstep/hazard.h"

#include "db/live_schema.h"
#include "lint/reading.h"
#include "parse/essence.h"
#include "schema/differ.h"
#include "source/version.h"

/* What came of one reading. */
typedef struct Replayed {
    Arena *arena;
    StringList renamed; /* columns and functions, which expressions follow, by their old names */
    const Schema *schema;
    StringList unsure_files;
} Replayed;

static void
end_file(void *self, const ReadFile *file, Arena *scratch)
{
    Replayed *replayed = self;
    (void)scratch;
    if (file->has_gap)
        LIST_APPEND(replayed->arena, &replayed->unsure_files, file->source->path);
}

static void
end_history(void *self, const Schema *schema, Arena *scratch)
{
    Replayed *replayed = self;
    (void)scratch;
    replayed->schema = schema;
}

static void
see_op(void *self, const ReadFile *file, const ReadOp *op, Arena *scratch)
{
    Replayed *replayed = self;
    const char *name = op->op->kind == OP_RENAME_COLUMN     ? op->op->rename.old_name
                       : op->op->kind == OP_RENAME_FUNCTION ? op->op->target.name
                                                            : NULL;
    (void)file;
    (void)scratch;
    if (name != NULL)
        LIST_APPEND(replayed->arena, &replayed->renamed, name);
}

static SyntaxErrorList
replay(Arena *arena, const ReadingOptions *options, const DiscoveredFiles *files, Replayed *out)
{
    const Reader reader = {.self = out,
                           .keeps = true,
                           .wants_all = true,
                           .see_op = see_op,
                           .end_file = end_file,
                           .end_history = end_history};
    *out = (Replayed){.arena = arena};
    return reading_run(arena, options, files, &reader);
}

static int
by_application(const void *left, const void *right)
{
    const PlanItem *a = *(const PlanItem *const *)left;
    const PlanItem *b = *(const PlanItem *const *)right;
    return a->applied->id < b->applied->id ? -1 : a->applied->id > b->applied->id;
}

typedef LIST(const PlanItem *) AppliedList;

/* In the order in which they were applied. */
static AppliedList
applied_items(Arena *arena, const Plan *plan)
{
    AppliedList applied = {0};
    foreach (item, &plan->items)
        if (item->applied != NULL)
            LIST_APPEND(arena, &applied, item);
    if (applied.count > 1)
        qsort(applied.items, applied.count, sizeof *applied.items, by_application);
    return applied;
}

/* NULL where what was applied is known to the last byte that matters. */
static const char *
why_not_comparable(Arena *arena, const Plan *plan)
{
    foreach (item, &plan->items) {
        const char *label = version_label(arena, item->version_text, item->name);
        if (item->state == PLAN_HALF_UP || item->state == PLAN_HALF_DOWN)
            return arena_printf(arena, "%s is half done", label);
        if (item->file == FILE_MISSING)
            return arena_printf(arena, "the file of %s is not there", label);
        if (item->file == FILE_CHANGED || (item->applied != NULL && item->state == PLAN_PENDING))
            return arena_printf(arena, "%s is not what was applied any more", label);
    }
    return NULL;
}

static DiscoveredFiles
files_of(Arena *arena, const AppliedList *applied)
{
    DiscoveredFiles files = {0};
    foreach (item, applied) {
        LIST_APPEND(arena, &files.migrations, *(*item)->migration);
        files.migrations.items[files.migrations.count - 1].begins_history = false;
        LIST_APPEND(arena, &files.reported_up, true);
        LIST_APPEND(arena, &files.reported_down, false);
    }
    return files;
}

static SourceFile *
source_of(Arena *arena, const char *path, const char *text, size_t length)
{
    SourceFile *file = ARENA_NEW(arena, SourceFile);
    *file = (SourceFile){
        .path = path, .text = text, .length = length, .bytes = text, .byte_count = length};
    return file;
}

typedef struct Terms {
    const char *history_schema;
    const StringList *renamed;
} Terms;

/* Ours, and the tables of tools that were here before us. */
static bool
leaves_out(const void *context, const SimRelation *relation)
{
    const Terms *terms = context;
    return strcmp(relation->name.schema, terms->history_schema) == 0 ||
           hazard_is_of_a_tool(relation);
}

static bool
expressions_differ(const void *context, const char *one, const char *other)
{
    const Terms *terms = context;
    Arena *scratch = arena_new();
    bool differs = essence_differs(scratch, one, other, terms->renamed);
    arena_free(scratch);
    return differs;
}

bool
verify_catalog(RunSession *session, const Plan *plan, const SourceFile *schema, CatalogVerdict *out,
               Error *err)
{
    Arena *arena = session->arena;
    LiveSchema live;
    *out = (CatalogVerdict){.not_compared = why_not_comparable(arena, plan)};
    if (out->not_compared != NULL)
        return true;
    if (!live_schema_read(arena, session->db, &live, err))
        return false;
    const AppliedList applied = applied_items(arena, plan);
    const DiscoveredFiles files = files_of(arena, &applied);
    const DiscoveredFiles none = {0};
    int major = session->target.server_untested ? DB_NEWEST_MAJOR : session->target.server_major;
    ReadingOptions options = {.pg_version = major, .schema = schema};
    if (schema == NULL)
        options.schema = source_of(arena, "<empty database>", "", 0);
    Replayed expected;
    Replayed found;
    (void)replay(arena, &options, &files, &expected);
    options.schema = source_of(arena, "<catalog>", live.text, live.length);
    SyntaxErrorList errors = replay(arena, &options, &none, &found);
    if (errors.count > 0) {
        out->not_compared = arena_printf(arena, "a part of the catalog cannot be read: %s",
                                         errors.items[0].message);
        return true;
    }
    const Terms own = {session->options->history_schema, &expected.renamed};
    const LiveTerms terms = {&own, leaves_out, expressions_differ};
    const SchemaComparison comparison =
        schema_compare(arena, expected.schema, found.schema, &terms);
    out->differences = comparison.differences;
    out->partitions = comparison.partitions;
    out->unsure_files = expected.unsure_files;
    return true;
}
