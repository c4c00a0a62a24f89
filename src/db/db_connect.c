/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/duration.h"
#include "db/batch.h"
#include "db/db_internal.h"
#include "db/interrupt.h"

#include "db_sql.h"

#define WATCH_CLIENT_EVERY "500ms"

static bool
is_uri(const char *conninfo)
{
    return strncmp(conninfo, "postgres://", 11) == 0 || strncmp(conninfo, "postgresql://", 13) == 0;
}

/* Never with the text itself: a part of a password may stand anywhere in a string that is written
 * wrong. */
static bool
refuse_conninfo(const char *conninfo, Error *err)
{
    error_set(err, ERROR_USAGE, "the connection string cannot be read");
    if (strchr(conninfo, '=') == NULL || strstr(conninfo, "://") != NULL)
        return error_hint(err, "Write it as postgresql://USER@HOST:PORT/DATABASE and "
                               "percent-encode signs such as @ / : %% in a user name or password.");
    return error_hint(err, "Write it as host=HOST port=PORT dbname=DATABASE user=USER and put "
                           "single quotes around a value with blanks.");
}

/* Values that a misplaced piece of a password ends up in; libpq would quote them in its message. */
static bool
value_is_plausible(const PQconninfoOption *option)
{
    if (option->val == NULL)
        return true;
    if (strcmp(option->keyword, "port") == 0)
        return strspn(option->val, "0123456789,") == strlen(option->val);
    if (strcmp(option->keyword, "host") == 0 || strcmp(option->keyword, "hostaddr") == 0 ||
        strcmp(option->keyword, "dbname") == 0)
        return strchr(option->val, '@') == NULL || option->val[0] == '@';
    return true;
}

static bool
check_conninfo(const Libpq *pq, const char *conninfo, Error *err)
{
    if (conninfo[0] == '\0')
        return true;
    /* A bare word is the name of a database, and the server's message would quote it. */
    if (!is_uri(conninfo) && strchr(conninfo, '=') == NULL)
        return strpbrk(conninfo, "@:/") == NULL || refuse_conninfo(conninfo, err);
    char *ignored = NULL;
    PQconninfoOption *options = pq->PQconninfoParse(conninfo, &ignored);
    pq->PQfreemem(ignored);
    if (options == NULL)
        return refuse_conninfo(conninfo, err);
    bool plausible = true;
    for (const PQconninfoOption *option = options; option->keyword != NULL; option++)
        plausible = plausible && value_is_plausible(option);
    pq->PQconninfoFree(options);
    return plausible || refuse_conninfo(conninfo, err);
}

static void
receive_notice(void *context, const PGresult *result)
{
    const Db *db = context;
    const char *severity = db->pq->PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *message = db->pq->PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    if (db->hooks.notice != NULL && message != NULL)
        db->hooks.notice(db->hooks.context, severity != NULL ? severity : "NOTICE", message);
}

bool
db_is_wanted(const Db *db, Error *err)
{
    return db->options.given_up == NULL || !atomic_load(db->options.given_up) ||
           error_set(err, ERROR_CONNECTION, "no answer is wanted any more");
}

/* connect_timeout is libpq's business only in its blocking calls. */
static bool
poll_connection(Db *db, int64_t deadline_ms, Error *err)
{
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED)
            return db_connection_error(db, err, "cannot connect");
        if (!db->shielded && !interrupt_check(err))
            return false;
        if (!db_is_wanted(db, err))
            return false;
        int64_t left = deadline_ms - duration_clock_ms();
        if (left <= 0)
            return error_set(err, ERROR_CONNECTION, "cannot connect to %s: no answer in time",
                             db_host(db));
        short events = status == PGRES_POLLING_READING ? POLLIN : POLLOUT;
        int ready =
            interrupt_wait(db->pq->PQsocket(db->connection), events, left < 200 ? left : 200);
        if (ready < 0)
            return error_set(err, ERROR_CONNECTION, "cannot wait for the server");
        if (ready > 0)
            status = db->pq->PQconnectPoll(db->connection);
    }
    return true;
}

/* For the way there, and then for each thing that is asked on the way in. */
static int64_t
connect_limit(const DbOptions *options)
{
    return options->connect_timeout_ms > 0 ? options->connect_timeout_ms : 30000;
}

static bool
start_connection(Db *db, Error *err)
{
    /* What stands before the connection string gives way to it, what stands behind does not. */
    const char *keywords[] = {
        "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
        "dbname",          "application_name",    "client_encoding",  NULL};
    const char *values[] = {"30", "10", "3", "60000", db->conninfo, db->application, "UTF8", NULL};
    db->connection = db->pq->PQconnectStartParams(keywords, values, 1);
    if (db->connection == NULL)
        return error_set(err, ERROR_CONNECTION, "cannot connect: out of memory");
    db->pq->PQsetNoticeReceiver(db->connection, receive_notice, db);
    if (db->pq->PQstatus(db->connection) == CONNECTION_BAD)
        return db_connection_error(db, err, "cannot connect");
    if (!poll_connection(db, duration_clock_ms() + connect_limit(&db->options), err))
        return false;
    if (db->pq->PQsetnonblocking(db->connection, 1) != 0)
        return db_connection_error(db, err, "cannot connect");
    return true;
}

static bool
check_version(Db *db, Error *err)
{
    int version = db->pq->PQserverVersion(db->connection);
    snprintf(db->version, sizeof db->version, "%d.%d", version / 10000, version % 10000);
    if (version / 10000 >= DB_OLDEST_MAJOR)
        return true;
    error_set(err, ERROR_USAGE, "the server runs PostgreSQL %d; lockstep needs %d or newer",
              version / 10000, DB_OLDEST_MAJOR);
    return error_hint(err, "Upgrade the server, or use a tool that was made for it.");
}

/* What our sessions begin with. A client that is gone without a word must not hold locks: idle in
 * transaction has a limit, so has its socket, and a server that can watch its client does. */
static const struct {
    const char *name;
    const char *value;
    int since;
} session_settings[] = {
    {"lock_timeout",                        "0",   0 },
    {"idle_in_transaction_session_timeout", "60s", 0 },
    {"idle_session_timeout",                "0",   0 },
    {"transaction_timeout",                 "0",   17},
    {"tcp_keepalives_idle",                 "30",  0 },
    {"tcp_keepalives_interval",             "10",  0 },
    {"tcp_keepalives_count",                "3",   0 },
    {"standard_conforming_strings",         "on",  0 },
};

static void
add_setting(Arena *arena, DbCommandList *batch, const char *name, const char *value)
{
    DbCommand *last = &batch->items[batch->count - 1];
    last->sql = arena_printf(arena, "%s%s pg_catalog.set_config('%s', $%zu, false)", last->sql,
                             last->count > 0 ? "," : "", name, last->count + 1);
    last->values[last->count++] = value;
}

void
db_add_settings(Arena *arena, const Db *db, DbCommandList *batch)
{
    for (size_t i = 0; i < sizeof session_settings / sizeof *session_settings; i++)
        if (db_server_major(db) >= session_settings[i].since)
            add_setting(arena, batch, session_settings[i].name, session_settings[i].value);
    add_setting(arena, batch, "statement_timeout",
                db_number(arena, db->options.statement_timeout_ms));
    if (db->options.read_only)
        add_setting(arena, batch, "default_transaction_read_only", "on");
    if (db->watches_client)
        add_setting(arena, batch, "client_connection_check_interval", WATCH_CLIENT_EVERY);
    if (db->options.role != NULL)
        add_setting(arena, batch, "role", db->options.role);
}

static bool
prepare_session(Db *db, Error *err)
{
    Arena *scratch = arena_new();
    DbCommandList batch = {0};
    db_batch_add(scratch, &batch, "SELECT");
    db_add_settings(scratch, db, &batch);
    bool ok = db_run_batch(scratch, db, &batch, NULL, NULL, err);
    arena_free(scratch);
    return ok;
}

/* A pooler hands out a process id of its own (PgBouncer: a random one). */
static bool
look_around(Db *db, Error *err)
{
    Arena *scratch = arena_new();
    DbRows rows;
    bool ok = db_query(scratch, db, db_sql_first_look, NULL, 0, &rows, err);
    if (ok) {
        const char *role = db->options.role;
        snprintf(db->role, sizeof db->role, "%s", role != NULL ? role : db_cell(&rows, 0, 0));
        db->is_pooled = db_cell_int(&rows, 0, 1) != db_backend_pid(db);
    }
    arena_free(scratch);
    return ok;
}

/* Not every platform's server can watch its client; then a killed runner's statement runs to its
 * end, and we wait for its lock. */
static bool
watch_client(Db *db, Error *err)
{
    Error unsupported = {0};
    db->watches_client = db_execute(
        db, "SET client_connection_check_interval = '" WATCH_CLIENT_EVERY "'", &unsupported);
    if (db->watches_client || unsupported.kind == ERROR_SERVER)
        return true;
    *err = unsupported;
    return false;
}

/* The session behind a pooler is not ours: what we set there, somebody else would find. */
static bool
set_up_session(Db *db, Error *err)
{
    return db->is_pooled || (watch_client(db, err) && prepare_session(db, err));
}

bool
db_is_pooled(const Db *db)
{
    return db->is_pooled;
}

bool
db_open(const DbOptions *options, Db **out, Error *err)
{
    const char *conninfo = options->conninfo != NULL ? options->conninfo : "";
    const char *application = options->application != NULL ? options->application : "lockstep";
    *out = NULL;
    const Libpq *pq = libpq_load(err);
    if (pq == NULL || !check_conninfo(pq, conninfo, err))
        return false;
    Db *db = calloc(1, sizeof *db);
    if (db == NULL)
        return error_set(err, ERROR_CONNECTION, "cannot connect: out of memory");
    db->pq = pq;
    db->conninfo = strdup(conninfo);
    db->application = strdup(application);
    db->options = *options;
    db->shielded = options->is_shielded;
    db->deadline_ms = connect_limit(options);
    if (db->conninfo != NULL && db->application != NULL && start_connection(db, err) &&
        check_version(db, err) && look_around(db, err) && set_up_session(db, err)) {
        db->deadline_ms = 0;
        *out = db;
        return true;
    }
    if (db->conninfo == NULL || db->application == NULL)
        error_set(err, ERROR_CONNECTION, "cannot connect: out of memory");
    db_close(db);
    return false;
}

bool
db_server_answers(const DbOptions *options)
{
    Error ignored;
    const Libpq *pq = libpq_load(&ignored);
    const char *conninfo = options->conninfo != NULL ? options->conninfo : "";
    if (pq == NULL || !check_conninfo(pq, conninfo, &ignored))
        return false;
    const char *keywords[] = {"dbname", "connect_timeout", NULL};
    const char *values[] = {conninfo, "2", NULL};
    return pq->PQpingParams(keywords, values, 1) == PQPING_OK;
}

static DbOptions
options_of(const Db *db)
{
    DbOptions options = db->options;
    options.conninfo = db->conninfo;
    options.application = db->application;
    return options;
}

bool
db_open_again(const Db *db, Db **out, Error *err)
{
    DbOptions options = options_of(db);
    return db_open(&options, out, err);
}

bool
db_open_meanwhile(const Db *db, int64_t within_ms, Db **out, Error *err)
{
    DbOptions options = options_of(db);
    options.connect_timeout_ms = within_ms;
    options.is_shielded = true;
    return db_open(&options, out, err);
}

void
db_close(Db *db)
{
    if (db == NULL)
        return;
    db->pq->PQfinish(db->connection);
    if (db->conninfo != NULL)
        explicit_bzero(db->conninfo, strlen(db->conninfo));
    db_free_kept(db);
    free(db->conninfo);
    free(db->application);
    free(db);
}

int
db_server_major(const Db *db)
{
    return db->pq->PQserverVersion(db->connection) / 10000;
}

const char *
db_server_version(const Db *db)
{
    return db->version;
}

int
db_backend_pid(const Db *db)
{
    return db->pq->PQbackendPID(db->connection);
}

static const char *
known(const char *value)
{
    return value != NULL ? value : "";
}

const char *
db_host(const Db *db)
{
    const char *host = known(db->pq->PQhost(db->connection));
    return host[0] != '\0' ? host : known(db->pq->PQhostaddr(db->connection));
}

const char *
db_port(const Db *db)
{
    return known(db->pq->PQport(db->connection));
}

const char *
db_name(const Db *db)
{
    return known(db->pq->PQdb(db->connection));
}

const char *
db_user(const Db *db)
{
    return known(db->pq->PQuser(db->connection));
}

const char *
db_role(const Db *db)
{
    return db->role;
}
