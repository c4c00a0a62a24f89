/* SPDX-License-Identifier: MIT */
#include "support/delay.h"

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

#define CHUNK 65536

/* What has come in on one side and waits for its time. */
typedef struct Chunk {
    struct Chunk *next;
    int64_t due_ms;
    size_t length;
    char bytes[];
} Chunk;

typedef struct Lane {
    int from;
    int to;
    Chunk *first;
    Chunk **last;
} Lane;

static void
take_in(Lane *lane, long delay_ms)
{
    Chunk *chunk = malloc(sizeof *chunk + CHUNK);
    socket_check(chunk != NULL, "malloc");
    ssize_t got = recv(lane->from, chunk->bytes, CHUNK, 0);
    if (got <= 0)
        _exit(0);
    chunk->next = NULL;
    chunk->length = (size_t)got;
    chunk->due_ms = duration_clock_ms() + delay_ms;
    *lane->last = chunk;
    lane->last = &chunk->next;
}

static bool
let_out(Lane *lane)
{
    bool spoke = false;
    while (lane->first != NULL && lane->first->due_ms <= duration_clock_ms()) {
        Chunk *chunk = lane->first;
        for (size_t sent = 0; sent < chunk->length;) {
            ssize_t written =
                send(lane->to, chunk->bytes + sent, chunk->length - sent, MSG_NOSIGNAL);
            if (written <= 0)
                _exit(0);
            sent += (size_t)written;
        }
        lane->first = chunk->next;
        if (lane->first == NULL)
            lane->last = &lane->first;
        free(chunk);
        spoke = true;
    }
    return spoke;
}

static int
next_due(const Lane *lanes)
{
    int64_t due = INT64_MAX;
    for (int i = 0; i < 2; i++)
        if (lanes[i].first != NULL && lanes[i].first->due_ms < due)
            due = lanes[i].first->due_ms;
    if (due == INT64_MAX)
        return -1;
    int64_t left = due - duration_clock_ms();
    return left > 0 ? (int)left : 0;
}

/* One connection, in a process of its own. A turn of the client begins when it speaks after it has
 * heard the server. */
static void
pass(int client, int server, long delay_ms, size_t *turns)
{
    bool heard = true;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    Lane lanes[] = {
        {.from = client, .to = server},
        {.from = server, .to = client}
    };
    lanes[0].last = &lanes[0].first;
    lanes[1].last = &lanes[1].first;
    struct pollfd ends[] = {
        {.fd = client, .events = POLLIN},
        {.fd = server, .events = POLLIN}
    };
    for (;;) {
        socket_check(poll(ends, 2, next_due(lanes)) >= 0, "poll");
        for (int i = 0; i < 2; i++) {
            if (ends[i].revents != 0) {
                take_in(&lanes[i], delay_ms);
                *turns += i == 0 && heard;
                heard = heard && i != 0;
            }
            heard = (let_out(&lanes[i]) && i == 1) || heard;
        }
    }
}

static void
serve(int listener, const char *server_directory, long delay_ms, size_t *turns)
{
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    signal(SIGCHLD, SIG_IGN);
    for (;;) {
        int client = accept(listener, NULL, NULL);
        int server = socket_connect(server_directory);
        socket_check(client >= 0 && server >= 0, "accept");
        pid_t pid = fork();
        socket_check(pid >= 0, "fork");
        if (pid == 0)
            pass(client, server, delay_ms, turns);
        close(client);
        close(server);
    }
}

Delay
delay_start(const char *server_directory, long milliseconds)
{
    Delay delay = {.directory = "/tmp/lockstep-delay-XXXXXX"};
    int listener = socket_listen(delay.directory);
    delay.turns =
        mmap(NULL, sizeof *delay.turns, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    socket_check(delay.turns != MAP_FAILED, "mmap");
    delay.pid = fork();
    socket_check(delay.pid >= 0, "fork");
    if (delay.pid == 0)
        serve(listener, server_directory, milliseconds, delay.turns);
    close(listener);
    return delay;
}

void
delay_stop(Delay *delay)
{
    kill(delay->pid, SIGKILL);
    waitpid(delay->pid, NULL, 0);
    munmap(delay->turns, sizeof *delay->turns);
    socket_remove(delay->directory);
}
