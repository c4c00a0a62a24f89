/* SPDX-License-Identifier: MIT */
#include "run/transaction.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "db/batch.h"
#include "db/interrupt.h"
#include "run/proof.h"
#include "run/timeouts.h"

#define NO_STATEMENT SIZE_MAX

/* One try at a segment. */
typedef struct Transaction {
    Attempt *attempt;
    size_t index; /* of the segment */
    Arena *arena; /* of the try */
    DbCommandList batch;
    LIST(size_t) statements; /* of each command: its place in the file, or NO_STATEMENT */
    size_t begin;            /* the command that is BEGIN */
    int64_t lock_timeout_ms; /* that holds after the commands so far */
    int64_t statement_timeout_ms;
    DbRows relock; /* each has one cell: whether the history is ours … */
    DbRows lock;
    DbRows guard;         /* … and nobody else has been at work on this version */
    StatementEvent event; /* of the statement that is awaited */
    int64_t began_ms;
} Transaction;

/* ---- what is sent */

/* What others have put into the batch is no statement of the file. */
static void
catch_up(Transaction *transaction)
{
    while (transaction->statements.count < transaction->batch.count)
        LIST_APPEND(transaction->arena, &transaction->statements, NO_STATEMENT);
}

static void
add_command(Transaction *transaction, DbCommand command, size_t statement)
{
    catch_up(transaction);
    LIST_APPEND(transaction->arena, &transaction->batch, command);
    LIST_APPEND(transaction->arena, &transaction->statements, statement);
}

static void
add_control(Transaction *transaction, const char *sql)
{
    add_command(transaction, (DbCommand){.sql = sql}, NO_STATEMENT);
}

static void
add_timeout(Transaction *transaction, const char *name, int64_t timeout_ms)
{
    add_control(transaction,
                arena_printf(transaction->arena, "SET LOCAL %s = %" PRId64, name, timeout_ms));
}

/* Of the whole history, until the transaction ends: unlike the session's own lock it cannot be
 * given back by what the migration does. */
static void
add_lock(Transaction *transaction)
{
    facts_add_try_lock(transaction->arena, transaction->attempt->session->advisory_key,
                       &transaction->lock, &transaction->batch);
}

/* As the role of the bookkeeping, which may read the history. */
static void
add_guard(Transaction *transaction)
{
    const RunSession *session = transaction->attempt->session;
    const PlanItem *item = transaction->attempt->work->item;
    history_add_guard(transaction->arena, session->options->history_schema, item->version,
                      session->run, item->last, &transaction->guard, &transaction->batch);
}

static void
add_reset(Transaction *transaction)
{
    const RunSession *session = transaction->attempt->session;
    if (transaction->attempt->is_reset || db_is_pooled(session->db))
        return;
    db_add_reset(transaction->arena, session->db, &transaction->batch);
    facts_add_relock(transaction->arena, session->advisory_key, &transaction->relock,
                     &transaction->batch);
    transaction->batch.items[transaction->batch.count - 1].ends_part = true;
}

static void
add_begin(Transaction *transaction)
{
    Attempt *attempt = transaction->attempt;
    const RunOptions *options = &attempt->options;
    add_reset(transaction);
    transaction->begin = transaction->batch.count;
    add_control(transaction, "BEGIN");
    add_timeout(transaction, "lock_timeout", options->lock_timeout_ms);
    if (db_is_pooled(attempt->session->db))
        add_timeout(transaction, "statement_timeout", options->statement_timeout_ms);
    transaction->lock_timeout_ms = options->lock_timeout_ms;
    transaction->statement_timeout_ms = options->statement_timeout_ms;
}

/* Where they are not those that hold already. */
static void
add_statement_timeouts(Transaction *transaction, size_t index)
{
    const Attempt *attempt = transaction->attempt;
    PlannedStatement wanted = timeouts_of(attempt->work, index, &attempt->options);
    if (wanted.lock_timeout_ms != transaction->lock_timeout_ms)
        add_timeout(transaction, "lock_timeout", wanted.lock_timeout_ms);
    if (wanted.statement_timeout_ms != transaction->statement_timeout_ms)
        add_timeout(transaction, "statement_timeout", wanted.statement_timeout_ms);
    transaction->lock_timeout_ms = wanted.lock_timeout_ms;
    transaction->statement_timeout_ms = wanted.statement_timeout_ms;
}

static void
add_statement(Transaction *transaction, size_t index)
{
    const Work *work = transaction->attempt->work;
    const Statement *statement = &work->script->statements.items[index];
    OpKind kind = statement->ops.items[0].kind;
    Span data = statement->copy_data;
    DbCommand command = {.sql = work_statement_text(transaction->arena, work, index),
                         .is_copy = kind == OP_COPY_FROM || kind == OP_COPY_TO,
                         .data = work->text + data.start,
                         .length = data.end - data.start,
                         .may_last = true};
    add_statement_timeouts(transaction, index);
    add_command(transaction, command, index);
}

/* SET TRANSACTION has to come before the first query. */
static bool
only_sets(const Statement *statement)
{
    return statement->ops.items[0].kind == OP_SET_VARIABLE;
}

static void
add_statements(Transaction *transaction)
{
    const Work *work = transaction->attempt->work;
    const Segment *segment = &work->segments.items[transaction->index];
    bool locked = false;
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        if (!locked && !only_sets(&work->script->statements.items[i])) {
            add_lock(transaction);
            locked = true;
        }
        add_statement(transaction, i);
    }
    if (!locked)
        add_lock(transaction);
}

static void
add_proofs(Transaction *transaction)
{
    const Work *work = transaction->attempt->work;
    const Segment *segment = &work->segments.items[transaction->index];
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        const StringList queries =
            proof_queries(transaction->arena, &work->script->statements.items[i]);
        foreach (query, &queries)
            add_control(transaction, *query);
    }
}

static void
compose(Transaction *transaction)
{
    Attempt *attempt = transaction->attempt;
    size_t index = transaction->index;
    add_begin(transaction);
    add_statements(transaction);
    add_proofs(transaction);
    /* What is deferred runs as the migration has set it up, not as our bookkeeping does. */
    add_command(transaction, (DbCommand){.sql = "SET CONSTRAINTS ALL IMMEDIATE", .may_last = true},
                NO_STATEMENT);
    if (attempt->work->is_stepped)
        record_add_step(attempt, index, &transaction->batch, transaction->arena);
    if (attempt_is_last(attempt, index))
        record_add_done(attempt, &transaction->batch, transaction->arena);
    add_guard(transaction);
    catch_up(transaction);
}

/* ---- what the observer is told meanwhile */

static void
on_awaited(void *context, size_t command)
{
    Transaction *transaction = context;
    RunSession *session = transaction->attempt->session;
    size_t statement = transaction->statements.items[command];
    Error ignored;
    if (statement == NO_STATEMENT)
        return;
    transaction->event =
        work_statement_event(transaction->attempt->arena, transaction->attempt->work, statement);
    transaction->began_ms = duration_clock_ms();
    if (session->observer.statement_started != NULL)
        session->observer.statement_started(session->observer.context, &transaction->event);
    session_reached(session, POINT_BEFORE_STATEMENT);
    if (!watch_allows(session, &ignored))
        db_cancel(session->db);
    session_watch(session, &transaction->event);
}

static void
on_finished(void *context, size_t command)
{
    Transaction *transaction = context;
    RunSession *session = transaction->attempt->session;
    if (command == transaction->begin)
        session_reached(session, POINT_AFTER_BEGIN);
    if (transaction->statements.items[command] == NO_STATEMENT)
        return;
    session_reached(session, POINT_AFTER_STATEMENT);
    if (session->observer.statement_finished != NULL)
        session->observer.statement_finished(session->observer.context, &transaction->event,
                                             duration_clock_ms() - transaction->began_ms);
}

/* ---- how it ends */

static void
roll_back(const Attempt *attempt)
{
    Db *db = attempt->session->db;
    Error ignored;
    if (db_is_lost(db) || !db_in_transaction(db))
        return;
    session_shield(attempt->session, true);
    /* If this fails the connection is gone, and the transaction with it. */
    (void)!db_execute(db, "ROLLBACK", &ignored);
    session_shield(attempt->session, false);
}

static bool
settle_commit(Attempt *attempt, size_t index, Error *err)
{
    bool committed = false;
    Error problem = {0};
    if (!record_settle_commit(attempt, index, &committed, &problem)) {
        error_set(err, ERROR_CONNECTION,
                  "the connection was lost while %s was committed, and it is not known whether it "
                  "was: %s",
                  attempt->work->path, problem.message);
        return error_hint(err, "Run `lockstep status` when the server is back.");
    }
    return committed || error_context(err, "before %s was committed", attempt->work->path);
}

static bool
commit(Attempt *attempt, size_t index, Error *err)
{
    RunSession *session = attempt->session;
    session_reached(session, POINT_BEFORE_COMMIT);
    if (interrupt_pending()) {
        interrupt_accept();
        return interrupt_error(err);
    }
    session_shield(session, true);
    bool ok = db_execute(session->db, "COMMIT", err);
    session_shield(session, false);
    if (!ok && db_is_lost(session->db))
        ok = settle_commit(attempt, index, err);
    if (ok)
        session_reached(session, POINT_AFTER_COMMIT);
    return ok;
}

static bool
is_false(const DbRows *rows)
{
    return rows->count > 0 && !db_cell_bool(rows, 0, 0);
}

static bool
check_lock(const Transaction *transaction, Error *err)
{
    if (is_false(&transaction->relock) || is_false(&transaction->lock))
        return session_refuse_lost_lock(err);
    if (!is_false(&transaction->guard))
        return true;
    error_set(err, ERROR_GATE, "another run has been at work on %s meanwhile",
              transaction->attempt->work->path);
    return error_hint(err, "Run again: what it has applied is taken into account then.");
}

static bool
send(Transaction *transaction, Error *err)
{
    Attempt *attempt = transaction->attempt;
    DbBatchWatch watch = {.context = transaction, .awaited = on_awaited, .finished = on_finished};
    Db *db = attempt->session->db;
    size_t failed = 0;
    session_expect(attempt->session, timeouts_answer_within(attempt->work, transaction->index,
                                                            attempt->session->options));
    bool ok = db_run_batch(transaction->arena, db, &transaction->batch, &watch, &failed, err);
    session_expect(attempt->session, SESSION_ANSWER_MS);
    session_watch(attempt->session, NULL);
    attempt->is_reset = attempt->is_reset || ok || failed > transaction->begin;
    if (!ok && failed < transaction->batch.count &&
        transaction->statements.items[failed] != NO_STATEMENT)
        return send_place_error(attempt, transaction->statements.items[failed], err);
    return ok && check_lock(transaction, err);
}

bool
transaction_run(Attempt *attempt, size_t index, Error *err)
{
    Transaction transaction = {.attempt = attempt, .index = index, .arena = arena_new()};
    RunSession *session = attempt->session;
    const Work *work = attempt->work;
    compose(&transaction);
    session_reached(session, POINT_BEFORE_BEGIN);
    watch_begin(session, timeouts_max_hold(work, &work->segments.items[index], session->options));
    bool ok = send(&transaction, err) && commit(attempt, index, err);
    if (!ok) {
        watch_explain(session, err);
        roll_back(attempt);
    }
    attempt->is_recorded = ok && attempt_is_last(attempt, index);
    arena_free(transaction.arena);
    return ok;
}
