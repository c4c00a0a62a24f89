/* SPDX-License-Identifier: MIT */
#include "run/session.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <unistd.h>

#include "base/duration.h"
#include "base/hash.h"
#include "db/interrupt.h"
#include "run/connect.h"

#define FIRST_LOCK_PAUSE_MS 50
#define LONGEST_LOCK_PAUSE_MS 1000
#define RECONNECT_PAUSE_MS 250

const char *
run_point_words(RunPoint point)
{
    static const char *const words[POINT_COUNT] = {
        [POINT_LOCKED] = "lock held",
        [POINT_MARKER_RECORDED] = "marker recorded",
        [POINT_BEFORE_BEGIN] = "before BEGIN",
        [POINT_AFTER_BEGIN] = "after BEGIN",
        [POINT_BEFORE_STATEMENT] = "before a statement",
        [POINT_AFTER_STATEMENT] = "after a statement",
        [POINT_BEFORE_COMMIT] = "before COMMIT",
        [POINT_AFTER_COMMIT] = "after COMMIT",
        [POINT_INTENT_RECORDED] = "intent recorded",
        [POINT_BEFORE_OUTCOME] = "before the outcome",
        [POINT_AFTER_OUTCOME] = "after the outcome",
        [POINT_BEFORE_HISTORY_ROW] = "before the history row",
        [POINT_AFTER_HISTORY_ROW] = "after the history row",
    };
    return words[point];
}

void
session_reached(const RunSession *session, RunPoint point)
{
    if (session->observer.reached != NULL)
        session->observer.reached(session->observer.context, point);
}

void
session_note(const RunSession *session, const char *format, ...)
{
    if (session->observer.notice == NULL)
        return;
    va_list arguments;
    va_start(arguments, format);
    const char *text = arena_vprintf(session->arena, format, arguments);
    va_end(arguments);
    session->observer.notice(session->observer.context, "NOTE", text);
}

static void
on_tick(void *context, int64_t elapsed_ms)
{
    RunSession *session = context;
    const Watch *watch = &session->watch;
    if (session->observer.tick != NULL)
        session->observer.tick(session->observer.context, watch->is_on ? &watch->statement : NULL,
                               elapsed_ms);
    watch_tick(session);
}

static void
on_look(void *context)
{
    silence_tick(context);
}

static void
on_notice(void *context, const char *severity, const char *message)
{
    const RunSession *session = context;
    if (session->observer.notice != NULL)
        session->observer.notice(session->observer.context, severity, message);
}

static uint64_t
random_number(void)
{
    uint64_t number = 0;
    if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
        number = (uint64_t)duration_clock_ms() * 2654435761u + (uint64_t)getpid();
    return number;
}

static RunTarget
describe_target(Arena *arena, const RunOptions *options, const Db *db, const SessionFacts *facts)
{
    const char *host = arena_strdup(arena, db_host(db));
    const char *port = arena_strdup(arena, db_port(db));
    bool is_socket = host[0] == '/' || host[0] == '\0';
    return (RunTarget){
        .label = is_socket ? arena_printf(arena, "%s on %s", facts->database, host)
                           : arena_printf(arena, "%s on %s:%s", facts->database, host, port),
        .host = host,
        .port = port,
        .database = facts->database,
        .user = facts->user,
        .server_version = arena_strdup(arena, db_server_version(db)),
        .server_major = db_server_major(db),
        .server_untested = db_server_major(db) > DB_NEWEST_MAJOR,
        .history_schema = options->history_schema,
    };
}

/* The first 8 bytes of a digest: the same for all that would work on this history, and for nobody
 * else. */
static int64_t
advisory_key(Arena *arena, const char *database, const char *schema)
{
    const char prefix[] = "lockstep";
    size_t length = sizeof prefix + strlen(database) + 1 + strlen(schema);
    char *text = arena_alloc(arena, length);
    memcpy(text, prefix, sizeof prefix);
    memcpy(text + sizeof prefix, database, strlen(database) + 1);
    memcpy(text + length - strlen(schema), schema, strlen(schema));
    char hex[HASH_HEX_SIZE];
    hash_sha256_hex(text, length, hex);
    hex[16] = '\0';
    return (int64_t)strtoull(hex, NULL, 16);
}

/* Behind a pooler, only the transaction is ours: it is what the server keeps read-only. */
static bool
begin_pooled_reading(const RunSession *session, Error *err)
{
    return !db_is_pooled(session->db) || !session->options->dry_run ||
           db_execute(session->db, "BEGIN TRANSACTION READ ONLY", err);
}

bool
session_open(Arena *arena, const RunOptions *options, const RunObserver *observer,
             RunSession *session, Error *err)
{
    *session = (RunSession){.arena = arena, .options = options};
    if (observer != NULL)
        session->observer = *observer;
    char host[256] = "";
    (void)gethostname(host, sizeof host - 1);
    session->client = arena_strdup(arena, host);
    session->seed = options->seed != 0 ? options->seed : random_number();
    session->run = arena_printf(arena, "%08x", (unsigned)random_number());

    if (!connect_open(session, err))
        return false;
    DbHooks hooks = {.context = session, .tick = on_tick, .look = on_look, .notice = on_notice};
    db_set_hooks(session->db, &hooks);
    session_expect(session, SESSION_ANSWER_MS);
    if (!begin_pooled_reading(session, err) ||
        !facts_session(arena, session->db, &session->facts, err))
        return false;
    session->may_fire = session->facts.has_event_triggers;
    session->target = describe_target(arena, options, session->db, &session->facts);
    session->advisory_key = advisory_key(arena, session->facts.database, options->history_schema);
    if (session->observer.run_started != NULL)
        session->observer.run_started(session->observer.context, &session->target, session->run);
    return connect_check_place(session, err);
}

void
session_shield(RunSession *session, bool on)
{
    db_shield(session->db, on);
    session_expect(session, SESSION_ANSWER_MS);
}

void
session_expect(RunSession *session, int64_t within_ms)
{
    db_set_deadline(session->db, within_ms);
}

void
session_close(RunSession *session)
{
    Error ignored;
    /* A migration may have dropped the lock; that there is none to give back is of no interest. */
    if (session->db != NULL)
        db_set_hooks(session->db, NULL);
    if (session->is_locked && !db_is_lost(session->db) && !db_in_transaction(session->db)) {
        session_shield(session, true);
        (void)!facts_unlock(session->arena, session->db, &ignored);
    }
    /* A pooler throws a session away whose client leaves in a transaction. */
    if (session->db != NULL && db_is_pooled(session->db) && !db_is_lost(session->db) &&
        db_in_transaction(session->db))
        (void)!db_execute(session->db, "ROLLBACK", &ignored);
    watch_close(&session->watch);
    db_close(session->db);
    journal_close(session->journal);
    *session = (RunSession){0};
}

bool
session_check_gates(const RunSession *session, Error *err)
{
    const SessionFacts *facts = &session->facts;
    if (facts->in_recovery) {
        error_set(err, ERROR_GATE, "%s is a standby and takes no changes", session->target.label);
        return error_hint(err, "Connect to the primary, for instance with "
                               "`target_session_attrs=read-write`.");
    }
    if (db_is_pooled(session->db) && !session->options->allow_pooler) {
        error_set(err, ERROR_GATE, "there is a connection pooler between here and the server");
        return error_hint(err, "Connect to the server itself: a pooler may hand each statement to "
                               "another session, and the locks and timeouts with it. With "
                               "--allow-pooler, files that are one transaction are let through.");
    }
    if (facts->read_only && !session->options->dry_run) {
        error_set(err, ERROR_GATE, "transactions on %s are read-only", session->target.label);
        return error_hint(err, "Set default_transaction_read_only to off for role %s.",
                          session->target.user);
    }
    return true;
}

static bool
refuse_lock(const RunSession *session, const Blocker *holder, Error *err)
{
    char waited[DURATION_SIZE];
    duration_print((long)session->options->lock_wait_ms, waited);
    if (holder->pid == 0)
        error_set(err, ERROR_LOCK, "another run holds the lock of this history; waited %s", waited);
    else
        error_set(err, ERROR_LOCK,
                  "another run holds the lock of this history: pid %d, %s, "
                  "connected for %lld s; waited %s",
                  holder->pid, holder->application[0] != '\0' ? holder->application : "unnamed",
                  (long long)(holder->age_ms / 1000), waited);
    return error_hint(err, "Wait for it to end and run again, or wait longer with --lock-wait.");
}

static bool
tell_holder(RunSession *session, Blocker *holder, int64_t waited_ms, Error *err)
{
    bool is_ours = false;
    int before = holder->pid;
    if (!facts_lock_holder(session->arena, session->db, session->advisory_key, holder, &is_ours,
                           err))
        return false;
    bool changed = waited_ms == 0 || holder->pid != before;
    if (changed && session->observer.advisory_wait != NULL)
        session->observer.advisory_wait(session->observer.context, holder, waited_ms);
    return true;
}

bool
session_lock(RunSession *session, Error *err)
{
    int64_t began = duration_clock_ms();
    int64_t pause = FIRST_LOCK_PAUSE_MS;
    Blocker holder = {0};
    if (db_is_pooled(session->db))
        return true; /* each transaction takes it for itself */
    for (;;) {
        int64_t waited = duration_clock_ms() - began;
        if (!facts_try_lock(session->arena, session->db, session->advisory_key, &session->is_locked,
                            err))
            return false;
        if (session->is_locked) {
            session_reached(session, POINT_LOCKED);
            return true;
        }
        bool first = pause == FIRST_LOCK_PAUSE_MS;
        if (!tell_holder(session, &holder, first ? 0 : waited, err))
            return false;
        int64_t left = session->options->lock_wait_ms - waited;
        if (left <= 0)
            return refuse_lock(session, &holder, err);
        session->seed = session->seed * 6364136223846793005u + 1442695040888963407u;
        int64_t wait = pause / 2 + (int64_t)((session->seed >> 33) % (uint64_t)pause);
        if (!interrupt_sleep(wait < left ? wait : left, err))
            return false;
        if (session->observer.tick != NULL)
            session->observer.tick(session->observer.context, NULL, waited);
        pause = pause * 2 < LONGEST_LOCK_PAUSE_MS ? pause * 2 : LONGEST_LOCK_PAUSE_MS;
    }
}

/* A server that comes back from a crash takes its time. */
static bool
connect_again(const RunSession *session, Db **out, Error *err)
{
    int64_t began = duration_clock_ms();
    while (!db_open_again(session->db, out, err)) {
        if (err->kind != ERROR_CONNECTION ||
            duration_clock_ms() - began >= session->options->lock_wait_ms)
            return false;
        Error interrupted = {0};
        if (!interrupt_sleep(RECONNECT_PAUSE_MS, &interrupted))
            return false;
    }
    return true;
}

bool
session_reconnect(RunSession *session, Error *err)
{
    Db *fresh = NULL;
    if (!connect_again(session, &fresh, err))
        return false;
    /* Where only the way there is dead, the old session would keep the lock. */
    Error ignored = {0};
    if (!db_is_pooled(fresh))
        (void)!waits_end_session(fresh, db_backend_pid(session->db), &ignored);
    db_close(session->db);
    session->db = fresh;
    session->is_locked = false;
    session->is_clean = false;
    DbHooks hooks = {.context = session, .tick = on_tick, .look = on_look, .notice = on_notice};
    db_set_hooks(session->db, &hooks);
    session_expect(session, SESSION_ANSWER_MS);
    return session_lock(session, err);
}

bool
session_refuse_lost_lock(Error *err)
{
    error_set(err, ERROR_GATE, "another run took the lock of this history meanwhile");
    return error_hint(err, "Wait for it to end and run again.");
}

bool
session_check_lock(RunSession *session, Error *err)
{
    Blocker holder;
    bool is_ours = false;
    if (!facts_lock_holder(session->arena, session->db, session->advisory_key, &holder, &is_ours,
                           err))
        return false;
    if (is_ours)
        return true;
    session_note(session, "the lock that keeps two runs apart was dropped, by DISCARD ALL or "
                          "pg_advisory_unlock_all() in a migration; taking it again");
    bool taken = false;
    if (!facts_try_lock(session->arena, session->db, session->advisory_key, &taken, err))
        return false;
    if (taken)
        return true;
    return session_refuse_lost_lock(err);
}
