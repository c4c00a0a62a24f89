/* SPDX-License-Identifier: MIT */
#include "support/saboteur.h"

#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/duration.h"
#include "support/socket.h"

#define MAX_LINKS ((size_t)200)
#define SILENCE_MS 60000 /* then the kernel would find by keepalive that nobody is there */
#define CHUNK 65536

/* One direction of a connection. */
typedef struct Lane {
    int from;
    int to;
    char *bytes; /* that are not passed on yet */
    size_t length;
    size_t size;
    bool from_client;
    bool is_greeting; /* the client's first message has no type */
} Lane;

typedef struct Link {
    bool is_open;
    bool is_silent;
    bool awaits_commit;
    pid_t backend;
    Lane lanes[2];
} Link;

typedef struct State {
    int listener;
    const char *server_directory;
    Sabotage *shared;
    Link links[MAX_LINKS];
    int64_t silent_until_ms; /* 0: nothing is silent */
    int64_t strike_ms;       /* when the harm is due; 0: at a message */
    pid_t strike_backend;
} State;

const char *
fault_words(FaultKind kind)
{
    static const char *const words[FAULT_KINDS] = {
        "nothing",
        "kill -9 of the client",
        "SIGINT to the client",
        "SIGTERM to the client",
        "kill -9 of the backend",
        "the backend terminated",
        "the statement cancelled",
        "immediate stop of the server",
        "the connection cut",
        "the connection gone silent",
    };
    return words[kind];
}

static void
close_link(Link *link)
{
    if (!link->is_open)
        return;
    close(link->lanes[0].from);
    close(link->lanes[0].to);
    free(link->lanes[0].bytes);
    free(link->lanes[1].bytes);
    *link = (Link){0};
}

static void
close_all(State *state)
{
    for (size_t i = 0; i < MAX_LINKS; i++)
        close_link(&state->links[i]);
}

/* ---- the harm */

static void
strike(State *state, pid_t backend)
{
    Sabotage *shared = state->shared;
    state->strike_ms = 0;
    switch (shared->fault.kind) {
    case FAULT_NONE:
        return;
    case FAULT_CLIENT_KILL:
        kill(shared->fault.client, SIGKILL);
        close_all(state);
        break;
    case FAULT_CLIENT_INT:
        kill(shared->fault.client, SIGINT);
        break;
    case FAULT_CLIENT_TERM:
        kill(shared->fault.client, SIGTERM);
        break;
    case FAULT_BACKEND_KILL:
        kill(backend, SIGKILL);
        break;
    case FAULT_BACKEND_TERM:
        kill(backend, SIGTERM);
        break;
    case FAULT_BACKEND_CANCEL:
        kill(backend, SIGINT);
        break;
    case FAULT_SERVER_STOP:
        kill(shared->fault.postmaster, SIGQUIT);
        break;
    case FAULT_CUT:
        close_all(state);
        break;
    case FAULT_SILENCE:
        for (size_t i = 0; i < MAX_LINKS; i++)
            state->links[i].is_silent = state->links[i].is_open;
        state->silent_until_ms = duration_clock_ms() + SILENCE_MS;
        break;
    }
    shared->struck = true;
}

/* ---- the messages */

/* As a query, or to be parsed under no name. */
static bool
is_commit(const Lane *lane)
{
    char kind = lane->bytes[0];
    size_t at = kind == 'P' && lane->bytes[5] == '\0' ? 6 : 5;
    return lane->from_client && (kind == 'Q' || kind == 'P') && lane->length > at + 6 &&
           memcmp(lane->bytes + at, "COMMIT", 6) == 0;
}

static bool
is_answer_to_commit(const Lane *lane)
{
    return !lane->from_client && lane->bytes[0] == 'C' && lane->length > 11 &&
           memcmp(lane->bytes + 5, "COMMIT", 6) == 0;
}

/* A statement or an answer; not their parts. */
static bool
is_event(const Lane *lane)
{
    return !lane->is_greeting &&
           strchr(lane->from_client ? "QPSXdcf" : "CZEG", lane->bytes[0]) != NULL;
}

static void
remember(Sabotage *shared, const Lane *lane, size_t length)
{
    size_t skip = lane->bytes[0] == 'P' ? 6 : 5;
    bool has_text = strchr("QPC", lane->bytes[0]) != NULL && length > skip;
    const char *text = has_text ? lane->bytes + skip : "";
    snprintf(shared->at, sizeof shared->at, "%s %c %.*s", lane->from_client ? "before" : "answer",
             lane->bytes[0], (int)(has_text ? length - skip : 0), text);
}

static bool
is_the_moment(Link *link, const Lane *lane, Sabotage *shared)
{
    const Fault *fault = &shared->fault;
    bool answered = link->awaits_commit && is_answer_to_commit(lane);
    shared->events++;
    if (answered)
        link->awaits_commit = false;
    if (is_commit(lane)) {
        link->awaits_commit = true;
        shared->commits++;
    }
    if (fault->commit == 0)
        return shared->events == fault->event;
    return shared->commits == fault->commit && (fault->answer ? answered : is_commit(lane));
}

/* False: the connection is closed or silent now. */
static bool
announce(State *state, Link *link, const Lane *lane, size_t length)
{
    Sabotage *shared = state->shared;
    if (!is_event(lane) || !is_the_moment(link, lane, shared) || shared->struck ||
        shared->fault.kind == FAULT_NONE)
        return true;
    remember(shared, lane, length);
    if (shared->fault.delay_ms > 0) {
        state->strike_ms = duration_clock_ms() + shared->fault.delay_ms;
        state->strike_backend = link->backend;
        return true;
    }
    strike(state, link->backend);
    return link->is_open && !link->is_silent;
}

static bool
pass_on(int to, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t written = send(to, bytes, length, MSG_NOSIGNAL);
        if (written <= 0)
            return false;
        bytes += written;
        length -= (size_t)written;
    }
    return true;
}

static uint32_t
number_at(const char *bytes)
{
    const unsigned char *four = (const unsigned char *)bytes;
    return (uint32_t)four[0] << 24 | (uint32_t)four[1] << 16 | (uint32_t)four[2] << 8 | four[3];
}

/* 0: not all of it is there yet. */
static size_t
message_length(const Lane *lane)
{
    size_t type = lane->is_greeting ? 0 : 1;
    if (lane->length < type + 4)
        return 0;
    size_t length = type + number_at(lane->bytes + type);
    return lane->length >= length ? length : 0;
}

static void
pass_messages(State *state, Link *link, Lane *lane)
{
    for (size_t length; (length = message_length(lane)) > 0;) {
        if (!lane->from_client && lane->bytes[0] == 'K')
            link->backend = (pid_t)number_at(lane->bytes + 5);
        if (!announce(state, link, lane, length))
            return;
        if (!pass_on(lane->to, lane->bytes, length)) {
            close_link(link);
            return;
        }
        lane->is_greeting = false;
        lane->length -= length;
        memmove(lane->bytes, lane->bytes + length, lane->length);
    }
}

static void
read_lane(State *state, Link *link, Lane *lane)
{
    if (lane->size < lane->length + CHUNK) {
        lane->size = 2 * (lane->length + CHUNK);
        char *bytes = realloc(lane->bytes, lane->size);
        socket_check(bytes != NULL, "realloc");
        lane->bytes = bytes;
    }
    ssize_t got = recv(lane->from, lane->bytes + lane->length, CHUNK, 0);
    if (got <= 0) {
        close_link(link);
        return;
    }
    lane->length += (size_t)got;
    if (!link->is_silent)
        pass_messages(state, link, lane);
    else
        lane->length = 0;
}

static void
take_connection(State *state)
{
    int client = accept(state->listener, NULL, NULL);
    int server = socket_connect(state->server_directory);
    socket_check(client >= 0, "accept");
    Link *link = state->links;
    while (link < state->links + MAX_LINKS && link->is_open)
        link++;
    socket_check(link < state->links + MAX_LINKS, "too many connections");
    if (server < 0) {
        /* The server is down. */
        close(client);
        return;
    }
    *link = (Link){.is_open = true};
    link->lanes[0] = (Lane){.from = client, .to = server, .from_client = true, .is_greeting = true};
    link->lanes[1] = (Lane){.from = server, .to = client};
}

static int
time_left(const State *state)
{
    int64_t due = state->strike_ms != 0 ? state->strike_ms : state->silent_until_ms;
    if (due == 0)
        return -1;
    int64_t left = due - duration_clock_ms();
    return left > 0 ? (int)left : 0;
}

static void
do_what_is_due(State *state)
{
    if (time_left(state) != 0)
        return;
    if (state->strike_ms != 0) {
        strike(state, state->strike_backend);
        return;
    }
    state->silent_until_ms = 0;
    for (size_t i = 0; i < MAX_LINKS; i++)
        if (state->links[i].is_silent)
            close_link(&state->links[i]);
}

static void
serve_once(State *state)
{
    struct pollfd ends[1 + 2 * MAX_LINKS] = {
        {.fd = state->listener, .events = POLLIN}
    };
    for (size_t i = 0; i < 2 * MAX_LINKS; i++)
        ends[1 + i] = (struct pollfd){
            .fd = state->links[i / 2].is_open ? state->links[i / 2].lanes[i % 2].from : -1,
            .events = POLLIN};
    socket_check(poll(ends, 1 + 2 * MAX_LINKS, time_left(state)) >= 0, "poll");
    do_what_is_due(state);
    for (size_t i = 0; i < 2 * MAX_LINKS; i++) {
        Link *link = &state->links[i / 2];
        /* What was closed meanwhile may have given its number to nobody yet: nothing is opened in
         * this loop. */
        if (ends[1 + i].revents != 0 && link->is_open)
            read_lane(state, link, &link->lanes[i % 2]);
    }
    if (ends[0].revents != 0)
        take_connection(state);
}

Saboteur
saboteur_start(const char *server_directory)
{
    Saboteur saboteur = {.directory = "/tmp/lockstep-saboteur-XXXXXX"};
    int listener = socket_listen(saboteur.directory);
    void *shared =
        mmap(NULL, sizeof(Sabotage), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    socket_check(shared != MAP_FAILED, "mmap");
    saboteur.shared = shared;
    saboteur.pid = fork();
    socket_check(saboteur.pid >= 0, "fork");
    if (saboteur.pid == 0) {
        static State state;
        state =
            (State){.listener = listener, .server_directory = server_directory, .shared = shared};
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        for (;;)
            serve_once(&state);
    }
    close(listener);
    return saboteur;
}

void
saboteur_arm(Saboteur *saboteur, const Fault *fault)
{
    Sabotage *shared = saboteur->shared;
    shared->struck = false;
    shared->events = 0;
    shared->commits = 0;
    shared->at[0] = '\0';
    shared->fault = *fault;
}

void
saboteur_stop(Saboteur *saboteur)
{
    kill(saboteur->pid, SIGKILL);
    waitpid(saboteur->pid, NULL, 0);
    munmap(saboteur->shared, sizeof(Sabotage));
    socket_remove(saboteur->directory);
}
