/* SPDX-License-Identifier: MIT */
#include "support/load.h"

#include <errno.h>
#include <libpq-fe.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define MAX_THREADS 64
#define NAP_S 0.05 /* of a hold, between two looks whether it is over */

typedef struct Session {
    Load *load;
    PGconn *connection;
    const LoadHold *hold; /* NULL: a client */
    Arena *arena;
    LoadRequestList requests;
    unsigned short random[3];
    double first_due;
    pthread_t thread;
} Session;

struct Load {
    const LoadPlan *plan;
    atomic_bool is_over;
    size_t count;
    Session sessions[MAX_THREADS];
};

/* ---- time */

double
load_clock(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

void
load_sleep_until(double time)
{
    time_t seconds = (time_t)time;
    struct timespec end = {.tv_sec = seconds, .tv_nsec = (long)((time - (double)seconds) * 1e9)};
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) == EINTR)
        ;
}

/* ---- clients */

static bool
ask(Session *session, bool writes)
{
    char id[24];
    snprintf(id, sizeof id, "%zu",
             2 + (size_t)(erand48(session->random) * (double)(session->load->plan->rows - 1)));
    const char *values[] = {id};
    PGresult *result =
        PQexecParams(session->connection,
                     writes ? "UPDATE orders SET total_cents = total_cents + 1 WHERE id = $1"
                            : "SELECT customer_id, status, total_cents FROM orders WHERE id = $1",
                     1, NULL, values, NULL, NULL, 0);
    bool ok = PQresultStatus(result) == (writes ? PGRES_COMMAND_OK : PGRES_TUPLES_OK);
    if (!ok)
        fprintf(stderr, "a request failed: %s", PQerrorMessage(session->connection));
    PQclear(result);
    return ok;
}

/* What was due before the end is still asked, however late. */
static void *
run_client(void *context)
{
    Session *session = context;
    double interval = 1 / session->load->plan->rate;
    double due = session->first_due;
    for (bool writes = false; !session->load->is_over || due < load_clock(); writes = !writes) {
        load_sleep_until(due);
        LoadRequest request = {.due = due, .failed = !ask(session, writes)};
        request.latency = load_clock() - due;
        LIST_APPEND(session->arena, &session->requests, request);
        due += interval;
    }
    return NULL;
}

/* ---- holders */

static void
run_sql(PGconn *connection, const char *sql)
{
    PGresult *result = PQexec(connection, sql);
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
        fprintf(stderr, "a long transaction failed: %s", PQerrorMessage(connection));
    PQclear(result);
}

static void
wait_for(const Load *load, double seconds)
{
    double end = load_clock() + seconds;
    while (!load->is_over && load_clock() < end)
        load_sleep_until(load_clock() + NAP_S);
}

static void *
run_holder(void *context)
{
    Session *session = context;
    while (!session->load->is_over) {
        run_sql(session->connection, session->hold->begin);
        wait_for(session->load, session->hold->held_s);
        run_sql(session->connection, "COMMIT");
        wait_for(session->load, session->hold->away_s);
    }
    return NULL;
}

/* ---- all of them */

static void
open_session(Load *load, const LoadHold *hold)
{
    size_t number = load->count++;
    Session *session = &load->sessions[number];
    *session = (Session){
        .load = load,
        .hold = hold,
        .arena = arena_new(),
        .random = {(unsigned short)number, 1, 2},
        .connection = PQconnectdb(load->plan->conninfo)
    };
    if (PQstatus(session->connection) != CONNECTION_OK) {
        fprintf(stderr, "%s", PQerrorMessage(session->connection));
        exit(1);
    }
}

Load *
load_begin(const LoadPlan *plan)
{
    Load *load = calloc(1, sizeof *load);
    if (load == NULL || plan->clients + plan->hold_count > MAX_THREADS) {
        fprintf(stderr, "at most %d sessions\n", MAX_THREADS);
        exit(1);
    }
    load->plan = plan;
    for (size_t i = 0; i < plan->hold_count; i++)
        open_session(load, &plan->holds[i]);
    for (size_t i = 0; i < plan->clients; i++)
        open_session(load, NULL);
    double start = load_clock();
    for (size_t i = 0; i < load->count; i++) {
        Session *session = &load->sessions[i];
        session->first_due = start + (double)i / (double)load->count / plan->rate;
        if (pthread_create(&session->thread, NULL, session->hold != NULL ? run_holder : run_client,
                           session) != 0)
            exit(1);
    }
    return load;
}

LoadRequestList
load_end(Load *load, Arena *arena)
{
    LoadRequestList all = {0};
    load->is_over = true;
    for (size_t i = 0; i < load->count; i++) {
        Session *session = &load->sessions[i];
        if (pthread_join(session->thread, NULL) != 0)
            exit(1);
        foreach (request, &session->requests)
            LIST_APPEND(arena, &all, *request);
        PQfinish(session->connection);
        arena_free(session->arena);
    }
    free(load);
    return all;
}
