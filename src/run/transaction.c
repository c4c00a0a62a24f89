/* SPDX-License-Identifier: MIT */
#include "run/transaction.h"

#include <inttypes.h>
#include <string.h>

#include "base/duration.h"
#include "db/batch.h"
#include "db/interrupt.h"
#include "run/commit.h"
#include "run/proof.h"
#include "run/timeouts.h"

#define NO_STATEMENT SIZE_MAX

/* A command that asks whether a statement has done its work. */
typedef struct Proof {
    size_t statement;
    size_t number; /* of the proofs of this statement, from 0 */
} Proof;

/* One try at a segment. */
typedef struct Transaction {
    Attempt *attempt;
    size_t index; /* of the segment */
    Arena *arena; /* of the try */
    DbCommandList batch;
    LIST(size_t) statements; /* of each command: its place in the file, or NO_STATEMENT */
    size_t begin;            /* the command that is BEGIN … */
    size_t end;              /* … and the one behind which only bookkeeping comes */
    size_t first_proof;      /* the command that is the first of … */
    LIST(Proof) proofs;      /* … these */
    int64_t lock_timeout_ms; /* that holds after the commands so far */
    int64_t statement_timeout_ms;
    SessionReset reset;
    DbRows lock;          /* in the first cell: whether the history is ours … */
    DbRows guard;         /* … and nobody else has been at work on this version */
    DbRows id;            /* of the row in the history */
    DbRows fires;         /* in the first cell: whether there are event triggers now */
    bool has_fired;       /* there are, and nobody has expected that they run code */
    bool misses_kept;     /* the migration has thrown away what the server kept for us */
    Error problem;        /* with the journal */
    StatementEvent event; /* of the statement that is awaited */
    int64_t began_ms;
} Transaction;

static size_t
first_statement(const Transaction *transaction)
{
    return transaction->attempt->work->segments.items[transaction->index].first;
}

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

/* The same in every transaction. */
static void
add_kept(Transaction *transaction, const char *sql)
{
    add_command(transaction, (DbCommand){.sql = sql, .is_kept = true}, NO_STATEMENT);
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
add_lock(Transaction *transaction, bool sets_timeout)
{
    const Attempt *attempt = transaction->attempt;
    facts_add_try_lock(transaction->arena, attempt->session->advisory_key,
                       sets_timeout ? attempt->options.lock_timeout_ms : -1, &transaction->lock,
                       &transaction->batch);
}

/* As the role of the bookkeeping, which may read the history. */
static void
add_guard(Transaction *transaction, DbCommandList *batch)
{
    const RunSession *session = transaction->attempt->session;
    const PlanItem *item = transaction->attempt->work->item;
    history_add_guard(transaction->arena, session->options->history_schema, item->version,
                      session->run, item->last, &transaction->guard, batch);
}

static void
add_reset(Transaction *transaction)
{
    const RunSession *session = transaction->attempt->session;
    if (transaction->attempt->is_reset || db_is_pooled(session->db))
        return;
    facts_add_reset(transaction->arena, session->db, session->advisory_key, PREPARED_DROP,
                    &transaction->reset, &transaction->batch);
    transaction->batch.items[transaction->batch.count - 1].ends_part = true;
}

static void
add_begin(Transaction *transaction)
{
    Attempt *attempt = transaction->attempt;
    const RunOptions *options = &attempt->options;
    add_reset(transaction);
    transaction->begin = transaction->batch.count;
    add_kept(transaction, "BEGIN");
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
                         .may_last = index != first_statement(transaction)};
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
    bool sets_first = only_sets(&work->script->statements.items[segment->first]);
    bool locked = false;
    if (sets_first)
        add_timeout(transaction, "lock_timeout", transaction->lock_timeout_ms);
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        if (!locked && !only_sets(&work->script->statements.items[i])) {
            add_lock(transaction, !sets_first);
            locked = true;
        }
        add_statement(transaction, i);
    }
    if (!locked)
        add_lock(transaction, false);
}

static void
add_proofs(Transaction *transaction)
{
    const Work *work = transaction->attempt->work;
    const Segment *segment = &work->segments.items[transaction->index];
    transaction->first_proof = transaction->batch.count;
    for (size_t i = segment->first; i < segment->first + segment->count; i++) {
        const StringList queries =
            proof_queries(transaction->arena, &work->script->statements.items[i]);
        for (size_t number = 0; number < queries.count; number++) {
            add_control(transaction, queries.items[number]);
            LIST_APPEND(transaction->arena, &transaction->proofs, (Proof){i, number});
        }
    }
}

static void
add_done(Transaction *transaction)
{
    Attempt *attempt = transaction->attempt;
    attempt->is_grouped = commit_joins_group(attempt);
    HistoryWriting writing = {.is_plain = !attempt->runs_code,
                              .may_lag = attempt->is_grouped,
                              .id = &transaction->id,
                              .fires = &transaction->fires};
    record_add_done(attempt, &writing, &transaction->batch, transaction->arena);
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
    if (attempt->runs_code)
        add_kept(transaction, "SET CONSTRAINTS ALL IMMEDIATE");
    transaction->end = transaction->batch.count - 1;
    if (attempt->work->is_stepped)
        record_add_step(attempt, index, &transaction->batch, transaction->arena);
    if (attempt_is_last(attempt, index))
        add_done(transaction);
    if (!attempt_is_last(attempt, index) || attempt->session->next_id == 0)
        add_guard(transaction, &transaction->batch);
    catch_up(transaction);
    if (attempt->shuns_kept)
        foreach (command, &transaction->batch)
            command->is_kept = false;
}

/* ---- what the observer is told meanwhile */

static void
tell_started(Transaction *transaction, size_t statement)
{
    RunSession *session = transaction->attempt->session;
    Error ignored;
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

/* The first statement counts as begun with the transaction: what comes before it takes no time, and
 * the server need not answer it by itself. */
static void
on_awaited(void *context, size_t command)
{
    Transaction *transaction = context;
    size_t first = first_statement(transaction);
    size_t statement = transaction->statements.items[command];
    /* The server is at work: time for the journal, long before anything lasts. */
    if (command == 0)
        (void)!record_begun(transaction->attempt, &transaction->problem);
    if (command == transaction->begin)
        tell_started(transaction, first);
    else if (statement != NO_STATEMENT && statement != first)
        tell_started(transaction, statement);
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
is_false(const DbRows *rows)
{
    return rows->count > 0 && !db_cell_bool(rows, 0, 0);
}

/* The history's numbers say it of themselves as long as nobody else takes one. */
static bool
ask_guard(Transaction *transaction, Error *err)
{
    RunSession *session = transaction->attempt->session;
    bool was_known = session->next_id != 0;
    DbCommandList batch = {0};
    int64_t id = 0;
    if (!attempt_is_last(transaction->attempt, transaction->index))
        return true;
    if (!history_took_row(&transaction->id, &id, err))
        return error_context(err, "%s", transaction->attempt->work->path);
    if (record_took_id(session, id) || !was_known)
        return true;
    add_guard(transaction, &batch);
    batch.items[0].is_kept = false;
    return db_run_batch(transaction->arena, session->db, &batch, NULL, NULL, err);
}

/* It has run code, though nothing in it does: what that has left is to be looked for. */
static bool
check_triggers(Transaction *transaction, Error *err)
{
    Attempt *attempt = transaction->attempt;
    RunSession *session = attempt->session;
    if (transaction->fires.count == 0)
        return true;
    session->may_fire = db_cell_bool(&transaction->fires, 0, 0);
    transaction->has_fired = session->may_fire && !attempt->runs_code;
    return !transaction->has_fired ||
           error_set(err, ERROR_GATE, "%s: somebody has made an event trigger meanwhile",
                     attempt->work->path);
}

static bool
check_lock(Transaction *transaction, Error *err)
{
    if (is_false(&transaction->reset.lock) || is_false(&transaction->lock))
        return session_refuse_lost_lock(err);
    if (!check_triggers(transaction, err) || !ask_guard(transaction, err))
        return false;
    if (!is_false(&transaction->guard))
        return true;
    error_set(err, ERROR_GATE, "another run has been at work on %s meanwhile",
              transaction->attempt->work->path);
    return error_hint(err, "Run again: what it has applied is taken into account then.");
}

static bool
is_proof(const Transaction *transaction, size_t command)
{
    return command >= transaction->first_proof &&
           command - transaction->first_proof < transaction->proofs.count;
}

/* A proof that fails is an error of the server that nobody understands. */
static bool
refuse_unproven(const Transaction *transaction, size_t failed, Error *err)
{
    const Proof *proof = &transaction->proofs.items[failed - transaction->first_proof];
    const Work *work = transaction->attempt->work;
    const Statement *statement = &work->script->statements.items[proof->statement];
    error_set(err, ERROR_MIGRATION, "%s: constraint %s is not validated at the end",
              work_place(transaction->attempt->arena, work, statement->span.start),
              proof_subject(statement, proof->number));
    return error_hint(err, "The server has carried out VALIDATE CONSTRAINT; look for what "
                           "takes it back in the rest of the transaction.");
}

/* Says where in the file the command stands that has failed. */
static bool
place_failure(const Transaction *transaction, size_t failed, Error *err)
{
    const Attempt *attempt = transaction->attempt;
    const size_t statement = transaction->statements.items[failed];
    if (statement != NO_STATEMENT)
        return send_place_error(attempt, statement, err);
    if (is_proof(transaction, failed) && strcmp(err->sqlstate, PROOF_REFUSED) == 0)
        return refuse_unproven(transaction, failed, err);
    if (failed < transaction->end)
        return false;
    const char *when = failed > transaction->end ? "when the history was written" : "at its end";
    return error_context(err, "%s: %s", attempt->work->path, when);
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
    if (!ok && failed < transaction->batch.count) {
        transaction->misses_kept =
            transaction->batch.items[failed].is_kept && strcmp(err->sqlstate, "26000") == 0;
        return place_failure(transaction, failed, err);
    }
    if (ok && transaction->problem.kind != ERROR_NONE) {
        *err = transaction->problem;
        return false;
    }
    return ok && check_lock(transaction, err);
}

static bool
try(Transaction *transaction, Error *err)
{
    Attempt *attempt = transaction->attempt;
    RunSession *session = attempt->session;
    const Work *work = attempt->work;
    const Segment *segment = &work->segments.items[transaction->index];
    compose(transaction);
    session_reached(session, POINT_BEFORE_BEGIN);
    watch_begin(session, timeouts_max_hold(work, segment, session->options));
    bool ok = send(transaction, err) &&
              commit_transaction(attempt, transaction->index, transaction->arena, err);
    if (!ok) {
        watch_explain(session, err);
        roll_back(attempt);
    }
    attempt->is_recorded = ok && attempt_is_last(attempt, transaction->index);
    arena_free(transaction->arena);
    return ok;
}

bool
transaction_run(Attempt *attempt, size_t index, Error *err)
{
    Transaction transaction = {.attempt = attempt, .index = index, .arena = arena_new()};
    if (try(&transaction, err))
        return true;
    if (!transaction.misses_kept && !transaction.has_fired)
        return false;
    /* A function of the migration's, else it would have been foreseen. Nothing is left of it. */
    attempt->shuns_kept = attempt->shuns_kept || transaction.misses_kept;
    attempt->runs_code = true;
    attempt->is_reset = attempt->is_reset && !transaction.has_fired;
    transaction = (Transaction){.attempt = attempt, .index = index, .arena = arena_new()};
    return try(&transaction, err);
}
