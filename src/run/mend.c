/* SPDX-License-Identifier: MIT */
#include "run/mend.h"

#include <inttypes.h>
#include <string.h>

#include "db/interrupt.h"
#include "parse/parse.h"
#include "run/look.h"
#include "run/marker.h"
#include "run/mend_plan.h"
#include "run/token_checksum.h"

#include "version.h"

typedef struct Mending {
    Arena *arena;
    const RunOptions *options;
    const MendRequest *request;
    const MendConsent *consent;
    RunSession session;
    MigrationList migrations;
    History history;
    Plan plan;
    MendReport *report;
} Mending;

/* ---- rows */

static HistoryRow
new_row(const Mending *mending, const Mend *mend, HistoryKind kind, bool is_down)
{
    const RunSession *session = &mending->session;
    size_t number = (size_t)(mend - mending->report->mends.items) + 1;
    return (HistoryRow){.kind = kind,
                        .attempt = arena_printf(mending->arena, "%s-%s-%zu", session->run,
                                                history_kind_words(kind), number),
                        .run = session->run,
                        .version = mend->item != NULL ? mend->item->version : "",
                        .name = mend->name,
                        .is_down = is_down,
                        .outcome = ATTEMPT_DONE,
                        .client = session->client,
                        .tool_version = LOCKSTEP_VERSION,
                        .checksum = "",
                        .token_checksum = "",
                        .error = mend->words,
                        .marker = session->marker};
}

/* As `up` stores it, but for a file that is not run: what the grammar does not take is no matter.
 */
static bool
take_file(const Mending *mending, const Mend *mend, HistoryRow *row, Error *err)
{
    SourceFile *up = mend->item->migration->up;
    SourceFile *down = mend->item->migration->down;
    if (!source_require(up, err) || (down != NULL && !source_require(down, err)))
        return false;
    row->checksum = source_checksum(mending->arena, up);
    row->token_checksum = token_checksum(mending->arena, up->text,
                                         parse_script(mending->arena, up->text, up->length));
    if (down != NULL) {
        row->down_sql = source_stored_text(mending->arena, down);
        row->down_checksum = source_checksum(mending->arena, down);
    }
    return true;
}

static bool
make_row(const Mending *mending, const Mend *mend, HistoryRow *out, Error *err)
{
    switch (mend->kind) {
    case MEND_BASELINE:
        *out = new_row(mending, mend, HISTORY_BASELINE, false);
        return take_file(mending, mend, out, err);
    case MEND_ACCEPT:
        *out = new_row(mending, mend, HISTORY_ACCEPT, false);
        return take_file(mending, mend, out, err);
    case MEND_FORGET:
        *out = new_row(mending, mend, HISTORY_FORGET, true);
        return true;
    case MEND_STEP_DONE:
    case MEND_STEP_FAILED:
        *out = new_row(mending, mend, HISTORY_SETTLE, mend->step->is_down);
        return true;
    case MEND_DROP_INDEX:
        *out = new_row(mending, mend, HISTORY_MEND, false);
        out->down_sql = mend->leftover->definition;
        return true;
    case MEND_FINALIZE:
        *out = new_row(mending, mend, HISTORY_MEND, false);
        return true;
    }
    return true;
}

static bool
is_in_catalog(const Mend *mend)
{
    return mend->leftover != NULL;
}

static void
add_step(const Mending *mending, const Mend *mend, HistoryStepList *out)
{
    if (mend->step == NULL)
        return;
    HistoryStep step = *mend->step;
    step.state = mend->kind == MEND_STEP_DONE ? STEP_DONE : STEP_FAILED;
    LIST_APPEND(mending->arena, out, step);
}

/* In one transaction: of a baseline everything or nothing. */
static bool
write_decisions(Mending *mending, Error *err)
{
    HistoryRowList rows = {0};
    HistoryStepList steps = {0};
    foreach (mend, &mending->report->mends) {
        HistoryRow row;
        if (is_in_catalog(mend))
            continue;
        if (!make_row(mending, mend, &row, err))
            return false;
        LIST_APPEND(mending->arena, &rows, row);
        add_step(mending, mend, &steps);
    }
    if (rows.count > 0 &&
        !history_append_events(mending->arena, mending->session.db,
                               mending->options->history_schema, &rows, &steps, err))
        return false;
    foreach (mend, &mending->report->mends)
        mend->done = !is_in_catalog(mend);
    return true;
}

/* ---- the catalog */

static const char *
catalog_statement(const Mending *mending, const Mend *mend)
{
    if (mend->kind == MEND_DROP_INDEX)
        return arena_printf(mending->arena, "DROP INDEX CONCURRENTLY IF EXISTS %s", mend->name);
    return arena_printf(mending->arena, "ALTER TABLE %s DETACH PARTITION %s FINALIZE",
                        mend->leftover->table, mend->name);
}

static bool
write_outcome(Mending *mending, const Mend *mend, AttemptOutcome outcome, Error *err)
{
    const HistoryStepList none = {0};
    HistoryRowList rows = {0};
    HistoryRow row;
    if (!make_row(mending, mend, &row, err))
        return false;
    row.outcome = outcome;
    LIST_APPEND(mending->arena, &rows, row);
    return history_append_events(mending->arena, mending->session.db,
                                 mending->options->history_schema, &rows, &none, err);
}

/* The statement cannot be in a transaction with its row: there is one of what is begun, and one of
 * what is done. */
static bool
mend_catalog(Mending *mending, Mend *mend, Error *err)
{
    if (!write_outcome(mending, mend, ATTEMPT_STOPPED, err))
        return false;
    session_expect(&mending->session, 0);
    if (!db_execute(mending->session.db, catalog_statement(mending, mend), err)) {
        if (strcmp(err->sqlstate, "55P03") == 0)
            err->kind = ERROR_LOCK;
        return error_context(err, "%s", mend->words);
    }
    mend->done = true;
    return write_outcome(mending, mend, ATTEMPT_DONE, err);
}

static bool
mend_catalogs(Mending *mending, Error *err)
{
    const char *timeout = arena_printf(mending->arena, "SET lock_timeout = %" PRId64,
                                       mending->options->lock_timeout_ms);
    if (!db_execute(mending->session.db, timeout, err))
        return false;
    foreach (mend, &mending->report->mends)
        if (is_in_catalog(mend) && !mend_catalog(mending, mend, err))
            return false;
    return true;
}

/* ---- the whole */

static bool
prepare(Mending *mending, Error *err)
{
    RunSession *session = &mending->session;
    LeftoverList *leftovers = ARENA_NEW(mending->arena, LeftoverList);
    if (!history_load(mending->arena, session->db, mending->options->history_schema, HISTORY_DOWNS,
                      &mending->history, err))
        return false;
    plan_make(mending->arena, &mending->migrations, &mending->history, &mending->plan);
    return facts_leftovers(mending->arena, session->db, leftovers, err) &&
           mend_plan(mending->arena, mending->request, &mending->plan, &mending->history, leftovers,
                     mending->report, err);
}

static bool
execute(Mending *mending, Error *err)
{
    RunSession *session = &mending->session;
    MendReport *report = mending->report;
    if (mending->options->dry_run || report->mends.count == 0)
        return true;
    if (!mending->consent->asks(mending->consent->context, report, err))
        return false;
    report->has_marker = marker_take(session, &report->marker, err);
    return report->has_marker &&
           history_create(mending->arena, session->db, mending->options->history_schema, err) &&
           write_decisions(mending, err) && mend_catalogs(mending, err);
}

static bool
mend_on_server(Mending *mending, const RunObserver *observer, Error *err)
{
    RunSession *session = &mending->session;
    bool ok = session_open(mending->arena, mending->options, observer, session, err);
    mending->report->run = session->run;
    mending->report->target = session->target;
    ok = ok && session_check_gates(session, err) &&
         (mending->options->dry_run || session_lock(session, err)) && prepare(mending, err) &&
         execute(mending, err);
    marker_finish_run(session, ok ? "done" : "failed");
    session_close(session);
    return ok;
}

bool
run_mend(Arena *arena, const RunOptions *options, const MendRequest *request,
         const MendConsent *consent, const RunObserver *observer, MendReport *out, Error *err)
{
    *out = (MendReport){0};
    Mending *mending = ARENA_NEW(arena, Mending);
    *mending = (Mending){
        .arena = arena, .options = options, .request = request, .consent = consent, .report = out};
    InterruptState signals = {0};
    if (!look_discover(arena, options, false, NULL, &mending->migrations, err))
        return false;
    interrupt_catch(&signals);
    bool ok = mend_on_server(mending, observer, err);
    interrupt_release(&signals);
    return ok || look_blame_nobody(err);
}
